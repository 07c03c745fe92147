"""Pictures of what ``zmq bench`` has measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from zmq._command.failures import CommandError, UsageError
from zmq._pip import install_line

if TYPE_CHECKING:
    from collections.abc import Sequence


def require_plotting(path: str) -> None:
    """Find out before the measurement whether a picture can be drawn.

    :param path: the file; its suffix tells the format.
    :raises CommandError: when matplotlib is missing.
    :raises UsageError: when matplotlib does not draw such files.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
    except ImportError:
        line = install_line(["matplotlib"])
        raise CommandError(
            f"--plot needs the package matplotlib. Run\n\n    {line}\n"
        ) from None
    suffix = path.rpartition(".")[2].lower()
    known = FigureCanvasAgg.get_supported_filetypes()
    if suffix not in known:
        raise UsageError(f"--plot {path}: the suffix must be one of {', '.join(known)}")


def plot_round_trips(path: str, times: Sequence[int], results: dict[str, Any]) -> None:
    """Draw how the times of the round trips are distributed.

    :param path: the file to write.
    :param times: of each round trip, in nanoseconds.
    :param results: what ``zmq bench`` prints of them.
    """
    from matplotlib.figure import Figure

    # The types of matplotlib are partly unknown.
    figure: Any = cast(Any, Figure)(figsize=(8, 4.5), layout="constrained")
    axes = figure.subplots()
    ordered = sorted(times)
    shares = [100 * (i + 1) / len(ordered) for i in range(len(ordered))]
    axes.step([time / 1000 for time in ordered], shares, where="post")
    axes.set_xscale("log")
    axes.set_xlabel("round trip, microseconds")
    axes.set_ylabel("share of the trips that took no longer, %")
    axes.grid(visible=True, which="both", alpha=0.3)
    flow = results["throughput"]
    axes.set_title(
        f"{results['size']} bytes, libzmq {results['libzmq']}: "
        f"{flow['messages_per_s']:,} messages/s one way"
    )
    figure.savefig(path)
