"""Colours and tables, where the output is a terminal and rich is installed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console


def rich_console() -> Console | None:
    """Return rich's console for the standard output; None where plain text is meant."""
    if not sys.stdout.isatty():
        return None
    try:
        from rich.console import Console
    except ImportError:
        return None
    return Console(highlight=False)


def print_table(
    console: Console, title: str, head: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    """Print a table whose first column is text, and the others numbers.

    :param console: of :func:`rich_console`.
    """
    from rich.table import Table

    table = Table()
    for i, name in enumerate(head):
        table.add_column(name, justify="right" if i else "left")
    for row in rows:
        table.add_row(*row)
    # Not as the table's own title, which would be wrapped to its width.
    console.print(title)
    console.print(table)
