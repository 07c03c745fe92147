"""Threads, signals, forks, leaks and exits, at the scale of ZMQ_TORTURE."""
