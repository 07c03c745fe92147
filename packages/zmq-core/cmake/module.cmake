# What the compiled modules have in common, whatever the backend.

set(ZMQ_SOURCE_DIR "${CMAKE_CURRENT_SOURCE_DIR}/src")
# Its headers are included as "native/...": on the search path poll.h would hide the system's.
set(ZMQ_BACKEND_DIR "${ZMQ_SOURCE_DIR}/zmq/backend")
file(GLOB ZMQ_NATIVE_C CONFIGURE_DEPENDS "${ZMQ_BACKEND_DIR}/native/*.c")

include(CheckCCompilerFlag)
check_c_compiler_flag(-fno-plt ZMQ_HAVE_NO_PLT)

# zmq_extension(<target> <init function>...): links a module to libzmq, and hides all
# but the functions that the interpreter looks for.
function(zmq_extension target)
  target_include_directories(${target} PRIVATE "${ZMQ_BACKEND_DIR}")
  target_link_libraries(${target} PRIVATE zmq-core::libzmq)
  set_target_properties(${target} PROPERTIES
    C_VISIBILITY_PRESET hidden
    # A libzmq outside the system's directories is found where it was linked.
    INSTALL_RPATH_USE_LINK_PATH ON)

  # What GCC 14 refuses, older compilers are to refuse too.
  if(CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(${target} PRIVATE
      -Werror=implicit-function-declaration -Werror=incompatible-pointer-types
      -Werror=int-conversion)
  endif()

  # Nearly every line calls the interpreter or libzmq: straight away, not by way of a jump.
  if(ZMQ_HAVE_NO_PLT)
    target_compile_options(${target} PRIVATE -fno-plt)
  endif()

  if(ZMQ_DRAFT_API)
    target_compile_definitions(${target} PRIVATE ZMQ_BUILD_DRAFT_API=1 PYZMQ_DRAFT_API=1)
  else()
    # libzmq.pc of a libzmq with drafts defines it for everybody; here it is asked for.
    target_compile_options(${target} PRIVATE "-UZMQ_BUILD_DRAFT_API")
    target_compile_definitions(${target} PRIVATE PYZMQ_DRAFT_API=0)
  endif()

  if(LIBZMQ_LINKAGE STREQUAL "static")
    set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
  endif()

  # A static libzmq inside must not meet another copy in the same process.
  set(exports "${CMAKE_CURRENT_BINARY_DIR}/${target}.exports")
  if(APPLE)
    list(TRANSFORM ARGN PREPEND "_" OUTPUT_VARIABLE names)
    list(JOIN names "\n" names)
    file(WRITE "${exports}" "${names}\n")
    target_link_options(${target} PRIVATE "LINKER:-exported_symbols_list,${exports}")
  elseif(UNIX)
    list(JOIN ARGN "; " names)
    file(WRITE "${exports}" "{ global: ${names}; local: *; };\n")
    target_link_options(${target} PRIVATE "LINKER:--version-script=${exports}")
  endif()
endfunction()
