"""Print which lines of the C that is written here a build with `--coverage` has run.

    python3 tools/gcov.py <build directory> [<least per cent>]

What Cython generates is left out: its lines are those of no source.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

BACKEND = (
    Path(__file__).parents[1] / "packages" / "zmq-core" / "src" / "zmq" / "backend"
)


def counts(directory: Path) -> dict[Path, dict[int, int]]:
    """Return how often each line of our files was run."""
    found: dict[Path, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for data in sorted(directory.rglob("*.gcda")):
        command = ["gcov", "--json-format", "--stdout", data.name]
        done = subprocess.run(
            command, cwd=data.parent, capture_output=True, text=True, check=True
        )
        for line in done.stdout.splitlines():
            report = json.loads(line)
            for file in report["files"]:
                path = Path(report["current_working_directory"], file["file"]).resolve()
                if BACKEND in path.parents:
                    for entry in file["lines"]:
                        found[path][entry["line_number"]] += entry["count"]
    return found


def ranges(lines: list[int]) -> str:
    """Return numbers as `3-5, 9`."""
    parts: list[str] = []
    start = previous = 0
    for line in [*lines, 0]:
        if line != previous + 1:
            if start:
                parts.append(f"{start}-{previous}" if previous > start else f"{start}")
            start = line
        previous = line
    return ", ".join(parts)


def main(arguments: list[str]) -> int:
    """Print the table; fail when there is too little of it."""
    found = counts(Path(arguments[0]))
    if not found:
        print(f"no counts in {arguments[0]}: was it built with --coverage, and run?")
        return 1
    least = float(arguments[1]) if len(arguments) > 1 else 0.0
    lines = run = 0
    for path, counted in sorted(found.items()):
        missing = sorted(line for line, count in counted.items() if not count)
        lines += len(counted)
        run += len(counted) - len(missing)
        share = 100 * (1 - len(missing) / len(counted))
        name = path.relative_to(BACKEND)
        print(f"{name!s:<24} {len(counted):4} lines {share:5.1f} %  {ranges(missing)}")
    total = 100 * run / lines
    print(f"{'together':<24} {lines:4} lines {total:5.1f} %")
    return int(total < least)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
