"""Pictures of sockets and of messages over time, drawn as SVG from a few lines of text.

The shapes have classes only; ``_static/pictures.css`` gives them the colours of the
theme, so that one picture serves light and dark pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

import drawsvg

CHARACTER = 7.4  # mean width of a character of a name, in pixels
SMALL = 6.4  # the same of labels
EDGE = re.compile(
    r"(?P<first>.+?) (?P<out>[A-Z]+\*?|-) (?P<arrow><->|->|<-|--)"
    r" (?P<in>[A-Z]+\*?|-) (?P<last>.+?)(?: : (?P<label>.+))?$"
)
MESSAGE = re.compile(r"(?P<first>.+?) (?P<arrow>->|-x) (?P<last>.+?): (?P<text>.+)$")


class DrawingError(ValueError):
    """A line that the picture's language does not have."""


def canvas(width: float, height: float, prefix: str) -> drawsvg.Drawing:
    """Return an empty picture that shrinks with the page but does not grow."""
    drawing = drawsvg.Drawing(
        round(width), round(height), id_prefix=prefix, class_="zmq-picture"
    )
    # On phones it scrolls, before its letters become too small to read.
    narrowest = round(0.65 * width)
    drawing.svg_args["style"] = f"max-width: {round(width)}px; min-width: {narrowest}px"
    return drawing


def arrowhead() -> drawsvg.Marker:
    """Return the head of an arrow, for either end of a line."""
    head = drawsvg.Marker(-8, -4, 1, 4, scale=1, orient="auto-start-reverse")
    head.append(drawsvg.Lines(-8, -4, -8, 4, 0, 0, close=True, class_="zmq-head"))
    return head


def text(words: str, x: float, y: float, kind: str, anchor: str = "middle") -> object:
    """Return text whose middle has the height `y`."""
    size = 14 if kind == "zmq-name" else 12
    return drawsvg.Text(
        words, size, x, y, text_anchor=anchor, dominant_baseline="central", class_=kind
    )


@dataclass
class Plug:
    """A socket at the side of a box."""

    kind: str
    bound: bool
    x: float = 0
    y: float = 0

    @property
    def half(self) -> float:
        """Half of its width."""
        return len(self.kind) * SMALL / 2 + 7 if self.kind != "-" else 0


@dataclass
class Box:
    """A program, with its sockets on the left and on the right."""

    name: str
    column: int
    plugs: dict[str, list[Plug]] = field(
        default_factory=lambda: {"left": [], "right": []}
    )
    x: float = 0
    y: float = 0
    width: float = 0

    @property
    def height(self) -> float:
        """Room for the name, and for the sockets of the fuller side."""
        most = max(len(plugs) for plugs in self.plugs.values())
        lines = self.name.count("/") + 1
        return max(26 + 18 * lines, 14 + 28 * most)

    def plug(self, kind: str, side: str) -> Plug:
        """Return the socket of that type on that side, made if need be."""
        bound, kind = kind.endswith("*"), kind.rstrip("*")
        for plug in self.plugs[side]:
            if plug.kind == kind and plug.bound == bound:
                return plug
        self.plugs[side].append(Plug(kind, bound))
        return self.plugs[side][-1]


class Diagram:
    """Boxes in columns, and the connections between them.

    The first line names the boxes: ``columns: a, b | broker | c``. A slash breaks a
    name into lines. Every other line is a connection, ``a PUSH -> PULL* c : label``:
    the star marks the socket that binds, ``-`` stands for no socket, and names may
    have wildcards, as in ``client * REQ <-> ROUTER* broker``.
    """

    def __init__(self, lines: list[str]) -> None:
        self.boxes: dict[str, Box] = {}
        self.edges: list[tuple[Plug, Plug, str, str]] = []
        self.columns: list[list[Box]] = []
        for line in lines:
            if line.startswith("columns:"):
                self._add_columns(line[8:])
            else:
                self._add_edges(line)

    def _add_columns(self, line: str) -> None:
        for number, part in enumerate(line.split("|")):
            column = [Box(name.strip(), number) for name in part.split(",")]
            self.columns.append(column)
            self.boxes.update((box.name, box) for box in column)

    def _add_edges(self, line: str) -> None:
        match = EDGE.match(line)
        if match is None:
            raise DrawingError(f"no connection: {line!r}")
        for first in self._named(match["first"]):
            for last in self._named(match["last"]):
                if first is last:
                    continue
                forward = first.column <= last.column
                plugs = (
                    first.plug(match["out"], "right" if forward else "left"),
                    last.plug(match["in"], "left" if forward else "right"),
                )
                self.edges.append((*plugs, match["arrow"], match["label"] or ""))

    def _named(self, pattern: str) -> list[Box]:
        found = [box for name, box in self.boxes.items() if fnmatchcase(name, pattern)]
        if not found:
            raise DrawingError(f"no box is called {pattern!r}")
        return found

    def _gap(self, column: int) -> float:
        """Return the room to the next column: its widest label has to fit in."""
        here = {id(p) for b in self.columns[column] for p in b.plugs["right"]}
        here |= {id(p) for b in self.columns[column] for p in b.plugs["left"]}
        widest = max((len(e[3]) for e in self.edges if id(e[0]) in here), default=0)
        return max(120, widest * SMALL + 84)

    def _place(self) -> tuple[float, float]:
        heights = [sum(box.height + 18 for box in column) for column in self.columns]
        height = max(heights) + 6
        x = 34.0
        for number, column in enumerate(self.columns):
            words = [line for box in column for line in box.name.split("/")]
            sides = [p.half for box in column for ps in box.plugs.values() for p in ps]
            width = max(map(len, words)) * CHARACTER + 26 + 2 * max([0.0, *sides])
            y = (height - heights[number]) / 2 + 9
            for box in column:
                box.x, box.y, box.width = x, y, width
                for side, plugs in box.plugs.items():
                    for index, plug in enumerate(plugs):
                        plug.x = x if side == "left" else x + width
                        middle = (index + 0.5) / len(plugs)
                        plug.y = y + box.height * middle
                y += box.height + 18
            x += width + self._gap(number)
        return x - self._gap(len(self.columns) - 1) + 34, height

    def draw(self, prefix: str) -> str:
        """Return the picture as SVG."""
        width, height = self._place()
        drawing = canvas(width, height, prefix)
        head = arrowhead()
        labels = []
        for first, last, arrow, label in self.edges:
            way = 1 if first.x <= last.x else -1
            start, end = first.x + way * first.half, last.x - way * last.half
            ends = {}
            if arrow in ("->", "<->"):
                ends["marker_end"] = head
            if arrow in ("<-", "<->"):
                ends["marker_start"] = head
            pull = abs(end - start) / 2 * way
            path = drawsvg.Path(class_="zmq-line", **ends)
            path.M(start + way * 2, first.y)
            path.C(start + pull, first.y, end - pull, last.y, end - way * 2, last.y)
            drawing.append(path)
            if label:
                labels.append((label, (start + end) / 2, (first.y + last.y) / 2 - 10))
        for box in self.boxes.values():
            self._draw_box(drawing, box)
        for words, x, y in dict.fromkeys(labels):
            drawing.append(text(words, x, y, "zmq-label"))
        return str(drawing.as_svg(header=""))

    def _draw_box(self, drawing: drawsvg.Drawing, box: Box) -> None:
        drawing.append(
            drawsvg.Rectangle(
                box.x, box.y, box.width, box.height, rx=8, class_="zmq-box"
            )
        )
        lines = box.name.split("/")
        for number, line in enumerate(lines):
            y = box.y + box.height / 2 + 18 * (number - (len(lines) - 1) / 2)
            drawing.append(text(line.strip(), box.x + box.width / 2, y, "zmq-name"))
        for plugs in box.plugs.values():
            for plug in plugs:
                if plug.kind == "-":
                    continue
                kind = "zmq-bound" if plug.bound else "zmq-connected"
                drawing.append(
                    drawsvg.Rectangle(
                        plug.x - plug.half,
                        plug.y - 10,
                        2 * plug.half,
                        20,
                        rx=10,
                        class_=kind,
                    )
                )
                drawing.append(text(plug.kind, plug.x, plug.y, f"{kind}-text"))


