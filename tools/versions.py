"""The versions of the distributions: held together, changed, and read from tags.

- ``check`` says where a version is not what it should be;
- ``bump zmq-auth minor`` (or ``major``, ``patch``, ``1.2.3``) changes it in all places;
- ``released zmq-auth-v1.0.1`` checks a tag, and prints what the release workflow asks.

A new major of a distribution changes the requirements of all that need it, and a new
major of zmq-core that of pyzmq, which is the same.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERSION = re.compile(r'(?m)^version = "([^"]+)"$')
RELEASE = re.compile(r"\d+\.\d+\.\d+")
# Documents of users, which may show a version; a CHANGELOG is about older ones too.
DOCUMENTS = ("README.md", "docs/**/*.md", "packages/*/README.md")


class Repository:
    """The distributions below a directory, and their files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.packages = {
            path.parent.name: path.parent
            for path in sorted(root.glob("packages/*/pyproject.toml"))
        }

    def project(self, name: str) -> Path:
        """Return the file that a distribution's version stands in."""
        return self.packages[name] / "pyproject.toml"

    def changelog(self, name: str) -> Path:
        """Return the file whose first heading is the version."""
        return self.packages[name] / "CHANGELOG.md"

    def version(self, name: str) -> str:
        """Return a distribution's version."""
        found = VERSION.search(self.project(name).read_text())
        assert found, name
        return found.group(1)

    def documents(self) -> list[Path]:
        """Return the documents that may show versions."""
        return sorted({p for pattern in DOCUMENTS for p in self.root.glob(pattern)})


def requirement(name: str) -> re.Pattern[str]:
    """Return what finds the ranges that a distribution is required in."""
    return re.compile(rf'("{name}(?:\[[\w,-]+\])?>=)([\d.]+)(,<)(\d+)(")')


def shown(name: str) -> re.Pattern[str]:
    """Return what finds a version in a command of a document.

    Not those of the pyzmq before ours: pages say how to go back to it.
    """
    ours = r"(?!2[0-7]\.)" if name == "pyzmq" else ""
    return re.compile(rf"(?<![\w-])({name}==){ours}(\d+\.\d+\.\d+)")


def numbers(version: str) -> tuple[int, ...]:
    """Return a version as numbers, to compare."""
    return tuple(int(part) for part in version.split("."))


# ---- checking ------------------------------------------------------------------------


def problems(repository: Repository) -> list[str]:
    """Return where a version is not what it should be."""
    found = []
    for name in repository.packages:
        version = repository.version(name)
        if not RELEASE.fullmatch(version):
            found.append(f"{name}: {version} is not of the form 1.2.3")
            continue
        headings = re.findall(r"(?m)^## (\S+)", repository.changelog(name).read_text())
        if not headings or headings[0] != version:
            first = headings[0] if headings else "nothing"
            found.append(f"{name}: CHANGELOG.md begins with {first}, not {version}")
        for other in repository.packages:
            text = repository.project(other).read_text()
            for match in requirement(name).finditer(text):
                oldest, below = match.group(2), match.group(4)
                if not numbers(oldest) <= numbers(version) < (int(below),):
                    found.append(
                        f"{other}: needs {name}>={oldest},<{below}, which is {version}"
                    )
        for path in repository.documents():
            for match in shown(name).finditer(path.read_text()):
                if match.group(2) != version:
                    place = path.relative_to(repository.root)
                    found.append(f"{place}: shows {match.group()}, which is {version}")
    majors = {repository.version(n).split(".")[0] for n in ("zmq-core", "pyzmq")}
    if len(majors) > 1:
        found.append("pyzmq: its major is not that of zmq-core")
    return found


# ---- changing ------------------------------------------------------------------------


def next_version(version: str, step: str) -> str:
    """Return the version after another; a step can be that version itself."""
    if RELEASE.fullmatch(step):
        if numbers(step) <= numbers(version):
            raise SystemExit(f"{step} is not after {version}")
        return step
    major, minor, patch = numbers(version)
    if step == "major":
        return f"{major + 1}.0.0"
    if step == "minor":
        return f"{major}.{minor + 1}.0"
    if step == "patch":
        return f"{major}.{minor}.{patch + 1}"
    raise SystemExit(f"{step} is none of major, minor, patch, nor a version like 1.2.3")


def write(path: Path, text: str) -> None:
    """Write a file if that changes it, and say so."""
    if path.read_text() != text:
        path.write_text(text)
        print(f"changed {path}")


def bump(repository: Repository, name: str, step: str) -> str:
    """Change a distribution's version in all places; return the new one."""
    if name not in repository.packages:
        raise SystemExit(f"{name} is none of {', '.join(repository.packages)}")
    old = repository.version(name)
    new = next_version(old, step)
    project = repository.project(name)
    write(project, VERSION.sub(f'version = "{new}"', project.read_text()))
    changelog = repository.changelog(name)
    text = changelog.read_text()
    if f"\n## {new}\n" not in text:
        # Whoever bumps writes what has changed: an empty section would be forgotten.
        entry = f"## {new}\n\n- TODO: what users will notice.\n\n"
        write(changelog, text.replace("## ", entry + "## ", 1))
    major = numbers(new)[0]
    for other in repository.packages:
        path = repository.project(other)
        if major != numbers(old)[0]:
            needs = rf"\g<1>{major}\g<3>{major + 1}\g<5>"
            write(path, requirement(name).sub(needs, path.read_text()))
    for path in repository.documents():
        write(path, shown(name).sub(rf"\g<1>{new}", path.read_text()))
    if name == "zmq-core" and major != numbers(repository.version("pyzmq"))[0]:
        bump(repository, "pyzmq", f"{major}.0.0")
    return new


# ---- releasing -----------------------------------------------------------------------


def released(repository: Repository, tag: str) -> str:
    """Return the distribution that a tag names, once everything agrees with it."""
    name, _, version = tag.rpartition("-v")
    if name not in repository.packages:
        raise SystemExit(f"{tag}: {name!r} is none of {', '.join(repository.packages)}")
    if version != repository.version(name):
        raise SystemExit(f"{tag}: {name} is {repository.version(name)} in this commit")
    found = problems(repository)
    if "TODO" in repository.changelog(name).read_text():
        found.append(f"{name}: CHANGELOG.md does not say yet what has changed")
    if found:
        raise SystemExit("\n".join(found))
    return name


def main(arguments: list[str], root: Path = ROOT) -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check")
    bumping = commands.add_parser("bump")
    bumping.add_argument("distribution")
    bumping.add_argument("step", help="major, minor, patch, or a version")
    commands.add_parser("released").add_argument("tag")
    options = parser.parse_args(arguments)
    repository = Repository(root)
    if options.command == "check":
        found = problems(repository)
        if found:
            raise SystemExit("\n".join(found))
    elif options.command == "bump":
        print(bump(repository, options.distribution, options.step))
    else:
        print(f"distribution={released(repository, options.tag)}")


if __name__ == "__main__":
    main(sys.argv[1:])
