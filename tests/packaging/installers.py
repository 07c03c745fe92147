"""The programs that people install and upgrade with, one class each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.packaging.environments import Environment, run

PROJECT = """\
[project]
name = "application"
version = "1"
requires-python = ">=3.{minor},<3.{after}"
dependencies = ["pyzmq{specifier}"]

[tool.poetry]
package-mode = false

[[tool.poetry.source]]
name = "here"
url = "{index}"
priority = "primary"

[tool.pdm]
distribution = false

[[tool.pdm.source]]
name = "pypi"
url = "{index}"
verify_ssl = false
"""


@dataclass
class Installer:
    """What installs into one environment from one index."""

    environment: Environment
    index: str
    tools: Path

    def pyzmq(self, specifier: str) -> None:
        """Install or replace pyzmq.

        :param specifier: such as "==27.3.0", or ">=28".
        """
        raise NotImplementedError


class Pip(Installer):
    """The pip of the environment."""

    def pyzmq(self, specifier: str) -> None:
        pip = [self.environment.executable, "-m", "pip", "-q", "install"]
        options = ["--upgrade", "--index-url", self.index]
        run(*pip, *options, f"pyzmq{specifier}", PIP_CONFIG_FILE="/dev/null")


class Pip23(Pip):
    """One of 2023."""

    def __post_init__(self) -> None:
        self.environment.install("pip==23.2")


class Uv(Installer):
    """The tests' own."""

    def pyzmq(self, specifier: str) -> None:
        options = ["--upgrade", "--index-url", self.index]
        self.environment.install(*options, f"pyzmq{specifier}")


class WithProject(Installer):
    """One that reads what it installs from a pyproject.toml."""

    def write(self, specifier: str) -> dict[str, str]:
        """Write the project; return the variables that name the environment."""
        minor = int(self.environment.python("import sys; print(sys.version_info[1])"))
        text = PROJECT.format(
            specifier=specifier, index=self.index, minor=minor, after=minor + 1
        )
        (self.project / "pyproject.toml").write_text(text)
        return {
            "VIRTUAL_ENV": str(self.environment.directory),
            "POETRY_CACHE_DIR": str(self.project / "cache"),
            "POETRY_CONFIG_DIR": str(self.project / "config"),
            "PDM_CACHE_DIR": str(self.project / "cache"),
            "PDM_CHECK_UPDATE": "0",
            "PDM_IGNORE_SAVED_PYTHON": "1",
        }

    @property
    def project(self) -> Path:
        """The directory of the project."""
        directory = self.environment.directory / "project"
        directory.mkdir(exist_ok=True)
        return directory


class Poetry(WithProject):
    """`poetry update`."""

    def pyzmq(self, specifier: str) -> None:
        variables = self.write(specifier)
        poetry = [self.tools / "poetry", "-n"]
        run(*poetry, "update", cwd=self.project, **variables)


class Pdm(WithProject):
    """`pdm update`, which by default installs and removes at the same time.

    It may then remove a directory with all that another distribution has just put
    there, the compiled module too, of which there is no copy: see upgrading.md.
    """

    def pyzmq(self, specifier: str) -> None:
        variables = {**self.write(specifier), "PDM_INSTALL_PARALLEL": "0"}
        run(self.tools / "pdm", "update", cwd=self.project, **variables)


INSTALLERS: dict[str, type[Installer]] = {
    "pip": Pip,
    "pip23": Pip23,
    "poetry": Poetry,
    "pdm": Pdm,
    "uv": Uv,
}
