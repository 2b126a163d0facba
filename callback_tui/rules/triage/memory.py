"""Remembers what was worked out for a word or a piece of text, up to a limit."""

from collections.abc import Callable
from typing import TypeVar

_REMEMBERED = 50_000
_LONGEST = 64

Answer = TypeVar("Answer")


class Memory(dict[str, Answer]):
    """Text to answer; a text never met is worked out and remembered."""

    def __init__(self, find: Callable[[str], Answer]) -> None:
        """Start empty; `find` answers what is not remembered."""
        super().__init__()
        self._find = find

    def __missing__(self, text: str) -> Answer:
        """Work it out; a very long one is not remembered, and a flood of new ones makes room by forgetting all."""
        found = self._find(text)
        if len(text) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[text] = found
        return found
