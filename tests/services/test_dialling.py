"""What the desk knows when it asks whether somebody may be rung: every card of a person, every zone, every dial."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from callback_tui.clock import FixedClock
from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import NumberQuality, Outcome, SafeContactKind, WhoAnswered
from callback_tui.services.call_sheet import gather_for
from callback_tui.services.calls import start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.dialling import Dialling
from callback_tui.services.patients import add_instruction
from callback_tui.services.schedule_item import schedule_item
from callback_tui.store import policy as policies
from callback_tui.store import queue
from callback_tui.store import tables as t
from callback_tui.views.call import DialVerdict, OutcomeEntry
from tests.services.made_up import CHEST, PAIN, REFILL, add_number, audited, give_card, leave, opt_out
from tests.services.test_outcomes import end

OTHER = "+12125550120"


def dialling_of(desk: OpenDesk, item_id: int) -> Dialling:
    """Return what decides about ringing the patient of an item now."""
    with desk.store.read() as connection:
        policy = policies.current(connection)[1]
        item = queue.item(connection, item_id)
        assert item is not None
        return gather_for(connection, item, policy, policy.site_of(item.site_name), desk.clock.now())


def change_card(desk: OpenDesk, patient_id: int, **values: Any) -> None:
    """Write columns of a card."""
    with desk.store.write() as connection:
        connection.execute(update(t.patient).where(t.patient.c.id == patient_id).values(**values))


def say_same(desk: OpenDesk, one: int, other: int, *, same: bool) -> None:
    """Keep what somebody said of two cards."""
    values = {"patient_id": min(one, other), "other_patient_id": max(one, other), "same": same}
    said = {"said_at": desk.clock.now(), "said_by_id": desk.actor.staff_id}
    with desk.store.write() as connection:
        connection.execute(insert(t.same_person_answer).values(**values, **said))


def two_cards(desk: OpenDesk, words: str = REFILL) -> tuple[int, int, int, int]:
    """Return two messages of one man under two names, and the ids of his two cards."""
    first, second = leave(desk, words), leave(desk, words, "Thomas Reid", OTHER)
    return first, second, give_card(desk, first), give_card(desk, second)


@pytest.mark.parametrize("way", ["merged", "merged the other way", "merged twice over", "said to be the same"])
def test_what_was_asked_on_one_card_holds_on_all_of_the_person(desk: OpenDesk, way: str) -> None:
    """Joining cards copies nothing and drops nothing; parting them again leaves each as it was."""
    first, second, card, other = two_cards(desk)
    opt_out(desk, card)
    add_instruction(desk, card, SafeContactKind.NEVER_NUMBER, OTHER)
    assert dialling_of(desk, second).choices()[0].decision.verdict is DialVerdict.ALLOWED
    match way:
        case "merged":
            change_card(desk, card, merged_into_id=other)
        case "merged the other way":
            change_card(desk, other, merged_into_id=card)
        case "merged twice over":
            between = give_card(desk, leave(desk, name="T. Reid", phone="(212) 555-0121"))
            change_card(desk, card, merged_into_id=between)
            change_card(desk, between, merged_into_id=other)
        case _:
            say_same(desk, card, other, same=False)
            say_same(desk, card, other, same=True)
    for item_id in (first, second):
        known = dialling_of(desk, item_id)
        assert known.choices()[0].decision.code == "opt_out"
        assert [wish.kind for wish in known.facts.instructions] == [SafeContactKind.NEVER_NUMBER]
        assert {"+12125550110", OTHER} <= {number.e164 for number in known.numbers}
        with pytest.raises(CallRefused, match="asked not to be called"):
            start_call(desk, item_id)
    change_card(desk, card, merged_into_id=None)
    change_card(desk, other, merged_into_id=None)
    if way == "said to be the same":
        say_same(desk, card, other, same=False)
    assert dialling_of(desk, second).choices()[0].decision.verdict is DialVerdict.ALLOWED
    assert dialling_of(desk, first).choices()[0].decision.code == "opt_out"


def test_of_a_number_on_two_cards_of_a_person_the_stricter_word_counts(desk: OpenDesk) -> None:
    _, second, card, other = two_cards(desk)
    add_number(desk, card, OTHER, quality=NumberQuality.DEAD, leave_permission="nothing")
    change_card(desk, card, merged_into_id=other)
    known = dialling_of(desk, second)
    number = next(number for number in known.numbers if number.e164 == OTHER)
    assert (number.quality, number.leave_permission.value) == (NumberQuality.DEAD, "nothing")
    assert [each.e164 for each in known.numbers].count(OTHER) == 1


def test_dials_count_for_the_person_and_not_for_the_household(desk: OpenDesk) -> None:
    """Three dials of him, on two cards, are three; his daughter on the same line has had none."""
    first, second, card, other = two_cards(desk)
    change_card(desk, card, merged_into_id=other)
    daughter = leave(desk, name="Lena Reid")
    for item_id in (first, first, second):
        end(desk, item_id, WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER))
    assert dialling_of(desk, second).choices()[0].decision.code == "daily_cap"
    assert dialling_of(desk, daughter).choices()[0].decision.verdict is DialVerdict.ALLOWED


def test_the_cap_ends_with_the_day_where_they_are(desk: OpenDesk, clock: FixedClock) -> None:
    """Late on Monday in New York it is still Monday in California; after their midnight they may be rung again."""
    item_id = leave(desk)
    give_card(desk, item_id, address="12 Elm Street, Sacramento, CA 95814")
    clock.advance(timedelta(hours=1))
    for _ in range(3):
        end(desk, item_id, WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER))
    decision = dialling_of(desk, item_id).choices()[0].decision
    assert (decision.code, decision.next_step) == (
        "daily_cap",
        "They may be rung from 08:00 tomorrow, their time (11:00 tomorrow here); or use the portal.",
    )
    assert decision.allowed_from is not None
    clock.advance(decision.allowed_from - clock.now())
    assert dialling_of(desk, item_id).choices()[0].decision.verdict is DialVerdict.ALLOWED


def test_permitted_ways_are_offered_before_a_reason(desk: OpenDesk, clock: FixedClock) -> None:
    """With a reason in hand the number they allow is rung all the same; the other one says what is permitted first.

    At night, when both need one, it passes as little as it can.
    """
    item_id = leave(desk, CHEST)
    card = give_card(desk, item_id)
    allowed = add_number(desk, card, OTHER, kind="home")
    add_instruction(desk, card, SafeContactKind.NEVER_NUMBER, "(212) 555-0110")
    known = dialling_of(desk, item_id)
    best = known.best(None, "chest pain")
    assert best is not None
    assert (best.contact_point_id, best.decision.code) == (allowed, "")
    first = known.choices()[0].decision
    assert first.verdict is DialVerdict.REASON_NEEDED
    assert first.next_step.startswith("Another of their numbers (home) may be rung without a reason. Use a number")
    clock.advance(timedelta(hours=12))
    late = dialling_of(desk, item_id).best(None, "chest pain")
    assert late is not None
    assert (late.contact_point_id, late.decision.code) == (allowed, "override:quiet_hours")
    asked = known.best(known.numbers[0].contact_point_id, "chest pain")
    assert asked is not None
    assert asked.decision.code == "override:safe_contact"


def test_a_time_set_on_the_queue_is_asked_too(desk: OpenDesk) -> None:
    """Too late in the evening: a routine one is refused with the first right time, an urgent one needs a reason."""
    routine, urgent = leave(desk), leave(desk, PAIN, "Ben Okafor", "(212) 555-0112", minutes_ago=0)
    with pytest.raises(CallRefused, match=r"too late to ring.* They may be rung from 08:00 tomorrow\."):
        schedule_item(desk, routine, desk.clock.now() + timedelta(hours=11), reason="they insist")
    opt_out(desk, give_card(desk, urgent))
    soon = desk.clock.now() + timedelta(minutes=30)
    with pytest.raises(CallRefused) as refused:
        schedule_item(desk, urgent, soon, "before lunch")
    assert refused.value.code == "reason_needed"
    schedule_item(desk, urgent, soon, "before lunch", reason=" pain is worse ")
    (line,) = audited(desk, "item_scheduled")
    assert (line.reason, line.facts["override"]) == ("pain is worse", "override:opt_out")


def test_a_number_that_was_only_heard_comes_last_and_says_so(desk: OpenDesk) -> None:
    item = leave(desk, "call me at 212-555-0110", phone="")
    card = give_card(desk, item)
    add_number(desk, card, OTHER)
    assert [(each.e164, each.heard) for each in dialling_of(desk, item).choices()] == [
        (OTHER, False),
        ("+12125550110", True),
    ]
    other = give_card(desk, leave(desk))
    change_card(desk, other, merged_into_id=card)
    assert not any(each.heard for each in dialling_of(desk, item).choices())
