"""Who is rung first, and why, in plain words."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from callback_tui.models.vocabulary import ItemState, Priority
from callback_tui.rules.assignment import given_to
from callback_tui.rules.batch_windows import waits_for_window
from callback_tui.rules.channel_words import channel_words
from callback_tui.rules.chaser import chaser_words
from callback_tui.rules.next_call import is_hard
from callback_tui.rules.speak import day_words, desk_zone_of, duration, moment
from callback_tui.views.policy import Policy
from callback_tui.views.queue import QueueRow

_SMALL_CHILD_BELOW_YEARS = 2
_TRIES = {1: "rung once", 2: "rung twice"}


def calling_order(row: QueueRow) -> tuple[int, datetime, bool, int, int]:
    """Return the sort key of a row: emergent, then urgent, then all others, each by next due (domain section 1).

    Among equals a message that triage wants checked comes first, then whoever contacted us more often; the item id
    keeps the order stable.
    """
    if row.emergent:
        group = 0
    elif row.priority is Priority.URGENT:
        group = 1
    else:
        group = 2
    return group, row.clock.next_due_at, not row.check, -row.contacts_open, row.item_id


def what_stands_before(rows: Sequence[QueueRow]) -> dict[int, str]:
    """Return for each of the rows, in calling order, why it is no earlier: "2 urgent calls stand before it"."""
    words: dict[int, str] = {}
    pressing: Counter[str] = Counter()
    earlier = 0
    for row in rows:
        parts = [f"{count} {tier}" for tier, count in pressing.items()] + ([f"{earlier} earlier"] if earlier else [])
        calls = "call stands" if pressing.total() + earlier == 1 else "calls stand"
        counts = " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
        words[row.item_id] = f"{counts} {calls} before it" if counts else "nothing stands before it"
        if row.clock.tier.always_on:
            pressing[row.clock.tier.value] += 1
        else:
            earlier += 1
    return words


def why_first(
    row: QueueRow, policy: Policy, now: datetime, *, before: str = "", staff_id: int | None = None
) -> tuple[str, ...]:
    """Return the reasons for a row's place, most telling first: "due 14:05", "rung twice", "child under 2".

    `before` says what stands before it (`what_stands_before`); `staff_id` is who asks.
    """
    site, desk_zone = policy.site_of(row.site), desk_zone_of(policy)
    say = partial(moment, zone=site.hours.zone, now=now, desk_zone=desk_zone)
    due, late = say(row.clock.next_due_at), now > row.clock.late_after
    reasons = [
        "emergency words in the message: call now" if row.emergent else row.clock.tier.value,
        f"was due {due}" if late else f"due {due}",
        *((before,) if before else ()),
    ]
    if row.no_calls_since is not None:
        reasons.append(f"asked not to be called {day_words(row.no_calls_since, desk_zone, now)}")
    if row.clock.scheduled_at is not None:
        reasons.append(f"we promised {say(row.clock.scheduled_at)}")
    if row.state is ItemState.ESCALATED:
        reasons.append("handed over, no clinician took it in time" if late else "handed over, waits for a clinician")
    reasons += _assigned(row, say, now, staff_id)
    if row.attempts:
        reasons.append(_TRIES.get(row.attempts, f"rung {row.attempts} times"))
    if row.age_years is not None and row.age_years < _SMALL_CHILD_BELOW_YEARS:
        reasons.append(f"child under {_SMALL_CHILD_BELOW_YEARS}")
    chaser = chaser_words(row.contacts_open, row.waiting_since, now)
    if chaser:
        reasons.append(chaser)
    elif row.contacts_today > 1:
        reasons.append(f"{row.contacts_today} messages from them today")
    if row.check:
        reasons.append("needs a person's eye: the words were not clear")
    if row.received_at is None:
        reasons.append("time of the message unknown")
    elif now > row.received_at:
        reasons.append(f"waited {duration((now - row.received_at).days * 86400 + (now - row.received_at).seconds)}")
    opens = waits_for_window(row, site, policy.sharing.batch_windows, now)
    if opens is not None:
        reasons.append(f"can wait for the time set aside for routine calls, from {say(opens)}")
    if not row.emergent and is_hard(row, policy.sharing):
        reasons.append("hard calls are shared: next gives it to whoever had fewest today")
    if row.prefers is not None:
        reasons.append(f"prefers {channel_words(row.prefers)}")
    return tuple(reasons)


def _assigned(row: QueueRow, say: Callable[[datetime], str], now: datetime, staff_id: int | None) -> tuple[str, ...]:
    whose = given_to(row, now)
    if whose is None:
        return ()
    name = "you" if whose.staff_id is not None and whose.staff_id == staff_id else whose.name
    until = f" until {say(row.team_at)}, then the team's" if row.team_at is not None else ""
    return (f"given to {name}{until}",)
