"""What `help()` shows of options: each has a text, read when somebody asks."""

from __future__ import annotations

import pydoc
import subprocess
import sys

import pytest

import zmq

WORDS = ("Value: ", "Sockets: ", "Since libzmq ")


@pytest.mark.parametrize("option", zmq.SocketOption, ids=lambda option: option.name)
def test_every_socket_option_is_explained(option):
    text = option.__doc__
    told = " ".join(text.split())
    if option is not zmq.SocketOption.HWM:
        assert [word for word in WORDS if word not in told] == []
        assert getattr(zmq.Socket, option.name).__doc__ == text
    assert getattr(zmq.Context, option.name).__doc__ == text
    assert text != zmq.SocketOption.__doc__


@pytest.mark.parametrize("option", zmq.ContextOption, ids=lambda option: option.name)
def test_every_option_of_contexts_is_explained(option):
    assert option.__doc__ not in (None, zmq.ContextOption.__doc__)
    assert getattr(zmq.Context, option.name.lower()).__doc__ == option.__doc__


def test_no_two_options_have_the_same_text():
    for enum in (zmq.SocketOption, zmq.ContextOption):
        assert len({option.__doc__ for option in enum}) == len(enum)


def test_classes_keep_their_own_docstrings():
    assert zmq.SocketOption.__doc__.startswith("The options that")
    assert zmq.ContextOption.__doc__.startswith("The options that")
    assert zmq.backend.OptionAttribute.__doc__.startswith("A socket option as an")


def test_help_of_an_option():
    shown = pydoc.plain(pydoc.render_doc(zmq.Socket.linger))
    assert "How long messages that are not sent yet are kept" in shown
    assert "Default: -1" in shown
    assert "ms" in shown


def test_what_is_said_of_defaults_is_true():
    """For options whose default is a number and that can be read."""
    checked = set()
    with zmq.Context() as context:
        for kind in (zmq.DEALER, zmq.ROUTER, zmq.XPUB, zmq.STREAM, zmq.REQ):
            with context.socket(kind) as sock:
                for option in zmq.SocketOption:
                    _, _, told = " ".join(option.__doc__.split()).partition("Default: ")
                    number = told.split(".")[0].split(",")[0]
                    if number.lstrip("-").isdigit() and option != zmq.BLOCKY:
                        try:
                            value = sock.get(option)
                        except zmq.ZMQError:
                            continue  # not of this type, or not of this libzmq
                        assert (option.name, value) == (option.name, int(number))
                        checked.add(option)
    assert {zmq.LINGER, zmq.SNDHWM, zmq.RECONNECT_IVL, zmq.HANDSHAKE_IVL} <= checked


def test_an_unknown_option_has_no_text():
    assert zmq.backend.OptionAttribute(250).__doc__ is None


def test_texts_are_not_read_at_import():
    code = (
        f"import sys; sys.path[:0] = {sys.path!r}; import zmq;"
        " print({'ast', 'inspect', 'pydoc'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == "set()"
