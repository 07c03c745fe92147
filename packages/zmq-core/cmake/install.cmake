# What goes into the wheel beside the Python files.

# For the report of `python -m zmq`, zmq.get_includes() and zmq.get_library_dirs().
string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
set(BUILD_FLAGS "${CMAKE_C_FLAGS} ${CMAKE_C_FLAGS_${build_type}}")
string(STRIP "${BUILD_FLAGS}" BUILD_FLAGS)
if(ZMQ_DRAFT_API)
  set(PY_DRAFT "True")
else()
  set(PY_DRAFT "False")
endif()
set(PY_LIBZMQ_PATCHES "")
foreach(patch IN LISTS BUNDLED_LIBZMQ_PATCHES)
  get_filename_component(name "${patch}" NAME_WE)
  string(APPEND PY_LIBZMQ_PATCHES "\"${name}\", ")
endforeach()
string(STRIP "${PY_LIBZMQ_PATCHES}" PY_LIBZMQ_PATCHES)
configure_file(cmake/build_info.py.in _build_info.py @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/_build_info.py" DESTINATION zmq)

# The headers which the extension was compiled with, so that code which cimports zmq
# compiles where libzmq's headers are not installed.
install(FILES "${LIBZMQ_HEADER_DIR}/zmq.h" DESTINATION zmq/include)

# When an upgrade from a pyzmq before 28 has deleted zmq/__init__.py, zmq.py puts back what
# is missing from copies: see zmq/_mending.py. An editable install has no such files to
# lose, and its import hook could take zmq.py for zmq.
if(NOT SKBUILD_STATE STREQUAL "editable")
  install(FILES src/zmq.py DESTINATION .)
  install(DIRECTORY src/zmq/ DESTINATION zmq/_spare/site-packages/zmq FILES_MATCHING
    PATTERN "__init__.p*" PATTERN "[^_]*.py" PATTERN "[^_]*.pxd" PATTERN "py.typed"
    PATTERN "__pycache__" EXCLUDE)
endif()

if(LIBZMQ_FOUND_BY STREQUAL "bundled" AND SKBUILD_METADATA_DIR)
  include(sbom)
endif()
