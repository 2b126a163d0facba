"""Reads a message taken by hand the way a row of an import is read."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from callback_tui.intake.dedupe import KeyMaker
from callback_tui.intake.validate import MappedRow, Reading, read_message, tagger_of
from callback_tui.services.arrivals import Arrivals
from callback_tui.views.intake import BY_HAND, NewMessage, ParsedMessage
from callback_tui.views.triage import Triage


def read_new_message(
    message: NewMessage,
    arrivals: Arrivals,
    *,
    region: str,
    now: datetime,
    verb_id: str,
    tagger: Callable[[str, int | None], Triage] | None = None,
) -> ParsedMessage:
    """Return the message as an import would have read it; the verb that takes it is its source's id.

    It is tagged by the policy's rules unless a `tagger` is given.
    """

    def zone_of(site_name: str) -> tzinfo:
        return ZoneInfo(arrivals.site_of(site_name).hours.zone)

    tag = tagger or tagger_of(arrivals.policy.triage)
    reading = Reading(BY_HAND, region, zone_of, now, machine_transcript=message.machine_transcript, tag=tag)
    mapped = MappedRow(
        row=0,
        channel=message.channel,
        source_id=verb_id,
        phone=message.phone,
        caller_name=message.caller_name,
        patient_name=message.patient_name,
        date_of_birth="" if message.date_of_birth is None else message.date_of_birth.isoformat(),
        record_number=message.record_number,
        site_name=message.site_name or "",
        subject=message.subject,
        body=message.body,
        duration="" if message.duration_seconds is None else str(message.duration_seconds),
    )
    return read_message(mapped, reading, KeyMaker(ids_are_stable=True), known_time=message.received_at)
