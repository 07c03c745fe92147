# What has to be installed, said before CMake does so in words of its own.

# zmq_require_program(<what> <debian> <advice> <names>...): stops where none of the
# programs is in PATH.
function(zmq_require_program what debian advice)
  find_program(_required_program NAMES ${ARGN} NO_CACHE)
  if(NOT _required_program)
    list(JOIN ARGN ", " names)
    message(FATAL_ERROR "${what} is needed to build zmq-core, and none is installed (${names}).\n"
      "Debian: apt-get install ${debian}\n${advice}")
  endif()
endfunction()

# zmq_require_compiler(<what> <variable> <language> <debian> <names>...): does so unless the
# compiler is named by somebody, or searched for in ways of its own.
function(zmq_require_compiler what variable language debian)
  if(CMAKE_HOST_WIN32 OR CMAKE_TOOLCHAIN_FILE OR DEFINED CMAKE_${language}_COMPILER)
    return()
  endif()
  if("$ENV{${variable}}" STREQUAL "")
    zmq_require_program("${what}" "${debian}" "The environment variable ${variable} names another." ${ARGN})
  endif()
endfunction()

function(zmq_require_build_program)
  if(CMAKE_MAKE_PROGRAM OR CMAKE_HOST_WIN32)
    return()
  endif()
  if(CMAKE_GENERATOR STREQUAL "Ninja")
    zmq_require_program("Ninja" "ninja-build" "CMAKE_ARGS=-DCMAKE_MAKE_PROGRAM=... names another."
      ninja ninja-build samu)
  elseif(CMAKE_GENERATOR STREQUAL "Unix Makefiles")
    zmq_require_program("make" "make" "Ninja does as well: apt-get install ninja-build." gmake make smake)
  endif()
endfunction()

# The search of project() itself: modules of CMake's own.
set(ZMQ_C_COMPILERS cc gcc cl bcc xlc icx clang)
set(ZMQ_CXX_COMPILERS c++ CC g++ aCC cl bcc xlC icpx icx clang++)
