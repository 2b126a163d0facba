"""Somebody at a simulated desk: signs in, rings back, logs what came of it, does what is left over, goes home."""

from collections.abc import Generator
from datetime import timedelta
from typing import TYPE_CHECKING

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import (
    CallStep,
    IdentityKind,
    IdentityResult,
    Outcome,
    Role,
    Tier,
    WhoAnswered,
)
from callback_tui.services import calls, identity
from callback_tui.services.calling_back import find_callers, take_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.next_call import next_call
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.presence import seen
from callback_tui.services.queue import peek, snapshot
from callback_tui.services.sign_in import sign_in, sign_off
from callback_tui.services.undo import undo
from callback_tui.views.call import CallSheet
from callback_tui.views.queue import QueueRow
from tests.services.simulated_chores import do_a_chore
from tests.services.simulated_decisions import decide, warn
from tests.services.simulated_entries import entry_for, others_for
from tests.services.simulated_practice import PASSPHRASE, Colleague

if TYPE_CHECKING:
    from tests.services.simulated_week import Week

Doing = Generator[timedelta, None, None]
"""What somebody does, one verb at a time, and how long until the next."""

_ANSWERS = {
    WhoAnswered.PATIENT: 46,
    WhoAnswered.REPRESENTATIVE: 4,
    WhoAnswered.VOICEMAIL: 20,
    WhoAnswered.NOBODY: 14,
    WhoAnswered.SOMEONE_ELSE: 6,
    WhoAnswered.BUSY: 4,
    WhoAnswered.WRONG_NUMBER: 1.5,
    WhoAnswered.DISCONNECTED: 1,
    WhoAnswered.REFUSED: 1,
    WhoAnswered.CUT_OFF: 1,
}
_NOT_NOW = ("held", "may_not_ring", "no_number", "not_waiting", "number_gone")
_OVERTAKEN = ("claim_lost", "call_over", "outcome_logged", "held", "may_not_ring", "no_number")
_BAD_TIME = ("may_not_ring", "reason_needed", "no_number")
_FOR_STAFF = (Tier.ROUTINE, Tier.INFORMATIONAL)


class Crash(Exception):
    """The program died in the middle of what was being done."""


