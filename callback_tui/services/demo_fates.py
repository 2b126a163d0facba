"""How the demo's finished messages went: tries, talks, promises, escalations, letters, until nothing was open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from callback_tui.models.vocabulary import (
    CallStep,
    FollowUpKind,
    FollowUpState,
    ItemState,
    Outcome,
    Role,
    Tier,
    WhoAnswered,
)
from callback_tui.rules.charting import belongs_in_chart
from callback_tui.rules.open_time import after_open_seconds, opening_instant
from callback_tui.rules.outcome_plan import OutcomePlan
from callback_tui.services.demo_book import Book, MadeUpItem
from callback_tui.services.demo_calls import chart, ring, settle
from callback_tui.services.demo_past_people import PastMessage, PastPeople
from callback_tui.services.demo_people import MadeUpCall, Person
from callback_tui.services.queue_row import item_tier
from callback_tui.views.call import NewFollowUp, OutcomeEntry

NURSES = frozenset({Role.NURSE, Role.CLINICIAN})
CALLERS = frozenset({Role.NURSE, Role.STAFF})
_CLINICIANS = frozenset({Role.CLINICIAN})
_STAFF = frozenset({Role.STAFF})
_WHY_RUNG = "Urgent message, no other way to reach them"
_WORDING = "This is Maple Street calling. Please call us back, 8 AM to 5 PM."
_SCORES, _SCORE_WEIGHTS = (5, 4, 3, 2, 1), (68, 22, 7, 2, 1)
_SCORED, _TAUGHT_BACK, _CHARTED, _DONE, _PROMISE_BROKEN = 0.22, 0.6, 0.97, 0.93, 0.2
_NOTHING_OPEN_AFTER, _TIME_TO_DO_IT = timedelta(days=8), timedelta(hours=2)
_TO_DO: tuple[tuple[FollowUpKind, str, int], ...] = (
    (FollowUpKind.LABS, "Order the blood test again.", 1),
    (FollowUpKind.PRESCRIPTION, "Ask the pharmacy whether it arrived.", 1),
    (FollowUpKind.APPOINTMENT, "Find a visit within the week.", 2),
    (FollowUpKind.FORM, "Get the form signed and send it.", 3),
    (FollowUpKind.IMAGING, "Ask for the report of the scan.", 4),
)


@dataclass(frozen=True, slots=True)
class Fate:
    """One way a message can go: how often, how many days it may need, for whom.

    After `days` it is at rest, after `done_days` nothing is left to be done.
    """

    weight: int
    days: int
    tell: "Callable[[Story], None]"
    urgent_too: bool = False
    two_numbers: bool = False
    last: bool = False
    done_days: int = 0


class Story:
    """Tells one message to its end: each call follows the rules' own next time with a little human delay."""

    def __init__(
        self,
        book: Book,
        people: PastPeople,
        item: MadeUpItem,
        words: PastMessage,
        first_at: datetime,
        *,
        all_done: bool,
    ) -> None:
        """`first_at` is when the first call is made; with `all_done` nothing is left to be done now."""
        self.book, self.people, self.item, self.words = book, people, item, words
        self.chance = people.chance
        self.at = first_at
        self._all_done = all_done

    @property
    def leaves_nothing(self) -> bool:
        """Whether all that this call leaves to do was done by now."""
        return self._all_done or self.at < self.people.now - _NOTHING_OPEN_AFTER

    @property
    def tier(self) -> Tier:
        """The tier the item has now."""
        return item_tier(self.item.row)

    def call(self, who: WhoAnswered, entry: OutcomeEntry, by: Person | None = None) -> OutcomePlan:
        """Make a call now and go to when the next thing is due by the rules."""
        chance = self.chance
        roles = NURSES if self.tier.always_on else CALLERS
        talks = who is WhoAnswered.PATIENT
        known = talks and entry.outcome is not Outcome.NOT_VERIFIED
        if known and chance.random() < _SCORED:
            (score,) = chance.choices(_SCORES, _SCORE_WEIGHTS)
            entry = replace(entry, survey_score=score)
        call = MadeUpCall(
            at=self.at,
            by=by or self.people.on_duty(self.item.site, self.at, roles=roles),
            who=who,
            entry=entry,
            answered_after=self._seconds(6, 32),
            matched_after=self._seconds(9, 24) if known else timedelta(0),
            steps=self._steps() if known else (),
            ends_after=self._seconds(8, 40) if talks else self._seconds(3, 25),
            reason=_WHY_RUNG if self.tier.always_on else "",
        )
        plan = ring(self.book, self.item, call)
        self._chart()
        if plan.next_at is not None:
            self.at = self._a_little_after(plan.next_at)
        return plan

    def talk(self, outcome: Outcome, **more: object) -> OutcomePlan:
        """Reach the patient, who is known, and end the call so."""
        taught = self.chance.random() < _TAUGHT_BACK
        return self.call(
            WhoAnswered.PATIENT,
            replace(OutcomeEntry(outcome, note=self.words.note, teach_back=taught), **more),  # type: ignore[arg-type] # fields of an entry by name
        )

    def finish(self) -> None:
        """Do what the calls left to do, each a little before or after it is due, until nothing is open."""
        while True:
            left = [each for each in self.item.follow_ups if each.state is FollowUpState.OPEN]
            if not left:
                return
            first = min(left, key=lambda each: each.due_at)
            at = self._a_little_after(max(first.raised_at, first.due_at - timedelta(hours=self.chance.randrange(1, 9))))
            roles = frozenset({first.owner_role}) if first.owner_role else _STAFF
            settle(self.book, self.item, first, self.people.on_duty(self.item.site, at, roles=roles), at)

    def _steps(self) -> tuple[tuple[CallStep, timedelta], ...]:
        return (
            (CallStep.CLARIFY, self._seconds(15, 80)),
            (CallStep.ACTION, self._seconds(25, 190)),
            (CallStep.CLOSE, self._seconds(20, 90)),
        )

    def _seconds(self, least: int, most: int) -> timedelta:
        return timedelta(seconds=self.chance.randint(least, most))

    def _a_little_after(self, at: datetime) -> datetime:
        seconds = int(self.chance.expovariate(1 / 400)) + 20
        if self.tier.always_on:
            return at + timedelta(seconds=seconds)
        return after_open_seconds(self.item.site.hours, at, seconds)

    def _chart(self) -> None:
        attempt = self.item.attempts[-1]
        is_charted = self.leaves_nothing or self.chance.random() < _CHARTED
        if is_charted and belongs_in_chart(attempt.outcome, attempt.identity):
            after = timedelta(seconds=self.chance.randrange(120, 9000))
            chart(attempt, min(attempt.ended_at + after, self.people.now))


