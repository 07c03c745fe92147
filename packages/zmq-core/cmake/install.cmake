# What goes into the wheel beside the Python files.

install(TARGETS _core LIBRARY DESTINATION zmq/backend/cython)

# For the report of `python -m zmq`, zmq.get_includes() and zmq.get_library_dirs().
string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
set(BUILD_FLAGS "${CMAKE_C_FLAGS} ${CMAKE_C_FLAGS_${build_type}}")
string(STRIP "${BUILD_FLAGS}" BUILD_FLAGS)
if(ZMQ_DRAFT_API)
  set(PY_DRAFT "True")
else()
  set(PY_DRAFT "False")
endif()
configure_file(cmake/build_info.py.in _build_info.py @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/_build_info.py" DESTINATION zmq)

# The headers which the extension was compiled with, so that code which cimports zmq
# compiles where libzmq's headers are not installed.
install(FILES "${LIBZMQ_HEADER_DIR}/zmq.h" DESTINATION zmq/include)

# zmq.py tells what happened when pip has deleted zmq/__init__.py. An editable install
# has no such file to lose, and its import hook could take zmq.py for zmq.
if(NOT SKBUILD_STATE STREQUAL "editable")
  install(FILES src/zmq.py DESTINATION .)
endif()

if(LIBZMQ_FOUND_BY STREQUAL "bundled" AND SKBUILD_METADATA_DIR)
  file(GLOB libzmq_licence "${libzmq_SOURCE_DIR}/COPYING*" "${libzmq_SOURCE_DIR}/LICENSE*")
  install(FILES ${libzmq_licence} DESTINATION "${SKBUILD_METADATA_DIR}/licenses/libzmq")
  install(FILES "${libsodium_SOURCE_DIR}/LICENSE" DESTINATION "${SKBUILD_METADATA_DIR}/licenses/libsodium")
endif()
