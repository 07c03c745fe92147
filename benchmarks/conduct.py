"""The run: every case in turn, the rivals alternating, best of several."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from typing import Any

from .registry import Case
from .rivals import FailedError, Rival, UnavailableError


@dataclass
class Result:
    """What one case took with each rival, in seconds for one operation."""

    name: str
    title: str
    startup: bool
    seconds: dict[str, float] = field(default_factory=dict)
    all_seconds: dict[str, list[float]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    targets: dict[str, bool | None] = field(default_factory=dict)

    @property
    def missed(self) -> bool:
        """Tell whether a target was missed or a rival failed."""
        failed = any(note.startswith("failed") for note in self.notes.values())
        return failed or any(met is False for met in self.targets.values())


def rotated(rivals: Sequence[Rival], turn: int) -> Sequence[Rival]:
    """Return the rivals with another one first each turn.

    Otherwise the same one would always be measured after a rest.
    """
    first = turn % len(rivals) if rivals else 0
    return [*rivals[first:], *rivals[:first]]


def run_case(case: Case, rivals: Iterable[Rival], repeat: int, span: float) -> Result:
    """Measure one case ``repeat`` times with each rival, taking turns."""
    result = Result(case.name, case.title, case.startup is not None)
    competing = [rival for rival in rivals if rival.takes(case)]
    for turn in range(repeat):
        for rival in rotated(competing, turn):
            if rival.name in result.notes:
                continue
            try:
                figure = rival.measure(case, span)
            except UnavailableError as reason:
                result.notes[rival.name] = f"skipped: {reason}"
            except FailedError as reason:
                result.notes[rival.name] = f"failed: {reason}"
            else:
                result.all_seconds.setdefault(rival.name, []).append(figure)
    for name, figures in result.all_seconds.items():
        result.seconds[name] = min(figures)
    for target in case.targets:
        result.targets[str(target)] = target.met(result.seconds)
    return result


def others_load() -> float | None:
    """Return how many processes wanted to run in the last minute, if that is known."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def run(
    cases: Iterable[Case],
    rivals: Sequence[Rival],
    repeat: int,
    span: float,
    show: Callable[[Result], None],
) -> dict[str, Any]:
    """Measure all cases, showing each when it is done; return what JSON holds.

    :param repeat: measurements of each case with each rival.
    :param span: seconds that one measurement takes.
    """
    started = datetime.now(timezone.utc)
    load = others_load()
    results = []
    for case in cases:
        results.append(run_case(case, rivals, repeat, span))
        show(results[-1])
    return {
        "started": started.isoformat(timespec="seconds"),
        "machine": {
            "system": f"{platform.system()} {platform.machine()}",
            "cores": os.cpu_count(),
            "load_before": load,
        },
        "repeat": repeat,
        "seconds_per_measurement": span,
        "rivals": {rival.name: rival.versions() for rival in rivals},
        "cases": [asdict(result) for result in results],
    }
