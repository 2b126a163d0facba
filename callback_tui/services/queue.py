"""The queue as a verb's result: one snapshot, and the message pane of one item."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import (
    ContactKind,
    ItemState,
    LeavePermission,
    ReviewFlag,
    SafeContactKind,
    Tier,
)
from callback_tui.rules.open_time import opening_instant
from callback_tui.rules.phone import national
from callback_tui.rules.queue_order import calling_order, why_first
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.services.dialling import start_of_day
from callback_tui.store import calls, claims, queue
from callback_tui.store import policy as policies
from callback_tui.views.clock import ClockState
from callback_tui.views.desk import FeedLine
from callback_tui.views.policy import Policy, SitePolicy
from callback_tui.views.queue import EarlierCall, Holder, MessageView, QueueRow, QueueSnapshot, SafeContactCard
from callback_tui.views.triage import Hit, ReadAs

_EARLIER_CALLS_SHOWN = 9
_VIEW_AUDITED_AGAIN_AFTER = timedelta(minutes=1)
_MAY_LEAVE = {
    LeavePermission.DETAIL: "details allowed",
    LeavePermission.MINIMUM: "name and number only",
    LeavePermission.NOTHING: "nothing",
}
_LANGUAGES = {"en": "English", "es": "Spanish"}


def change_mark(desk: OpenDesk) -> int:
    """Return a number that changes when this or another process has written to the store; costs microseconds."""
    return desk.store.data_version()


def snapshot(desk: OpenDesk) -> QueueSnapshot:
    """Return everything that waits, in calling order (domain section 1); asleep items apart, next to wake first."""
    now = desk.clock.now()
    with desk.store.read() as connection:
        policy = policies.current(connection)[1]
        rows = queue.waiting(connection)
        feed_rows = queue.feeds(connection)
        held = claims.holders(connection, desk.clock)
        is_demo = queue.is_demo(connection)
        since = start_of_day(now, policy.sites[0].hours.zone)
        today = queue.messages_today(connection, since)
    per_patient = Counter(row.patient_id for row in rows)
    made = [_row(row, policy, held, per_patient[row.patient_id], today.get(row.patient_id, 0), now) for row in rows]
    feeds = tuple(_feed(row, policy, now) for row in feed_rows)
    asleep = [row for row in made if row.state is ItemState.ASLEEP]
    return QueueSnapshot(
        rows=tuple(sorted((row for row in made if row.state is not ItemState.ASLEEP), key=calling_order)),
        asleep=tuple(sorted(asleep, key=lambda row: (row.clock.asleep_until or now, row.item_id))),
        feeds=feeds,
        newest_message_at=max((feed.newest_message_at for feed in feeds if feed.newest_message_at), default=None),
        last_import_at=max((feed.last_import_at for feed in feeds), default=None),
        policy=policy,
        as_of=now,
        is_demo=is_demo,
    )


def export(desk: OpenDesk, kind: str) -> QueueSnapshot:
    """Return the queue to be written outside the store as `kind` ("json", "plain"); exports are audited."""
    with verb(desk, "queue_exported", "queue", kind) as work:
        made = snapshot(desk)
        work.facts["rows"] = len(made.rows) + len(made.asleep)
        return made


def peek(desk: OpenDesk, item_id: int) -> MessageView:
    """Return the message pane of one item; the view of the patient is audited, at most once a minute.

    Raises DeskError when the item does not exist.
    """
    now = desk.clock.now()
    with desk.store.read() as connection:
        view, patient_id = _message_view(desk, connection, item_id, now)
        seen = queue.viewed_since(
            connection,
            staff_id=desk.actor.staff_id,
            patient_id=patient_id,
            since=now - _VIEW_AUDITED_AGAIN_AFTER,
        )
    if not seen:
        with verb(desk, "patient_viewed", "patient", patient_id) as work:
            work.facts["item_id"] = item_id
    return view


def message_view(desk: OpenDesk, connection: Any, item_id: int) -> MessageView:
    """Return the message pane inside a running transaction; the caller's own audit entry covers the view."""
    return _message_view(desk, connection, item_id, desk.clock.now())[0]


