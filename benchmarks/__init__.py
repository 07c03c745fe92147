"""Side-by-side speed of our packages, the PyPI pyzmq and plain C, in one run."""
