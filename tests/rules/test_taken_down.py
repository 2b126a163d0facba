"""A message taken down: what its fields mean, and what still keeps it from being saved."""

from datetime import UTC, date, datetime

import pytest

from callback_tui.models.vocabulary import Tier
from callback_tui.rules.taken_down import TakenAt, message_of, said_back_of, troubles_of

AT = TakenAt("US", date(2026, 11, 24), ("Main", "Maple West", "Maple East"))
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
WHOLE = {"caller": "Ana", "phone": "(212) 555-0188 x12", "body": "call me"}


def test_what_was_understood_is_said_back() -> None:
    assert said_back_of({**WHOLE, "born": "may 3 1971", "site": "maple e"}, AT) == {
        "phone": "2 1 2, 5 5 5, 0 1 8 8, extension 12",
        "born": "3 May 1971, 55 years",
        "site": "Maple East",
    }
    assert said_back_of({"phone": "None", "born": "11/1/2026"}, AT) == {
        "phone": "no number to ring",
        "born": "1 Nov 2026, under 1 year",
    }


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, set()),
        ({"caller": " ", "phone": "", "body": "\n"}, {"caller", "phone", "body"}),
        ({"phone": "555-0188"}, {"phone"}),
        ({"born": "5/3/24"}, {"born"}),
        ({"born": "soon"}, {"born"}),
        ({"site": "maple"}, {"site"}),
    ],
)
def test_what_is_wrong_is_told_by_its_field(values: dict[str, str], wrong: set[str]) -> None:
    assert set(troubles_of({**WHOLE, **values}, AT, Tier.ROUTINE, None)) == wrong


@pytest.mark.parametrize(
    ("suggested", "chosen", "wrong"),
    [
        (Tier.EMERGENT, Tier.ROUTINE, {"reason"}),
        (Tier.URGENT, Tier.EMERGENT, set()),
        (Tier.URGENT, Tier.URGENT, set()),
        (Tier.EMERGENT, None, set()),
    ],
)
def test_only_a_lower_priority_needs_a_reason(suggested: Tier, chosen: Tier | None, wrong: set[str]) -> None:
    assert set(troubles_of(WHOLE, AT, suggested, chosen)) == wrong
    assert not troubles_of({**WHOLE, "reason": "a strain"}, AT, suggested, chosen)


def test_the_message_holds_what_the_fields_say() -> None:
    message = message_of({**WHOLE, "best": " after  5", "born": "5/3/71", "patient": "Leo", "site": "main"}, AT, NOW)
    assert (message.subject, message.date_of_birth) == ("best time to call: after 5", date(1971, 5, 3))
    assert (message.site_name, message.patient_name, message.received_at) == ("Main", "Leo", NOW)
