"""What `help()` shows of options and constants: each has a text, read when needed."""

from __future__ import annotations

import pydoc
import subprocess
import sys
from enum import EnumMeta

import pytest

import zmq
from zmq import constants

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


ENUMS = [
    thing
    for thing in vars(constants).values()
    if isinstance(thing, EnumMeta) and thing.__module__ == constants.__name__
]


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_every_member_is_explained(enum):
    texts = [member.__doc__ for member in {*enum, *enum.__members__.values()}]
    assert None not in texts
    assert enum.__doc__ not in texts
    assert all(text.rstrip().endswith((".", ";")) for text in texts)
    assert len(set(texts)) == len(texts)


def test_a_combination_of_flags_is_not_explained():
    assert (zmq.POLLIN | zmq.POLLERR).__doc__ is None
    assert zmq.PollEvent(0).__doc__ is None


def test_sockets_that_are_said_not_to_send_or_receive_do_not():
    with zmq.Context() as context:
        for kind in zmq.SocketType:
            try:
                sock = context.socket(kind)
            except zmq.ZMQError:
                continue  # a draft
            with sock:
                if "It cannot send" in kind.__doc__.replace("\n", " "):
                    with pytest.raises(zmq.ZMQError) as caught:
                        sock.send(b"", zmq.DONTWAIT)
                    assert caught.value.errno == zmq.ENOTSUP
                if "It cannot receive" in kind.__doc__.replace("\n", " "):
                    with pytest.raises(zmq.ZMQError) as caught:
                        sock.recv(zmq.DONTWAIT)
                    assert caught.value.errno == zmq.ENOTSUP


def test_draft_types_are_said_to_be_drafts():
    for kind in zmq.SocketType:
        assert kind.__doc__.startswith("Draft") == (kind > zmq.STREAM)


def test_help_of_a_constant():
    assert "Not its turn" in pydoc.plain(pydoc.render_doc(zmq.EFSM))
    assert "wrong ``CURVE_SERVERKEY``" in (
        zmq.PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC.__doc__.replace("\n", " ")
    )


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
