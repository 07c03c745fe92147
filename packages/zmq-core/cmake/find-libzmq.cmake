# Looks for an installed libzmq and defines zmq-core::libzmq when there is one.

include(libzmq-version)

set(LIBZMQ_ATTEMPTS "")

# zmq_accept(<way> <header dir> <library> <target>): takes a libzmq that was found if it is
# recent enough; the reason is appended to LIBZMQ_ATTEMPTS when it is not.
macro(zmq_accept way header_dir library target)
  zmq_header_version("${header_dir}" _version)
  if(_version VERSION_LESS LIBZMQ_OLDEST)
    list(APPEND LIBZMQ_ATTEMPTS "${way}: libzmq ${_version} in ${header_dir} is too old, ${LIBZMQ_OLDEST} is needed")
  else()
    set(LIBZMQ_FOUND_BY "${way}")
    set(LIBZMQ_VERSION "${_version}")
    set(LIBZMQ_HEADER_DIR "${header_dir}")
    set(LIBZMQ_LIBRARY "${library}")
    if("${library}" MATCHES "\\.a$")
      set(LIBZMQ_LINKAGE "static")
    else()
      set(LIBZMQ_LINKAGE "shared")
    endif()
    add_library(zmq-core::libzmq INTERFACE IMPORTED)
    target_link_libraries(zmq-core::libzmq INTERFACE ${target})
  endif()
endmacro()

macro(zmq_find_in_prefix)
  find_path(_prefix_include zmq.h PATHS "${ZMQ_PREFIX}" PATH_SUFFIXES include NO_DEFAULT_PATH NO_CACHE)
  find_library(_prefix_library NAMES zmq libzmq zmq-static libzmq-static PATHS "${ZMQ_PREFIX}"
    PATH_SUFFIXES lib lib64 "lib/${CMAKE_LIBRARY_ARCHITECTURE}" NO_DEFAULT_PATH NO_CACHE)
  if(NOT _prefix_include)
    list(APPEND LIBZMQ_ATTEMPTS "prefix: no zmq.h in ${ZMQ_PREFIX}/include")
  elseif(NOT _prefix_library)
    list(APPEND LIBZMQ_ATTEMPTS "prefix: no library zmq in ${ZMQ_PREFIX}/lib")
  else()
    add_library(zmq-core-prefix UNKNOWN IMPORTED)
    set_target_properties(zmq-core-prefix PROPERTIES
      IMPORTED_LOCATION "${_prefix_library}"
      INTERFACE_INCLUDE_DIRECTORIES "${_prefix_include}")
    if(_prefix_library MATCHES "\\.a$")
      # A static library does not say what it needs itself.
      enable_language(CXX)
      find_package(Threads REQUIRED)
      find_library(_prefix_sodium NAMES sodium libsodium PATHS "${ZMQ_PREFIX}"
        PATH_SUFFIXES lib lib64 "lib/${CMAKE_LIBRARY_ARCHITECTURE}" NO_CACHE)
      set_target_properties(zmq-core-prefix PROPERTIES
        IMPORTED_LINK_INTERFACE_LANGUAGES CXX
        INTERFACE_COMPILE_DEFINITIONS ZMQ_STATIC)
      target_link_libraries(zmq-core-prefix INTERFACE
        "$<$<BOOL:${_prefix_sodium}>:${_prefix_sodium}>" Threads::Threads)
    endif()
    zmq_accept(prefix "${_prefix_include}" "${_prefix_library}" zmq-core-prefix)
  endif()
endmacro()

macro(zmq_find_by_cmake)
  find_package(ZeroMQ CONFIG QUIET)
  if(TARGET libzmq)
    set(_cmake_target libzmq)
  elseif(TARGET libzmq-static)
    set(_cmake_target libzmq-static)
  endif()
  if(_cmake_target)
    get_target_property(_cmake_include ${_cmake_target} INTERFACE_INCLUDE_DIRECTORIES)
    get_target_property(_cmake_library ${_cmake_target} LOCATION)
    list(GET _cmake_include 0 _cmake_include)
    zmq_accept(cmake "${_cmake_include}" "${_cmake_library}" ${_cmake_target})
  else()
    list(APPEND LIBZMQ_ATTEMPTS "cmake: no package ZeroMQ (CMAKE_PREFIX_PATH or ZeroMQ_DIR can point to it)")
  endif()
endmacro()

macro(zmq_find_by_pkgconfig)
  find_package(PkgConfig QUIET)
  if(PKG_CONFIG_FOUND)
    pkg_check_modules(ZMQ_PC QUIET IMPORTED_TARGET libzmq)
  endif()
  if(NOT PKG_CONFIG_FOUND)
    list(APPEND LIBZMQ_ATTEMPTS "pkgconfig: pkg-config is not installed")
  elseif(NOT ZMQ_PC_FOUND)
    list(APPEND LIBZMQ_ATTEMPTS "pkgconfig: no module libzmq (PKG_CONFIG_PATH can point to it)")
  else()
    # The directories of libzmq.pc leave out what the compiler searches anyway.
    find_path(_pc_include zmq.h HINTS ${ZMQ_PC_INCLUDEDIR} ${ZMQ_PC_INCLUDE_DIRS} NO_CACHE)
    list(GET ZMQ_PC_LINK_LIBRARIES 0 _pc_library)
    zmq_accept(pkgconfig "${_pc_include}" "${_pc_library}" PkgConfig::ZMQ_PC)
  endif()
endmacro()

# Debian's libzmq3-dev does not bring pkg-config, and has no CMake package.
macro(zmq_find_in_system)
  find_path(_system_include zmq.h NO_CACHE)
  find_library(_system_library NAMES zmq libzmq NO_CACHE)
  if(_system_include AND _system_library)
    add_library(zmq-core-system UNKNOWN IMPORTED)
    set_target_properties(zmq-core-system PROPERTIES
      IMPORTED_LOCATION "${_system_library}"
      INTERFACE_INCLUDE_DIRECTORIES "${_system_include}")
    zmq_accept(system "${_system_include}" "${_system_library}" zmq-core-system)
  else()
    list(APPEND LIBZMQ_ATTEMPTS "system: no zmq.h and library zmq where compilers look")
  endif()
endmacro()

if(NOT ZMQ_PREFIX STREQUAL "auto")
  zmq_find_in_prefix()
  if(NOT TARGET zmq-core::libzmq)
    list(JOIN LIBZMQ_ATTEMPTS "\n  " attempts)
    message(FATAL_ERROR "ZMQ_PREFIX=${ZMQ_PREFIX} holds no usable libzmq:\n  ${attempts}")
  endif()
else()
  zmq_find_by_cmake()
  if(NOT TARGET zmq-core::libzmq)
    zmq_find_by_pkgconfig()
  endif()
  if(NOT TARGET zmq-core::libzmq)
    zmq_find_in_system()
  endif()
  if(NOT TARGET zmq-core::libzmq)
    list(JOIN LIBZMQ_ATTEMPTS "\n  " attempts)
    if(PYZMQ_NO_BUNDLE)
      message(FATAL_ERROR "No usable libzmq was found, and PYZMQ_NO_BUNDLE forbids to build one:\n  ${attempts}\n"
        "Install its headers (Debian: apt-get install libzmq3-dev) or set ZMQ_PREFIX.")
    endif()
    message(STATUS "No usable libzmq was found, so one is downloaded and built "
      "(Debian has one: apt-get install libzmq3-dev):\n  ${attempts}")
  endif()
endif()