def safe_contact_card(instructions: Sequence[Any], points: Sequence[Any], patient_language: str) -> SafeContactCard:
    """Return the patient's wishes in words, for the card above the number."""
    never: list[str] = []
    may_hear: list[str] = []
    no_voicemail = False
    for wish in instructions:
        match wish.kind:
            case SafeContactKind.NEVER_NUMBER:
                never.append(national(wish.value))
            case SafeContactKind.NEVER_KIND:
                never.append(f"the {wish.value.replace('_', ' ')} phone")
            case SafeContactKind.NOT_BEFORE:
                never.append(f"before {wish.value}")
            case SafeContactKind.NOT_AFTER:
                never.append(f"after {wish.value}")
            case SafeContactKind.MAY_HEAR:
                may_hear.append(wish.value)
            case SafeContactKind.NO_VOICEMAIL:
                no_voicemail = True
            case SafeContactKind.NOTE:
                never.append(wish.value)
    permission = points[0].leave_permission if points else LeavePermission.MINIMUM
    return SafeContactCard(
        may_leave=_MAY_LEAVE[LeavePermission.NOTHING if no_voicemail else permission],
        never="; ".join(never),
        may_hear="; ".join(may_hear),
        language=patient_language,
        asked_at=max((wish.asked_at for wish in instructions), default=None),
    )


def language_words(language: str, *, needs_interpreter: bool, uses_tty: bool) -> str:
    """Return how to talk with the patient: language, interpreter, TTY."""
    words = _LANGUAGES.get(language, language)
    interpreter = "interpreter needed" if needs_interpreter else "no interpreter"
    return f"{words}, {interpreter}, TTY" if uses_tty else f"{words}, {interpreter}"


def stored_clock(row: Any, site: SitePolicy) -> ClockState:
    """Return the clock of an item from its stored columns, which repeat what `rules.sla.derive` made of its events."""
    tier = Tier.EMERGENT if row.emergent else Tier(row.priority.value)
    kind = site.targets[tier].clock
    opens_at = row.started_at if tier.always_on else opening_instant(site.hours, row.started_at)
    return ClockState(
        tier=tier,
        started_at=row.started_at,
        opens_at=opens_at,
        due_at=row.due_at,
        next_due_at=row.next_due_at,
        clock=kind,
        first_attempt_at=row.first_attempt_at,
        contact_at=row.contact_at,
        completed_at=row.completed_at,
        asleep_until=row.asleep_until,
        scheduled_at=row.scheduled_at,
        cycle=1,
        attempt_was_late=None if row.first_attempt_at is None else row.first_attempt_at > row.due_at,
        warned=(),
    )


def shown_name(name: str, caller_name: str, number: str) -> str:
    """Return what a list calls the patient: the name, else the caller's, else the last four digits."""
    if name or caller_name:
        return name or caller_name
    digits = "".join(character for character in number if character.isdigit())
    return f"(unknown) ..{digits[-4:]}" if digits else "(unknown)"


def age_years(born_on: date | None, today: date) -> int | None:
    """Return the age in whole years on a day, or None without a date of birth."""
    if born_on is None:
        return None
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def _row(
    row: Any, policy: Policy, held: dict[int, Holder], of_patient: int, contacts_today: int, now: datetime
) -> QueueRow:
    site = policy.site_of(row.site_name)
    clock = stored_clock(row, site)
    awake = row.state is ItemState.ASLEEP and row.asleep_until is not None and row.asleep_until <= now
    who = shown_name(row.patient_name, row.caller_name, row.phone_e164 or row.phone_raw)
    return QueueRow(
        item_id=row.id,
        message_id=row.message_id,
        patient_id=row.patient_id,
        site=row.site_name,
        who=who,
        phone_e164=row.phone_e164,
        phone_raw=row.phone_raw,
        channel=row.channel,
        priority=row.priority,
        emergent=row.emergent,
        check=row.check,
        reason=row.reason,
        summary=row.summary,
        state=ItemState.OPEN if awake else row.state,
        received_at=row.received_at,
        clock=clock,
        attempts=row.attempts,
        holder=held.get(row.patient_id),
        bundle=of_patient - 1,
        flags=_flags(row.flags),
        search_text=" ".join((row.folded_name, who.casefold(), row.phone_e164 or row.phone_raw, row.summary)),
        contacts_today=contacts_today,
        age_years=age_years(row.date_of_birth, now.astimezone(ZoneInfo(site.hours.zone)).date()),
    )


