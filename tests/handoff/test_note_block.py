"""The note for the chart: every fact that was kept, none that was not, and nothing but plain text."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from callback_tui.handoff.note_block import note_block, outcome_words
from callback_tui.models.vocabulary import (
    CallReason,
    Channel,
    ComparedWith,
    FollowUpKind,
    IdentityKind,
    IdentityResult,
    Outcome,
    RecordingAnswer,
    Role,
    WhoAnswered,
)
from callback_tui.views.follow_up import CallRecord, ChartAddition, ChartFollowUp

AT = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)
VOICEMAIL = CallRecord(
    practice="Maple Street Family Medicine",
    site="Main",
    zone="America/New_York",
    patient="Rosa Delgado",
    date_of_birth=date(1961, 4, 9),
    record_number="",
    channel=Channel.PORTAL,
    reason=CallReason.RESULTS,
    received_at=None,
    started_at=AT,
    ended_at=AT + timedelta(seconds=40),
    by="Dana Ruiz",
    number="+12125550147",
    number_on_file=True,
    who_answered=WhoAnswered.VOICEMAIL,
    spoke_with="",
    identity=IdentityResult.NOT_ASKED,
    identity_kinds=(),
    compared_with=None,
    recording=RecordingAnswer.NOT_ASKED,
    override_reason="",
    outcome=Outcome.VOICEMAIL_LEFT,
    voicemail_wording="This is Dana from Maple Street for Rosa Delgado. Please call (212) 555-0100.",
    teach_back=False,
    note="",
    additions=(),
    follow_ups=(),
    earlier_tries=(),
)


def test_a_voicemail_says_word_for_word_what_was_left() -> None:
    assert note_block(VOICEMAIL).splitlines() == [
        "Call-back by Maple Street Family Medicine, Main",
        "patient:     Rosa Delgado, born 9 Apr 1961",
        "message:     portal message, time unknown, results",
        "call:        Mon 23 Nov 2026 10:42 (America/New_York), under a minute",
        "by:          Dana Ruiz",
        "dialled:     (212) 555-0147, on file",
        "spoke with:  voicemail",
        "identity:    not asked",
        "outcome:     voicemail left",
        'left:        "This is Dana from Maple Street for Rosa Delgado. Please call (212) 555-0100."',
    ]


def test_what_was_special_about_a_call_is_told() -> None:
    """Who spoke for the patient, kinds of identifiers, recording, why it was rung at all, what followed."""
    text = note_block(
        replace(
            VOICEMAIL,
            record_number="MS-1",
            who_answered=WhoAnswered.REPRESENTATIVE,
            spoke_with="Luis, husband",
            identity=IdentityResult.PASSED,
            identity_kinds=(IdentityKind.RECORD_NUMBER, IdentityKind.SSN_LAST_FOUR),
            compared_with=ComparedWith.CHART,
            recording=RecordingAnswer.NO,
            override_reason="urgent, pain is worse",
            outcome=Outcome.FOLLOW_UP,
            additions=(ChartAddition(AT, "Sam", "sent"),),
            follow_ups=(ChartFollowUp(FollowUpKind.LABS, "", AT, False, Role.CLINICIAN),),
        )
    )
    for line in (
        "patient:     Rosa Delgado, record MS-1",
        "spoke with:  somebody who speaks for the patient: Luis, husband",
        "identity:    verified, record number and last four of the SSN matched, compared with the chart",
        "recording:   refused, not recorded",
        "rung though: urgent, pain is worse",
        "  labs, by 23 Nov 10:42 (clinician)",
        "  23 Nov 10:42 Sam: sent",
    ):
        assert line in text.splitlines()
    assert "1961" not in text


def test_outside_text_cannot_break_out_of_its_line() -> None:
    """Line ends and escapes in a name, a note or a wording stay inside what they belong to."""
    bad = "x\x1b[31m\noutcome:     reached, resolved"
    hostile = replace(VOICEMAIL, patient=bad, voicemail_wording=bad, spoke_with=bad, note=bad, record_number=bad)
    text = note_block(hostile)
    assert "\x1b" not in text
    assert [line for line in text.splitlines() if line.startswith("outcome:")] == ["outcome:     voicemail left"]


def test_every_outcome_has_words() -> None:
    assert len({outcome_words(outcome) for outcome in Outcome}) == len(Outcome)
