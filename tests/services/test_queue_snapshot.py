"""One snapshot after the other: what nobody changed is not made again, and none differs from one made anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Outcome, Role, WhoAnswered
from callback_tui.services.calls import answer, start_call
from callback_tui.services.demo_store import StoreLater
from callback_tui.services.desk import OpenDesk
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.policy import apply_policy, policy_text
from callback_tui.services.queue import snapshot
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.queue import QueueRow, QueueSnapshot
from tests.services.made_up import HOURS, PAIN, give_card, leave

if TYPE_CHECKING:
    from callback_tui.store.engine import Store

AsRole = Callable[[OpenDesk, Role], OpenDesk]


def checked(desk: OpenDesk) -> QueueSnapshot:
    """Return the next snapshot, which must be the one that a desk without a memory reads."""
    read = snapshot(desk)
    assert read == snapshot(replace(desk, store=cast("Store", StoreLater(lambda: desk.store))))
    return read


def row_of(read: QueueSnapshot, item_id: int) -> QueueRow:
    """Return the row of a message, asleep or not."""
    return next(row for row in (*read.rows, *read.asleep) if row.item_id == item_id)


def test_only_what_changed_is_made_again(desk: OpenDesk, clock: FixedClock, as_role: AsRole) -> None:
    refill, pain = leave(desk), leave(desk, PAIN, "Ben Okafor", "(212) 555-0111")
    give_card(desk, pain, date_of_birth=clock.now().date().replace(year=2020) + timedelta(days=1))
    first = checked(desk)

    def untouched(read: QueueSnapshot, item_id: int) -> bool:
        return row_of(read, item_id) is row_of(first, item_id)

    assert untouched(checked(desk), refill)
    sheet = start_call(desk, refill)
    ringing = checked(desk)
    assert (untouched(ringing, refill), untouched(ringing, pain)) == (False, True)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    result = log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    assert [row.item_id for row in checked(desk).asleep] == [refill]
    assert result.next_at is not None
    clock.advance(result.next_at - clock.now())
    assert checked(desk).asleep == ()
    leave(desk, HOURS, "Ben Okafor", "(212) 555-0111")
    assert row_of(checked(desk), pain).bundle == 1
    before = row_of(checked(desk), pain)
    clock.advance(timedelta(days=1))
    assert row_of(checked(desk), pain).age_years == (before.age_years or 0) + 1
    admin = as_role(desk, Role.ADMIN)
    apply_policy(admin, policy_text(admin).replace('target = "60m"', 'target = "30m"'))
    assert checked(desk).policy != first.policy
