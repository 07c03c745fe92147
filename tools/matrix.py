"""Says which wheels .github/workflows/wheels.yml builds, and fails when one is missing.

Needs cibuildwheel, which knows what there is for each system, and the path of a Python
that has the older one of the workflow.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORKFLOW = ROOT / ".github" / "workflows" / "wheels.yml"
CORE = ROOT / "packages" / "zmq-core"
CPYTHONS = ["cp39", "cp310", "cp311", "cp312", "cp313", "cp314", "cp315"]
THREADED = ["cp314t", "cp315t"]
PYPYS = ["pp39", "pp310", "pp311", "pp312"]
LINUX = ["x86_64", "aarch64", "i686", "armv7l", "riscv64"]
# What pyzmq 27 offers, and more.
WANTED = {
    *(
        f"{python}-{libc}_{processor}"
        for python in [*CPYTHONS, *THREADED]
        for libc in ("manylinux", "musllinux")
        for processor in LINUX
    ),
    *(f"{python}-macosx_{p}" for python in CPYTHONS for p in ("x86_64", "arm64")),
    *(f"{python}-win_amd64" for python in [*CPYTHONS, *THREADED, *PYPYS]),
    *(f"{python}-win32" for python in CPYTHONS),
    *(f"{python}-win_arm64" for python in CPYTHONS[2:]),
    *(f"{p}-manylinux_{m}" for p in PYPYS for m in ("x86_64", "aarch64")),
    *(f"{p}-macosx_x86_64" for p in PYPYS),
    *(f"{p}-android_{m}" for p in CPYTHONS[4:6] for m in ("x86_64", "arm64_v8a")),
    *(
        f"cp313t-{libc}_{processor}"
        for libc in ("manylinux", "musllinux")
        for processor in ("x86_64", "aarch64", "armv7l")
    ),
    *(f"cp313t-macosx_{processor}" for processor in ("x86_64", "arm64")),
    *(f"cp313t-win_{processor}" for processor in ("amd64", "arm64")),
}


def jobs() -> list[dict[str, str]]:
    """Return the rows of the workflow's matrix."""
    rows = re.findall(r"(?m)^ +- \{(.*)\}$", WORKFLOW.read_text())
    return [
        {
            key: value.strip('"')
            for key, value in (field.split(": ", 1) for field in row.split(", "))
        }
        for row in rows
    ]


def requirements() -> tuple[str, str]:
    """Return which cibuildwheel the workflow installs, for most jobs and for others."""
    found = re.search(
        r"cibuildwheel\$\{\{ matrix\.only && '(.+?)' \|\| '(.+?)' \}\}",
        WORKFLOW.read_text(),
    )
    assert found is not None, f"{WORKFLOW} does not install cibuildwheel"
    older, newer = found.groups()
    return f"cibuildwheel{newer}", f"cibuildwheel{older}"


def identifiers(job: dict[str, str], older: str) -> list[str]:
    """Return what cibuildwheel builds in a job."""
    env = {**os.environ, "CIBW_SKIP": job.get("skip", "")}
    python = sys.executable
    if "only" in job:
        python = older
        env.update(CIBW_BUILD=f"{job['only']}-*", CIBW_ENABLE="cpython-freethreading")
    command = [python, "-m", "cibuildwheel", "--print-build-identifiers"]
    command += ["--platform", job["platform"], "--archs", job["archs"], str(CORE)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{job['name']}: {done.stderr}")
    return done.stdout.split()


def main(older: str) -> None:
    """Print each job with its wheels."""
    built: set[str] = set()
    for job in jobs():
        found = identifiers(job, older)
        print(f"{job['name']}: {' '.join(found)}")
        built.update(found)
    missing = sorted(WANTED - built)
    if missing:
        raise SystemExit(f"not built: {', '.join(missing)}")
    print(f"{len(built)} wheels")


if __name__ == "__main__":
    main(sys.argv[1])
