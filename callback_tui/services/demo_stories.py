"""The messages waiting in the demo, with the calls that were made already, written into its book."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from callback_tui.models.vocabulary import CallStep, Channel, OptOutScope, Outcome, SafeContactKind, WhoAnswered
from callback_tui.rules.open_time import is_open, opening_instant
from callback_tui.services.demo_book import Book, MadeUpItem, MadeUpPatient, asked_for_no_calls
from callback_tui.services.demo_calls import ring
from callback_tui.services.demo_people import MadeUpCall, MadeUpMessage, Person
from callback_tui.services.queue_row import item_tier
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.intake import NewMessage
from callback_tui.views.patient import PatientCard
from callback_tui.views.policy import SitePolicy

_STEP_BACK = timedelta(minutes=10)
_RINGING = timedelta(seconds=25)
_MATCHING = timedelta(seconds=14)
_TALK = (
    (CallStep.CLARIFY, timedelta(seconds=40)),
    (CallStep.ACTION, timedelta(seconds=70)),
    (CallStep.CLOSE, timedelta(seconds=35)),
)
_LAST_WORDS = timedelta(seconds=20)
_ASKED_FOR = timedelta(minutes=75)
_LEFT_BEFORE_FIRST_CALL = timedelta(minutes=20)
_WHY_RUNG = "Urgent message, no other way to reach them"
_OPT_OUTS: Mapping[str, tuple[OptOutScope, Channel | None]] = {
    "all": (OptOutScope.ALL, None),
    "channel": (OptOutScope.CHANNEL, Channel.PHONE),
}


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


def tell(
    book: Book, messages: Sequence[MadeUpMessage], by: Person, now: datetime, *, known_at: datetime, asked_at: datetime
) -> list[MadeUpItem]:
    """Write messages, the patients they are from and the calls of their stories into the book, in order of time.

    The patients' cards were brought in at `known_at`, what they asked of us was taken down at `asked_at`.
    """
    patients: dict[PatientCard, MadeUpPatient] = {}
    for message in messages:
        if message.card is not None and message.card not in patients:
            patients[message.card] = book.card(message.card, known_at)
    for message in messages:
        if message.card is not None:
            _keep_wishes(book, message, patients[message.card], by, asked_at)
    items: list[MadeUpItem] = []
    events = [
        event
        for message in messages
        for event in _events(book, message, patients.get(message.card) if message.card else None, by, now, items)
    ]
    for _, happens in sorted(events, key=lambda event: event[0]):
        happens()
    return items


def new_message(message: MadeUpMessage, received_at: datetime) -> NewMessage:
    """Return a written message as the desk takes it in."""
    return NewMessage(
        channel=message.channel,
        body=message.body,
        received_at=received_at,
        caller_name=message.caller_name,
        patient_name=message.patient_name,
        phone=message.phone,
        site_name=message.site,
        subject=message.subject,
        duration_seconds=message.seconds,
        machine_transcript=message.channel is Channel.VOICEMAIL,
    )


def _keep_wishes(book: Book, message: MadeUpMessage, patient: MadeUpPatient, by: Person, at: datetime) -> None:
    for kind, value in message.wishes:
        book.wish(patient, SafeContactKind(kind), value, at, by.staff_id)
    if message.opt_out:
        book.opt_out(patient, asked_for_no_calls(*_OPT_OUTS[message.opt_out], at, by.staff_id))


def _events(
    book: Book,
    message: MadeUpMessage,
    patient: MadeUpPatient | None,
    by: Person,
    now: datetime,
    items: list[MadeUpItem],
) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Say what happens to a message and when: it comes in, then the calls of its story."""
    site = book.policy.site(message.site)
    received_at = now - timedelta(minutes=message.minutes_ago)
    story = STORIES.get(message.story)
    instants: list[datetime] = []
    if story is not None:
        instants = call_instants(
            story, site, now, around_the_clock=book.tier_of(message.body, message.subject).always_on
        )
        received_at = min(received_at, instants[0] - _LEFT_BEFORE_FIRST_CALL)
    mine: list[MadeUpItem] = []

    def come_in() -> None:
        mine.append(book.take(new_message(message, received_at), patient, received_at, by.staff_id))
        items.extend(mine)

    yield received_at, come_in
    for at, one_try in zip(instants, story.tries if story else (), strict=True):
        yield at, partial(_play, book, mine, one_try, at, by)


def _play(book: Book, items: Sequence[MadeUpItem], one_try: Try, at: datetime, by: Person) -> None:
    (item,) = items
    talks = one_try.who is WhoAnswered.PATIENT
    entry = one_try.entry
    if entry.outcome is Outcome.ANOTHER_TIME:
        entry = replace(entry, call_again_at=opening_instant(item.site.hours, at + _ASKED_FOR))
    needs_reason = item_tier(item.row).always_on
    call = MadeUpCall(
        at=at,
        by=by,
        who=one_try.who,
        entry=entry,
        answered_after=_RINGING,
        matched_after=_MATCHING if talks else timedelta(0),
        steps=_TALK if talks else (),
        ends_after=_LAST_WORDS if talks else timedelta(0),
        reason=_WHY_RUNG if needs_reason else "",
    )
    ring(book, item, call)
