"""Which of a patient's numbers may be rung now: gathers the facts from the store and asks `rules.may_dial`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from callback_tui.models.vocabulary import ContactKind, Tier
from callback_tui.rules.known_zone import known_zone
from callback_tui.rules.may_dial import may_dial, may_leave_message
from callback_tui.rules.phone import national, zones_of
from callback_tui.views.call import DialDecision, DialVerdict, NumberChoice
from callback_tui.views.dial import DialFacts, DialNumber, OptOut, SafeInstruction
from callback_tui.views.policy import Policy, SitePolicy

PHONES = frozenset({ContactKind.MOBILE, ContactKind.HOME, ContactKind.WORK, ContactKind.OTHER_PHONE})


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

    def choices(self, reason: str = "") -> tuple[NumberChoice, ...]:
        """Return each number with the answer for it; `reason` is what the person wrote to override a rule."""
        return tuple(self._choice(number, reason) for number in self.numbers)

    def best(self, contact_point_id: int | None, reason: str = "") -> NumberChoice | None:
        """Return the number asked for, else the first that may be rung, else the first that may be with a reason."""
        choices = self.choices(reason)
        if contact_point_id is not None:
            return next((choice for choice in choices if choice.contact_point_id == contact_point_id), None)
        for verdict in DialVerdict:
            for choice in choices:
                if choice.decision.verdict is verdict:
                    return choice
        return None

    def voicemail(self, contact_point_id: int | None) -> DialDecision:
        """Return whether a message may be left at a number."""
        for number in self.numbers:
            if number.contact_point_id == contact_point_id:
                return may_leave_message(self.facts, number, self.tier, self.policy, self.now)
        return DialDecision(
            DialVerdict.BLOCKED, "no_number", "That number is no longer on the card.", "Choose another."
        )

    def alternates(self, but_not: int | None) -> int:
        """Return how many other numbers could be rung right away."""
        return sum(
            choice.decision.verdict is DialVerdict.ALLOWED
            for choice in self.choices()
            if choice.contact_point_id != but_not
        )

    def _choice(self, number: DialNumber, reason: str) -> NumberChoice:
        return NumberChoice(
            contact_point_id=number.contact_point_id,
            e164=number.e164,
            national=national(number.e164),
            kind=number.kind.value.replace("other_phone", "phone"),
            on_file=number.on_file,
            decision=may_dial(self.facts, number, self.tier, self.policy, self.now, reason=reason),
        )


def gather(
    connection: Any, *, patient_id: int, zone: str, tier: Tier, policy: Policy, site: SitePolicy, now: datetime
) -> Dialling:
    """Read what decides about ringing one patient; `zone` is the one on the patient's card, or empty."""
    from callback_tui.store import calls

    on_card = calls.numbers(connection, patient_id)
    wishes = calls.instructions(connection, patient_id)
    numbers = tuple(
        DialNumber(
            contact_point_id=point.id,
            e164=point.value,
            kind=point.kind,
            quality=point.quality,
            leave_permission=point.leave_permission,
            on_file=point.on_file,
        )
        for point in on_card
        if point.kind in PHONES and point.value.startswith("+")
    )
    zones = (zone,) if zone else tuple(sorted({name for number in numbers for name in zones_of(number.e164)}))
    one_zone = len(zones) == 1 and known_zone(zones[0]) is not None
    today = start_of_day(now, zones[0] if one_zone else site.hours.zone)
    facts = DialFacts(
        opt_outs=tuple(
            OptOut(fact.id, fact.scope, fact.number, fact.channel, fact.revokes_id, fact.recorded_at)
            for fact in calls.opt_outs(connection, patient_id)
        ),
        instructions=tuple(SafeInstruction(wish.kind, wish.value) for wish in wishes),
        zones=zones or (site.hours.zone,),
        dials_today=calls.dials_since(connection, patient_id, today),
        voicemails_today=calls.voicemails_since(connection, patient_id, today),
    )
    return Dialling(facts=facts, numbers=numbers, on_card=on_card, wishes=wishes, tier=tier, policy=policy, now=now)


def start_of_day(now: datetime, zone: str) -> datetime:
    """Return midnight of the local day as an instant in UTC."""
    return now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
