"""The systems that wheels are built for."""

from __future__ import annotations

from typing import NamedTuple


class Target(NamedTuple):
    """A system, as zig, CMake, Python and wheels call it."""

    name: str
    processor: str
    # The oldest libc that zig links for; what it is made for runs on all later ones.
    zig: str
    # gnu or musl: the end of the name of an extension module.
    libc: str

    @property
    def triplet(self) -> str:
        """The name that Python's extension modules have in their suffix."""
        return f"{self.processor}-linux-{self.libc}"

    @property
    def platform(self) -> str:
        """What Python on that system returns from sysconfig.get_platform()."""
        return f"linux-{self.processor}"


TARGETS = {
    target.name: target
    for target in (
        Target("manylinux_x86_64", "x86_64", "x86_64-linux-gnu.2.28", "gnu"),
        Target("manylinux_aarch64", "aarch64", "aarch64-linux-gnu.2.28", "gnu"),
        Target("musllinux_x86_64", "x86_64", "x86_64-linux-musl", "musl"),
        Target("musllinux_aarch64", "aarch64", "aarch64-linux-musl", "musl"),
    )
}
