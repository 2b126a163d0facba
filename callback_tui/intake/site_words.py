"""Finds the site that the words of a row mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteWords:
    """The folded names of the sites, each with its number in the policy's order."""

    numbers: Mapping[str, int]

    def number(self, words: str) -> int:
        """Return the number of the site: by its name, by the part before " - ", else the first one."""
        if not words:
            return 0
        word = words.strip().casefold()
        first = self.numbers.get(word.split(" - ")[0].strip(), 0)
        return self.numbers.get(word, first)


def site_words(names: Iterable[str]) -> SiteWords:
    """Return the words of sites named in the policy's order."""
    return SiteWords({name.casefold(): number for number, name in enumerate(names)})
