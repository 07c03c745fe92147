"""The table of a run, and what changed between two runs.

``python -m benchmarks.report RUN.json [EARLIER.json]`` prints a recorded run again,
or how much faster ours is in it than it was in an earlier one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any, TextIO

from .conduct import Result
from .targets import OURS, speedup

TITLE, FIGURE, RATIO = 52, 10, 10
MARKS = {True: "pass", False: "MISSED", None: "-"}


def figure(seconds: float | None, startup: bool) -> str:
    """Write a rate (or, for imports, a time) in three or four digits."""
    if seconds is None:
        return ""
    if startup:
        return f"{seconds * 1e3:.2f} ms"
    rate = 1 / seconds
    for unit, scale in (("M/s", 1e6), ("k/s", 1e3)):
        if rate >= scale:
            return f"{rate / scale:.{_decimals(rate / scale)}f} {unit}"
    return f"{rate:.0f} /s"


def _decimals(value: float) -> int:
    return 2 if value < 10 else 1 if value < 100 else 0


class Table:
    """Prints results line by line, as they come."""

    def __init__(self, rivals: Sequence[str], stream: TextIO = sys.stdout) -> None:
        self.rivals = rivals
        self.stream = stream

    def head(self, versions: Mapping[str, Mapping[str, str]]) -> None:
        """Print who competes, and the names of the columns."""
        for name, found in versions.items():
            listed = ", ".join(f"{key} {value}" for key, value in found.items())
            self._print(f"{name:>6}: {listed}")
        others = [f"{'vs ' + name:>{RATIO}}" for name in self.rivals if name != OURS]
        names = [f"{name:>{FIGURE}}" for name in self.rivals]
        self._print()
        self._print(f"{'case':{TITLE}}{''.join(names)}{''.join(others)}  target")

    def line(self, result: Result) -> None:
        """Print the figures of one case, the ratios, and the targets."""
        figures = [
            f"{figure(result.seconds.get(name), result.startup):>{FIGURE}}"
            for name in self.rivals
        ]
        ratios = [
            f"{_ratio(result.seconds, name):>{RATIO}}"
            for name in self.rivals
            if name != OURS
        ]
        targets = [f"{text} {MARKS[met]}" for text, met in result.targets.items()]
        row = "".join(figures + ratios)
        self._print(f"{result.title:{TITLE}}{row}  {', '.join(targets)}".rstrip())
        for name, note in result.notes.items():
            self._print(f"    {name} {note}")

    def _print(self, text: str = "") -> None:
        print(text, file=self.stream, flush=True)


def _ratio(seconds: Mapping[str, float], rival: str) -> str:
    factor = speedup(seconds, rival)
    return "" if factor is None else f"{factor:.2f}x"


def results_of(run: Mapping[str, Any]) -> list[Result]:
    """Return the results that a JSON file holds."""
    return [Result(**case) for case in run["cases"]]


def compare(now: Mapping[str, Any], earlier: Mapping[str, Any]) -> None:
    """Print, for each case in both runs, how ours changed.

    The machine may have been slower or faster as a whole: the change of the other
    rivals, who are the same in both runs, stands beside it.
    """
    before = {result.name: result for result in results_of(earlier)}
    print(f"{'case':{TITLE}}{'ours':>{RATIO}}{'others':>{RATIO}}")
    for result in results_of(now):
        if result.name not in before:
            continue
        old = before[result.name].seconds
        gains = {
            name: old[name] / new for name, new in result.seconds.items() if name in old
        }
        ours = gains.pop(OURS, None)
        others = sum(gains.values()) / len(gains) if gains else None
        cells = [f"{gain:.2f}x" if gain else "" for gain in (ours, others)]
        print(f"{result.title:{TITLE}}{cells[0]:>{RATIO}}{cells[1]:>{RATIO}}")


def main() -> None:
    """Print one recorded run, or compare two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=argparse.FileType(encoding="utf-8"))
    parser.add_argument("earlier", nargs="?", type=argparse.FileType(encoding="utf-8"))
    arguments = parser.parse_args()
    recorded = json.load(arguments.run)
    if arguments.earlier:
        compare(recorded, json.load(arguments.earlier))
        return
    table = Table(list(recorded["rivals"]))
    table.head(recorded["rivals"])
    for result in results_of(recorded):
        table.line(result)


if __name__ == "__main__":
    main()
