"""ZeroMQ behind web servers."""
