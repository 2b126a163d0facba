"""The calls that were made already when the demo opens: each told as steps, played through the services of the call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Outcome, WhoAnswered
from callback_tui.rules.open_time import is_open, opening_instant
from callback_tui.services import calls, identity, outcomes
from callback_tui.services.desk import OpenDesk
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.policy import SitePolicy

_STEP_BACK = timedelta(minutes=10)
_RINGING = timedelta(seconds=25)
_TALKING = timedelta(minutes=3)
_ASKED_FOR = timedelta(minutes=75)
_WHY_RUNG = "Urgent message, no other way to reach them"


@dataclass(frozen=True, slots=True)
class Try:
    """One call: who answered, how it ended, and how long before the last call of the story it was made."""

    who: WhoAnswered
    entry: OutcomeEntry
    before_last: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Story:
    """The calls of one message; the last one was made `minutes_ago`, or when the desk was open last."""

    minutes_ago: int
    tries: tuple[Try, ...]


_NO_ANSWER = Try(WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER))
STORIES: Mapping[str, Story] = {
    "no_answer_once": Story(19, (_NO_ANSWER,)),
    "no_answer_twice": Story(8, (replace(_NO_ANSWER, before_last=timedelta(minutes=13)), _NO_ANSWER)),
    "voicemail_left": Story(
        16,
        (
            Try(
                WhoAnswered.VOICEMAIL,
                OutcomeEntry(Outcome.VOICEMAIL_LEFT, voicemail_wording="Name, practice, number, hours; nothing else."),
            ),
        ),
    ),
    "busy": Story(4, (Try(WhoAnswered.BUSY, OutcomeEntry(Outcome.BUSY)),)),
    "wrong_number": Story(
        27,
        (Try(WhoAnswered.WRONG_NUMBER, OutcomeEntry(Outcome.WRONG_NUMBER, note="A shop; they never heard of him.")),),
    ),
    "message_with_person": Story(
        9,
        (
            Try(
                WhoAnswered.SOMEONE_ELSE,
                OutcomeEntry(Outcome.MESSAGE_WITH_PERSON, note="Asked to call us back.", spoke_with="Somebody at home"),
            ),
        ),
    ),
    "another_time": Story(
        31,
        (
            Try(
                WhoAnswered.PATIENT,
                OutcomeEntry(Outcome.ANOTHER_TIME, note="At work, can talk later.", promise_words="after my break"),
            ),
        ),
    ),
    "escalated": Story(
        6,
        (
            Try(
                WhoAnswered.PATIENT,
                OutcomeEntry(
                    Outcome.ESCALATED,
                    note="Headache since yesterday, spots in front of her eyes. Blood pressure at home 148/94.",
                    situation="29 weeks, bad headache, seeing spots.",
                    background="First pregnancy, no high blood pressure before.",
                    assessment="Could be pre-eclampsia.",
                    request="Please ring her now, or say where she should go.",
                ),
            ),
        ),
    ),
    "follow_up": Story(
        1300,
        (
            Try(
                WhoAnswered.PATIENT,
                OutcomeEntry(Outcome.FOLLOW_UP, note="Records to be faxed again to the rheumatologist."),
            ),
        ),
    ),
    "resolved": Story(
        4200, (Try(WhoAnswered.PATIENT, OutcomeEntry(Outcome.RESOLVED, note="Fasting from midnight, water is fine.")),)
    ),
}


def call_instants(story: Story, site: SitePolicy, now: datetime, *, around_the_clock: bool) -> list[datetime]:
    """Return when the calls of a story were made: all of it while the site was open, unless that does not matter."""
    last = now - timedelta(minutes=story.minutes_ago)
    first_before = max(each.before_last for each in story.tries)
    while not around_the_clock and not (is_open(site.hours, last) and is_open(site.hours, last - first_before)):
        last -= _STEP_BACK
    return [last - each.before_last for each in story.tries]


def play(desk: OpenDesk, clock: FixedClock, item_ids: Sequence[int], one_try: Try, site: SitePolicy) -> None:
    """Ring about the newest of the items on the desk's moved clock, from the dial key to the outcome."""
    sheet = calls.start_call(desk, item_ids[-1], reason=_WHY_RUNG)
    clock.advance(_RINGING)
    sheet = calls.answer(desk, sheet.attempt_id, sheet.claim_token, one_try.who)
    if one_try.who is WhoAnswered.PATIENT:
        for kind in sheet.identity.asked:
            sheet = identity.match_identity(desk, sheet.attempt_id, sheet.claim_token, kind)
        clock.advance(_TALKING)
    entry = one_try.entry
    if entry.outcome is Outcome.ANOTHER_TIME:
        entry = replace(entry, call_again_at=opening_instant(site.hours, clock.now() + _ASKED_FOR))
    outcomes.log_outcome(desk, sheet.attempt_id, sheet.claim_token, entry)
