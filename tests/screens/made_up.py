"""A queue without a store, for texts that a store would have cleaned before any screen sees them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from textual.screen import Screen

from callback_tui.clock import FixedClock
from callback_tui.errors import CallRefused, StoreError
from callback_tui.models.vocabulary import CallReason, Channel, ClockKind, ItemState, Priority, Role, Tier
from callback_tui.rules.policy_file import new_policy_text, parse_policy
from callback_tui.services.desk import OpenDesk
from callback_tui.views.call import CallSheet, OutcomeResult, UnfinishedCall
from callback_tui.views.clock import ClockState
from callback_tui.views.desk import Actor, FeedLine
from callback_tui.views.policy import Policy
from callback_tui.views.queue import ChangeMark, EarlierCall, MessageView, QueueRow, QueueSnapshot, SafeContactCard
from callback_tui.views.triage import Hit, ReadAs

Result = TypeVar("Result")
FOUR_NAMES = ("Rosa Delgado", "Ben Okafor", "Tom Reid", "Lea Brandt")
DANA = Actor(staff_id=7, username="dana", name="Dana Ruiz", role=Role.NURSE)


def made_up_policy() -> Policy:
    """Return the default policy of one practice."""
    return parse_policy(
        new_policy_text(
            name="Maple Street Family Medicine",
            short_name="Maple Street",
            zone="America/New_York",
            region="US",
            callback_number="+12125550100",
        )
    )


@dataclass
class MadeUpQueue:
    """A `QueueSource` of rows by hand; `broken` makes every read fail as a full disk would."""

    clock: FixedClock
    names: tuple[str, ...] = ("Rosa Delgado", "Ben Okafor", "Hana Sato")
    bodies: tuple[str, ...] = ("My chest has been tight since six.",) * 3
    hits: tuple[Hit, ...] = ()
    actor: Actor = DANA
    broken: bool = False
    policy: Policy = field(default_factory=made_up_policy)

    def change_mark(self, known: ChangeMark | None) -> ChangeMark:  # noqa: ARG002  # as the real source is asked
        """Nobody else writes here."""
        self._fail_if_broken()
        return ChangeMark(1, 0, 1)

    def snapshot(self) -> QueueSnapshot:
        """Return one row per name, the first one emergent."""
        self._fail_if_broken()
        now = self.clock.now()
        return QueueSnapshot(
            rows=tuple(self.row(number, name) for number, name in enumerate(self.names, start=1)),
            asleep=(),
            feeds=(FeedLine(self.names[0], now, now, True),) if self.names else (),
            newest_message_at=now,
            last_import_at=now,
            policy=self.policy,
            as_of=now,
            is_demo=True,
        )

    def row(self, number: int, name: str) -> QueueRow:
        """Return a row whose every text is `name`."""
        tier = Tier.EMERGENT if number == 1 else Tier.URGENT
        now = self.clock.now()
        due = now + timedelta(minutes=4 * number)
        clock = ClockState(
            tier=tier,
            started_at=now,
            opens_at=now,
            due_at=due,
            next_due_at=due,
            clock=ClockKind.ALWAYS,
            first_attempt_at=None,
            contact_at=None,
            completed_at=None,
            asleep_until=None,
            scheduled_at=None,
        )
        return QueueRow(
            item_id=number,
            message_id=number,
            patient_id=number,
            site="Main",
            who=name,
            phone_e164="+12125550147",
            phone_raw=name,
            channel=Channel.VOICEMAIL,
            priority=Priority.URGENT,
            emergent=number == 1,
            check=number == 2,
            reason=CallReason.SYMPTOM,
            summary=name,
            state=ItemState.OPEN,
            received_at=now,
            clock=clock,
            attempts=0,
            holder=None,
            bundle=0,
            flags=(),
            search_text=name.casefold(),
        )

    def peek(self, item_id: int) -> MessageView:
        """Return a message whose every text is the row's name, but for its body."""
        name = self.names[item_id - 1]
        hit = Hit(name, name, Tier.EMERGENT, 0, 3, self.bodies[item_id - 1][:3], ReadAs.PRESENT)
        return MessageView(
            item_id=item_id,
            who=name,
            provisional=True,
            number=name,
            number_kind=name,
            date_of_birth_on_file=False,
            age_years=3,
            last_visit=name,
            safe_contact=SafeContactCard(name, name, name, name, None, name),
            channel=Channel.VOICEMAIL,
            received_at=self.clock.now(),
            imported_at=self.clock.now(),
            contacts_today=2,
            subject=name,
            body=self.bodies[item_id - 1],
            machine_transcript=True,
            duration_seconds=38,
            hits=self.hits or (hit,),
            check=True,
            flags=(),
            bundled=(name,),
            earlier=(EarlierCall(self.clock.now(), name, name, name, name),),
        )

    def start_call(self, item_id: int, reason: str) -> CallSheet:
        """Refuse in the row's words."""
        raise CallRefused("may_not_ring", why=self.names[item_id - 1], what_now=reason or self.names[item_id - 1])

    def unfinished_call(self) -> UnfinishedCall | None:
        """Nothing was cut off."""
        return None

    def resume_call(self, attempt_id: int) -> CallSheet:  # noqa: ARG002  # as above
        """There is nothing to go on with."""
        raise CallRefused("call_over")

    def undo(self, verb_id: str) -> str:  # noqa: ARG002  # as above
        """There is nothing to take back."""
        raise CallRefused("too_late")

    def last_undoable(self) -> OutcomeResult | None:
        """Nothing was logged."""
        return None

    def call_screen(self, sheet: CallSheet) -> Screen[OutcomeResult | None]:  # noqa: ARG002  # as above
        """No call ever starts."""
        raise CallRefused("call_over")

    def ask(self, verb: Callable[[OpenDesk], Result]) -> Result:  # noqa: ARG002  # as above
        """No desk stands behind these rows."""
        raise StoreError("disk")

    def _fail_if_broken(self) -> None:
        if self.broken:
            raise StoreError("disk")