class Sequence:
    """Messages between programs, from the top to the bottom.

    The first line names them: ``programs: client, server``. Then there is a line for
    each message, ``client -> server: text``, or ``-x`` for one that is lost; and for
    each note, ``client: text``.
    """

    step = 38

    def __init__(self, lines: list[str]) -> None:
        if not lines or not lines[0].startswith("programs:"):
            raise DrawingError("the first line must name the programs")
        self.names = [name.strip() for name in lines[0][9:].split(",")]
        self.lines = lines[1:]

    def _words(self, line: str) -> str:
        match = MESSAGE.match(line)
        return match["text"] if match else line.partition(": ")[2]

    def draw(self, prefix: str) -> str:
        """Return the picture as SVG."""
        widest = max(len(self._words(line)) for line in self.lines)
        gap = max(190, widest * SMALL + 44)
        edge = max(80, max(map(len, self.names)) * CHARACTER / 2 + 24)
        places = {name: edge + gap * n for n, name in enumerate(self.names)}
        width = 2 * edge + gap * (len(self.names) - 1)
        height = 58 + self.step * len(self.lines)
        drawing = canvas(width, height, prefix)
        head = arrowhead()
        for name, x in places.items():
            half = len(name) * CHARACTER / 2 + 14
            drawing.append(drawsvg.Line(x, 34, x, height - 6, class_="zmq-life"))
            drawing.append(
                drawsvg.Rectangle(x - half, 4, 2 * half, 30, rx=8, class_="zmq-box")
            )
            drawing.append(text(name, x, 19, "zmq-name"))
        for number, line in enumerate(self.lines):
            y = 64 + self.step * number
            match = MESSAGE.match(line)
            if match:
                start, end = places[match["first"]], places[match["last"]]
                self._draw_message(drawing, head, (start, end, y), match)
            else:
                name, _, words = line.partition(": ")
                self._draw_note(drawing, places[name], y, words, width)
        return str(drawing.as_svg(header=""))

    def _draw_message(
        self,
        drawing: drawsvg.Drawing,
        head: drawsvg.Marker,
        place: tuple[float, float, float],
        match: re.Match[str],
    ) -> None:
        start, end, y = place
        middle = (start + end) / 2
        if match["arrow"] == "-x":
            end = start + (end - start) * 0.8
            drawing.append(drawsvg.Line(start, y, end, y, class_="zmq-line zmq-lost"))
            drawing.append(text("✕", end, y, "zmq-cross"))
        else:
            way = 2 if end > start else -2
            drawing.append(
                drawsvg.Line(start, y, end - way, y, class_="zmq-line", marker_end=head)
            )
        drawing.append(text(match["text"], middle, y - 11, "zmq-label"))

    def _draw_note(
        self, drawing: drawsvg.Drawing, x: float, y: float, words: str, width: float
    ) -> None:
        half = len(words) * SMALL / 2 + 10
        x = min(max(x, half + 2), width - half - 2)
        drawing.append(
            drawsvg.Rectangle(x - half, y - 13, 2 * half, 26, rx=4, class_="zmq-note")
        )
        drawing.append(text(words, x, y, "zmq-note-text"))


PICTURES = {"diagram": Diagram, "sequence": Sequence}
