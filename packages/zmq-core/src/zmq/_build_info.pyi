# How the installed zmq-core was built: a module that CMake writes into the wheel.

from typing import Final

# How libzmq was found: "prefix" (that is ZMQ_PREFIX), "cmake", "pkgconfig", "system"
# (where compilers look), or "bundled".
FOUND_BY: Final[str]
# The version of zmq.h at build time; at run time a shared libzmq can be another one.
LIBZMQ_VERSION: Final[str]
# Names of the patches that the bundled libzmq was built with; docs/how-to/building.md.
LIBZMQ_PATCHES: Final[tuple[str, ...]]
# "shared" or "static".
LINKAGE: Final[str]
# The file that was linked; empty when bundled.
LIBRARY: Final[str]
# The bundled libsodium; empty when libzmq was not built here.
LIBSODIUM_VERSION: Final[str]
# Whether the draft API was compiled in.
DRAFT: Final[bool]
CYTHON_VERSION: Final[str]
# Name and version, such as "GNU 12.2.0".
COMPILER: Final[str]
# What the C compiler was given besides include directories.
FLAGS: Final[str]
