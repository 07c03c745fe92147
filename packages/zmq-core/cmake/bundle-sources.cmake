# The sources of the bundled libraries, from archives that are downloaded or local.

include(FetchContent)

# zmq_download(<name> <url> <variable>): sets the variable to the file. FetchContent could
# do it too, but nobody finds the cause among what it prints when it cannot.
function(zmq_download name url variable)
  string(SHA256 key "${url}")
  get_filename_component(basename "${url}" NAME)
  set(file "${CMAKE_BINARY_DIR}/archives/${key}/${basename}")
  if(NOT EXISTS "${file}")
    foreach(attempt RANGE 1 3)
      file(DOWNLOAD "${url}" "${file}.partial" STATUS status INACTIVITY_TIMEOUT 60)
      list(GET status 0 code)
      if(code EQUAL 0)
        break()
      endif()
    endforeach()
    if(NOT code EQUAL 0)
      list(GET status 1 reason)
      message(FATAL_ERROR "The sources of the bundled ${name} cannot be downloaded: ${reason}\n${url}\n"
        "To build without a network, install libzmq with its headers, for which nothing is downloaded "
        "(Debian: apt-get install libzmq3-dev), or name archives that are here: "
        "PYZMQ_LIBZMQ_URL and PYZMQ_LIBSODIUM_URL take paths.")
    endif()
    file(RENAME "${file}.partial" "${file}")
  endif()
  set(${variable} "${file}" PARENT_SCOPE)
endfunction()

# zmq_fetch_archive(<name> <version> <url> <sha256> URL <default url> KNOWN <version>=<sha256>...)
# sets <name>_SOURCE_DIR, and <name>_ARCHIVE to what identifies the archive.
function(zmq_fetch_archive name version url sha256)
  cmake_parse_arguments(default "" "URL" "KNOWN" ${ARGN})
  if(NOT url)
    set(url "${default_URL}")
    foreach(known IN LISTS default_KNOWN)
      if(NOT sha256 AND known MATCHES "^${version}=(.*)$")
        set(sha256 "${CMAKE_MATCH_1}")
      endif()
    endforeach()
  elseif(NOT url MATCHES "^[a-z]+://")
    get_filename_component(url "${url}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
    if(NOT EXISTS "${url}")
      message(FATAL_ERROR "The archive given for the bundled ${name} does not exist: ${url}")
    endif()
  endif()
  set(checksum "")
  if(sha256)
    set(checksum URL_HASH "SHA256=${sha256}")
  endif()
  message(STATUS "Bundled ${name}: ${url}")
  if(url MATCHES "^[a-z]+://" AND NOT url MATCHES "^file://")
    zmq_download(${name} "${url}" file)
  else()
    set(file "${url}")
  endif()
  # There is no CMakeLists.txt in this subdirectory: that keeps FetchContent from adding the
  # project, whose options are set after its sources are here.
  FetchContent_Declare(${name} URL "${file}" ${checksum} SOURCE_SUBDIR not-added-here)
  FetchContent_MakeAvailable(${name})
  set(${name}_SOURCE_DIR "${${name}_SOURCE_DIR}" PARENT_SCOPE)
  set(${name}_ARCHIVE "${url};${sha256}" PARENT_SCOPE)
  if(NOT sha256 AND EXISTS "${file}")
    file(SHA256 "${file}" sha256)
  endif()
  string(TOUPPER "${name}" upper)
  set(BUNDLED_${upper}_SHA256 "${sha256}" PARENT_SCOPE)
endfunction()

zmq_fetch_archive(libsodium "${PYZMQ_LIBSODIUM_VERSION}" "${PYZMQ_LIBSODIUM_URL}" "${PYZMQ_LIBSODIUM_SHA256}"
  URL "https://github.com/jedisct1/libsodium/releases/download/${PYZMQ_LIBSODIUM_VERSION}-RELEASE/libsodium-${PYZMQ_LIBSODIUM_VERSION}.tar.gz"
  KNOWN "1.0.20=ebb65ef6ca439333c2bb41a0c1990587288da07f6c7fd07cb3a18cc18d30ce19")

zmq_fetch_archive(libzmq "${PYZMQ_LIBZMQ_VERSION}" "${PYZMQ_LIBZMQ_URL}" "${PYZMQ_LIBZMQ_SHA256}"
  URL "https://github.com/zeromq/libzmq/releases/download/v${PYZMQ_LIBZMQ_VERSION}/zeromq-${PYZMQ_LIBZMQ_VERSION}.tar.gz"
  KNOWN "4.3.5=6653ef5910f17954861fe72332e68b03ca6e4d9c7160eb3a8de5a5a913bfab43")
