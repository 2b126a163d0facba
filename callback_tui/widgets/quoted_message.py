"""The patient's words in quotation marks, the words that fired bold and underlined."""

from collections.abc import Sequence

from textual.content import Content, Span

from callback_tui.rules.clean import clean
from callback_tui.views.triage import Hit, ReadAs


def quoted(body: str, hits: Sequence[Hit]) -> Content:
    """Return the stored text quoted; hits read as present are marked, others (negated, past) are not.

    Stored text is clean already, so cleaning it here moves none of the hits' offsets.
    """
    text = clean(body)
    spans = [
        Span(hit.start + 1, hit.end + 1, "bold underline $late")
        for hit in hits
        if hit.read_as is ReadAs.PRESENT and 0 <= hit.start < hit.end <= len(text)
    ]
    return Content(f'"{text}"', spans=spans)


def telling_hits(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits read as present, most pressing first, none whose words another one has told already."""
    told: list[Hit] = []
    present = (hit for hit in hits if hit.read_as is ReadAs.PRESENT)
    for hit in sorted(present, key=lambda hit: (hit.tier.rank, hit.start, -hit.end)):
        if all(hit.end <= other.start or hit.start >= other.end for other in told):
            told.append(hit)
    return tuple(told)


def fired_words(hits: Sequence[Hit]) -> str:
    """Return the words that fired, those of one rule together: "chest + tight, arm"."""
    words: dict[str, list[str]] = {}
    for hit in telling_hits(hits):
        if hit.text not in words.setdefault(hit.rule, []):
            words[hit.rule].append(hit.text)
    return ", ".join(dict.fromkeys(" + ".join(texts) for texts in words.values() if texts))
