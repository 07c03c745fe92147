"""The directive `benchmark`: plot and table of what a run of the benchmarks measured.

Each line names a case and how to call it, ``exchange_16: send and receive 16 bytes``.
The run is a file beside the page, written by ``python -m benchmarks --json``. The plot
has the colours of the theme, so that one picture serves light and dark pages.
"""

from __future__ import annotations

import io
import json
import re
from html import escape
from pathlib import Path
from typing import Any

import matplotlib as mpl
from docutils import nodes
from docutils.parsers.rst import directives
from matplotlib.figure import Figure
from sphinx.util.docutils import SphinxDirective

# Colours that stand for variables of the theme, until the picture is drawn.
RIVALS = {
    "ours": ("#a10001", "var(--color-brand-primary)"),
    "pyzmq": ("#a10002", "var(--color-brand-content)"),
    "pyomq": ("#a10003", "var(--color-foreground-muted)"),
    "C": ("#a10004", "var(--color-foreground-border)"),
}
TEXT = ("#a10005", "var(--color-foreground-primary)")


def rate(seconds: float, startup: bool) -> str:
    """Write how often a second something can be done, or how long an import takes."""
    if startup:
        return f"{seconds * 1e3:.1f} ms"
    per_second = 1 / seconds
    for unit, scale in ((" M/s", 1e6), (" k/s", 1e3)):
        if per_second >= scale:
            return f"{per_second / scale:.3g}{unit}"
    return f"{per_second:.0f} /s"


def draw(cases: list[tuple[str, dict[str, float], bool]]) -> str:
    """Return bars that lead from the speed of pyzmq to that of each rival, as SVG."""
    names = [n for n in RIVALS if any(n in seconds for _, seconds, _ in cases)]
    step = len(names) + 1
    settings = {"svg.fonttype": "none", "font.size": 10.5, "text.color": TEXT[0]}
    settings |= {"axes.labelcolor": TEXT[0], "xtick.color": TEXT[0]}
    settings |= {"ytick.color": TEXT[0], "axes.edgecolor": TEXT[0]}
    settings["svg.hashsalt"] = "benchmarks"
    with mpl.rc_context(settings):
        figure = Figure(figsize=(8, 0.9 + 0.24 * step * len(cases)))
        axes = figure.subplots()
        for number, (_, seconds, startup) in enumerate(cases):
            for place, name in enumerate(names):
                if seconds.get(name, 0) <= 0:
                    continue
                factor = seconds["pyzmq"] / seconds[name]
                y = -(number * step + place)
                axes.barh(y, factor - 1, 0.85, 1, color=RIVALS[name][0])
                axes.annotate(
                    rate(seconds[name], startup),
                    (max(factor, 1), y),
                    (4, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize=9,
                )
        middle = (len(names) - 1) / 2
        axes.set_yticks([-(n * step + middle) for n in range(len(cases))])
        axes.set_yticklabels([title for title, _, _ in cases])
        axes.tick_params(axis="y", length=0)
        axes.axvline(1, color=RIVALS["pyzmq"][0], linewidth=2)
        axes.set_xlabel("how many times as fast as pyzmq")
        axes.set_xscale("log")
        fastest = max(s["pyzmq"] / s[n] for _, s, _ in cases for n in s if s[n] > 0)
        axes.set_xlim(0.5, fastest * 2.2)
        ticks = [x for x in (0.5, 1, 2, 5, 10, 20, 50, 100) if x <= fastest * 1.2]
        axes.set_xticks(ticks, [f"{x:g}" for x in ticks])
        axes.minorticks_off()
        axes.spines[["top", "right", "left"]].set_visible(False)
        handles = [axes.barh(0, 0, 0, 1, color=RIVALS[name][0]) for name in names]
        axes.legend(
            handles, names, loc="lower center", bbox_to_anchor=(0.5, 1), ncols=4,
            frameon=False,
        )  # fmt: skip
        target = io.StringIO()
        figure.savefig(
            target,
            format="svg",
            transparent=True,
            bbox_inches="tight",
            metadata={"Date": None},
        )
    svg = target.getvalue()
    for colour, variable in [*RIVALS.values(), TEXT]:
        svg = svg.replace(colour, variable)
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"font: ([\d.]+px) [^;\"]*", r"font-size: \1", svg)
    svg = re.sub(r'(<svg [^>]*?) height="[^"]*"', r"\1", svg, count=1)
    return re.sub(r'(<svg [^>]*?) width="[^"]*"', r"\1", svg, count=1)


class Benchmark(SphinxDirective):
    """A plot with its caption, and below it the figures."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec = {"run": directives.unchanged_required}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """Return the figure and the table."""
        page = Path(self.env.doc2path(self.env.docname))
        file = page.parent / self.options.get("run", "benchmarks.json")
        self.env.note_dependency(str(file))
        measured = {
            case["name"]: case
            for case in json.loads(file.read_text(encoding="utf-8"))["cases"]
        }
        cases = []
        for line in self.content:
            name, _, title = line.partition(": ")
            if name not in measured:
                raise self.error(f"the run has no case {name!r}")
            case = measured[name]
            cases.append((title, case["seconds"], case["startup"]))
        caption = self.arguments[0]
        described = f'<svg role="img" aria-label="{escape(caption)}" '
        described += 'class="zmq-picture zmq-plot" '
        svg = draw(cases).replace("<svg ", described, 1)
        figure = nodes.figure("", classes=["zmq-figure"])
        figure += nodes.raw("", f"<div>{svg}</div>", format="html")
        figure += nodes.caption("", caption)
        return [figure, table(cases)]


def table(cases: list[tuple[str, dict[str, float], bool]]) -> nodes.table:
    """Return the figures as a table, which screen readers can read."""
    names = [n for n in RIVALS if any(n in seconds for _, seconds, _ in cases)]
    result = nodes.table()
    group = nodes.tgroup(cols=len(names) + 1)
    result += group
    for width in [40, *[15] * len(names)]:
        group += nodes.colspec(colwidth=width)
    rows = [["", *names]]
    rows += [
        [title, *(rate(s[n], startup) if s.get(n, 0) > 0 else "" for n in names)]
        for title, s, startup in cases
    ]
    for number, cells in enumerate(rows):
        row = nodes.row()
        for cell in cells:
            row += nodes.entry("", nodes.paragraph("", cell))
        part = nodes.thead() if number == 0 else nodes.tbody()
        if number <= 1:
            group += part
        group.children[-1].append(row)
    return result


def setup(app: Any) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("benchmark", Benchmark)
    return {"parallel_read_safe": True}
