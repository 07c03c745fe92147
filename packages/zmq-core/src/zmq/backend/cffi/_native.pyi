# The compiled module; cmake/write_cffi.py declares what it has.

from typing import Any

ffi: Any
lib: Any
