"""Patients' cards: brought in from the chart, numbers, opt-outs and instructions, each with its audit entry."""

from collections.abc import Callable
from datetime import date

import pytest

from callback_tui.errors import CallRefused, DeskError
from callback_tui.models.vocabulary import (
    Channel,
    ContactKind,
    LeavePermission,
    NumberQuality,
    OptOutScope,
    Role,
    SafeContactKind,
)
from callback_tui.services import audit
from callback_tui.services.calls import start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.intake import take_message
from callback_tui.services.patients import add_instruction, add_number, add_opt_out, save_cards
from callback_tui.services.queue import snapshot
from callback_tui.store import calls
from callback_tui.views.intake import NewMessage
from callback_tui.views.patient import CardNumber, PatientCard
from tests.services.made_up import leave

CARD = PatientCard(
    name="Grace Okafor",
    date_of_birth=date(1961, 4, 12),
    record_number="MS-1",
    numbers=(CardNumber("212-555-0147", ContactKind.MOBILE), CardNumber("(212) 555-0148", ContactKind.HOME)),
)


def test_message_from_a_number_on_the_card_is_the_patients(desk: OpenDesk) -> None:
    first, second = save_cards(desk, [CARD, PatientCard(name="Omar Said", numbers=CARD.numbers[:1])])
    now = desk.clock.now()
    take_message(
        desk, NewMessage(Channel.VOICEMAIL, "Refill please", now, patient_name="OKAFOR, GRACE", phone="2125550147")
    )
    (row,) = snapshot(desk).rows
    assert row.patient_id == first != second
    with desk.store.read() as connection:
        numbers = calls.numbers(connection, first)
    assert [(point.value, point.kind, point.on_file, point.quality) for point in numbers] == [
        ("+12125550147", ContactKind.MOBILE, True, NumberQuality.GOOD),
        ("+12125550148", ContactKind.HOME, True, NumberQuality.GOOD),
    ]


def test_unreadable_number_saves_nothing(desk: OpenDesk) -> None:
    with pytest.raises(DeskError, match="cannot be read") as refused:
        save_cards(desk, [CARD, PatientCard(name="Omar Said", numbers=(CardNumber("call me", ContactKind.HOME),))])
    assert "Omar" not in str(refused.value)
    assert save_cards(desk, [CARD]) == (1,)


def test_a_number_written_twice_on_a_card_is_one_number(desk: OpenDesk) -> None:
    twice = (*CARD.numbers, CardNumber("+1 212 555 0147", ContactKind.WORK))
    (patient_id,) = save_cards(desk, [PatientCard(name="Omar Said", numbers=twice)])
    with desk.store.read() as connection:
        numbers = calls.numbers(connection, patient_id)
    assert [(point.value, point.kind) for point in numbers] == [
        ("+12125550147", ContactKind.MOBILE),
        ("+12125550148", ContactKind.HOME),
    ]


def test_further_number_is_tried_last_and_a_known_one_becomes_on_file(desk: OpenDesk) -> None:
    now = desk.clock.now()
    take_message(desk, NewMessage(Channel.TEXT, "Hello", now, patient_name="Ann Lee", phone="2125550150"))
    patient_id = snapshot(desk).rows[0].patient_id
    work = add_number(desk, patient_id, CardNumber("212-555-0151", ContactKind.WORK))
    known = add_number(desk, patient_id, CardNumber("212-555-0150", ContactKind.MOBILE))
    with desk.store.read() as connection:
        numbers = calls.numbers(connection, patient_id)
    assert [point.id for point in numbers] == [work, known]
    assert all(point.on_file for point in numbers)


def test_what_may_be_left_stays_unless_said_and_a_dead_number_stays_dead(desk: OpenDesk) -> None:
    (patient_id,) = save_cards(desk, [CARD])
    dead, silent = NumberQuality.DEAD, LeavePermission.NOTHING
    add_number(desk, patient_id, CardNumber("2125550147", ContactKind.MOBILE, silent, dead))
    add_number(desk, patient_id, CardNumber("+1 212 555 0147", ContactKind.HOME))
    assert point_of(desk, patient_id, "+12125550147") == (ContactKind.HOME, dead, silent)
    add_number(desk, patient_id, CardNumber("2125550147", ContactKind.HOME, quality=NumberQuality.GOOD))
    assert point_of(desk, patient_id, "+12125550147") == (ContactKind.HOME, dead, silent)


