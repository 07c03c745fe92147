"""Security in steps, from no protection to a list of keys."""
