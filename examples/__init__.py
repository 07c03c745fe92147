"""Short programs that each show one thing, and the demo."""
