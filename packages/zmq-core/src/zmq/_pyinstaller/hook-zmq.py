"""What PyInstaller does not see by itself in a program that imports zmq."""

hiddenimports = [
    # Imported by a name that the variable PYZMQ_BACKEND may change.
    "zmq.backend.cython",
    # What compiled code imports.
    "zmq._hints",
    "zmq._texts",
    "zmq.backend.tracker",
    "zmq.constants",
    "zmq.error",
]
