"""The directives `diagram` and `sequence`: pictures that are drawn in the build."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from drawing import PICTURES, DrawingError
from sphinx.util.docutils import SphinxDirective


class Picture(SphinxDirective):
    """A picture with its caption, which is also what screen readers say."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the figure; as its source where the output is not HTML."""
        caption = self.arguments[0]
        lines = [line.strip() for line in self.content if line.strip()]
        prefix = f"picture{self.env.new_serialno('picture')}-"
        try:
            svg = PICTURES[self.name](lines).draw(prefix)
        except (DrawingError, KeyError) as error:
            raise self.error(str(error)) from error
        svg = svg.replace("<svg ", f'<svg role="img" aria-label="{escape(caption)}" ')
        figure = nodes.figure("", classes=["zmq-figure"])
        figure += nodes.raw("", f"<div>{svg}</div>", format="html")
        if self.env.app.builder.format != "html":
            figure += nodes.literal_block("", "\n".join(lines))
        figure += nodes.caption("", caption)
        return [figure]


def setup(app: Any) -> dict[str, bool]:
    """Register the directives and their style sheet."""
    for name in PICTURES:
        app.add_directive(name, Picture)
    app.add_css_file("pictures.css")
    return {"parallel_read_safe": True}
