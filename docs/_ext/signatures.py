"""Signatures as users see them: with types, also of compiled code, and public names.

The types of compiled functions are in stubs, beside the code, and so are those of the
asynchronous sockets. Names of ours that are private become what they stand for.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.domains.changeset import VersionChange
from sphinx.transforms import SphinxTransform

# What has no entry, as the last part of its name: the text to be shown, and the target.
PUBLIC = {
    "Answer": ("Awaitable", "collections.abc.Awaitable"),
    "AsyncMonitorEvents": (
        "AbstractAsyncContextManager",
        "contextlib.AbstractAsyncContextManager",
    ),
    "EventsOption": ("int", "int"),
    "SocketContext": (
        "AbstractContextManager",
        "contextlib.AbstractContextManager",
    ),
    "_AsyncSocket": ("zmq.asyncio.Socket", "zmq.asyncio.Socket"),
    "_MonitorMessage": ("dict", "dict"),
    "_IntOption": ("int", "int"),
    "_BytesOption": ("int", "int"),
    "_Data": ("Buffer", "collections.abc.Buffer"),
    "Buffer": ("Buffer", "collections.abc.Buffer"),
    "_IOLoop": ("IOLoop", "tornado.ioloop.IOLoop"),
    "IOLoop": ("IOLoop", "tornado.ioloop.IOLoop"),
    "OnFull": ("Literal['wait', 'drop', 'raise'] | None", "typing.Literal"),
    "OnSend": ("Callable", "collections.abc.Callable"),
    "Decorator": ("Callable", "collections.abc.Callable"),
    "Tracked": ("Any", "typing.Any"),
    "Transport": ("Transport", "paramiko.transport.Transport"),
    "Watched": ("Mapping[str, Socket | Context]", "collections.abc.Mapping"),
    "Relay": ("Callable", "collections.abc.Callable"),
    "OpenSSHTunnel": ("Tunnel", "zmq.ssh.Tunnel"),
    "ParamikoTunnel": ("Tunnel", "zmq.ssh.Tunnel"),
}
# Exceptions have their entries where they are defined.
ERRORS = {
    name: f"zmq.error.{name}"
    for name in (
        "Again",
        "ContextTerminated",
        "DraftFDWarning",
        "HandshakeFailed",
        "InterruptedSystemCall",
        "NotDone",
        "TimedOut",
        "ZMQBaseError",
        "ZMQBindError",
        "ZMQError",
        "ZMQVersionError",
    )
}
# Type variables are no names that one could look up.
VARIABLES = {"T", "_T", "OtherT", "SocketT"}
# Where the signatures of a documented class are, the first that has it.
CORE = ("zmq.backend.cython", "_core.pyi")
ASYNC = ("zmq._engine", "_typed.pyi")
STUBS = {
    "zmq.Socket": [(CORE, "Socket"), (CORE, "BareSocket")],
    "zmq.Context": [(CORE, "Context")],
    "zmq.Frame": [(CORE, "Frame")],
    "zmq": [(CORE, "")],
    "zmq.devices": [(CORE, "")],
    "zmq.asyncio.Socket": [
        (ASYNC, "TypedSocket"),
        (CORE, "Socket"),
        (CORE, "BareSocket"),
    ],
    "zmq.eventloop.future.Socket": [(ASYNC, "TypedSocket"), (CORE, "Socket")],
}


@lru_cache(None)
def stub(package: str, file: str) -> ast.Module:
    """Return the tree of a stub that is installed beside the code."""
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec else None
    text = (Path(next(iter(places or ["."]))) / file).read_text(encoding="utf-8")
    return ast.parse(text)


def definition(name: str) -> tuple[ast.FunctionDef | None, bool]:
    """Return the most general signature of a name, and whether it is an async one's."""
    owner, _, member = name.rpartition(".")
    if name in ("zmq.Frame", "zmq.devices.monitored_queue"):
        owner, member = name, "__init__"
    for (package, file), cls in STUBS.get(owner, []):
        body: list[ast.stmt] = stub(package, file).body
        if cls:
            body = next(n.body for n in body if getattr(n, "name", "") == cls)
        aliases = {
            node.targets[0].id: node.value.id
            for node in body
            if isinstance(node, ast.Assign)
            if isinstance(node.targets[0], ast.Name)
            if isinstance(node.value, ast.Name)
        }
        wanted = aliases.get(member, member)
        found = [n for n in body if isinstance(n, ast.FunctionDef) and n.name == wanted]
        if found:
            if any(isinstance(d, ast.Attribute) for d in found[-1].decorator_list):
                return found[0], False  # the getter, and not the setter
            return merged(found), package == ASYNC[0]
    return None, False


def merged(overloads: list[ast.FunctionDef]) -> ast.FunctionDef:
    """Return the last of some overloads, with the types of all of them."""
    result: ast.FunctionDef = ast.parse(ast.unparse(overloads[-1])).body[0]  # type: ignore[assignment]
    for number, parameter in enumerate(result.args.args):
        annotations = [
            overload.args.args[number].annotation
            for overload in overloads
            if number < len(overload.args.args)
        ]
        parameter.annotation = union(annotations)
    for parameter in result.args.kwonlyargs:
        every = [one for overload in overloads for one in overload.args.kwonlyargs]
        annotations = [one.annotation for one in every if one.arg == parameter.arg]
        parameter.annotation = union(annotations)
    result.returns = union([overload.returns for overload in overloads])
    return result


