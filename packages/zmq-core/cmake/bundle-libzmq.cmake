# Builds a static libzmq with its own CMake build, and links it to zmq-core::libzmq.
# All options of that build can be given with CMAKE_ARGS; these are the defaults that differ.

include(libzmq-version)

set(BUILD_SHARED OFF CACHE BOOL "Whether or not to build the shared object")
set(BUILD_STATIC ON CACHE BOOL "Whether or not to build the static archive")
set(BUILD_TESTS OFF CACHE BOOL "Whether or not to build the tests")
set(ZMQ_BUILD_TESTS OFF CACHE BOOL "Build the tests for ZeroMQ")
set(WITH_PERF_TOOL OFF CACHE BOOL "Build with perf-tools")
set(WITH_DOCS OFF CACHE BOOL "Build html docs")
set(WITH_DOC OFF CACHE BOOL "Build html docs")
set(ENABLE_CPACK OFF CACHE BOOL "Enables cpack rules")
set(ENABLE_PRECOMPILED OFF CACHE BOOL "Enable precompiled headers, if possible")
set(ENABLE_CURVE ON CACHE BOOL "Enable CURVE security")
set(WITH_LIBSODIUM ON CACHE BOOL "Use libsodium")
set(WITH_LIBSODIUM_STATIC ON CACHE BOOL "Use static libsodium library")
set(WITH_TLS OFF CACHE BOOL "Use TLS for WSS support")
# The wheel must not need what only the building machine has.
set(WITH_LIBBSD OFF CACHE BOOL "Use libbsd instead of builtin strlcpy")
set(WITH_NSS OFF CACHE BOOL "Use NSS instead of builtin sha1")
set(ENABLE_DRAFTS ${ZMQ_DRAFT_API} CACHE BOOL "Build and install draft classes and methods" FORCE)
# In libzmq the WebSocket transport is itself a draft.
set(ENABLE_WS ${ZMQ_DRAFT_API} CACHE BOOL "Enable WebSocket transport")

# What libzmq's Findsodium.cmake would search for, and could find in the system.
set(SODIUM_INCLUDE_DIRS "${BUNDLED_SODIUM_INCLUDE}" CACHE PATH "" FORCE)
set(SODIUM_LIBRARIES "${BUNDLED_SODIUM_LIBRARY}" CACHE FILEPATH "" FORCE)
set(SODIUM_INCLUDE_DIR "${BUNDLED_SODIUM_INCLUDE}" CACHE PATH "" FORCE)
set(SODIUM_LIBRARY "${BUNDLED_SODIUM_LIBRARY}" CACHE FILEPATH "" FORCE)
set(SODIUM_FOUND TRUE)
set(ENV{PKG_CONFIG_PATH} "${BUNDLED_SODIUM_PREFIX}/lib/pkgconfig:$ENV{PKG_CONFIG_PATH}")

# Windows comes without the C++ runtime of Visual Studio: it goes into the extension, and
# for that into libzmq, as libsodium's StaticRelease has it already.
if(MSVC)
  set(CMAKE_MSVC_RUNTIME_LIBRARY MultiThreaded)
  set(CMAKE_POLICY_DEFAULT_CMP0091 NEW)
endif()

set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
# libzmq declares a CMake version that CMake 4 refuses.
set(CMAKE_POLICY_VERSION_MINIMUM 3.5)
set(CMAKE_WARN_DEPRECATED OFF CACHE BOOL "")

if(CMAKE_CROSSCOMPILING AND NOT WIN32)
  include(bundle-checks)
endif()

add_subdirectory("${libzmq_SOURCE_DIR}" "${CMAKE_BINARY_DIR}/bundled-libzmq" EXCLUDE_FROM_ALL)

add_library(zmq-core-bundled INTERFACE)
add_library(zmq-core::libzmq ALIAS zmq-core-bundled)
target_link_libraries(zmq-core-bundled INTERFACE libzmq-static "${BUNDLED_SODIUM_LIBRARY}")
target_include_directories(zmq-core-bundled INTERFACE "${libzmq_SOURCE_DIR}/include" "${BUNDLED_SODIUM_INCLUDE}")
target_compile_definitions(zmq-core-bundled INTERFACE ZMQ_STATIC SODIUM_STATIC)

set(LIBZMQ_FOUND_BY "bundled")
set(LIBZMQ_LINKAGE "static")
set(LIBZMQ_LIBRARY "")
set(LIBZMQ_HEADER_DIR "${libzmq_SOURCE_DIR}/include")
zmq_header_version("${LIBZMQ_HEADER_DIR}" LIBZMQ_VERSION)
include(patch-libzmq)

# Who passes on what was changed passes on the source of the change.
file(GLOB BUNDLED_LIBZMQ_LICENCES "${libzmq_SOURCE_DIR}/COPYING*" "${libzmq_SOURCE_DIR}/LICENSE*")
list(APPEND BUNDLED_LIBZMQ_LICENCES ${BUNDLED_LIBZMQ_PATCHES})
set(BUNDLED_LIBSODIUM_LICENCES "${libsodium_SOURCE_DIR}/LICENSE")
