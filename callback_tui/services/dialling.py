"""Which of a patient's numbers may be rung now: gathers the facts from the store and asks `rules.may_dial`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from callback_tui.models.vocabulary import LeavePermission, NumberQuality, Tier
from callback_tui.rules.contact_kinds import PHONES, kind_words
from callback_tui.rules.local_day import start_of_day
from callback_tui.rules.may_dial import may_dial, may_leave_message
from callback_tui.rules.patient_zone import patient_zones
from callback_tui.rules.phone import national
from callback_tui.services.take_back import stored_opt_outs
from callback_tui.views.call import DialDecision, DialVerdict, NumberChoice
from callback_tui.views.dial import DialFacts, DialNumber, Ringing, SafeInstruction
from callback_tui.views.policy import Policy, SitePolicy


@dataclass(frozen=True, slots=True)
class Dialling:
    """A patient's phone numbers in the order to try them, with the facts that decide about each.

    `on_card` and `wishes` are the stored contact points and safe-contact instructions these were made of.
    """

    facts: DialFacts
    numbers: tuple[DialNumber, ...]
    tier: Tier
    policy: Policy
    now: datetime
    on_card: Sequence[Any] = ()
    wishes: Sequence[Any] = ()

    @property
    def ringing(self) -> Ringing:
        """What decides when the patient may be rung next."""
        return Ringing(self.facts, self.numbers)

    def choices(self, reason: str = "") -> tuple[NumberChoice, ...]:
        """Return each number with the answer for it; `reason` is what the person wrote to override a rule."""
        return tuple(self._choice(number, reason) for number in self.numbers)

    def best(self, contact_point_id: int | None, reason: str = "") -> NumberChoice | None:
        """Return the number asked for, else the first that may be rung, else the one with the least in its way.

        A reason opens no number while another may be rung without one (domain section 3: permitted ways first).
        """
        if contact_point_id is not None:
            numbers = (number for number in self.numbers if number.contact_point_id == contact_point_id)
            return next((self._choice(number, reason) for number in numbers), None)
        free = next((each for each in self.choices() if each.decision.verdict is DialVerdict.ALLOWED), None)
        return free or min(self.choices(reason), key=lambda each: each.decision.strictness, default=None)

    def voicemail(self, contact_point_id: int | None) -> DialDecision:
        """Return whether a message may be left at a number."""
        for number in self.numbers:
            if number.contact_point_id == contact_point_id:
                return may_leave_message(self.facts, number, self.tier, self.policy, self.now)
        return DialDecision(
            DialVerdict.BLOCKED, "no_number", "That number is no longer on the card.", "Choose another."
        )

    def alternates(self, but_not: int | None) -> int:
        """Return how many other numbers could be rung right away, or with no more than a reason for the hour."""
        return sum(
            choice.decision.verdict is DialVerdict.ALLOWED
            or (self.tier.always_on and choice.decision.allowed_from is not None)
            for choice in self.choices()
            if choice.contact_point_id != but_not
        )

    def _choice(self, number: DialNumber, reason: str) -> NumberChoice:
        decision = self._decision(number, reason)
        if decision.verdict is DialVerdict.REASON_NEEDED:
            others = (each for each in self.numbers if self._decision(each).verdict is DialVerdict.ALLOWED)
            other = next(others, None)
            if other is not None:
                first = f"Another of their numbers ({kind_words(other.kind)}) may be rung without a reason."
                decision = replace(decision, next_step=f"{first} {decision.next_step}")
        return NumberChoice(
            contact_point_id=number.contact_point_id,
            e164=number.e164,
            national=national(number.e164),
            kind=kind_words(number.kind),
            on_file=number.on_file,
            heard=number.quality is NumberQuality.HEARD,
            decision=decision,
        )

    def _decision(self, number: DialNumber, reason: str = "") -> DialDecision:
        return may_dial(self.facts, number, self.tier, self.policy, self.now, reason=reason)


def gather(
    connection: Any,
    *,
    patient_id: int,
    zone: str,
    address: str,
    tier: Tier,
    policy: Policy,
    site: SitePolicy,
    now: datetime,
    cards: Sequence[int] = (),
) -> Dialling:
    """Read what decides about ringing one person; `zone` and `address` are those on the patient's card, or empty.

    `cards` are the person's, where they were read before.
    What was asked on any card of the same person counts, and so do calls to any of them.
    """
    from callback_tui.store import calls
    from callback_tui.store.one_person import cards_of

    cards = cards or cards_of(connection, patient_id)
    on_card = calls.numbers(connection, patient_id, cards)
    wishes = calls.instructions(connection, patient_id, cards)
    numbers = _numbers(on_card)
    zones = patient_zones(zone, address, (number.e164 for number in numbers)) or (site.hours.zone,)
    today = min(start_of_day(now, name) for name in zones)
    facts = DialFacts(
        opt_outs=stored_opt_outs(calls.opt_outs(connection, patient_id, cards)),
        instructions=tuple(SafeInstruction(wish.kind, wish.value, wish.asked_at) for wish in wishes),
        zones=zones,
        dialled_at=calls.dials_since(connection, patient_id, today, cards),
        voicemails_today=calls.voicemails_since(connection, patient_id, today, cards),
    )
    return Dialling(facts=facts, numbers=numbers, on_card=on_card, wishes=wishes, tier=tier, policy=policy, now=now)


def _numbers(points: Iterable[Any]) -> tuple[DialNumber, ...]:
    """Return each phone number once; where several cards of a person have it, what one of them forbids counts.

    What was only heard in a message comes last.
    """
    numbers: dict[str, DialNumber] = {}
    for point in points:
        if point.kind not in PHONES or not point.value.startswith("+"):
            continue
        number = DialNumber(
            contact_point_id=point.id,
            e164=point.value,
            kind=point.kind,
            quality=point.quality,
            leave_permission=point.leave_permission,
            on_file=point.on_file,
            quality_set_at=point.quality_set_at,
        )
        known = numbers.get(number.e164)
        numbers[number.e164] = number if known is None else _stricter(known, number)
    return tuple(sorted(numbers.values(), key=lambda number: number.quality is NumberQuality.HEARD))


def _stricter(number: DialNumber, other: DialNumber) -> DialNumber:
    leave = max(number.leave_permission, other.leave_permission, key=tuple(LeavePermission).index)
    number = replace(number, leave_permission=leave, on_file=number.on_file or other.on_file)
    if number.quality is NumberQuality.HEARD or other.quality is NumberQuality.DEAD:
        number = replace(number, quality=other.quality, quality_set_at=other.quality_set_at)
    return number