def test_a_number_that_is_dead_for_the_desk_is_dead_on_a_new_card_too(desk: OpenDesk) -> None:
    (first,) = save_cards(desk, [CARD])
    add_number(desk, first, CardNumber("2125550147", ContactKind.MOBILE, quality=NumberQuality.DEAD))
    (second,) = save_cards(desk, [PatientCard(name="Omar Said", numbers=(CardNumber("2125550147", ContactKind.HOME),))])
    (third,) = save_cards(desk, [PatientCard(name="Ana Lima")])
    add_number(desk, third, CardNumber("2125550147", ContactKind.HOME, quality=NumberQuality.GOOD))
    for patient_id in (second, third):
        assert point_of(desk, patient_id, "+12125550147")[1] is NumberQuality.DEAD


def point_of(desk: OpenDesk, patient_id: int, e164: str) -> tuple[ContactKind, NumberQuality, LeavePermission]:
    """Return what is kept of one number of the patient."""
    with desk.store.read() as connection:
        (point,) = (point for point in calls.numbers(connection, patient_id) if point.value == e164)
    return point.kind, point.quality, point.leave_permission


def test_a_number_is_kept_out_of_use_however_it_was_written(desk: OpenDesk) -> None:
    (patient_id,) = save_cards(desk, [CARD])
    add_opt_out(desk, patient_id, OptOutScope.NUMBER, number="(212) 555-0147")
    add_instruction(desk, patient_id, SafeContactKind.NEVER_NUMBER, "212.555.0148")
    with desk.store.read() as connection:
        (fact,) = calls.opt_outs(connection, patient_id)
        (wish,) = calls.instructions(connection, patient_id)
    assert (fact.number, wish.value) == ("+12125550147", "+12125550148")
    item_id = leave(desk, name="Grace Okafor", phone="2125550147")
    with pytest.raises(CallRefused) as refused:
        start_call(desk, item_id)
    assert refused.value.sentence.startswith("They asked not to be called")


@pytest.mark.parametrize("written", ["the old one", "555-0147", "212-555-0147 or 212-555-0148"])
def test_a_request_about_a_number_nobody_can_read_is_refused(desk: OpenDesk, written: str) -> None:
    (patient_id,) = save_cards(desk, [CARD])
    with pytest.raises(DeskError, match="not one number"):
        add_opt_out(desk, patient_id, OptOutScope.NUMBER, number=written)
    with pytest.raises(DeskError, match="not one number") as refused:
        add_instruction(desk, patient_id, SafeContactKind.NEVER_NUMBER, written)
    assert "555" not in str(refused.value)
    with pytest.raises(DeskError, match="not one number"):
        add_instruction(desk, patient_id, SafeContactKind.NEVER_NUMBER, " ")


def test_requests_are_kept_and_audited(desk: OpenDesk, as_role: Callable[[OpenDesk, Role], OpenDesk]) -> None:
    (patient_id,) = save_cards(desk, [CARD])
    add_opt_out(desk, patient_id, OptOutScope.CHANNEL, channel=Channel.PHONE, said_by="the patient", how="by text")
    add_instruction(desk, patient_id, SafeContactKind.NOT_BEFORE, "15:00")
    with desk.store.read() as connection:
        (fact,) = calls.opt_outs(connection, patient_id)
        (wish,) = calls.instructions(connection, patient_id)
    assert (fact.scope, fact.channel, fact.how) == (OptOutScope.CHANNEL, Channel.PHONE, "by text")
    assert (wish.kind, wish.value) == (SafeContactKind.NOT_BEFORE, "15:00")
    lines = audit.list_entries(as_role(desk, Role.SUPERVISOR), limit=3)
    assert {line.action for line in lines} == {"cards_saved", "opt_out_added", "instruction_added"}


def test_unknown_patient_is_refused(desk: OpenDesk) -> None:
    with pytest.raises(DeskError, match="no such patient"):
        add_opt_out(desk, 99, OptOutScope.ALL)
    with pytest.raises(DeskError, match="no such patient"):
        add_instruction(desk, 99, SafeContactKind.NO_VOICEMAIL)
    with pytest.raises(DeskError, match="no such patient"):
        add_number(desk, 99, CARD.numbers[0])
