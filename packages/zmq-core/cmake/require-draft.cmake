# An installed libzmq must have been built with drafts itself; a bundled one is.

if(NOT LIBZMQ_FOUND_BY STREQUAL "bundled")
  include(CheckCSourceCompiles)
  set(CMAKE_REQUIRED_LIBRARIES zmq-core::libzmq)
  set(CMAKE_REQUIRED_DEFINITIONS -DZMQ_BUILD_DRAFT_API=1)
  unset(LIBZMQ_HAS_DRAFT CACHE)
  check_c_source_compiles("
    #include <zmq.h>
    int main(void) { return zmq_join(0, \"\") + zmq_poller_fd(0, 0); }" LIBZMQ_HAS_DRAFT)
  unset(CMAKE_REQUIRED_LIBRARIES)
  unset(CMAKE_REQUIRED_DEFINITIONS)
  if(NOT LIBZMQ_HAS_DRAFT)
    message(FATAL_ERROR "ZMQ_DRAFT_API is on, but libzmq ${LIBZMQ_VERSION} (${LIBZMQ_LIBRARY}) was built without the draft API: "
      "install one with drafts, or set ZMQ_PREFIX=bundled.")
  endif()
endif()
