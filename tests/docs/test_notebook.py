"""The cells of the page about Jupyter run in a kernel, and show what it says."""

from __future__ import annotations

import json
import re
import sysconfig
from pathlib import Path

import pytest

from tests.packaging.environments import (
    Environment,
    installed_names,
    installed_wheel,
    run,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "jupyter.md"
BLOCK = re.compile(r"(?ms)^```{code-block} \w+\n:class: (cell|result)\n\n(.*?)^```$")
PROGRAM = """
import json, sys
import nbformat.v4
from nbclient import NotebookClient

notebook = nbformat.v4.new_notebook()
cells = json.load(open(sys.argv[1]))
notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
shown = []
for cell in notebook.cells:
    for output in cell.outputs:
        shown.append(output.get("text") or output["data"]["text/plain"])
json.dump(shown, open(sys.argv[2], "w"))
"""


@pytest.mark.skipif(
    bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    reason="nbclient needs rpds-py, which has no wheel for it",
)
def test_cells(tmp_path: Path) -> None:
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    cells = [text for kind, text in blocks if kind == "cell"]
    results = [text.strip() for kind, text in blocks if kind == "result"]
    assert cells
    assert results

    environment = Environment.create(tmp_path / "env")
    wheels = [installed_wheel(name) for name in installed_names()]
    environment.install(*wheels, "ipykernel", "nbclient")
    program, given, found = (tmp_path / name for name in ("run.py", "in", "out"))
    program.write_text(PROGRAM)
    given.write_text(json.dumps(cells))
    run(environment.executable, program, given, found, cwd=tmp_path)
    assert [text.strip() for text in json.loads(found.read_text())] == results
