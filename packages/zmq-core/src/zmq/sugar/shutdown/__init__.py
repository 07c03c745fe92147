"""Closing a socket and ending a context, at once or within a time."""
