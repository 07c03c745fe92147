"""``zmq keygen``: a new CURVE key pair."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import zmq
from zmq._command.certificates import require_curve
from zmq._command.commands import add_command
from zmq._command.failures import DONE

if TYPE_CHECKING:
    import argparse

    from zmq._command.commands import Commands


def add_commands(commands: Commands) -> None:
    """Add ``keygen``."""
    parser = add_command(
        commands,
        "keygen",
        _run,
        "make a CURVE key pair",
        "With a NAME it goes to the files NAME.key, for the peers, and "
        "NAME.key_secret, which the owner alone can read. Existing files stay.",
    )
    parser.add_argument("name", nargs="?", metavar="NAME")
    parser.add_argument("--json", action="store_true", help="print a JSON object")


def _run(options: argparse.Namespace) -> int:
    require_curve()
    public, secret = (key.decode() for key in zmq.curve_keypair())
    if options.name is not None:
        written = _write_files(options.name, public, secret)
        print(json.dumps(written) if options.json else "\n".join(written.values()))
    elif options.json:
        print(json.dumps({"public": public, "secret": secret}, indent=1))
    else:
        print(f"== CURVE PUBLIC KEY ==\n{public}\n\n== CURVE SECRET KEY ==\n{secret}")
    return DONE


def _write_files(name: str, public: str, secret: str) -> dict[str, str]:
    """Write both certificates, or none, and return their paths."""
    paths = {"public": f"{name}.key", "secret": f"{name}.key_secret"}
    shared = f'metadata\ncurve\n    public-key = "{public}"\n'
    _write_new(paths["secret"], f'{shared}    secret-key = "{secret}"\n', 0o600)
    try:
        _write_new(paths["public"], shared, 0o666)
    except BaseException:
        os.unlink(paths["secret"])
        raise
    return paths


def _write_new(path: str, text: str, mode: int) -> None:
    # The mode holds from the creation on: a chmod afterwards leaves a gap to open it.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
