"""The patient's words in quotation marks, the words that fired underlined in the colour of their tier."""

from collections.abc import Sequence

from textual.content import Content, Span

from callback_tui.models.vocabulary import Tier
from callback_tui.rules.clean import clean
from callback_tui.views.triage import Hit, ReadAs

_PRESSING = frozenset((Tier.EMERGENT, Tier.URGENT))
_MARKS = {Tier.EMERGENT: "bold underline $late", Tier.URGENT: "bold underline $soon"}


def quoted(body: str, hits: Sequence[Hit]) -> Content:
    """Return the stored text quoted; hits read as present are marked, others (negated, past) are not.

    Stored text is clean already, so cleaning it here moves none of the hits' offsets.
    """
    text = clean(body)
    spans = [
        Span(hit.start + 1, hit.end + 1, mark_of(hit))
        for hit in worth_marking(hits)
        if hit.read_as is ReadAs.PRESENT and 0 <= hit.start < hit.end <= len(text)
    ]
    return Content(f'"{text}"', spans=spans)


def worth_marking(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits without those that tell nothing beside words that press, as a "thank you" does."""
    if not any(hit.read_as is ReadAs.PRESENT and hit.tier in _PRESSING for hit in hits):
        return tuple(hits)
    return tuple(hit for hit in hits if hit.read_as is not ReadAs.PRESENT or hit.tier in _PRESSING)


def mark_of(hit: Hit) -> str:
    """Return the style of words that fired: pressing ones in the colour of their tier, negated and past ones dim."""
    return "$dim" if hit.read_as is not ReadAs.PRESENT else _MARKS.get(hit.tier, "bold underline")


def telling_hits(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits read as present, most pressing first, none whose words another one has told already."""
    told: list[Hit] = []
    present = (hit for hit in worth_marking(hits) if hit.read_as is ReadAs.PRESENT)
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
