"""Run the README's commands on minimal installations of Debian, made by debootstrap.

    python3 -m tools.minimal [bookworm] [trixie] [root] [user] [demo] [test] [-- ...]

Without a name of a kind, all of that kind; what follows `--` goes to the test command.
`sid`, with the newest Python and compilers, is taken by its name only.
Each run has an installation of its own, with nothing but Python and pip. The user has
no way to become root: what the command names as missing is installed for it, once.
Needs root, to change into those installations; they are kept in the user's cache.
"""

from __future__ import annotations

import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
RELEASES = ("bookworm", "trixie")
BY_NAME = ("sid",)
USERS = ("root", "user")
COMMANDS = ("demo", "test")
# What a README may expect of a machine.
PACKAGES = ("python3", "python3-pip", "ca-certificates")
MISSING = re.compile(r"As root, on Debian: (apt-get install [a-z0-9 .+-]+)")
# Where programs learn how this machine reaches the network and the package indexes.
SETTINGS = re.compile(r"(PIP|UV)_.*|.*_proxy|.*_PROXY|.*(CERT|CA)_(FILE|BUNDLE|DIR)")
PIP_SETTINGS = ("/etc/pip.conf", "/etc/xdg/pip", "/etc/uv")
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


def cache() -> Path:
    """Return where installations are kept."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "zmq-minimal"


def mirror() -> str:
    """Return the archive that this machine's own apt uses."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI)\t$(ORIGIN)"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        uri, _, origin = line.partition("\t")
        if origin == "Debian" and "security" not in uri:
            return uri
    raise SystemExit("apt-get names no archive of Debian: run apt-get update first")


def base(release: str) -> Path:
    """Return a minimal installation, made if need be."""
    directory = cache() / release
    if not (directory / "ready").exists():
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)
        command = ["debootstrap", "--variant=minbase"]
        command += [f"--include={','.join(PACKAGES)}", release]
        subprocess.run([*command, str(directory / "root"), mirror()], check=True)
        (directory / "ready").touch()
    return directory / "root"


def copy_repository(target: Path) -> None:
    """Copy what git knows, or would know, and nothing that was built."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def shared_paths() -> list[str]:
    """Return what is shown inside: this machine's certificates and pip's settings.

    With them the directories of packages which those settings name.
    """
    shared = [path for path in (CERTIFICATES, *PIP_SETTINGS) if Path(path).exists()]
    command = [sys.executable, "-m", "pip", "config", "list"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    for path in re.findall(r"(?:file://|(?<=['\s]))(/[^'\s]+)", done.stdout):
        # The files lie beside the pages that list them.
        path = path[: -len("/simple")] if path.endswith("/simple") else path
        if Path(path).exists() and not any(path.startswith(seen) for seen in shared):
            shared.append(path)
    return shared


class Installation:
    """A copy of a minimal installation, in which commands are run."""

    def __init__(self, release: str, directory: Path) -> None:
        self.root = directory / release
        copy = ["cp", "-a", "--reflink=auto", str(base(release)), str(self.root)]
        subprocess.run(copy, check=True)
        copy_repository(self.root / "home" / "user" / "repository")
        shutil.copy("/etc/resolv.conf", self.root / "etc" / "resolv.conf")
        self.run("root", "useradd --shell /bin/bash user; chown -R user: /home/user")

    def run(self, user: str, command: str) -> subprocess.CompletedProcess[str]:
        """Run a line of shell in the repository; return it with all it has printed.

        What is mounted for it is gone afterwards, since nobody else has seen it.
        """
        mounts = ["mount -t proc proc proc", "mount --rbind /dev dev"]
        for path in shared_paths():
            inside = shlex.quote(path.lstrip("/"))
            if Path(path).is_dir():
                mounts.append(f"mkdir -p {inside}")
            else:
                mounts.append(f"mkdir -p $(dirname {inside}); touch {inside}")
            mounts.append(f"mount --bind {shlex.quote(path)} {inside}")
        path = "/usr/local/bin:/usr/bin:/bin"
        if user == "root":
            path = f"/usr/local/sbin:/usr/sbin:/sbin:{path}"
        inner = f"export PATH={path}; cd /home/user/repository && {command}"
        change = f"exec chroot . su {user} -c {shlex.quote(inner)}"
        script = "\n".join(["set -e", *mounts, change])
        unshare = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c"]
        outer = f"{os.environ['PATH']}:/usr/sbin:/sbin"
        kept = {k: v for k, v in os.environ.items() if SETTINGS.fullmatch(k)}
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [*unshare, script],
                cwd=self.root,
                env={
                    **kept,
                    "PATH": outer,
                    "LANG": "C.UTF-8",
                    "TERM": "dumb",
                },
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
            output.seek(0)
            text = output.read()
        return subprocess.CompletedProcess(command, done.returncode, text)


def try_command(release: str, user: str, command: str, directory: Path) -> bool:
    """Run one command of the README on one installation; return whether it worked."""
    installation = Installation(release, directory)
    done = installation.run(user, command)
    missing = MISSING.search(done.stdout)
    if user != "root" and missing:
        print(f"  the user is told: {missing[1]}", flush=True)
        install = missing[1].replace("install", "install -y --no-install-recommends")
        prepared = installation.run("root", f"apt-get update && {install}")
        if prepared.returncode != 0:
            print(prepared.stdout)
            return False
        done = installation.run(user, command)
    (directory / "log").write_text(done.stdout)
    lines = done.stdout.splitlines()
    print("\n".join(lines[-200:] if done.returncode else lines[-3:]), flush=True)
    return done.returncode == 0


def main(arguments: list[str]) -> int:
    """Run what is chosen, and tell how each ended."""
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        print("needs root, and debootstrap: apt-get install debootstrap")
        return 1
    end = arguments.index("--") if "--" in arguments else len(arguments)
    chosen, further = arguments[:end], arguments[end + 1 :]
    unknown = set(chosen) - {*RELEASES, *BY_NAME, *USERS, *COMMANDS}
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}\n{__doc__}")
        return 1
    kinds = [
        [one for one in (*kind, *by_name) if one in chosen] or kind
        for kind, by_name in ((RELEASES, BY_NAME), (USERS, ()), (COMMANDS, ()))
    ]
    results: list[str] = []
    failed = False
    for release, user, command in itertools.product(*kinds):
        line = f"python3 run.py {command}"
        if command == "test" and further:
            line += f" {shlex.join(further)}"
        print(f"{release}, as {user}: {line}", flush=True)
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="zmq-minimal-") as directory:
            worked = try_command(release, user, line, Path(directory))
        took = time.monotonic() - began
        failed |= not worked
        how = "passed" if worked else "FAILED"
        results.append(f"{release:<9} {user:<5} {line}: {how} in {took:.0f} s")
    print("\n".join(results))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
