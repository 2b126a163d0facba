"""A desk worked at random: messages, files, calls, merges, opt-outs and time, with an eye on who may not be rung.

What stands is worked out here from the stored facts alone, by other means than the rules the desk itself asks.
"""

import shutil
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from callback_tui.clock import FixedClock
from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import (
    AttemptState,
    Channel,
    ContactKind,
    FollowUpKind,
    IdentityKind,
    NumberQuality,
    OptOutScope,
    Outcome,
    Role,
    SafeContactKind,
    Tier,
    WhoAnswered,
)
from callback_tui.rules.outcome_choices import legal_outcomes
from callback_tui.services import calls, follow_ups, policy, staff
from callback_tui.services.calling_back import take_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.identity import match_identity
from callback_tui.services.intake import import_files
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.patients import add_instruction, add_number, add_opt_out
from callback_tui.services.reopen_item import reopen_item
from callback_tui.services.schedule_item import schedule_item
from callback_tui.services.set_priority import set_priority
from callback_tui.services.sign_in import sign_in
from callback_tui.services.take_back import reopen_number, take_back_opt_out
from callback_tui.services.undo import undo
from callback_tui.store import tables as t
from callback_tui.store.queue import IN_QUEUE
from callback_tui.views.call import CallSheet, NewFollowUp, OutcomeEntry
from callback_tui.views.desk import Actor
from callback_tui.views.patient import CardNumber
from tests.conftest import MONDAY_MORNING, PASSPHRASE
from tests.services.made_up import BORN_ON, CHEST, HOURS, PAIN, REFILL, leave
from tests.services.test_dialling import change_card, say_same

NAMES = ("Tom Reid", "Thomas Reid", "Lena Reid")
PHONES = ("(212) 555-0110", "(212) 555-0111")
E164 = tuple(f"+1212555{phone[-4:]}" for phone in PHONES)
BODIES = (REFILL, PAIN, CHEST, HOURS)
REASONS = ("", " ", "worse pain than in the message")
PRESSING = (Tier.EMERGENT, Tier.URGENT)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 13, 60, 5 * 60, 11 * 60, 24 * 60))
QUIET = ('"07:00"', '"08:00"', '"10:30"')
PICK = st.integers(0, 1000)
ROWS = st.tuples(st.sampled_from(BODIES), st.sampled_from(NAMES), st.sampled_from(PHONES))

MESSAGES = st.tuples(st.sampled_from(BODIES), st.sampled_from(NAMES), st.sampled_from((*PHONES, "")))


class End(Enum):
    """How a call ends for the person who rings."""

    OUTCOME = auto()
    PARK = auto()
    CRASH = auto()


@dataclass(frozen=True, slots=True)
class MadeUpCall:
    """A call as it is about to happen; numbers pick something, whatever there is by then."""

    which: int
    point: int | None
    reason: str
    role: Role
    comes_in: bool
    who: WhoAnswered
    verified: bool
    end: End
    outcome: int
    wait: timedelta
    note: str


CALLS = st.builds(
    MadeUpCall,
    which=PICK,
    point=st.none() | PICK,
    reason=st.sampled_from(REASONS),
    role=st.sampled_from([Role.NURSE, Role.CLINICIAN]),
    comes_in=st.sampled_from([False, False, False, True]),
    who=st.sampled_from(WhoAnswered),
    verified=st.booleans(),
    end=st.sampled_from([End.OUTCOME, End.OUTCOME, End.OUTCOME, End.PARK, End.CRASH]),
    outcome=PICK,
    wait=st.sampled_from(WAITS),
    note=st.sampled_from(REASONS),
)

Fact = tuple[int, int, OptOutScope, str, Channel | None, int | None]


def stands(facts: list[Fact], cards: set[int], e164: str) -> bool:
    """Say whether anything asked on one of a person's cards forbids a call to a number, fact by fact."""
    standing = {fact[0]: True for fact in facts}
    for fact in sorted(facts, reverse=True):
        if standing[fact[0]] and fact[5] is not None:
            standing[fact[5]] = False
    return any(
        standing[fact_id]
        and revokes is None
        and patient_id in cards
        and (
            scope is OptOutScope.ALL
            or (scope is OptOutScope.NUMBER and number in ("", e164))
            or (scope is OptOutScope.CHANNEL and channel in (None, Channel.PHONE))
        )
        for fact_id, patient_id, scope, number, channel, revokes in facts
    )


