"""A zerorpc server and its clients: calls, streams, errors, heartbeats."""

from __future__ import annotations

import gevent
import zerorpc


class Service:
    """What can be called."""

    def add(self, a: int, b: int) -> int:
        return a + b

    def fail(self) -> None:
        raise ValueError("as asked")

    @zerorpc.stream
    def count(self, n: int) -> object:
        return iter(range(n))

    def slow(self) -> str:
        gevent.sleep(0.2)
        return "slept"


def main() -> None:
    server = zerorpc.Server(Service(), heartbeat=1)
    server.bind("tcp://127.0.0.1:0")
    address = server._events._socket.last_endpoint.decode()
    gevent.spawn(server.run)
    clients = [zerorpc.Client(address, heartbeat=1, timeout=20) for _ in range(5)]

    def call(client: zerorpc.Client, number: int) -> int:
        for i in range(100):
            assert client.add(number, i) == number + i
        assert list(client.count(500)) == list(range(500))
        assert client.slow() == "slept"
        failure = None
        try:
            client.fail()
        except zerorpc.RemoteError as error:
            failure = (error.name, error.msg)
        assert failure == ("ValueError", "as asked")
        return 100

    calling = [gevent.spawn(call, client, i) for i, client in enumerate(clients)]
    gevent.joinall(calling, timeout=60, raise_error=True)
    served = sum(greenlet.value for greenlet in calling)
    for client in clients:
        client.close()
    server.close()
    print(f"served {served} calls")


main()
