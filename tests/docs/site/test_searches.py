"""What people search for is found, with the search of the pages themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

SEARCHES = Path(__file__).parents[1] / "searches.txt"
MORE = SEARCHES.with_name("more-searches.txt")
# What Sphinx's script expects of a browser, as far as it is used to search.
BROWSER = """
var document = {
    readyState: "loading", addEventListener() {}, getElementById() { return null; }
};
var window = globalThis;
window.location = {search: ""};
var DOCUMENTATION_OPTIONS = {};
var SPHINX_HIGHLIGHT_ENABLED = false;
var _ = text => text;
var _ready = () => {};
"""
SEARCH = """
(query => {
    const [text, terms, excluded, highlight, objects] = Search._parseQuery(query);
    const found = Search._performSearch(text, terms, excluded, highlight, objects);
    // The page shows the last first.
    return JSON.stringify(found.reverse().map(result => [result[0], result[1]]));
})
"""


@pytest.fixture(scope="session")
def search(site: Path) -> Any:
    """A function that returns what the pages' own script finds, the best first."""
    quickjs = pytest.importorskip("quickjs")
    context = quickjs.Context()
    context.eval(BROWSER)
    for script in ("language_data.js", "searchtools.js"):
        context.eval((site / "_static" / script).read_text(encoding="utf-8"))
    context.eval((site / "searchindex.js").read_text(encoding="utf-8"))
    function = context.eval(SEARCH)

    def search(query: str) -> list[str]:
        pages: dict[str, None] = {}
        for page, _title in json.loads(function(query)):
            pages[page] = None
        return list(pages)

    return search


def listed(path: Path = SEARCHES) -> list[Any]:
    """Return the searches with the pages that fit."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        pytest.param(query, pages.split(", "), id=query)
        for query, _, pages in (
            line.partition(": ") for line in lines if line[:1] not in ("", "#")
        )
    ]


def test_there_are_as_many_searches_as_were_asked_for() -> None:
    """The list is not cut short to make it pass."""
    assert len(listed()) == 42


@pytest.mark.parametrize(("query", "pages"), [*listed(), *listed(MORE)])
def test_search(search: Any, query: str, pages: list[str]) -> None:
    """A page that fits is found first or second."""
    found = search(query)
    assert set(found[:2]) & set(pages), found[:6]
