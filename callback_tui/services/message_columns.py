"""The columns of a stored message: whose it is, where it stands in the queue, its words, what the tagger found."""

import json
from collections.abc import Sequence
from datetime import datetime
from json.encoder import encode_basestring as quoted
from typing import Any, NamedTuple

from callback_tui.models.vocabulary import CallReason, Priority, ReviewFlag, Tier
from callback_tui.views.intake import ParsedMessage
from callback_tui.views.triage import Hit, Triage

_WRITTEN = (
    "row_number",
    "content_hash",
    "subject",
    "body",
    "duration_seconds",
    "machine_transcript",
    "flags",
    "priority",
    "emergent",
    "check",
    "reason",
    "summary",
    "hits_json",
    "rule_set_hash",
)


class Place(NamedTuple):
    """The place in the queue that a stored message takes when its batch is published."""

    message_id: int
    patient_id: int
    site_id: int
    priority: Priority
    emergent: bool
    check: bool
    reason: CallReason
    summary: str
    tier: Tier
    time_unknown: bool
    started_at: datetime
    due_at: datetime
    received_open: bool


MESSAGE_COLUMNS = (
    "id",
    "batch_id",
    "source",
    "dedupe_key",
    "channel",
    "patient_id",
    "site_id",
    "received_at",
    "received_text",
    "received_how",
    "imported_at",
    "phone_e164",
    "phone_raw",
    "phone_extension",
    "phone_note",
    "caller_name",
    "due_at",
    "received_open",
    *_WRITTEN,
)


def message_values(place: Place, message: ParsedMessage, batch_id: int | None, now: datetime) -> tuple[Any, ...]:
    """Return the values of `MESSAGE_COLUMNS` for a message imported at `now`."""
    raw, e164, extension, note = message.phone
    return (
        place.message_id,
        batch_id,
        message.source,
        message.dedupe_key,
        message.channel,
        place.patient_id,
        place.site_id,
        message.received_at,
        message.received_text,
        message.received_how,
        now,
        e164,
        raw,
        extension,
        note,
        message.caller_name,
        place.due_at,
        place.received_open,
        *_written(message, message.flags),
    )


def written(message: ParsedMessage, *more_flags: ReviewFlag) -> dict[str, Any]:
    """Return the columns of a message that follow from its words."""
    flags = [*message.flags, *(flag for flag in more_flags if flag not in message.flags)]
    return dict(zip(_WRITTEN, _written(message, flags), strict=True))


def _written(message: ParsedMessage, flags: Sequence[ReviewFlag]) -> tuple[Any, ...]:
    tag = message.triage
    priority, emergent, check, reason, summary, hits, rule_set_hash, _ = tag
    return (
        message.row,
        message.content_hash,
        message.subject,
        message.body,
        message.duration_seconds,
        message.machine_transcript,
        ",".join(flags),
        priority,
        emergent,
        check,
        reason,
        summary,
        _hits_json(hits),
        rule_set_hash,
    )


def tag_columns(tag: Triage) -> dict[str, Any]:
    """Return the columns that messages and items share for what the tagger found."""
    return {
        "priority": tag.priority,
        "emergent": tag.emergent,
        "check": tag.check,
        "reason": tag.reason,
        "summary": tag.summary,
    }


def tag_evidence(tag: Triage) -> dict[str, Any]:
    """Return the columns of a message that say why it has its tag: the hits, and the rules that found them."""
    return {"hits_json": _hits_json(tag.hits), "rule_set_hash": tag.rule_set_hash}


def evidence_facts(item: Any) -> dict[str, object]:
    """Return what the audit keeps of the evidence beside a decision: the rules, how each was read, and their hash."""
    hits = [(hit["rule"], hit["read_as"]) for hit in json.loads(item.hits_json)]
    return {"rule_set_hash": item.rule_set_hash, "hits": [f"{rule}: {read_as}" for rule, read_as in hits]}


def _hits_json(hits: Sequence[Hit]) -> str:
    # Written out, as the encoder would be made anew for every message.
    return f"[{', '.join(map(_hit_json, hits))}]" if hits else "[]"


def _hit_json(hit: Hit) -> str:
    rule, category, tier, start, end, text, read_as = hit
    return (
        f'{{"rule": {quoted(rule)}, "category": {quoted(category)}, "tier": {quoted(tier)}, '
        f'"start": {start}, "end": {end}, "text": {quoted(text)}, "read_as": {quoted(read_as)}}}'
    )
