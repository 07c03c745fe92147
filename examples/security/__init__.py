"""Security in steps, from an open door to a list of guests."""
