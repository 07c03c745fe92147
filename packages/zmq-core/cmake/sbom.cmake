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

set(SBOM_VERSION "${SKBUILD_PROJECT_VERSION_FULL}")
set(SBOM_CORE "pkg:pypi/zmq-core@${SBOM_VERSION}")
set(SBOM_LIBZMQ "pkg:github/zeromq/libzmq@v${LIBZMQ_VERSION}")
set(SBOM_LIBSODIUM "pkg:github/jedisct1/libsodium@${LIBSODIUM_VERSION}-RELEASE")
# The same for the same contents, as a random number would not be.
string(UUID SBOM_SERIAL NAMESPACE "6ba7b811-9dad-11d1-80b4-00c04fd430c8" TYPE SHA1
  NAME "zmq-core;${SBOM_VERSION};${LIBZMQ_VERSION};${LIBSODIUM_VERSION};${BUNDLED_LIBZMQ_SHA256};${BUNDLED_LIBSODIUM_SHA256}")
configure_file(cmake/sbom.cdx.json.in zmq-core.cdx.json @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/zmq-core.cdx.json" DESTINATION "${SKBUILD_METADATA_DIR}/sboms")
install(FILES ${BUNDLED_LIBZMQ_LICENCES} DESTINATION "${SKBUILD_METADATA_DIR}/licenses/libzmq")
install(FILES ${BUNDLED_LIBSODIUM_LICENCES} DESTINATION "${SKBUILD_METADATA_DIR}/licenses/libsodium")
