"""The message pane of one item: who, how to reach them, what they said and which words fired."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from callback_tui.models.vocabulary import ContactKind, ReviewFlag, Tier
from callback_tui.rules.assignment import given_words
from callback_tui.rules.chaser import Waits, waits_by_patient
from callback_tui.rules.contact_kinds import kind_words
from callback_tui.rules.heard import heard
from callback_tui.rules.later import kept_note
from callback_tui.rules.local_day import start_of_day
from callback_tui.rules.outcome_words import short_outcome
from callback_tui.rules.phone import national
from callback_tui.rules.speak import clock_time, desk_zone_of, due_words
from callback_tui.services.desk import OpenDesk
from callback_tui.services.patient_card import language_words, opt_out_words, safe_contact_card
from callback_tui.services.queue_row import queue_row, review_flags
from callback_tui.store import claims, queue
from callback_tui.views.dial import OptOut
from callback_tui.views.policy import Policy, SitePolicy
from callback_tui.views.queue import EarlierCall, MessageView
from callback_tui.views.triage import Hit, ReadAs

_EARLIER_CALLS_SHOWN = 9


def message_view(
    desk: OpenDesk,
    connection: Any,
    row: Any,
    policy: Policy,
    *,
    on_card: Sequence[Any],
    wishes: Sequence[Any],
    asked: tuple[OptOut, ...],
    waiting: Sequence[Any],
) -> MessageView:
    """Return the message pane of one item as `store.queue.item` gives it, in a running transaction; the caller audits.

    `on_card`, `wishes`, `asked` and `waiting` are the patient's contact points, instructions in force, facts about
    calls they asked not to get, and items in the queue.
    """
    now = desk.clock.now()
    site = policy.site_of(row.site_name)
    contacts_today = queue.messages_since(connection, row.patient_id, start_of_day(now, site.hours.zone))
    held = claims.holders(connection, desk.clock)
    others = [other for other in waiting if other.id != row.id]
    mine = [other for other in waiting if other.patient_id == row.patient_id]
    waits = waits_by_patient(mine).get(row.patient_id, Waits())
    listed = queue_row(row, policy, held, len(others) + 1, contacts_today, now, opt_outs=asked, waits=waits)
    number = row.phone_e164 or next((point.value for point in on_card), "")
    flags = review_flags(row.flags)
    said = heard(
        row.body,
        region=policy.region,
        today=now.astimezone(ZoneInfo(site.hours.zone)).date(),
        number=ReviewFlag.NUMBER_HEARD in flags,
        name=ReviewFlag.NAME_HEARD in flags,
    )
    kind = next((point.kind for point in on_card if point.value == number), ContactKind.OTHER_PHONE)
    return MessageView(
        item_id=row.id,
        who=listed.who,
        provisional=row.patient_provisional,
        number=national(number) if number.startswith("+") else row.phone_raw,
        number_kind=kind_words(kind),
        date_of_birth_on_file=row.date_of_birth is not None,
        age_years=listed.age_years,
        last_visit=_last_visit(row.patient_last_visit_on, row.patient_last_visit_with),
        safe_contact=safe_contact_card(
            wishes,
            on_card,
            language_words(
                row.patient_language,
                needs_interpreter=row.patient_needs_interpreter,
                uses_tty=row.patient_uses_tty,
            ),
            prefers=row.prefers_channel,
            no_calls=opt_out_words(asked, number, policy, now),
        ),
        channel=row.channel,
        received_at=row.received_at,
        imported_at=row.imported_at,
        contacts_today=contacts_today,
        contacts_open=waits.contacts,
        waiting_since=waits.since,
        subject=row.subject,
        body=row.body,
        machine_transcript=row.machine_transcript,
        duration_seconds=row.duration_seconds,
        hits=_hits(row.hits_json),
        check=row.check,
        flags=flags,
        bundled=tuple(bundled_words(other, site, desk_zone_of(policy)) for other in others),
        earlier=tuple(
            EarlierCall(
                at=earlier.started_at,
                who=earlier.staff_name,
                outcome=short_outcome(earlier.outcome),
                number=national(earlier.number_dialled) if earlier.number_dialled else "",
                voicemail_wording=earlier.voicemail_wording,
            )
            for earlier in queue.earlier_calls(connection, row.patient_id, _EARLIER_CALLS_SHOWN)
        ),
        due=due_words(listed.clock, site, now, desk_zone_of(policy)),
        noted="" if row.scheduled_at is None else kept_note(queue.clock_events(connection, row.id)),
        given_to=given_words(listed, site.hours.zone, now, desk_zone_of(policy)),
        born_heard=None if said.born_on is None else said.born_on.value,
        heard_at=tuple((found.start, found.end) for found in said if found is not None),
    )


def _hits(text: str) -> tuple[Hit, ...]:
    return tuple(
        Hit(
            rule=hit["rule"],
            category=hit["category"],
            tier=Tier(hit["tier"]),
            start=hit["start"],
            end=hit["end"],
            text=hit["text"],
            read_as=ReadAs(hit["read_as"]),
        )
        for hit in json.loads(text)
    )


def _last_visit(day: date | None, person: str) -> str:
    if day is None:
        return ""
    words = f"{day.day} {day:%b %Y}"
    return f"{words}, {person}" if person else words


def bundled_words(row: Any, site: SitePolicy, desk_zone: str) -> str:
    """Return another message in one line: when and how it came, and what it is about."""
    at = "time unknown" if row.received_at is None else clock_time(row.received_at, site.hours.zone, desk_zone)
    return f"{at} {row.channel.value}: {row.summary}"
