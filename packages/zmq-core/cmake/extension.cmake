# Compiles src/zmq/backend/cython/_core.pyx and links it to zmq-core::libzmq.

set(ZMQ_SOURCE_DIR "${CMAKE_CURRENT_SOURCE_DIR}/src")
set(ZMQ_CYTHON_DIR "${ZMQ_SOURCE_DIR}/zmq/backend/cython")
# Its headers are included as "native/...": on the search path poll.h would hide the system's.
set(ZMQ_BACKEND_DIR "${ZMQ_SOURCE_DIR}/zmq/backend")
set(ZMQ_NATIVE_C "${ZMQ_BACKEND_DIR}/native/relay.c" "${ZMQ_BACKEND_DIR}/native/send.c")
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
target_include_directories(_core PRIVATE "${ZMQ_CYTHON_DIR}" "${ZMQ_BACKEND_DIR}")
target_link_libraries(_core PRIVATE zmq-core::libzmq)
set_target_properties(_core PROPERTIES
  C_VISIBILITY_PRESET hidden
  # A libzmq outside the system's directories is found where it was linked.
  INSTALL_RPATH_USE_LINK_PATH ON)

# What GCC 14 refuses, older compilers are to refuse too.
if(CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
  target_compile_options(_core PRIVATE
    -Werror=incompatible-pointer-types -Werror=int-conversion)
endif()

# Nearly every line calls the interpreter or libzmq: straight away, not by way of a jump.
include(CheckCCompilerFlag)
check_c_compiler_flag(-fno-plt ZMQ_HAVE_NO_PLT)
if(ZMQ_HAVE_NO_PLT)
  target_compile_options(_core PRIVATE -fno-plt)
endif()

if(ZMQ_DRAFT_API)
  target_compile_definitions(_core PRIVATE ZMQ_BUILD_DRAFT_API=1 PYZMQ_DRAFT_API=1)
else()
  # libzmq.pc of a libzmq with drafts defines it for everybody; here it is asked for.
  target_compile_options(_core PRIVATE "-UZMQ_BUILD_DRAFT_API")
  target_compile_definitions(_core PRIVATE PYZMQ_DRAFT_API=0)
endif()

if(LIBZMQ_LINKAGE STREQUAL "static")
  set_target_properties(_core PROPERTIES LINKER_LANGUAGE CXX)
endif()

# Only the module's init function is visible: a static libzmq inside must not meet
# another copy in the same process.
if(APPLE)
  file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/exports" "_PyInit__core\n")
  target_link_options(_core PRIVATE
    "LINKER:-exported_symbols_list,${CMAKE_CURRENT_BINARY_DIR}/exports")
elseif(UNIX)
  file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/exports" "{ global: PyInit__core; local: *; };\n")
  target_link_options(_core PRIVATE
    "LINKER:--version-script=${CMAKE_CURRENT_BINARY_DIR}/exports")
endif()