def _feed(row: Any, policy: Policy, now: datetime) -> FeedLine:
    limit = policy.feed_limit_minutes.get(row.source)
    silent = limit is not None and now - row.last_import_at > timedelta(minutes=limit)
    return FeedLine(row.source, row.newest_message_at, row.last_import_at, silent)


def _message_view(desk: OpenDesk, connection: Any, item_id: int, now: datetime) -> tuple[MessageView, int]:
    row = queue.item(connection, item_id)
    if row is None:
        raise DeskError("no_item", "That message is no longer here.", "Go back to the queue.")
    policy = policies.current(connection)[1]
    site = policy.site_of(row.site_name)
    zone = ZoneInfo(site.hours.zone)
    points = calls.numbers(connection, row.patient_id)
    wishes = calls.instructions(connection, row.patient_id)
    today = start_of_day(now, site.hours.zone)
    contacts_today = queue.messages_since(connection, row.patient_id, today)
    held = claims.holders(connection, desk.clock)
    others = [other for other in queue.waiting_of_patient(connection, row.patient_id) if other.id != item_id]
    queue_row = _row(row, policy, held, len(others) + 1, contacts_today, now)
    number = row.phone_e164 or next((point.value for point in points), "")
    kind = next((point.kind for point in points if point.value == number), ContactKind.OTHER_PHONE)
    return (
        MessageView(
            item_id=item_id,
            who=queue_row.who,
            provisional=row.patient_provisional,
            number=national(number) if number.startswith("+") else row.phone_raw,
            number_kind=kind.value.replace("other_phone", "phone"),
            date_of_birth_on_file=row.date_of_birth is not None,
            age_years=queue_row.age_years,
            last_visit=_last_visit(row.patient_last_visit_on, row.patient_last_visit_with),
            safe_contact=safe_contact_card(
                wishes,
                points,
                language_words(
                    row.patient_language,
                    needs_interpreter=row.patient_needs_interpreter,
                    uses_tty=row.patient_uses_tty,
                ),
            ),
            channel=row.channel,
            received_at=row.received_at,
            imported_at=row.imported_at,
            contacts_today=contacts_today,
            subject=row.subject,
            body=row.body,
            machine_transcript=row.machine_transcript,
            duration_seconds=row.duration_seconds,
            hits=_hits(row.hits_json),
            check=row.check,
            flags=_flags(row.flags),
            why=why_first(queue_row, site, now, contacts_today=contacts_today, age_years=queue_row.age_years),
            bundled=tuple(_bundled_words(other, zone) for other in others),
            earlier=tuple(
                EarlierCall(
                    at=earlier.started_at,
                    who=earlier.staff_name,
                    outcome=earlier.outcome.value.replace("_", " "),
                    number=national(earlier.number_dialled) if earlier.number_dialled else "",
                    voicemail_wording=earlier.voicemail_wording,
                )
                for earlier in queue.earlier_calls(connection, row.patient_id, _EARLIER_CALLS_SHOWN)
            ),
        ),
        row.patient_id,
    )


def _flags(words: str) -> tuple[ReviewFlag, ...]:
    return tuple(ReviewFlag(word) for word in words.split(",") if word)


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


def _bundled_words(row: Any, zone: ZoneInfo) -> str:
    at = "time unknown" if row.received_at is None else f"{row.received_at.astimezone(zone):%H:%M}"
    return f"{at} {row.channel.value}: {row.summary}"
