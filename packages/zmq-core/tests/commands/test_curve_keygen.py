"""The command that generates CURVE keys."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

import zmq
from zmq import curve_keygen
from zmq.utils import z85

pytestmark = pytest.mark.capability("curve")

SECRET = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"
PUBLIC = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"


def keys_of(text: str) -> tuple[str, str]:
    public_head, public, blank, secret_head, secret = text.splitlines()
    assert (public_head, blank, secret_head) == (
        "== CURVE PUBLIC KEY ==",
        "",
        "== CURVE SECRET KEY ==",
    )
    return public, secret


def test_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zmq.curve_keygen"],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    assert not done.stderr
    public, secret = keys_of(done.stdout)
    assert len(z85.decode(public)) == len(z85.decode(secret)) == 32
    assert zmq.curve_public(secret.encode()) == public.encode()


@pytest.mark.skipif(os.name != "posix", reason="pipes break otherwise there")
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["text", "json"])
def test_nobody_reads_the_keys(form: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "zmq.curve_keygen", *form]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, timeout=20)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_every_pair_is_new(capsys: Any) -> None:
    assert curve_keygen.main([]) == 0
    first = keys_of(capsys.readouterr().out)
    assert curve_keygen.main([]) == 0
    assert set(keys_of(capsys.readouterr().out)).isdisjoint(first)


def test_json(capsys: Any) -> None:
    assert curve_keygen.main(["--json"]) == 0
    pair = json.loads(capsys.readouterr().out)
    assert list(pair) == ["public", "secret"]
    assert zmq.curve_public(pair["secret"].encode()) == pair["public"].encode()


def test_the_public_key_of_a_secret_key(capsys: Any) -> None:
    assert curve_keygen.main(["--secret", SECRET]) == 0
    assert keys_of(capsys.readouterr().out) == (PUBLIC, SECRET)
    assert curve_keygen.main(["--json", "--secret", SECRET]) == 0
    assert json.loads(capsys.readouterr().out)["public"] == PUBLIC


@pytest.mark.parametrize(
    "secret", ["", "short", SECRET[:-1], '"' + SECRET[1:], "ü" * 40]
)
def test_a_wrong_secret_key(capsys: Any, secret: str) -> None:
    with pytest.raises(SystemExit) as caught:
        curve_keygen.main(["--secret", secret])
    assert caught.value.code == 2
    message = capsys.readouterr().err
    assert "the secret key must be 40 characters of Z85" in message
    assert not secret or secret not in message


def test_a_libzmq_without_curve(capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(zmq, "has", lambda name: False)
    assert curve_keygen.main([]) == 1
    assert "without CURVE" in capsys.readouterr().err
