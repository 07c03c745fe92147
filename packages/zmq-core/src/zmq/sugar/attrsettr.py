"""Refusing attributes that are neither options nor the class's own."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class AttributeSetter:
    """Let only attributes be set that the class knows, so that no typo goes unnoticed.

    Options are attributes of the class, whatever the case of their letters; a subclass
    that wants attributes of its own gives them a default in its body.
    """

    def __setattr__(self, key: str, value: Any) -> None:
        cls = type(self)
        if not hasattr(cls, key) and key not in self.__dict__:
            known = key.lower()
            if not hasattr(cls, known):
                raise AttributeError(
                    f"{cls.__name__} has no such option: {key.upper()}"
                )
            key = known
        object.__setattr__(self, key, value)

    if not TYPE_CHECKING:  # or no misspelt name would be an error to a type checker

        def __getattr__(self, key: str) -> Any:
            # Reached only where the ordinary lookup has failed.
            known = key.lower()
            if known != key and hasattr(type(self), known):
                return getattr(self, known)
            raise AttributeError(
                f"{type(self).__name__} has no such option: {key.upper()}"
            )
