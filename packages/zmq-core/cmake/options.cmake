# The options of the build. Each can be given to CMake (-DNAME=value) or as an environment
# variable of the same name; what is given to CMake wins.

# zmq_option(<name> <type> <default> <doc> [ARGS]): ARGS marks a list of command line
# arguments, which has the form of a shell command line in the environment and is a CMake
# list (semicolons) otherwise.
function(zmq_option name type default doc)
  # The default is in the cache as well, where `cmake -LH` shows it: in a build directory
  # that is used again, it must not pass for a value that somebody gave.
  set(given FALSE)
  if(DEFINED CACHE{${name}})
    if(NOT _${name}_IS_DEFAULT OR NOT "$CACHE{${name}}" STREQUAL "${default}")
      set(given TRUE)
    endif()
  endif()
  set(${name} "${default}" CACHE ${type} "${doc}")
  if(given)
    return()
  endif()
  set(_${name}_IS_DEFAULT TRUE CACHE INTERNAL "")
  # Nor is a value from the environment kept: it counts for one build.
  if(DEFINED ENV{${name}} AND NOT "$ENV{${name}}" STREQUAL "")
    set(value "$ENV{${name}}")
    if("ARGS" IN_LIST ARGN)
      separate_arguments(value NATIVE_COMMAND "${value}")
    endif()
    set(${name} "${value}" PARENT_SCOPE)
  endif()
endfunction()

zmq_option(ZMQ_PREFIX STRING "auto"
  "installation prefix of libzmq, 'bundled' to build libzmq, or 'auto' to search")
zmq_option(ZMQ_DRAFT_API BOOL OFF
  "build with the draft API of libzmq")
zmq_option(ZMQ_BUILD_DRAFT BOOL OFF
  "another name of ZMQ_DRAFT_API")
zmq_option(PYZMQ_CFFI BOOL OFF
  "build the CFFI backend also for CPython, to test it there (PyPy has no other)")
zmq_option(PYZMQ_NO_BUNDLE BOOL OFF
  "fail when no libzmq is found, rather than build one")

zmq_option(PYZMQ_LIBZMQ_VERSION STRING "4.3.5"
  "version of the bundled libzmq")
zmq_option(PYZMQ_LIBZMQ_URL STRING ""
  "URL or path of the archive with the bundled libzmq (default: the release on GitHub)")
zmq_option(PYZMQ_LIBZMQ_SHA256 STRING ""
  "checksum of that archive (default: known for the default version)")
zmq_option(PYZMQ_LIBZMQ_PATCHES STRING "auto"
  "ON for the bundled libzmq with all of patches/, OFF with none, or 'auto' with those that fit")

zmq_option(PYZMQ_LIBSODIUM_VERSION STRING "1.0.20"
  "version of the bundled libsodium")
zmq_option(PYZMQ_LIBSODIUM_URL STRING ""
  "URL or path of the archive with the bundled libsodium (default: the release on GitHub)")
zmq_option(PYZMQ_LIBSODIUM_SHA256 STRING ""
  "checksum of that archive (default: known for the default version)")
zmq_option(PYZMQ_LIBSODIUM_CONFIGURE_ARGS STRING ""
  "semicolon-separated arguments for libsodium's ./configure" ARGS)
zmq_option(PYZMQ_LIBSODIUM_MSBUILD_ARGS STRING ""
  "semicolon-separated arguments for msbuild, with which libsodium is built on Windows" ARGS)
zmq_option(PYZMQ_LIBSODIUM_VS_VERSION STRING ""
  "year of the Visual Studio solution of libsodium (default: from MSVC_VERSION)")

if(PYZMQ_LIBZMQ_PATCHES STREQUAL "" OR PYZMQ_LIBZMQ_PATCHES MATCHES "^[Aa][Uu][Tt][Oo]$")
  set(PYZMQ_LIBZMQ_PATCHES "auto")
elseif(NOT PYZMQ_LIBZMQ_PATCHES MATCHES "^([Oo][Nn]|[Oo][Ff][Ff]|[Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[01])$")
  message(FATAL_ERROR "PYZMQ_LIBZMQ_PATCHES is ON, OFF or auto, not '${PYZMQ_LIBZMQ_PATCHES}'.")
endif()

if(ZMQ_BUILD_DRAFT)
  set(ZMQ_DRAFT_API ON)
endif()
if(ZMQ_DRAFT_API)
  set(ZMQ_DRAFT_API ON)
else()
  set(ZMQ_DRAFT_API OFF)
endif()
