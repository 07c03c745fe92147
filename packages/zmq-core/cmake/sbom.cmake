# A CycloneDX list of the libraries inside the wheel (PEP 770). It has no time and no random
# number in it: the same sources give the same file.

if(LIBZMQ_VERSION VERSION_LESS 4.3.5)
  set(SBOM_LIBZMQ_LICENCE "LGPL-3.0-or-later")
else()
  set(SBOM_LIBZMQ_LICENCE "MPL-2.0")
endif()

# zmq_sbom_hashes(<result> <sha256 or "">): the checksum of the archive, where it is known.
function(zmq_sbom_hashes result sha256)
  set(${result} "[]" PARENT_SCOPE)
  if(sha256)
    set(${result} "[{\"alg\": \"SHA-256\", \"content\": \"${sha256}\"}]" PARENT_SCOPE)
  endif()
endfunction()
zmq_sbom_hashes(SBOM_LIBZMQ_HASHES "${BUNDLED_LIBZMQ_SHA256}")
zmq_sbom_hashes(SBOM_LIBSODIUM_HASHES "${BUNDLED_LIBSODIUM_SHA256}")

# zmq_json_string(<variable> <text>): the text as a string of JSON, in its quotes.
function(zmq_json_string variable text)
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  string(REPLACE "\t" "\\t" text "${text}")
  string(REPLACE "\n" "\\n" text "${text}")
  set(${variable} "\"${text}\"" PARENT_SCOPE)
endfunction()

# What was changed in libzmq, and how: the patches themselves.
set(SBOM_LIBZMQ_PEDIGREE "")
set(_patch_sums "")
foreach(_patch IN LISTS BUNDLED_LIBZMQ_PATCHES)
  file(READ "${_patch}" _text)
  string(REGEX MATCH "^Subject: ([^\n]*)" _subject "${_text}")
  zmq_json_string(_subject "${CMAKE_MATCH_1}")
  get_filename_component(_name "${_patch}" NAME_WE)
  zmq_json_string(_name "${_name}")
  string(SHA256 _sum "${_text}")
  list(APPEND _patch_sums "${_sum}")
  zmq_json_string(_text "${_text}")
  if(SBOM_LIBZMQ_PEDIGREE)
    string(APPEND SBOM_LIBZMQ_PEDIGREE ",")
  endif()
  string(APPEND SBOM_LIBZMQ_PEDIGREE "\n          {\"type\": \"unofficial\","
    "\n           \"diff\": {\"text\": {\"contentType\": \"text/x-diff\", \"content\": ${_text}}},"
    "\n           \"resolves\": [{\"type\": \"defect\", \"id\": ${_name}, \"name\": ${_subject}}]}")
endforeach()
if(SBOM_LIBZMQ_PEDIGREE)
  set(SBOM_LIBZMQ_PEDIGREE ",\n      \"pedigree\": {\"patches\": [${SBOM_LIBZMQ_PEDIGREE}\n      ]}")
endif()

set(SBOM_VERSION "${SKBUILD_PROJECT_VERSION_FULL}")
set(SBOM_CORE "pkg:pypi/zmq-core@${SBOM_VERSION}")
set(SBOM_LIBZMQ "pkg:github/zeromq/libzmq@v${LIBZMQ_VERSION}")
set(SBOM_LIBSODIUM "pkg:github/jedisct1/libsodium@${LIBSODIUM_VERSION}-RELEASE")
# The same for the same contents, as a random number would not be.
string(UUID SBOM_SERIAL NAMESPACE "6ba7b811-9dad-11d1-80b4-00c04fd430c8" TYPE SHA1
  NAME "zmq-core;${SBOM_VERSION};${LIBZMQ_VERSION};${LIBSODIUM_VERSION};${BUNDLED_LIBZMQ_SHA256};${BUNDLED_LIBSODIUM_SHA256};${_patch_sums}")
configure_file(cmake/sbom.cdx.json.in zmq-core.cdx.json @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/zmq-core.cdx.json" DESTINATION "${SKBUILD_METADATA_DIR}/sboms")
install(FILES ${BUNDLED_LIBZMQ_LICENCES} DESTINATION "${SKBUILD_METADATA_DIR}/licenses/libzmq")
install(FILES ${BUNDLED_LIBSODIUM_LICENCES} DESTINATION "${SKBUILD_METADATA_DIR}/licenses/libsodium")
