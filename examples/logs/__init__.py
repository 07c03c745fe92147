"""Python's logging over sockets."""
