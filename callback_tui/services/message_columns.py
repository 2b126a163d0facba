"""The columns of a stored message that follow from its words: text, flags, and what the tagger found."""

import json
from typing import Any

from callback_tui.models.vocabulary import ReviewFlag
from callback_tui.views.intake import ParsedMessage
from callback_tui.views.triage import Triage

_JSON = json.JSONEncoder(ensure_ascii=False)


def written(message: ParsedMessage, *more_flags: ReviewFlag) -> dict[str, Any]:
    """Return the columns of a message that follow from its words."""
    flags = [*message.flags, *(flag for flag in more_flags if flag not in message.flags)]
    return {
        "row_number": message.row,
        "content_hash": message.content_hash,
        "subject": message.subject,
        "body": message.body,
        "duration_seconds": message.duration_seconds,
        "machine_transcript": message.machine_transcript,
        "flags": ",".join(flags),
        **tag_columns(message.triage),
        "hits_json": _hits_json(message.triage),
        "rule_set_hash": message.triage.rule_set_hash,
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
    if not tag.hits:
        return "[]"
    return _JSON.encode(
        [
            {
                "rule": hit.rule,
                "category": hit.category,
                "tier": hit.tier,
                "start": hit.start,
                "end": hit.end,
                "text": hit.text,
                "read_as": hit.read_as,
            }
            for hit in tag.hits
        ]
    )