def _resolved(story: Story) -> None:
    story.talk(Outcome.RESOLVED)


def _to_do(story: Story) -> None:
    kind, text, days = story.chance.choice(_TO_DO)
    due = opening_instant(story.item.site.hours, story.at + timedelta(days=days))
    story.talk(Outcome.FOLLOW_UP, follow_ups=(NewFollowUp(kind, text, due),))
    if story.leaves_nothing or (due < story.people.now - _TIME_TO_DO_IT and story.chance.random() < _DONE):
        story.finish()


def _no_answer(story: Story) -> None:
    story.call(WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER))


def _voicemail(story: Story) -> None:
    if story.item.attempts:
        story.call(WhoAnswered.VOICEMAIL, OutcomeEntry(Outcome.VOICEMAIL_LEFT, voicemail_wording=_WORDING))
    else:
        _no_answer(story)


def _then_reached(*tries: Callable[[Story], None]) -> Callable[[Story], None]:
    def tell(story: Story) -> None:
        for one_try in tries:
            one_try(story)
        if story.item.row.state is not ItemState.FOLLOWING_UP:
            story.talk(Outcome.RESOLVED)
        story.finish()

    return tell


def _busy(story: Story) -> None:
    story.call(WhoAnswered.BUSY, OutcomeEntry(Outcome.BUSY))


