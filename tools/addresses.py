"""Where the project is to be found: said here, and held to in all places.

- ``check`` says where an address is not what it should be;
- ``move <repository> <documentation>`` changes both in all places;
- ``published`` makes sure that the release workflow runs in that very repository.

The repository is the one of pyzmq: its owner alone can publish under that name, and a
release that comes from elsewhere is refused.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOMEPAGE = "https://zeromq.org"
REPOSITORY = "https://github.com/zeromq/pyzmq"
DOCUMENTATION = "https://pyzmq.readthedocs.io/en/latest/"
# The page about each distribution; the others have the first.
PAGES = {
    "zmq-asyncio": "how-to/asyncio.html",
    "zmq-auth": "how-to/security.html",
    "zmq-devices": "how-to/devices.html",
    "zmq-green": "how-to/gevent.html",
    "zmq-log": "how-to/logging.html",
    "zmq-ssh": "how-to/ssh.html",
    "zmq-tornado": "how-to/tornado.html",
    "zmq-trio": "how-to/trio.html",
}
# Where addresses of the project stand.
FILES = (
    "*.md",
    ".github/**/*.yml",
    "docs/conf.py",
    "docs/**/*.md",
    "packages/*/*.md",
    "packages/*/pyproject.toml",
    "packages/*/src/**/*.py",
    "tools/addresses.py",
)
URLS = re.compile(r"(?ms)^\[project\.urls\]\n(.*?)(?=^\[|\Z)")


def table(name: str) -> str:
    """Return what the table of addresses of a distribution says."""
    urls = {
        "Homepage": HOMEPAGE,
        "Documentation": DOCUMENTATION + PAGES.get(name, ""),
        "Source": REPOSITORY,
        "Issues": f"{REPOSITORY}/issues",
        "Changelog": f"{REPOSITORY}/blob/main/packages/{name}/CHANGELOG.md",
    }
    return "".join(f'{label} = "{url}"\n' for label, url in urls.items())


def files(root: Path) -> list[Path]:
    """Return the files that may hold an address of the project."""
    return sorted({path for pattern in FILES for path in root.glob(pattern)})


def problems(root: Path = ROOT) -> list[str]:
    """Return where an address is not what it should be, or leads nowhere."""
    found = []
    for project in sorted(root.glob("packages/*/pyproject.toml")):
        name = project.parent.name
        given = URLS.search(project.read_text(encoding="utf-8"))
        if given is None or given[1].strip() != table(name).strip():
            found.append(f"{name}: [project.urls] should be\n{table(name)}")
    for path in files(root):
        text = path.read_text(encoding="utf-8")
        place = path.relative_to(root)
        for page in re.findall(rf"{re.escape(DOCUMENTATION)}([\w/.-]*)", text):
            source = page.replace(".html", ".md") or "index.md"
            if not (root / "docs" / source).exists():
                found.append(f"{place}: there is no page {page}")
        pattern = rf"{re.escape(REPOSITORY)}/(?:blob|tree)/main/([\w/.-]*)"
        for inside in re.findall(pattern, text):
            if not (root / inside).exists():
                found.append(f"{place}: there is no {inside} in the repository")
    return found


def move(repository: str, documentation: str, root: Path = ROOT) -> None:
    """Change both addresses in all places."""
    repository = repository.rstrip("/")
    documentation = documentation.rstrip("/") + "/"
    for path in files(root):
        text = path.read_text(encoding="utf-8")
        moved = re.sub(rf"{re.escape(REPOSITORY)}(?![\w-])", repository, text)
        moved = moved.replace(DOCUMENTATION, documentation)
        if moved != text:
            path.write_text(moved, encoding="utf-8")
            print(f"changed {path.relative_to(root)}")


def published() -> None:
    """Refuse to publish, from another repository, what names this one."""
    here = f"{os.environ['GITHUB_SERVER_URL']}/{os.environ['GITHUB_REPOSITORY']}"
    if here != REPOSITORY:
        raise SystemExit(
            f"the distributions name {REPOSITORY} as their source, and this is {here}:"
            " python tools/addresses.py move <repository> <documentation>"
        )


def main(arguments: list[str]) -> None:
    """Do what the command line says."""
    if arguments == ["check"]:
        found = problems()
        if found:
            raise SystemExit("\n".join(found))
    elif arguments == ["published"]:
        published()
    elif len(arguments) == 3 and arguments[0] == "move":
        move(*arguments[1:])
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
