"""Conversations on the wire with the PyPI pyzmq, which runs in another environment."""
