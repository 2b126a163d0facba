"""A finished call as the block of plain text that is written in the chart (article rows A5 and A18)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from callback_tui.models.vocabulary import (
    Channel,
    ComparedWith,
    IdentityKind,
    IdentityResult,
    Outcome,
    RecordingAnswer,
    WhoAnswered,
)
from callback_tui.rules.clean import clean, clean_line
from callback_tui.rules.follow_up_words import kind_words
from callback_tui.rules.phone import national
from callback_tui.rules.speak import duration, full_moment
from callback_tui.views.follow_up import CallRecord, ChartFollowUp, ChartTry

_LABEL_CELLS = 12
_CHANNELS = {
    Channel.VOICEMAIL: "voicemail",
    Channel.TEXT: "text message",
    Channel.EMAIL: "e-mail",
    Channel.PORTAL: "portal message",
    Channel.PHONE: "message taken by phone",
}
_ANSWERED = {
    WhoAnswered.PATIENT: "the patient",
    WhoAnswered.REPRESENTATIVE: "somebody who speaks for the patient",
    WhoAnswered.SOMEONE_ELSE: "someone else",
    WhoAnswered.VOICEMAIL: "voicemail",
    WhoAnswered.NOBODY: "nobody",
    WhoAnswered.BUSY: "nobody, busy",
    WhoAnswered.WRONG_NUMBER: "a wrong number",
    WhoAnswered.DISCONNECTED: "nobody, out of service",
    WhoAnswered.REFUSED: "somebody who refused",
    WhoAnswered.CUT_OFF: "cut off",
}
_IDENTITY_KINDS = {
    IdentityKind.DATE_OF_BIRTH: "date of birth",
    IdentityKind.ADDRESS: "address",
    IdentityKind.RECORD_NUMBER: "record number",
    IdentityKind.SSN_LAST_FOUR: "last four of the SSN",
}
_COMPARED = {
    ComparedWith.CARD: "compared with the card",
    ComparedWith.CHART: "compared with the chart",
    ComparedWith.NOTHING_ON_FILE: "nothing on file to compare with",
}
_IDENTITY = {
    IdentityResult.NOT_ASKED: "not asked",
    IdentityResult.PASSED: "verified",
    IdentityResult.FAILED: "not verified",
    IdentityResult.GENERAL_ONLY: "not needed, general information only",
}
_OUTCOMES = {
    Outcome.RESOLVED: "reached, resolved",
    Outcome.FOLLOW_UP: "reached, follow-up needed",
    Outcome.ESCALATED: "reached, handed to a clinician",
    Outcome.ANOTHER_TIME: "reached, asked for another time",
    Outcome.VOICEMAIL_LEFT: "voicemail left",
    Outcome.MESSAGE_WITH_PERSON: "message left with a person",
    Outcome.NO_ANSWER: "no answer",
    Outcome.BUSY: "busy",
    Outcome.MAILBOX_FULL: "mailbox full",
    Outcome.WRONG_NUMBER: "wrong number",
    Outcome.DISCONNECTED: "not in service",
    Outcome.SOMEONE_ELSE: "someone else answered, nothing said",
    Outcome.NOT_VERIFIED: "identity not verified, nothing said",
    Outcome.REFUSED: "asked not to be called",
    Outcome.EMERGENCY: "emergency, sent to 911",
    Outcome.OPENED_IN_ERROR: "opened in error",
    Outcome.DUPLICATE: "repeats another message",
}


def outcome_words(outcome: Outcome) -> str:
    """Return an outcome as a chart says it."""
    return _OUTCOMES[outcome]


def note_block(call: CallRecord) -> str:
    """Return the note: who, number dialled, start, length, identity by kinds, key points, follow-ups; plain lines.

    Holds no value of an identifier but the record number, or without one the date of birth, that names the chart.
    """
    number = national(call.number) if call.number else "none"
    lines = [
        f"Call-back by {clean_line(call.practice)}, {clean_line(call.site)}",
        *_fact("patient", _patient(call)),
        *_fact("message", _message(call)),
        *_fact("note", call.noted),
        *_fact("call", f"{full_moment(call.started_at, call.zone)} ({call.zone}), {_length(call)}"),
        *_fact("by", call.by),
        *_fact("dialled", f"{number}{', on file' if call.number_on_file else ', not on file'}"),
        *_fact("spoke with", _answered(call)),
        *_fact("identity", _identity(call)),
        *_fact("recording", _recording(call.recording)),
        *_fact("rung though", call.override_reason),
        *_fact("outcome", outcome_words(call.outcome)),
        *_fact("left", f'"{clean_line(call.voicemail_wording)}"' if call.voicemail_wording.strip() else ""),
        *_fact("teach-back", "said back in their own words" if call.teach_back else ""),
        *_part("Key points", clean(call.note).strip().splitlines()),
        *_part("Follow-ups", [_follow_up(each, call.zone) for each in call.follow_ups]),
        *_part(
            "Added later",
            [
                f"{_moment(each.at, call.zone)} {clean_line(each.by)}: {clean_line(each.text)}"
                for each in call.additions
            ],
        ),
        *_part("Earlier tries", [_try(each, call.zone) for each in call.earlier_tries]),
    ]
    return "\n".join(lines)


def _fact(label: str, value: str) -> list[str]:
    value = clean_line(value)
    return [f"{label + ':':<{_LABEL_CELLS}} {value}"] if value else []


def _part(heading: str, lines: list[str]) -> list[str]:
    return [f"{heading}:", *(f"  {line}".rstrip() for line in lines)] if lines else []


def _patient(call: CallRecord) -> str:
    if call.record_number:
        return f"{call.patient}, record {call.record_number}"
    if call.date_of_birth is not None:
        born = call.date_of_birth
        return f"{call.patient}, born {born.day} {born:%b %Y}"
    return f"{call.patient}, not matched to a chart"


def _message(call: CallRecord) -> str:
    when = "time unknown" if call.received_at is None else full_moment(call.received_at, call.zone)
    return f"{_CHANNELS[call.channel]}, {when}, {call.reason.value}"


def _length(call: CallRecord) -> str:
    return duration(max(int((call.ended_at - call.started_at).total_seconds()), 0))


def _answered(call: CallRecord) -> str:
    who = "nobody said" if call.who_answered is None else _ANSWERED[call.who_answered]
    return f"{who}: {call.spoke_with}" if call.spoke_with.strip() else who


def _identity(call: CallRecord) -> str:
    parts = [_IDENTITY[call.identity]]
    if call.identity_kinds:
        parts.append(" and ".join(_IDENTITY_KINDS[kind] for kind in call.identity_kinds) + " matched")
    if call.compared_with is not None:
        parts.append(_COMPARED[call.compared_with])
    return ", ".join(parts)


def _recording(said: RecordingAnswer) -> str:
    return {RecordingAnswer.YES: "agreed to", RecordingAnswer.NO: "refused, not recorded"}.get(said, "")


def _follow_up(follow_up: ChartFollowUp, zone: str) -> str:
    state = "done" if follow_up.done else f"by {_moment(follow_up.due_at, zone)}"
    owner = f" ({follow_up.owner_role.value})" if follow_up.owner_role else ""
    text = f": {clean_line(follow_up.text)}" if follow_up.text.strip() else ""
    return f"{kind_words(follow_up.kind)}, {state}{owner}{text}"


def _try(one: ChartTry, zone: str) -> str:
    number = national(one.number) if one.number else "no number"
    note = f": {clean_line(one.note)}" if one.note.strip() else ""
    return f"{_moment(one.at, zone)}, {number}, {_OUTCOMES[one.outcome]}, {clean_line(one.by)}{note}"


def _moment(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%b %H:%M}"
