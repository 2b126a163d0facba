"""What the tagger finds in a set of labelled texts, with Wilson intervals; run it with files of JSON lines to print it.

A text is `{"text", "label"}`: emergent and urgent are to be urgent, routine, informational and nonurgent are not; any
other label is counted among the stop screens only. Nothing but totals is printed: whoever writes rules may read the
texts in `paraphrases/read`, and nobody those in `paraphrases/unread`.
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from callback_tui.models.vocabulary import Priority
from callback_tui.rules.triage import tag

PARAPHRASES = Path(__file__).parent / "paraphrases"
_DANGER = ("emergent", "urgent")
_HARMLESS = ("routine", "informational", "nonurgent")
_TWO_SIDED_95 = 1.959964


@dataclass
class Share:
    """How many of how many."""

    hits: int = 0
    of: int = 0

    def count(self, *, hit: bool) -> None:
        """Count one more."""
        self.hits += hit
        self.of += 1

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.hits / max(self.of, 1)

    def __str__(self) -> str:
        """Return "612 of 744 = .823 (.794 to .848)", the last two a Wilson interval of 95 %."""
        if not self.of:
            return "none"
        low, high = wilson(self)
        return f"{self.hits} of {self.of} = {self.value:.3f} ({low:.3f} to {high:.3f})"


def wilson(share: Share) -> tuple[float, float]:
    """Return the Wilson score interval of a share at 95 %."""
    z, n, p = _TWO_SIDED_95, share.of, share.value
    middle = p + z * z / (2 * n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


class Figures:
    """The figures of one set."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        """Tag every text and count."""
        self.sensitivity, self.specificity, self.emergent = Share(), Share(), Share()
        self.stop_screens, self.informational = Share(), Share()
        for row in rows:
            made, label = tag(row["text"]), row["label"]
            is_urgent = made.priority is Priority.URGENT
            if label in _DANGER:
                self.sensitivity.count(hit=is_urgent)
                self.informational.count(hit=made.priority is Priority.INFORMATIONAL)
            else:
                self.stop_screens.count(hit=made.emergent)
            if label in _HARMLESS:
                self.specificity.count(hit=not is_urgent)
            if label == "emergent":
                self.emergent.count(hit=made.emergent)

    def lines(self) -> tuple[str, ...]:
        """Return the figures in words, a line each."""
        return (
            f"danger found urgent          {self.sensitivity}",
            f"harmless kept so             {self.specificity}",
            f"911 tier flagged emergent    {self.emergent}",
            f"stop screens without danger  {self.stop_screens}",
            f"danger tagged informational  {self.informational}",
        )


def rows_of(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Return the labelled texts of some files."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def paraphrases(part: str, language: str | None = None) -> list[dict[str, Any]]:
    """Return the texts of `part`, "read" or "unread", in one language or in both."""
    rows = rows_of(sorted((PARAPHRASES / part).glob("*.jsonl")))
    return [row for row in rows if language in (None, row["lang"])]


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sys.stdout.write("\n".join((name, *Figures(rows_of([Path(name)])).lines())) + "\n")
    for part in ("read", "unread"):
        for language in ("en", "es"):
            sys.stdout.write("\n".join((f"{part}, {language}", *Figures(paraphrases(part, language)).lines())) + "\n")
