# zmq_header_version(<directory of zmq.h> <result>): the version a header was made for, x.y.z.

function(zmq_header_version header_dir result)
  file(STRINGS "${header_dir}/zmq.h" lines REGEX "^#define ZMQ_VERSION_(MAJOR|MINOR|PATCH) ")
  string(REGEX REPLACE ".*MAJOR ([0-9]+).*MINOR ([0-9]+).*PATCH ([0-9]+).*" "\\1.\\2.\\3" version "${lines}")
  set(${result} "${version}" PARENT_SCOPE)
endfunction()
