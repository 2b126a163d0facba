"""Writes the practice's own triage rules into the policy's text; its comments and its order stay."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from callback_tui.errors import DeskError, PolicyError
from callback_tui.rules.policy_file import parse_policy
from callback_tui.views.triage import OwnRules

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, MutableSequence, Sequence

_TRIAGE = re.compile(r"^[ \t]*\[[ \t]*triage[ \t]*\]", re.MULTILINE)
_PHRASES = re.compile(r"^[ \t]*\[[ \t]*triage[ \t]*\.[ \t]*phrases[ \t]*\]", re.MULTILINE)
_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
_ONE_LINE = 80


def with_own_rules(text: str, own: OwnRules) -> str:
    """Return the policy text with exactly these own rules.

    Raises DeskError for a text that cannot be changed piece by piece.
    """
    before = parse_policy(text, passing=None)
    if own == before.triage:
        return text
    try:
        after = _with_phrases(_with_rules_off(text, own.rules_off), dict(own.phrases))
        if parse_policy(after, passing=None) != replace(before, triage=own):
            raise DeskError("policy_by_hand")
    except PolicyError:
        raise DeskError("policy_by_hand") from None
    return after


def _with_rules_off(text: str, rules_off: "Sequence[str]") -> str:
    start, end = _piece(text, _TRIAGE)
    document = _parsed(text[start:end] or "[triage]\n")
    table = document["triage"]
    table["rules_off"] = _list(table.get("rules_off"), rules_off, str)
    return _spliced(text, start, end, document)


def _with_phrases(text: str, phrases: "dict[str, tuple[str, ...]]") -> str:
    start, end = _piece(text, _PHRASES)
    if start == end and not phrases:
        return text
    document = _parsed(text[start:end] or "[triage.phrases]\n")
    table = document["triage"]["phrases"]
    for concept in [name for name in table if name not in phrases]:
        del table[concept]
    for concept, words in phrases.items():
        table[concept] = _list(table.get(concept), words, _as_read)
    return _spliced(text, start, end, document)


def _piece(text: str, header: "re.Pattern[str]") -> tuple[int, int]:
    """Return from where to where the table with this header reaches; nothing at the end where there is none."""
    found = header.search(text)
    if found is None:
        return len(text), len(text)
    following = _HEADER.search(text, found.end())
    # A list may hold lists, whose lines begin as a header does: what is cut in the middle is no table.
    return found.start(), following.start() if following else len(text)


def _parsed(piece: str) -> "MutableMapping[str, Any]":
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        return tomlkit.parse(piece)
    except TOMLKitError:
        raise DeskError("policy_by_hand") from None


def _spliced(text: str, start: int, end: int, document: "MutableMapping[str, Any]") -> str:
    import tomlkit

    before = text[:start]
    if start == end:
        before = before.rstrip("\n") + "\n\n"
    return before + tomlkit.dumps(document) + text[end:]


def _as_read(phrase: str) -> str:
    """Return a written phrase as it is read; nothing for one that an earlier version took and this one passes over."""
    from callback_tui.rules.triage.own import own_phrase

    try:
        return own_phrase(phrase)
    except ValueError:
        return ""


def _list(written: "MutableSequence[str] | None", words: "Sequence[str]", read: "Callable[[str], str]") -> Any:
    """Return a list of these words: the written one with its comments, without what goes, with what comes."""
    import tomlkit

    if written is None:
        array = tomlkit.array()
        array.extend(words)
        return array.multiline(sum(len(word) + len('"", ') for word in words) > _ONE_LINE)
    for place in reversed(range(len(written))):
        if read(written[place]) not in words:
            del written[place]
    there = {read(word) for word in written}
    written.extend(word for word in words if word not in there)
    return written
