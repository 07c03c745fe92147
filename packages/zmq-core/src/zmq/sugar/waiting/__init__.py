"""What the ways to wait share: in a thread, a greenlet, or an event loop."""
