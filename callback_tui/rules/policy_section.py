"""One table of a policy file while it is checked: typed values out, every problem noted with its dotted path."""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import TypeVar

from callback_tui.rules.clean import clean_line

Value = TypeVar("Value")

_NEAR = 0.5
_IN_LIST = re.compile(r"\[\d+\]")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


class Section:
    """A table and where it stands in the file. Getters never fail: a bad value is noted and a stand-in returned."""

    def __init__(self, table: object, path: str, problems: list[tuple[str, str]]) -> None:
        """Keep the table; something else in its place is a problem and reads as empty."""
        self.path = path
        self.problems = problems
        self._table: Mapping[str, object] = {}
        self._asked: set[str] = set()
        if isinstance(table, Mapping):
            self._table = table
        elif table is not None:
            header = f"[{_IN_LIST.sub('', path)}]"
            header = f"[{header}]" if path.endswith("]") else header
            problems.append((path, f"write a table, such as {header}, not {spoken(table)}"))

    def keys(self) -> tuple[str, ...]:
        """Return the keys written, in the file's order."""
        return tuple(self._table)

    def at(self, key: str) -> str:
        """Return the dotted path of a key; an unusual key is quoted as TOML would."""
        name = key if _BARE_KEY.fullmatch(key) else f'"{clean_line(key)}"'
        return f"{self.path}.{name}" if self.path else name

    def refuse(self, key: str, remedy: str) -> None:
        """Note that the value of a key is wrong and what would be right."""
        self.problems.append((self.at(key), remedy))

    def raw(self, key: str) -> object | None:
        """Return what stands under a key, None when nothing does; the key counts as known from now on."""
        self._asked.add(key)
        return self._table.get(key)

    def sub(self, key: str) -> "Section":
        """Return the table under a key, empty when it is not there."""
        return Section(self.raw(key), self.at(key), self.problems)

    def read(self, key: str, parse: Callable[[str], Value], stand_in: Value, *, example: str) -> Value:
        """Return a text value after `parse`, whose ValueError says what would be right; `example` helps when absent."""
        value = self.raw(key)
        if not isinstance(value, str):
            was = "it is missing" if value is None else f"not {spoken(value)}"
            self.refuse(key, f"write a text such as {example}, {was}")
            return stand_in
        try:
            return parse(value)
        except ValueError as problem:
            self.refuse(key, str(problem))
            return stand_in

    def integer(self, key: str, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`."""
        value = self.raw(key)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            was = "it is missing" if value is None else f"not {spoken(value)}"
            self.refuse(key, f"write a whole number from {low} to {high}, {was}")
            return low
        return value

    def number(self, key: str, low: float, high: float) -> float:
        """Return a number from `low` to `high`, with or without decimals."""
        value = self.raw(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            was = "it is missing" if value is None else f"not {spoken(value)}"
            self.refuse(key, f"write a number from {low:g} to {high:g}, {was}")
            return low
        return float(value)

    def flag(self, key: str) -> bool:
        """Return true or false; false when absent."""
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            self.refuse(key, f"write true or false, not {spoken(value)}")
        return value is True

    def items(self, key: str) -> list[tuple[str, object]]:
        """Return the members of a list, each with the key that names it in a path; empty when absent."""
        value = self.raw(key)
        if isinstance(value, list):
            return [(f"{self.at(key)}[{index}]", member) for index, member in enumerate(value)]
        if value is not None:
            self.refuse(key, f"write a list in square brackets, not {spoken(value)}")
        return []

    def close(self) -> None:
        """Refuse every key nobody asked for, with the nearest known one."""
        known = sorted(self._asked)
        for key in self._table:
            if key not in self._asked:
                near = get_close_matches(key, known, n=1, cutoff=_NEAR)
                hint = f'did you mean "{near[0]}"?' if near else f"known here: {', '.join(known)}"
                self.refuse(key, f"no such setting; {hint}")


def spoken(value: object) -> str:
    """Return a value as the file's author would recognise it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{clean_line(value)}"'
    if isinstance(value, Mapping):
        return "a table"
    return "a list" if isinstance(value, list) else str(value)
