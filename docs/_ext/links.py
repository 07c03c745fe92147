"""Names in the text link to their entries of the reference.

What is written `zmq.Poller`, `sock.send_many(...)`, `context.term` or `RCVTIMEO` in a
page becomes a link, where there is one entry that it can only mean.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

NAME = re.compile(r"^((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*)(?:\(.*\))?$", re.DOTALL)
OBJECTS = {
    "sock": "zmq.Socket",
    "socket": "zmq.Socket",
    "context": "zmq.Context",
    "ctx": "zmq.Context",
    "frame": "zmq.Frame",
    "poller": "zmq.Poller",
    "stream": "zmq.eventloop.zmqstream.ZMQStream",
}
# Words that are names of ours, and of much else.
COMMON = {"bytes", "get", "set", "close", "closed", "type", "context", "group", "join"}


def meanings(text: str) -> list[str]:
    """Return the entries that a piece of code may stand for, the likeliest first."""
    match = NAME.match(text)
    if match is None:
        return []
    name = match[1]
    first, _, rest = name.partition(".")
    if first == "zmq":
        return [name, f"zmq.error.{rest}", f"zmq.Socket.{rest.removeprefix('Socket.')}"]
    if first in OBJECTS and rest:
        option = rest.split(".")[0].upper()
        enum = "ContextOption" if first in ("context", "ctx") else "SocketOption"
        return [f"{OBJECTS[first]}.{rest}", f"zmq.{enum}.{option}"]
    if rest or name in COMMON:
        return []
    return [
        f"zmq.SocketOption.{name.upper()}" if len(name) > 4 else "",
        f"zmq.Errno.{name}",
        f"zmq.Event.{name}",
        f"zmq.Flag.{name}",
        f"zmq.PollEvent.{name}",
        f"zmq.Socket.{name}" if "_" in name or name in ("send", "recv") else "",
    ]


class Links(SphinxPostTransform):
    """Make links of the names in a page."""

    default_priority = 5

    def run(self, **_: Any) -> None:
        """Look each one up."""
        docname = self.env.docname
        if docname.startswith("reference/"):
            return
        objects = self.env.get_domain("py").objects  # type: ignore[attr-defined]
        for node in list(self.document.findall(nodes.literal)):
            if not isinstance(node.parent, (nodes.paragraph, nodes.emphasis)):
                continue
            for name in meanings(node.astext()):
                if name in objects:
                    entry = objects[name]
                    link = make_refnode(
                        self.app.builder,
                        docname,
                        entry.docname,
                        entry.node_id,
                        node.deepcopy(),
                        name,
                    )
                    node.replace_self(link)
                    break


def setup(app: Any) -> dict[str, bool]:
    """Connect what Sphinx asks us."""
    app.add_post_transform(Links)
    return {"parallel_read_safe": True}
