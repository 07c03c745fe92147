# What libzmq's build finds out by running programs, from the headers alone.
# Cross-compiling, libzmq leaves these checks out and builds without the features. They
# are the same for every build that cannot run what it makes, whatever machine makes it.

include(CheckCSourceCompiles)
include(CheckSymbolExists)

set(CMAKE_REQUIRED_DEFINITIONS -D_GNU_SOURCE)
check_symbol_exists(SOCK_CLOEXEC sys/socket.h ZMQ_HAVE_SOCK_CLOEXEC)
check_symbol_exists(O_CLOEXEC fcntl.h ZMQ_HAVE_O_CLOEXEC)
check_symbol_exists(EFD_CLOEXEC sys/eventfd.h ZMQ_HAVE_EVENTFD_CLOEXEC)
check_symbol_exists(SO_BINDTODEVICE sys/socket.h ZMQ_HAVE_SO_BINDTODEVICE)
check_symbol_exists(SO_KEEPALIVE sys/socket.h ZMQ_HAVE_SO_KEEPALIVE)
check_symbol_exists(SO_PRIORITY sys/socket.h ZMQ_HAVE_SO_PRIORITY)
check_symbol_exists(SO_BUSY_POLL sys/socket.h ZMQ_HAVE_BUSY_POLL)
check_symbol_exists(TCP_KEEPCNT netinet/tcp.h ZMQ_HAVE_TCP_KEEPCNT)
check_symbol_exists(TCP_KEEPIDLE netinet/tcp.h ZMQ_HAVE_TCP_KEEPIDLE)
check_symbol_exists(TCP_KEEPINTVL netinet/tcp.h ZMQ_HAVE_TCP_KEEPINTVL)
check_symbol_exists(TCP_KEEPALIVE netinet/tcp.h ZMQ_HAVE_TCP_KEEPALIVE)
check_symbol_exists(TIPC_TOP_SRV "sys/socket.h;linux/tipc.h" ZMQ_HAVE_TIPC)
check_symbol_exists(getrandom sys/random.h ZMQ_HAVE_GETRANDOM)

# zmq_check_pthread(<result> <call>): whether a call of pthread.h compiles as it stands.
function(zmq_check_pthread result call)
  set(CMAKE_REQUIRED_FLAGS "-Werror -pthread")
  check_c_source_compiles("
    #include <pthread.h>
    #include <sched.h>
    int main(void) { ${call}; return 0; }" ${result})
endfunction()

zmq_check_pthread(ZMQ_HAVE_PTHREAD_SETNAME_1 "pthread_setname_np(\"a\")")
zmq_check_pthread(ZMQ_HAVE_PTHREAD_SETNAME_2 "pthread_setname_np(pthread_self(), \"a\")")
zmq_check_pthread(ZMQ_HAVE_PTHREAD_SETNAME_3 "pthread_setname_np(pthread_self(), \"a\", (void *)0)")
zmq_check_pthread(ZMQ_HAVE_PTHREAD_SET_NAME "pthread_set_name_np(pthread_self(), \"a\")")
zmq_check_pthread(ZMQ_HAVE_PTHREAD_SET_AFFINITY
  "cpu_set_t set; pthread_setaffinity_np(pthread_self(), sizeof(set), &set)")
unset(CMAKE_REQUIRED_DEFINITIONS)
