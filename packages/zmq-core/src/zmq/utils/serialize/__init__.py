"""Codecs: objects that turn objects into messages and back, and run nothing.

::

    push = context.socket(zmq.PUSH, codec=JSON())
    push.send_object({"temperature": 21.5})

A codec of your own is any object with ``encode(obj)``, which returns the frames, and
``decode(frames)``; see :class:`Codec`.

.. versionadded:: 28.0
"""

from __future__ import annotations

from zmq.utils.serialize._arrays import Arrays
from zmq.utils.serialize._codec import Codec, FormatError
from zmq.utils.serialize._json import JSON
from zmq.utils.serialize._msgpack import MsgPack
from zmq.utils.serialize._msgspec import Msgspec
from zmq.utils.serialize._signed import SignatureError, Signed

__all__ = [
    "JSON",
    "Arrays",
    "Codec",
    "FormatError",
    "MsgPack",
    "Msgspec",
    "SignatureError",
    "Signed",
]
