"""libzmq's own functions, called from Cython."""
