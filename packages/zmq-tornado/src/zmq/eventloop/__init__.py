"""ZeroMQ in tornado's event loop.

``zmqstream`` calls back with every message, ``future`` has sockets whose methods return
futures; ``ioloop`` holds deprecated names.
"""
