"""The programs of the tutorial, each for a terminal of its own."""
