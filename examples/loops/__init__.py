"""ZeroMQ in event loops."""