class Desk(RuleBasedStateMachine):
    """Everything people do at a desk, in any order; after each step, whom the desk rang and what it forgot."""

    template: ClassVar[Path]
    seen: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        """Open a copy of the template on a Monday morning."""
        super().__init__()
        self._folder = TemporaryDirectory()
        self.clock = FixedClock(MONDAY_MORNING)
        folder = Path(shutil.copytree(self.template, Path(self._folder.name) / "desk"))
        self.desk = sign_in(folder, "nurse", PASSPHRASE, self.clock)
        lines = staff.list_staff(self.desk)
        self._people = {
            line.role: Actor(line.staff_id, line.username, line.name, line.role, self.desk.actor.session_id)
            for line in lines
        }
        self.facts: list[Fact] = []
        self.cards: dict[int, set[int]] = {}
        self.pressing: set[int] = set()
        self.dials: set[int] = set()
        self.last_verb = ""
        self.files = 0

    def teardown(self) -> None:
        """Close the desk and forget it."""
        self.desk.store.close()
        self._folder.cleanup()

    # What is stored, read anew.

    def read(self, *columns: Any) -> list[Any]:
        """Return columns of a table, ordered by its id."""
        with self.desk.store.read() as connection:
            return list(connection.execute(select(*columns).order_by(columns[0])).all())

    def pick(self, ids: list[Any], which: int) -> Any:
        """Return one of these by any number, the newer the smaller; None where there is none."""
        return ids[-1 - which % len(ids)] if ids else None

    def item(self, which: int) -> Any:
        """Return an item, or None."""
        item = t.queue_item.c
        return self.pick(self.read(item.id, item.patient_id, item.state, item.priority, item.emergent), which)

    def card(self, which: int) -> Any:
        """Return the id of a card, or None."""
        found = self.pick(self.read(t.patient.c.id), which)
        return None if found is None else found.id

    def points_of(self, patient_id: int) -> list[Any]:
        """Return the numbers on every card of a person."""
        point = t.contact_point.c
        cards = self.cards.get(patient_id, {patient_id})
        return [row for row in self.read(point.id, point.value, point.patient_id) if row.patient_id in cards]

    def by(self, role: Role) -> OpenDesk:
        """Return the desk with somebody of another role at it."""
        return replace(self.desk, actor=self._people[role])

    def joined(self) -> dict[int, set[int]]:
        """Return the cards of each card's person, merged or said to be the same."""
        patient, said = t.patient.c, t.same_person_answer.c
        pairs = {row.id: row.merged_into_id for row in self.read(patient.id, patient.merged_into_id)}
        answers: dict[tuple[int, int], bool] = {}
        for row in self.read(said.id, said.patient_id, said.other_patient_id, said.same):
            answers[row.patient_id, row.other_patient_id] = row.same
        links = [(one, other) for one, other in pairs.items() if other] + [
            pair for pair, same in answers.items() if same
        ]
        groups = {one: {one} for one in pairs}
        for one, other in links:
            group = groups[one] | groups[other]
            for each in group:
                groups[each] = group
        return groups

    def silenced(self, patient_id: int, e164: str) -> bool:
        """Say whether the patient may not be rung at a number, as things stood before this step."""
        return stands(self.facts, self.cards.get(patient_id, {patient_id}), e164)

    def tried(self, what: str, act: Any) -> Any:
        """Do something that may be refused, count which, and return what came of it or None."""
        try:
            done = act()
        except DeskError as refused:
            self.seen[f"{what}: {refused.code}"] += 1
            return None
        self.seen[what] += 1
        return done

    # What people do.

    @initialize(urgent=st.booleans(), asks=st.booleans())
    def first_patient(self, urgent: bool, asks: bool) -> None:
        """Begin with a message, and perhaps a request."""
        leave(self.desk, PAIN if urgent else REFILL, NAMES[0], PHONES[0])
        if asks:
            add_opt_out(self.desk, self.card(0), OptOutScope.ALL)

    @rule(message=MESSAGES, by_file=st.sampled_from([False, False, True]), again=st.booleans())
    def take(self, message: tuple[str, str, str], by_file: bool, again: bool) -> None:
        """Take a message by hand, or bring in a file, in which the same person may have left another."""
        body, name, phone = message
        if not by_file:
            self.tried("taken", lambda: leave(self.desk, body, name, phone))
            return
        self.files += 1
        file = Path(self._folder.name) / f"{self.files}.csv"
        local = f"{self.clock.now() - timedelta(hours=5, minutes=3):%Y-%m-%d %H:%M}"
        left = [f'{self.files}-1,{name},{phone},{local},"{body}"', f"{self.files}-2,{name},{phone},{local},Hello again"]
        lines = ["id,name,phone,received,message", *left[: 1 + again], ""]
        file.write_text("\n".join(lines), encoding="utf-8")
        self.tried("imported", lambda: import_files(self.by(Role.ADMIN), [file]))

    @rule(call=CALLS)
    def ring(self, call: MadeUpCall) -> None:
        """Ring somebody."""
        self.work(call)

    @rule(call=CALLS)
    def ring_too(self, call: MadeUpCall) -> None:
        """Ring somebody: twice, since calls are what matters here and rules are drawn alike."""
        self.work(call)

    def work(self, call: MadeUpCall) -> None:
        """Ring somebody and end the call somehow."""
        item = self.item(call.which)
        point = None if call.point is None else self.pick(self.points_of(item.patient_id), call.point)
        desk = self.by(call.role)
        point_id = None if point is None else point.id
        if call.comes_in:
            sheet = self.tried("called in", lambda: take_call(desk, item.id))
        else:
            sheet = self.tried("rung", lambda: self.dial(desk, item.id, point_id, call.reason))
        if sheet is None:
            return
        self.check_dial(sheet.attempt_id, sheet.patient_id, sheet.number.e164, call.reason)
        if call.end is not End.CRASH:
            self.tried("answered", lambda: self.talk(desk, sheet, call))
        if call.end is End.PARK:
            self.tried("parked", lambda: calls.park(desk, sheet.attempt_id, sheet.claim_token))
        elif call.end is End.OUTCOME:
            self.tried("outcome", lambda: self.log(desk, sheet, call))

    def dial(self, desk: OpenDesk, item_id: int, point_id: int | None, reason: str) -> CallSheet:
        """Start a call; the one verb with which somebody is rung."""
        return calls.start_call(desk, item_id, contact_point_id=point_id, reason=reason)

    def talk(self, desk: OpenDesk, sheet: CallSheet, call: MadeUpCall) -> None:
        """Say who answered, and pass the gate or not."""
        sheet = calls.answer(desk, sheet.attempt_id, sheet.claim_token, call.who)
        if call.verified and call.who in (WhoAnswered.PATIENT, WhoAnswered.REPRESENTATIVE):
            for kind in (IdentityKind.DATE_OF_BIRTH, IdentityKind.ADDRESS):
                match_identity(desk, sheet.attempt_id, sheet.claim_token, kind)

    def log(self, desk: OpenDesk, sheet: CallSheet, call: MadeUpCall) -> None:
        """Log an outcome that fits, and check the time it may have set."""
        sheet = calls.sheet(desk, sheet.attempt_id, sheet.claim_token)
        fitting = legal_outcomes(sheet.who_answered, sheet.identity.result, sheet.tier)
        kind = fitting[call.outcome % len(fitting)]
        at = self.clock.now() + call.wait
        others = [row for row in self.read(t.queue_item.c.id, t.queue_item.c.patient_id) if row.id != sheet.item_id]
        twin = self.pick([row.id for row in others if row.patient_id == sheet.patient_id], call.outcome)
        reminder = (NewFollowUp(FollowUpKind.REMINDER_CALL, "Ring again.", at),) if call.outcome % 2 else ()
        entry = OutcomeEntry(
            kind,
            note=call.note,
            call_again_at=at,
            follow_ups=reminder if kind is Outcome.FOLLOW_UP else (),
            situation="Pain.",
            request="Please ring.",
            voicemail_wording="Please call Maple Street.",
            location="12 Elm Street",
            told="911",
            duplicate_of_item_id=twin,
        )
        result = log_outcome(desk, sheet.attempt_id, sheet.claim_token, entry)
        self.last_verb = result.verb_id
        if kind is Outcome.ANOTHER_TIME or (kind is Outcome.FOLLOW_UP and reminder):
            self.check_time(sheet.patient_id, sheet.tier, call.note)

    @rule(which=PICK)
    def resume(self, which: int) -> None:
        """Go on with a cut-off call: its outcome is asked for, nobody is rung."""
        attempt = t.call_attempt.c
        cut_off = [
            row
            for row in self.read(attempt.id, attempt.state, attempt.staff_id)
            if row.state is not AttemptState.LOGGED
        ]
        row = self.pick(cut_off, which)
        if row is not None:
            role = next(role for role, actor in self._people.items() if actor.staff_id == row.staff_id)
            self.tried("resumed", lambda: calls.resume_call(self.by(role), row.id))

    @rule(role=st.sampled_from([Role.NURSE, Role.CLINICIAN]))
    def take_outcome_back(self, role: Role) -> None:
        """Take the last outcome back."""
        self.tried("undone", lambda: undo(self.by(role), self.last_verb))

    @rule(which=PICK, wait=st.sampled_from(WAITS), reason=st.sampled_from(REASONS))
    def schedule(self, which: int, wait: timedelta, reason: str) -> None:
        """Set a time on the queue."""
        item = self.item(which)
        tier = Tier.EMERGENT if item.emergent else Tier(item.priority.value)
        at = self.clock.now() + wait
        if self.tried("scheduled", lambda: schedule_item(self.desk, item.id, at, "before lunch", reason=reason)):
            self.check_time(item.patient_id, tier, reason)

    @rule(which=PICK, tier=st.sampled_from(Tier), what=st.sampled_from(["priority", "wake", "reopen"]))
    def handle(self, which: int, tier: Tier, what: str) -> None:
        """Do something else with a message."""
        item = self.item(which)
        match what:
            case "priority":
                self.tried(what, lambda: set_priority(self.desk, item.id, tier, "as the card says"))
            case "wake":
                self.tried(what, lambda: follow_ups.wake(self.desk, item.id))
            case _:
                self.tried(what, lambda: reopen_item(self.desk, item.id, "still in pain"))

    @rule(
        which=PICK,
        scope=st.sampled_from(OptOutScope),
        number=st.sampled_from(("", *PHONES)),
        channel=st.none() | st.sampled_from([Channel.PHONE, Channel.TEXT]),
    )
    def opt_out(self, which: int, scope: OptOutScope, number: str, channel: Channel | None) -> None:
        """Ask not to be called."""
        card = self.card(which)
        self.tried("opted out", lambda: add_opt_out(self.desk, card, scope, number=number, channel=channel))

    @rule(which=PICK)
    def take_request_back(self, which: int) -> None:
        """Take a request back; a random one, standing or not."""
        fact = self.pick(self.facts, which)
        if fact is not None:
            self.tried(
                "taken back", lambda: take_back_opt_out(self.desk, fact[0], said_by="the patient", how="by phone")
            )

    @rule(
        which=PICK,
        kind=st.sampled_from([SafeContactKind.NOT_BEFORE, SafeContactKind.NO_VOICEMAIL]),
        number=st.sampled_from(PHONES),
        quality=st.none() | st.sampled_from(NumberQuality),
        what=st.sampled_from(["wish", "number", "reopen", "fill in"]),
    )
    def write_card(
        self, which: int, kind: SafeContactKind, number: str, quality: NumberQuality | None, what: str
    ) -> None:
        """Change something on a card."""
        card = self.card(which)
        match what:
            case "wish":
                self.tried(what, lambda: add_instruction(self.desk, card, kind, "11:00"))
            case "number":
                written = CardNumber(number, ContactKind.MOBILE, quality=quality)
                self.tried(what, lambda: add_number(self.desk, card, written))
            case "reopen":
                point = self.pick(self.read(t.contact_point.c.id), which)
                if point is not None:
                    self.tried(what, lambda: reopen_number(self.desk, point.id, "mistyped"))
            case _:
                change_card(self.desk, card, date_of_birth=BORN_ON, address="12 Elm Street")

    @rule(one=PICK, other=PICK, how=st.sampled_from(["merge", "part", "same", "not the same"]))
    def join_cards(self, one: int, other: int, how: str) -> None:
        """Join two cards or part them."""
        first, second = self.card(one), self.card(other)
        if how == "part":
            change_card(self.desk, first, merged_into_id=None)
        elif second not in self.cards.get(first, {first, second}):
            if how == "merge":
                change_card(self.desk, first, merged_into_id=second)
            else:
                say_same(self.desk, first, second, same=how == "same")
        elif how == "not the same" and first != second:
            say_same(self.desk, first, second, same=False)

    @precondition(lambda self: len(self.facts) > 0)
    @rule(not_before=st.sampled_from(QUIET), dials=st.integers(1, 5))
    def change_policy(self, not_before: str, dials: int) -> None:
        """Apply another policy."""
        admin = self.by(Role.ADMIN)
        text = policy.policy_text(admin).split("\n[dialling]\n")[0].rstrip()
        section = f"\n[dialling]\nnot_before = {not_before}\ndials_per_day = {dials}\n"
        self.tried("policy", lambda: policy.apply_policy(admin, text + "\n" + section))

    @rule(wait=st.sampled_from(WAITS))
    def time_passes(self, wait: timedelta) -> None:
        """Let time pass."""
        self.clock.advance(wait)

    # What must hold.

    def check_dial(self, attempt_id: int, patient_id: int, e164: str, reason: str) -> None:
        """Check one call that started or was rung again: past an opt-out only with a reason, on tiers 0 and 1."""
        attempt = t.call_attempt.c
        calls_made = self.read(attempt.id, attempt.tier, attempt.override_reason, attempt.dialled_at)
        row = next(row for row in calls_made if row.id == attempt_id)
        if row.dialled_at is None or not self.silenced(patient_id, e164):
            return
        self.seen["rung past an opt-out"] += 1
        assert reason.strip(), "rung past an opt-out without a reason"
        assert reason.strip() in row.override_reason
        assert row.tier in PRESSING or self.has_pressing(patient_id), "a message that can wait was rung past an opt-out"

    def has_pressing(self, patient_id: int) -> bool:
        """Say whether an urgent message of the person waited before this step: one call is about all of them."""
        return bool(self.pressing & self.cards.get(patient_id, {patient_id}))

    def check_time(self, patient_id: int, tier: Tier, reason: str) -> None:
        """Check a time that was set: with every number shut by an opt-out it needs a reason, on tiers 0 and 1."""
        numbers = [row.value for row in self.points_of(patient_id)]
        assert numbers, "a call was set for somebody without a number"
        if all(self.silenced(patient_id, number) for number in numbers):
            self.seen["set past an opt-out"] += 1
            assert tier in PRESSING, "a call that can wait was set past an opt-out"
            assert reason.strip(), "a call was set past an opt-out without a reason"

    @invariant()
    def nobody_was_rung_who_may_not_be(self) -> None:
        """Read every call that is new in the store, whichever verb put it there, and every fact."""
        attempt, fact, task = t.call_attempt.c, t.opt_out_fact.c, t.follow_up.c
        dial = (attempt.id, attempt.patient_id, attempt.number_dialled, attempt.dialled_at)
        for row in self.read(*dial, attempt.tier, attempt.override_reason):
            if row.id in self.dials or row.dialled_at is None:
                continue
            self.dials.add(row.id)
            if self.silenced(row.patient_id, row.number_dialled):
                assert row.override_reason.strip(), "rung past an opt-out without a reason"
                may_be = row.tier in PRESSING or self.has_pressing(row.patient_id)
                assert may_be, "a message that can wait was rung past an opt-out"
                reviews = [each for each in self.read(task.id, task.kind, task.attempt_id) if each.attempt_id == row.id]
                kinds = {each.kind for each in reviews}
                assert FollowUpKind.OVERRIDE_REVIEW in kinds, "an override that no supervisor will see"
        asked = (fact.id, fact.patient_id, fact.scope, fact.number, fact.channel, fact.revokes_id)
        facts = [tuple(row) for row in self.read(*asked)]
        assert facts[: len(self.facts)] == self.facts, "a request not to be called was changed or lost"
        self.facts = facts
        self.cards = self.joined()
        item = t.queue_item.c
        waiting = (
            row for row in self.read(item.id, item.patient_id, item.state, item.tier_rank) if row.state in IN_QUEUE
        )
        self.pressing = {row.patient_id for row in waiting if row.tier_rank <= Tier.URGENT.rank}
