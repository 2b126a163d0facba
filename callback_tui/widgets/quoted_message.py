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


def fired_words(hits: Sequence[Hit]) -> str:
    """Return the words that fired, those of one rule together: "chest + tight, arm"."""
    words: dict[str, list[str]] = {}
    for hit in hits:
        if hit.read_as is ReadAs.PRESENT and hit.text not in words.setdefault(hit.rule, []):
            words[hit.rule].append(hit.text)
    return ", ".join(dict.fromkeys(" + ".join(texts) for texts in words.values() if texts))
