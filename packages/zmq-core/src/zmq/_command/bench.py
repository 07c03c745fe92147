"""``zmq bench``: throughput and latency between two shells or hosts."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import zmq
from zmq._command.commands import add_command, positive, seconds
from zmq._command.failures import DONE, CommandError, UsageError
from zmq._command.plotting import plot_round_trips, require_plotting
from zmq._command.sockets import add_connection_options, attach, opened, receive
from zmq._command.terminal import print_table, rich_console

if TYPE_CHECKING:
    import argparse

    from rich.console import Console

    from zmq._command.commands import Commands

_PERCENTILES = (50, 90, 99, 99.9)


def add_commands(commands: Commands) -> None:
    """Add ``bench``."""
    parser = add_command(
        commands,
        "bench",
        _run,
        "measure throughput and latency between two shells",
        "The side that binds answers, once; the side that connects measures.",
    )
    add_connection_options(parser)
    parser.add_argument(
        "--size", type=positive, default=100, metavar="BYTES", help="by default 100"
    )
    parser.add_argument(
        "--count",
        type=positive,
        default=100_000,
        metavar="N",
        help="messages one way, by default 100000; a tenth of it to and fro",
    )
    parser.add_argument(
        "--timeout",
        type=seconds,
        metavar="SECONDS",
        help="how long to wait for each message of the peer; for ever by default",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON object")
    parser.add_argument(
        "--plot",
        metavar="FILE",
        help="draw the times of the round trips, as .png or .svg; needs matplotlib",
    )


def _run(options: argparse.Namespace) -> int:
    if bool(options.bind) == bool(options.connect):
        raise UsageError("either --bind or --connect is needed")
    if options.plot is not None:
        if options.bind:
            raise UsageError("--plot is for the side that connects: it measures")
        require_plotting(options.plot)
    with opened(options, zmq.PAIR, drain=True) as socket:
        socket.immediate = True
        attach(socket, options)
        if options.bind:
            _answer(socket, options.timeout)
            return DONE
        results, times = _measure(socket, options)
    if options.plot is not None:
        plot_round_trips(options.plot, times, results)
    console = rich_console()
    if options.json:
        print(json.dumps(results, indent=1))
    elif console is None:
        print(_as_text(results))
    else:
        _print_tables(console, results)
    return DONE


def _answer(socket: zmq.Socket[bytes], timeout: float | None) -> None:
    """Do the part of the side that binds."""
    try:
        plan: dict[str, int] = json.loads(receive(socket, timeout)[0])
        trips, messages = int(plan["trips"]), int(plan["messages"])
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError("the peer is no `zmq bench --connect`") from error
    _set_receive_timeout(socket, timeout)
    for _ in range(trips):
        socket.send(socket.recv())
    socket.recv()
    start = time.perf_counter_ns()
    for _ in range(messages):
        socket.recv()
    socket.send(b"%d" % (time.perf_counter_ns() - start))
    # A peer with IMMEDIATE drops what it has not read when this side leaves.
    socket.recv()


def _measure(
    socket: zmq.Socket[bytes], options: argparse.Namespace
) -> tuple[dict[str, Any], list[int]]:
    """Do the part of the side that connects; return its results, and all times."""
    trips = max(options.count // 10, 1)
    plan = {"trips": trips, "messages": options.count}
    socket.send(json.dumps(plan).encode())
    _set_receive_timeout(socket, options.timeout)
    body = bytes(options.size)
    times: list[int] = []
    for _ in range(trips):
        start = time.perf_counter_ns()
        socket.send(body)
        socket.recv()
        times.append(time.perf_counter_ns() - start)
    # One more than are counted: the clock of the peer starts with the first.
    for _ in range(options.count + 1):
        socket.send(body)
    taken = int(socket.recv()) / 1e9
    socket.send(b"")
    results = {
        "size": options.size,
        "libzmq": zmq.zmq_version(),
        "round_trip_us": {"count": trips, **_percentiles(times)},
        "throughput": {
            "count": options.count,
            "messages_per_s": round(options.count / taken),
            "megabytes_per_s": round(options.count * options.size / taken / 1e6, 3),
        },
    }
    return results, times


def _set_receive_timeout(socket: zmq.Socket[bytes], timeout: float | None) -> None:
    socket.rcvtimeo = socket.sndtimeo if timeout is not None else -1


def _percentiles(times: list[int]) -> dict[str, float]:
    """Return percentiles in microseconds, of times in nanoseconds."""
    times = sorted(times)
    last = len(times) - 1
    found = {f"p{p:g}": times[round(last * p / 100)] / 1000 for p in _PERCENTILES}
    return {"min": times[0] / 1000, **found, "max": times[-1] / 1000}


def _print_tables(console: Console, results: dict[str, Any]) -> None:
    trip = dict(results["round_trip_us"])
    flow = results["throughput"]
    what = f"{results['size']} bytes, libzmq {results['libzmq']}"
    count = trip.pop("count")
    print_table(
        console,
        f"{what}: {count} round trips",
        ["", "us"],
        [[name, f"{value:.1f}"] for name, value in trip.items()],
    )
    print_table(
        console,
        f"one way: {flow['count']} messages",
        ["messages/s", "MB/s"],
        [[f"{flow['messages_per_s']}", f"{flow['megabytes_per_s']}"]],
    )


def _as_text(results: dict[str, Any]) -> str:
    trip = dict(results["round_trip_us"])
    count = trip.pop("count")
    flow = results["throughput"]
    times = "  ".join(f"{name} {value:.1f}" for name, value in trip.items())
    return (
        f"{results['size']} bytes, libzmq {results['libzmq']}\n"
        f"round trip, us  {times}  ({count} trips)\n"
        f"one way         {flow['messages_per_s']} messages/s, "
        f"{flow['megabytes_per_s']} MB/s  ({flow['count']} messages)"
    )
