"""The columns of a stored message that follow from its words: text, flags, and what the tagger found."""

from json.encoder import encode_basestring as quoted
from typing import Any

from callback_tui.models.vocabulary import ReviewFlag
from callback_tui.views.intake import ParsedMessage
from callback_tui.views.triage import Hit, Triage


def written(message: ParsedMessage, *more_flags: ReviewFlag) -> dict[str, Any]:
    """Return the columns of a message that follow from its words."""
    tag = message.triage
    flags = [*message.flags, *(flag for flag in more_flags if flag not in message.flags)]
    return {
        "row_number": message.row,
        "content_hash": message.content_hash,
        "subject": message.subject,
        "body": message.body,
        "duration_seconds": message.duration_seconds,
        "machine_transcript": message.machine_transcript,
        "flags": ",".join(flags),
        **tag_columns(tag),
        "hits_json": _hits_json(tag),
        "rule_set_hash": tag.rule_set_hash,
    }


def tag_columns(tag: Triage) -> dict[str, Any]:
    """Return the columns that messages and items share for what the tagger found."""
    return {
        "priority": tag.priority,
        "emergent": tag.emergent,
        "check": tag.check,
        "reason": tag.reason,
        "summary": tag.summary,
    }


def _hits_json(tag: Triage) -> str:
    # Written out, as the encoder would be made anew for every message.
    return f"[{', '.join(map(_hit_json, tag.hits))}]"


def _hit_json(hit: Hit) -> str:
    return (
        f'{{"rule": {quoted(hit.rule)}, "category": {quoted(hit.category)}, "tier": {quoted(hit.tier)}, '
        f'"start": {hit.start}, "end": {hit.end}, "text": {quoted(hit.text)}, "read_as": {quoted(hit.read_as)}}}'
    )
