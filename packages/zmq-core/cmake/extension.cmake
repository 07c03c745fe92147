# Compiles src/zmq/backend/cython/_core.pyx and links it to zmq-core::libzmq.

set(ZMQ_CYTHON_DIR "${ZMQ_SOURCE_DIR}/zmq/backend/cython")
set(ZMQ_C "${CMAKE_CURRENT_BINARY_DIR}/_core.c")

set(CYTHON "" CACHE FILEPATH "cython program (default: the module of the building Python)")
if(CYTHON)
  set(cython "${CYTHON}")
else()
  set(cython "${Python_EXECUTABLE}" -m cython)
endif()
execute_process(COMMAND ${cython} --version RESULT_VARIABLE status
  OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT status EQUAL 0 OR NOT output MATCHES "Cython version ([0-9.]+)")
  message(FATAL_ERROR "Cython is needed to build zmq-core (pip install cython):\n${output}")
endif()
set(CYTHON_VERSION "${CMAKE_MATCH_1}")
if(CYTHON_VERSION VERSION_LESS 3.1)
  message(FATAL_ERROR "Cython ${CYTHON_VERSION} is too old, 3.1 is needed (pip install -U cython)")
endif()

file(GLOB sources CONFIGURE_DEPENDS "${ZMQ_CYTHON_DIR}/*.pyx" "${ZMQ_CYTHON_DIR}/*.pxd")
# Run where the packages begin: the names in tracebacks are relative to that.
add_custom_command(
  OUTPUT "${ZMQ_C}"
  DEPENDS ${sources}
  COMMAND ${cython} -3 --module-name zmq.backend.cython._core
    --output-file "${ZMQ_C}" zmq/backend/cython/_core.pyx
  WORKING_DIRECTORY "${ZMQ_SOURCE_DIR}"
  COMMENT "Cython: _core.pyx"
  VERBATIM)

python_add_library(_core MODULE WITH_SOABI "${ZMQ_C}" ${ZMQ_NATIVE_C})
target_include_directories(_core PRIVATE "${ZMQ_CYTHON_DIR}")
zmq_extension(_core PyInit__core)
install(TARGETS _core LIBRARY DESTINATION zmq/backend/cython)
