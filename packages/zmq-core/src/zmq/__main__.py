"""``python -m zmq``: what a bug report should say about the installation."""

from __future__ import annotations

import argparse
import json
import sys

from zmq._report import collect, render

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the report.

    Parameters
    ----------
    argv
        The arguments of the command, by default ``sys.argv[1:]``.

    Returns
    -------
    int
        The exit status: 1 when the installation is damaged, otherwise 0.
    """
    parser = argparse.ArgumentParser(
        prog="python -m zmq",
        description="Report versions, capabilities and the state of the installation.",
        epilog="The exit status is 1 when the installation is damaged.",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON object")
    options = parser.parse_args(argv)
    report = collect()
    print(json.dumps(report, indent=2) if options.json else render(report))
    return 1 if report["problems"] else 0


if __name__ == "__main__":
    sys.exit(main())