class Caller:
    """One colleague, with a desk of their own while they are signed in."""

    def __init__(self, week: "Week", who: Colleague) -> None:
        """Nobody is at the desk yet."""
        self.week = week
        self.who = who
        self.chance = week.chance
        self.desk: OpenDesk | None = None
        self.on_phone: CallSheet | None = None

    @property
    def at_desk(self) -> OpenDesk:
        """The desk they are signed in to."""
        assert self.desk is not None
        return self.desk

    def sign_in(self) -> None:
        """Open the desk as a program of their own."""
        self.desk = sign_in(self.week.folder, self.who.username, PASSPHRASE, self.week.clock)
        self.week.known.verbs += 1

    def sign_off(self) -> None:
        """Leave the desk in order."""
        sign_off(self.at_desk)
        self.desk = None

    def shift(self, seconds: float, *, alarms_only: bool = False) -> Doing:
        """Work so long; what crashed is opened again and gone on with."""
        until = self.week.clock.now() + timedelta(seconds=seconds)
        self.sign_in()
        while self.week.clock.now() < until:
            try:
                yield from self._finish_cut_off()
                while self.week.clock.now() < until:
                    yield from self._turn(alarms_only=alarms_only)
            except Crash:
                self.at_desk.store.close()
                self.desk = self.on_phone = None
                self.week.count("crash")
                yield timedelta(seconds=self.chance.choice((40, 240, 900)))
                self.sign_in()
        self.sign_off()

    def _turn(self, *, alarms_only: bool) -> Doing:
        luck = self.chance.random()
        if not alarms_only and luck < 0.25:
            yield from do_a_chore(self) if luck < 0.2 else decide(self)
            return
        if luck > 0.85:
            warn(self)
            seen(self.at_desk, self.week.clock.now())
        if not alarms_only and luck < 0.5:
            yield from self._ring_next() if luck < 0.45 else self._take_a_call()
            return
        row = self._choose(alarms_only=alarms_only)
        if row is None:
            yield timedelta(seconds=self.chance.randrange(600, 1800))
            return
        if self.chance.random() < 0.1:
            peek(self.at_desk, row.item_id)
            yield timedelta(seconds=self.chance.randrange(5, 40))
        yield from self._ring(row.item_id)
        yield timedelta(seconds=self.chance.randrange(5, 60))

    def _choose(self, *, alarms_only: bool) -> QueueRow | None:
        now = self.week.clock.now()
        for row in snapshot(self.at_desk).rows:
            tier = row.clock.tier
            clinicians = row.state.value == "escalated" or (tier.always_on and row.attempts > 2)
            mine = {
                Role.CLINICIAN: clinicians or tier.always_on,
                Role.NURSE: not clinicians or self.chance.random() < 0.1,
                Role.STAFF: tier in _FOR_STAFF and not clinicians,
            }[self.who.role]
            if alarms_only:
                mine = tier.always_on
            if mine and row.holder is None and self.week.left_alone.get(row.item_id, now) <= now:
                return row
        return None

    def _ring_next(self) -> Doing:
        found = next_call(self.at_desk)
        self.week.count("asked for the next call")
        if found.sheet is not None:
            yield from self._ringing(found.sheet)
        elif found.item_id is not None:
            yield from self._ring(found.item_id)
        yield timedelta(seconds=self.chance.randrange(60, 400))

    def _take_a_call(self) -> Doing:
        """Somebody who waits for a call rings us instead."""
        rows = snapshot(self.at_desk).rows
        yield timedelta(seconds=self.chance.randrange(5, 30))
        if not rows:
            return
        found = find_callers(self.at_desk, self.chance.choice(rows).who[:3])
        if not found.callers:
            return
        try:
            sheet = take_call(self.at_desk, self.chance.choice(found.callers).item_id)
        except CallRefused as refused:
            self.week.refused(refused, ("held", "not_waiting"))
            return
        self.week.count("rang us")
        self._pick_up(sheet)
        yield from self._talk(sheet)

    def _ring(self, item_id: int) -> Doing:
        try:
            sheet = self._start(item_id)
        except CallRefused as refused:
            self.week.refused(refused, _NOT_NOW)
            self.week.left_alone[item_id] = self.week.clock.now() + timedelta(hours=2)
            yield timedelta(seconds=self.chance.randrange(10, 30))
            return
        yield from self._ringing(sheet)

    def _ringing(self, sheet: CallSheet) -> Doing:
        self._pick_up(sheet)
        self.week.check_call(sheet)
        self.week.rival(self, sheet)
        yield timedelta(seconds=self.chance.randrange(8, 40))
        yield from self._talk(sheet)

    def _start(self, item_id: int) -> CallSheet:
        try:
            return calls.start_call(self.at_desk, item_id)
        except CallRefused as refused:
            if refused.code != "reason_needed":
                raise
        self.week.count("rung with a reason")
        return calls.start_call(self.at_desk, item_id, reason="It cannot wait.")

    def _pick_up(self, sheet: CallSheet) -> None:
        self.on_phone = sheet
        self.week.known.verbs += 1

    def _finish_cut_off(self) -> Doing:
        """Go on with calls that were left without an outcome."""
        for _ in range(2):
            cut_off = calls.unfinished_call(self.at_desk)
            if cut_off is None:
                return
            yield timedelta(seconds=self.chance.randrange(10, 60))
            try:
                sheet = calls.resume_call(self.at_desk, cut_off.attempt_id)
            except CallRefused as refused:
                self.week.refused(refused, _OVERTAKEN)
                return
            self.week.count("resumed")
            self._pick_up(sheet)
            yield timedelta(seconds=self.chance.randrange(10, 40))
            yield from self._talk(sheet)

    def _talk(self, sheet: CallSheet) -> Doing:
        try:
            yield from self._talk_to_the_end(sheet)
        except CallRefused as refused:
            # Somebody took the patient over while this desk slept: the call is left as it is.
            self.week.refused(refused, _OVERTAKEN)
        self.on_phone = None

    def _talk_to_the_end(self, sheet: CallSheet) -> Doing:
        desk, chance = self.at_desk, self.chance
        attempt_id, token = sheet.attempt_id, sheet.claim_token
        if sheet.who_answered is None:
            who = chance.choices(tuple(_ANSWERS), tuple(_ANSWERS.values()))[0]
            sheet = calls.answer(desk, attempt_id, token, who)
            yield timedelta(seconds=chance.randrange(5, 20))
        if sheet.who_answered in (WhoAnswered.PATIENT, WhoAnswered.REPRESENTATIVE):
            while sheet.identity.result is IdentityResult.NOT_ASKED:
                sheet = self._ask(sheet)
                yield timedelta(seconds=chance.randrange(4, 15))
            yield from self._pass_the_time(sheet)
        if chance.random() < 0.04:
            calls.park(desk, attempt_id, token)
            self.week.count("parked")
            return
        yield from self._log(sheet)

    def _ask(self, sheet: CallSheet) -> CallSheet:
        desk, attempt_id, token = self.at_desk, sheet.attempt_id, sheet.claim_token
        luck = self.chance.random()
        if luck < 0.05:
            return identity.mismatch_identity(desk, attempt_id, token)
        if luck < 0.2 and sheet.tier is Tier.INFORMATIONAL:
            return identity.general_only(desk, attempt_id, token)
        kind = next(kind for kind in (*sheet.identity.asked, *IdentityKind) if kind not in sheet.identity.matched)
        return identity.match_identity(desk, attempt_id, token, kind)

    def _pass_the_time(self, sheet: CallSheet) -> Doing:
        desk, chance = self.at_desk, self.chance
        for _ in range(chance.randrange(4)):
            yield timedelta(seconds=chance.randrange(20, 100))
            if chance.random() < 0.03:
                raise Crash
            if chance.random() < 0.01:
                self.week.count("slept through its lease")
                self.on_phone = None
                yield timedelta(seconds=chance.randrange(150, 900))
            calls.heartbeat(desk, sheet.attempt_id, sheet.claim_token)
        if chance.random() < 0.3:
            calls.save_note(desk, sheet.attempt_id, sheet.claim_token, "They feel better; asked about the dose.")
        if chance.random() < 0.3:
            calls.enter_step(desk, sheet.attempt_id, sheet.claim_token, CallStep.CLOSE)

    def _log(self, sheet: CallSheet) -> Doing:
        desk, chance = self.at_desk, self.chance
        entry = entry_for(self, sheet)
        try:
            others = others_for(self, sheet, entry)
            result = log_outcome(desk, sheet.attempt_id, sheet.claim_token, entry, others)
        except CallRefused as refused:
            # The time they would like is one at which they may not be rung: the call ends another way.
            if refused.code not in _BAD_TIME:
                raise
            self.week.refused(refused, _BAD_TIME)
            entry = entry_for(self, sheet, but_not=(Outcome.ANOTHER_TIME, Outcome.FOLLOW_UP))
            result = log_outcome(desk, sheet.attempt_id, sheet.claim_token, entry)
        self.on_phone = None
        self.week.logged(sheet, entry.outcome)
        if chance.random() > 0.04:
            return
        yield timedelta(seconds=chance.randrange(3, 55))
        try:
            undo(desk, result.verb_id)
            self.week.taken_back(sheet, entry.outcome)
            yield timedelta(seconds=chance.randrange(3, 30))
            again = calls.resume_call(desk, sheet.attempt_id)
        except CallRefused as refused:
            self.week.refused(refused, (*_OVERTAKEN, "undo_worked_since"))
            return
        self._pick_up(again)
        yield timedelta(seconds=chance.randrange(3, 30))
        yield from self._log(again)
