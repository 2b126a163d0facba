"""Test what a call costs the store: statements are counted, not timed."""

from collections import Counter

from sqlalchemy import Engine, event

from callback_tui.models.vocabulary import IdentityKind, WhoAnswered
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.identity import match_identity
from callback_tui.services.queue import snapshot
from tests.services.made_up import give_card, leave

MOST = {"queue": 13, "start": 38, "answer": 26, "first match": 25, "last match": 32}
"""Statements of one step; a step that reads the same thing twice or row by row goes past them."""


def test_a_step_of_a_call_costs_few_statements(desk: OpenDesk) -> None:
    """What decides about a call is read once, whoever asks; the queue costs the same however much waits in it."""
    first = leave(desk)
    give_card(desk, first)
    for number in range(10, 30):
        leave(desk, name=f"Ann Reid {number}", phone=f"(212) 555-01{number}")
    counted: Counter[str] = Counter()
    doing = ""

    def count(*_: object) -> None:
        counted[doing] += 1

    event.listen(Engine, "before_cursor_execute", count)
    try:
        doing = "queue"
        snapshot(desk)
        doing = "start"
        sheet = start_call(desk, first)
        doing = "answer"
        answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.PATIENT)
        doing = "first match"
        match_identity(desk, sheet.attempt_id, sheet.claim_token, IdentityKind.DATE_OF_BIRTH)
        doing = "last match"
        match_identity(desk, sheet.attempt_id, sheet.claim_token, IdentityKind.ADDRESS)
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    assert not counted - Counter(MOST), counted
    assert set(counted) == set(MOST)
