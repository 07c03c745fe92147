# Builds a static libsodium at configure time, since libzmq's own CMake build looks for it then.
# Sets BUNDLED_SODIUM_INCLUDE, BUNDLED_SODIUM_LIBRARY and LIBSODIUM_VERSION.

include(bundle-archive)

zmq_fetch_archive(libsodium "${PYZMQ_LIBSODIUM_VERSION}" "${PYZMQ_LIBSODIUM_URL}" "${PYZMQ_LIBSODIUM_SHA256}"
  URL "https://github.com/jedisct1/libsodium/releases/download/${PYZMQ_LIBSODIUM_VERSION}-RELEASE/libsodium-${PYZMQ_LIBSODIUM_VERSION}.tar.gz"
  KNOWN "1.0.20=ebb65ef6ca439333c2bb41a0c1990587288da07f6c7fd07cb3a18cc18d30ce19")

set(BUNDLED_SODIUM_PREFIX "${CMAKE_BINARY_DIR}/bundled-libsodium")
string(SHA256 _sodium_key "${libsodium_ARCHIVE};${CMAKE_C_COMPILER};${CMAKE_C_FLAGS};${PYZMQ_LIBSODIUM_CONFIGURE_ARGS};${PYZMQ_LIBSODIUM_MSBUILD_ARGS}")
set(_sodium_stamp "${BUNDLED_SODIUM_PREFIX}/${_sodium_key}")

function(zmq_sodium_step what)
  message(STATUS "libsodium: ${what}")
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY "${libsodium_SOURCE_DIR}"
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    string(LENGTH "${output}" length)
    if(length GREATER 4000)
      math(EXPR start "${length} - 4000")
      string(SUBSTRING "${output}" ${start} -1 output)
    endif()
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "libsodium: ${what} failed (${status}):\n${command}\n${output}")
  endif()
endfunction()

function(zmq_build_sodium_unix)
  if(NOT EXISTS "${libsodium_SOURCE_DIR}/configure")
    # Archives of the repository, Debian's among them, come without the generated script.
    find_program(AUTORECONF autoreconf)
    if(NOT AUTORECONF)
      message(FATAL_ERROR "The archive of libsodium holds no ./configure, and autoreconf, which makes it, is not installed: "
        "take a release archive, or install autoconf, automake and libtool.")
    endif()
    zmq_sodium_step("autoreconf" "${AUTORECONF}" -fi)
  endif()
  set(flags "${CMAKE_C_FLAGS}")
  if(APPLE AND CMAKE_OSX_DEPLOYMENT_TARGET)
    string(APPEND flags " -mmacosx-version-min=${CMAKE_OSX_DEPLOYMENT_TARGET}")
  endif()
  foreach(architecture IN LISTS CMAKE_OSX_ARCHITECTURES)
    string(APPEND flags " -arch ${architecture}")
  endforeach()
  include(ProcessorCount)
  ProcessorCount(jobs)
  if(DEFINED ENV{CMAKE_BUILD_PARALLEL_LEVEL})
    set(jobs "$ENV{CMAKE_BUILD_PARALLEL_LEVEL}")
  elseif(jobs EQUAL 0)
    set(jobs 1)
  endif()
  find_program(MAKE_PROGRAM NAMES make gmake REQUIRED)
  zmq_sodium_step("configure" "${CMAKE_COMMAND}" -E env "CC=${CMAKE_C_COMPILER}" "CFLAGS=-O2 ${flags}"
    ./configure "--prefix=${BUNDLED_SODIUM_PREFIX}" --libdir=${BUNDLED_SODIUM_PREFIX}/lib
    --enable-static --disable-shared --with-pic ${PYZMQ_LIBSODIUM_CONFIGURE_ARGS})
  zmq_sodium_step("make" "${MAKE_PROGRAM}" -j${jobs})
  zmq_sodium_step("make install" "${MAKE_PROGRAM}" install)
endfunction()

function(zmq_build_sodium_windows)
  set(year "${PYZMQ_LIBSODIUM_VS_VERSION}")
  if(NOT year)
    if(MSVC_VERSION GREATER_EQUAL 1930)
      set(year 2022)
    elseif(MSVC_VERSION GREATER_EQUAL 1920)
      set(year 2019)
    else()
      set(year 2017)
    endif()
  endif()
  if(CMAKE_GENERATOR_PLATFORM)
    set(platform "${CMAKE_GENERATOR_PLATFORM}")
  elseif(CMAKE_SIZEOF_VOID_P EQUAL 8)
    set(platform "x64")
  else()
    set(platform "Win32")
  endif()
  find_program(MSBUILD msbuild REQUIRED)
  zmq_sodium_step("msbuild" "${MSBUILD}" /m /v:n /p:Configuration=StaticRelease "/p:Platform=${platform}"
    "builds/msvc/vs${year}/libsodium.sln" ${PYZMQ_LIBSODIUM_MSBUILD_ARGS})
  file(GLOB_RECURSE library "${libsodium_SOURCE_DIR}/bin/*/libsodium.lib")
  file(INSTALL "${libsodium_SOURCE_DIR}/src/libsodium/include/" DESTINATION "${BUNDLED_SODIUM_PREFIX}/include"
    FILES_MATCHING PATTERN "*.h")
  file(INSTALL ${library} DESTINATION "${BUNDLED_SODIUM_PREFIX}/lib")
endfunction()

if(NOT EXISTS "${_sodium_stamp}")
  file(REMOVE_RECURSE "${BUNDLED_SODIUM_PREFIX}")
  if(MSVC)
    zmq_build_sodium_windows()
  else()
    zmq_build_sodium_unix()
  endif()
  file(WRITE "${_sodium_stamp}" "")
endif()

set(BUNDLED_SODIUM_INCLUDE "${BUNDLED_SODIUM_PREFIX}/include")
find_library(BUNDLED_SODIUM_LIBRARY NAMES sodium libsodium PATHS "${BUNDLED_SODIUM_PREFIX}/lib"
  NO_DEFAULT_PATH NO_CACHE REQUIRED)
file(STRINGS "${BUNDLED_SODIUM_INCLUDE}/sodium/version.h" _sodium_version REGEX "SODIUM_VERSION_STRING \"")
string(REGEX REPLACE ".*\"([^\"]+)\".*" "\\1" LIBSODIUM_VERSION "${_sodium_version}")
