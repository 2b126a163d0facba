"""What leaves the desk after a call: note for the chart, card for a clinician, words to send; views are audited."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from callback_tui.errors import DeskError
from callback_tui.handoff.note_block import note_block
from callback_tui.handoff.unreached import unreached_words
from callback_tui.models.vocabulary import FollowUpState, SafeContactKind
from callback_tui.rules.charting import belongs_in_chart
from callback_tui.rules.later import kept_note
from callback_tui.rules.phone import spoken
from callback_tui.rules.speak import hours_words
from callback_tui.services.call_sheet import matched_kinds
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.services.patient_card import shown_name
from callback_tui.services.queue_row import item_tier
from callback_tui.store import calls, follow_ups, queue
from callback_tui.store import policy as policies
from callback_tui.views.follow_up import CallRecord, ChartAddition, ChartFollowUp, ChartTry, HandOffCard, Unreached

if TYPE_CHECKING:
    from sqlalchemy import Connection

_VIEW_AUDITED_AGAIN_AFTER = timedelta(minutes=1)


def chart_note(desk: OpenDesk, attempt_id: int) -> str:
    """Return the note block of a logged call, one for each message it was about; the view is audited.

    Raises DeskError without an outcome.
    """
    with desk.store.read() as connection:
        attempt = calls.attempt(connection, attempt_id)
        if attempt is None or attempt.outcome is None:
            raise DeskError("no_outcome")
        about = (attempt, *calls.along_of(connection, attempt))
        text = "\n\n".join(note_block(_record(connection, each)) for each in about)
    _audit_view(desk, attempt.patient_id, attempt.item_id)
    return text


def hand_off_card(desk: OpenDesk, hand_off_id: int) -> HandOffCard:
    """Return what a clinician is handed; the view of the patient is audited. Raises DeskError when there is none."""
    with desk.store.read() as connection:
        row = follow_ups.hand_off(connection, hand_off_id)
        if row is None:
            raise DeskError("no_hand_off")
    _audit_view(desk, row.patient_id, row.item_id)
    return HandOffCard(
        hand_off_id=row.id,
        item_id=row.item_id,
        who=shown_name(row.patient_name, row.caller_name, row.phone_e164 or row.phone_raw),
        situation=row.situation,
        background=row.background,
        assessment=row.assessment,
        request=row.request,
        made_by=row.staff_name,
        made_at=row.made_at,
        due_at=row.due_at,
    )


def words_to_send(desk: OpenDesk, follow_up_id: int) -> str:
    """Return what a text or letter may say to somebody never reached; the view is audited.

    Empty where the patient was reached, for then it says what was agreed on the call. Raises DeskError when there is no
    such follow-up.
    """
    now = desk.clock.now()
    with desk.store.read() as connection:
        row = follow_ups.follow_up(connection, follow_up_id)
        if row is None:
            raise DeskError("no_follow_up")
        item: Any = None if row.item_id is None else queue.item(connection, row.item_id)
        if item is None or item.contact_at is not None:
            return ""
        policy = policies.current(connection)[1]
        site = policy.site_of(item.site_name)
        wishes = calls.instructions(connection, row.patient_id)
        named = all(wish.kind is not SafeContactKind.NO_PRACTICE_NAME for wish in wishes)
        words = unreached_words(
            Unreached(
                kind=row.kind,
                practice=policy.name if named else "",
                short_name=policy.short_name if named else "",
                patient=item.patient_name or item.caller_name or "you",
                number=spoken(site.callback_number) if site.callback_number else "",
                hours=hours_words(site.hours),
                zone=site.hours.zone,
                now=now,
                received_at=item.received_at,
                tries=queue.dials(connection, item.id),
                emergency_line=item_tier(item).always_on,
            )
        )
    _audit_view(desk, row.patient_id, row.item_id)
    return words


def _audit_view(desk: OpenDesk, patient_id: int, item_id: int) -> None:
    since = desk.clock.now() - _VIEW_AUDITED_AGAIN_AFTER
    with desk.store.read() as connection:
        if queue.viewed_since(connection, staff_id=desk.actor.staff_id, patient_id=patient_id, since=since):
            return
    with verb(desk, "patient_viewed", "patient", patient_id) as work:
        work.facts["item_id"] = item_id


def _record(connection: "Connection", attempt: Any) -> CallRecord:
    item: Any = queue.item(connection, attempt.item_id)
    policy = policies.current(connection)[1]
    site = policy.site_of(item.site_name)
    of_item = follow_ups.calls_of_item(connection, attempt.item_id)
    call = next(row for row in of_item if row.id == attempt.id)
    notes = follow_ups.notes_of(connection, [row.id for row in of_item])
    typed = {note.attempt_id: note.text for note in notes if not note.addendum}
    return CallRecord(
        practice=policy.name,
        site=site.name,
        zone=site.hours.zone,
        patient=shown_name(item.patient_name, item.caller_name, item.phone_e164 or item.phone_raw),
        date_of_birth=item.date_of_birth,
        record_number=item.patient_record_number,
        channel=item.channel,
        reason=item.reason,
        received_at=item.received_at,
        started_at=call.started_at,
        ended_at=call.ended_at or call.outcome_at,
        by=call.staff_name,
        number=call.number_dialled,
        number_on_file=call.number_on_file,
        who_answered=call.who_answered,
        spoke_with=call.spoke_with,
        identity=call.identity,
        identity_kinds=matched_kinds(call),
        compared_with=call.compared_with,
        recording=call.recording,
        override_reason=call.override_reason,
        outcome=call.outcome,
        voicemail_wording=call.voicemail_wording,
        teach_back=call.teach_back,
        note=typed.get(call.id, ""),
        additions=tuple(
            ChartAddition(note.saved_at, note.staff_name, note.text)
            for note in notes
            if note.addendum and note.attempt_id == call.id
        ),
        follow_ups=tuple(
            ChartFollowUp(row.kind, row.text, row.due_at, row.state is FollowUpState.DONE, row.owner_role)
            for row in follow_ups.of_call(connection, call.id, call.item_id)
        ),
        earlier_tries=tuple(_tries_before(of_item, call.id, typed)),
        noted=kept_note(
            event
            for event in queue.clock_events(connection, item.id)
            if event.at <= call.outcome_at or event.undoes_verb_id
        ),
    )


def _tries_before(of_item: Any, attempt_id: int, typed: dict[int, str]) -> list[ChartTry]:
    tries: list[ChartTry] = []
    for row in of_item:
        if row.id == attempt_id:
            break
        if belongs_in_chart(row.outcome, row.identity):
            tries = []
        else:
            tries.append(
                ChartTry(row.started_at, row.number_dialled, row.outcome, row.staff_name, typed.get(row.id, ""))
            )
    return tries