def union(annotations: list[ast.expr | None]) -> ast.expr | None:
    """Return the types of all annotations, each once."""
    types: dict[str, None] = {}
    for annotation in filter(None, annotations):
        text = ast.unparse(annotation)
        text = re.sub(r"Literal\[(True|False)\]", "bool", text)
        text = re.sub(r"Literal\['\w+'\]", "str", text)
        text = re.sub(r"_(Int|Bytes)Option", "int", text)
        types.update(dict.fromkeys(text.replace("builtins.", "").split(" | ")))
    if len(types) > 1:
        types.pop("Any", None)
    if "None" in types:
        types["None"] = types.pop("None")
    return ast.parse(" | ".join(types)).body[0].value if types else None  # type: ignore[attr-defined]


def signature(
    _app: Any, what: str, name: str, _obj: Any, _options: Any, args: Any, returns: Any
) -> tuple[str, str] | None:
    """Give compiled functions the types of their stub."""
    if args:
        args = re.sub(r", _\w+: [^=]+ = None", "", args)
        args = re.sub(r"= _([A-Z]+)\b", r"= \1", args)
    found, is_async = definition(name)
    if args is None:
        return None
    if found is None or (returns and not is_async):
        return args, returns
    arguments = ast.parse(ast.unparse(found)).body[0].args  # type: ignore[attr-defined]
    own = what in ("method", "class")
    parameters = [*arguments.posonlyargs, *arguments.args]
    if own and parameters and parameters[0].arg in ("self", "cls"):
        (arguments.posonlyargs or arguments.args).pop(0)
    result = ast.unparse(found.returns) if found.returns and what != "class" else ""
    text = re.sub(r"\b_T\b", "T", f"({ast.unparse(arguments)})\0{result}")
    return text.split("\0")[0], text.split("\0")[1]


def types_of_attributes(
    _app: Any, what: str, name: str, _obj: Any, _options: Any, lines: list[str]
) -> None:
    """Say the types of compiled attributes."""
    if what in ("attribute", "property"):
        found, _ = definition(name)
        if found is not None and found.returns is not None:
            lines += ["", f":type: {ast.unparse(found.returns)}"]


def bases(_app: Any, _name: str, _obj: Any, _options: Any, found: list[Any]) -> None:
    """Name the nearest bases that are public."""
    public = [
        base
        for cls in found
        for base in getattr(cls, "__mro__", (cls,))
        if not base.__module__.startswith("zmq")
        or f"{base.__module__}.{base.__qualname__}" in BASES
    ]
    nearest = [base for base in public if base is not object][:1]
    itself = [cls for cls in found if cls in public]
    found[:] = itself or nearest or [object]


BASES = {
    "zmq.Context",
    "zmq.Frame",
    "zmq.MessageTracker",
    "zmq.Poller",
    "zmq.Socket",
    "zmq.asyncio.Context",
    "zmq.auth.Authenticator",
    "zmq.devices.Device",
    "zmq.devices.MonitoredQueue",
    "zmq.devices.Proxy",
    "zmq.devices.ProxySteerable",
    "zmq.devices.ThreadDevice",
    "zmq.error.ZMQBaseError",
    "zmq.error.ZMQError",
    "zmq.error.ZMQBindError",
    "zmq.ssh.errors.TunnelError",
    "zmq.utils.events.EventSource",
}


class Version(VersionChange):
    """``.. versionadded:: zmq-log 1.0``: the version of a distribution."""

    def run(self) -> list[nodes.Node]:
        """Return the note, with distribution and version in one."""
        words = " ".join(self.arguments).split(maxsplit=2)
        if words[0].startswith(("zmq-", "pyzmq")):
            self.arguments = [" ".join(words[:2]), *words[2:]]
        return super().run()


class PublicNames(SphinxTransform):
    """Put public names where a signature or a docstring has private ones."""

    default_priority = 10  # before references are resolved

    def apply(self, **_: Any) -> None:
        """Change the references of a page."""
        for node in list(self.document.findall(pending_xref)):
            if node.get("refdomain") != "py":
                continue
            last = node["reftarget"].rsplit(".", 1)[-1]
            if node["reftarget"] in ("bytes", "builtins.bytes"):
                node["reftarget"] = "bytes"  # and not the attribute of Frame
                for where in ("py:class", "py:module", "refspecific"):
                    node.attributes.pop(where, None)
            if last in VARIABLES:
                node.replace_self(node.children)
            elif last in ERRORS:
                node["reftarget"] = ERRORS[last]
            elif last in PUBLIC:
                text, node["reftarget"] = PUBLIC[last]
                for words in list(node.findall(nodes.Text)):
                    words.parent.replace(words, nodes.Text(text))


def setup(app: Any) -> dict[str, bool]:
    """Connect what Sphinx asks us."""
    app.connect("autodoc-process-signature", signature)
    app.connect("autodoc-process-docstring", types_of_attributes, priority=400)
    app.connect("autodoc-process-bases", bases)
    for name in ("versionadded", "versionchanged", "deprecated"):
        app.add_directive(name, Version, override=True)
    app.add_transform(PublicNames)
    return {"parallel_read_safe": True}