def _asked_to_pass_on(story: Story) -> None:
    entry = OutcomeEntry(Outcome.MESSAGE_WITH_PERSON, note="Asked to call us back.", spoke_with="Somebody at home")
    story.call(WhoAnswered.SOMEONE_ELSE, entry)


def _not_verified(story: Story) -> None:
    story.call(WhoAnswered.PATIENT, OutcomeEntry(Outcome.NOT_VERIFIED))


def _wrong_number(story: Story) -> None:
    story.call(WhoAnswered.WRONG_NUMBER, OutcomeEntry(Outcome.WRONG_NUMBER, note="Somebody else has this number now."))


def _promised(story: Story) -> None:
    again_at = opening_instant(story.item.site.hours, story.at + timedelta(hours=story.chance.choice((2, 4, 26, 50))))
    story.talk(Outcome.ANOTHER_TIME, call_again_at=again_at, promise_words="when I am home", note="Cannot talk now.")
    if story.chance.random() >= _PROMISE_BROKEN:
        story.at = again_at
    story.talk(Outcome.RESOLVED)


def _escalated(story: Story) -> None:
    told = "Worse since yesterday."
    story.talk(Outcome.ESCALATED, situation=told, request="Please ring them, or say where they should go.")
    _by_clinician(story)


def _emergency(story: Story) -> None:
    story.talk(Outcome.EMERGENCY, location="At home", told="911 called by the family; stayed on the line.")
    _by_clinician(story)
    story.finish()


def _by_clinician(story: Story) -> None:
    by = story.people.on_duty(story.item.site, story.at, roles=_CLINICIANS)
    story.call(WhoAnswered.PATIENT, OutcomeEntry(Outcome.RESOLVED, note=story.words.note), by)


def _never_reached(story: Story) -> None:
    while story.item.row.state is not ItemState.FOLLOWING_UP:
        _voicemail(story) if len(story.item.attempts) == 1 else _no_answer(story)
    story.finish()


def _refused(story: Story) -> None:
    story.talk(Outcome.REFUSED, note="Asks for letters instead of calls.")


def _in_error(story: Story) -> None:
    story.call(WhoAnswered.NOBODY, OutcomeEntry(Outcome.OPENED_IN_ERROR, note=story.words.note))


FATES: Mapping[str, Fate] = {
    "resolved": Fate(56, 0, _resolved, urgent_too=True),
    "to do": Fate(11, 0, _to_do, done_days=_NOTHING_OPEN_AFTER.days),
    "no answer, reached": Fate(9, 7, _then_reached(_no_answer), urgent_too=True),
    "voicemail, reached": Fate(8, 9, _then_reached(_no_answer, _voicemail)),
    "busy, reached": Fate(3, 5, _then_reached(_busy), urgent_too=True),
    "message passed on": Fate(2, 9, _then_reached(_asked_to_pass_on)),
    "not verified": Fate(1, 9, _then_reached(_not_verified)),
    "wrong number": Fate(1, 9, _then_reached(_wrong_number), two_numbers=True),
    "promised": Fate(6, 10, _promised),
    "escalated": Fate(4, 5, _escalated, urgent_too=True),
    "never reached": Fate(2, 45, _never_reached),
    "refused": Fate(1, 1, _refused, last=True),
}
"""How messages go, by name; the weights are per cent, more or less."""

EMERGENCY = Fate(1, 5, _emergency, urgent_too=True)
"""How a message about an emergency goes where it was one."""

RECORDING = Fate(1, 0, _in_error)
"""How a message goes that no person left."""
