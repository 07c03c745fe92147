# Compiles zmq.backend.cffi._native: the backend of PyPy, and with PYZMQ_CFFI of CPython too.

set(ZMQ_CFFI_DIR "${ZMQ_BACKEND_DIR}/cffi")
set(ZMQ_CFFI_C "${CMAKE_CURRENT_BINARY_DIR}/_native.c")

execute_process(COMMAND "${Python_EXECUTABLE}" -c "import cffi"
  RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "cffi is needed to build zmq.backend.cffi (pip install cffi)")
endif()

add_custom_command(
  OUTPUT "${ZMQ_CFFI_C}"
  DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/cmake/write_cffi.py"
  COMMAND "${Python_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/cmake/write_cffi.py" "${ZMQ_CFFI_C}"
  COMMENT "CFFI: _native.c"
  VERBATIM)

python_add_library(_native MODULE WITH_SOABI "${ZMQ_CFFI_C}" ${ZMQ_NATIVE_C}
  "${ZMQ_CFFI_DIR}/box.c" "${ZMQ_CFFI_DIR}/calls.c" "${ZMQ_CFFI_DIR}/context.c"
  "${ZMQ_CFFI_DIR}/many.c" "${ZMQ_CFFI_DIR}/messages.c" "${ZMQ_CFFI_DIR}/monitoring.c"
  "${ZMQ_CFFI_DIR}/proxying.c" "${ZMQ_CFFI_DIR}/receiving.c" "${ZMQ_CFFI_DIR}/sending.c"
  "${ZMQ_CFFI_DIR}/waiting.c")
# Linkers other than GNU's refuse to show a function that is not there.
if(Python_INTERPRETER_ID STREQUAL "PyPy")
  zmq_extension(_native _cffi_pypyinit__native)
else()
  zmq_extension(_native PyInit__native)
endif()
install(TARGETS _native LIBRARY DESTINATION zmq/backend/cffi)
