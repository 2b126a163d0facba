"""Triage rules by their keys: switched off with a warning, phrases added, texts tried, a count before saving."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.widgets import TextArea

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Role
from callback_tui.rules.triage.own import own_rules
from callback_tui.screens.confirm import ConfirmScreen, SentenceScreen
from callback_tui.screens.few_fields import FewFields
from callback_tui.screens.queue import QueueScreen
from callback_tui.screens.triage_rules import TriageRulesScreen
from callback_tui.screens.try_texts import TryTextsScreen, tried
from callback_tui.services.desk import OpenDesk
from callback_tui.services.policy import current_policy, policy_text
from callback_tui.services.queue import snapshot
from callback_tui.views.triage import NO_OWN_RULES
from callback_tui.widgets.status_line import StatusLine
from tests.screens.drive import SMALL, Session, at_the_desk
from tests.services.made_up import leave

AsRole = Callable[[OpenDesk, Role], OpenDesk]
SQUODGE = "There is a squodge on my foot, please call."


@asynccontextmanager
async def triage_rules(desk: OpenDesk, clock: FixedClock) -> AsyncIterator[Session]:
    """Run the app and open the rules with their key."""
    async with at_the_desk(desk, clock, SMALL) as session:
        await session.press("T")
        session.top(TriageRulesScreen)
        yield session


def status(session: Session) -> str:
    """Return the sentence in the status line."""
    return str(session.top(TriageRulesScreen).query_one(StatusLine).visual)


def said(session: Session) -> str:
    """Return what the terminal shows as one line, without borders."""
    return " ".join(line.strip("│ ") for line in session.lines())


async def test_a_phrase_is_added_counted_and_put_in_force(desk: OpenDesk, clock: FixedClock, as_role: AsRole) -> None:
    item, text = leave(desk, SQUODGE), policy_text(desk)
    async with triage_rules(as_role(desk, Role.ADMIN), clock) as session:
        assert "chest.pain" in session.text()
        await session.press("s")
        assert status(session) == "Nothing was changed."
        await session.press("tab")
        assert status(session) == "No phrase of your own yet; a adds one."
        await session.press("a", *"kill selff", "enter", *"squodge", "enter")
        session.top(FewFields)
        assert "near it is kill_self" in said(session)
        await session.press("shift+tab", "backspace", "enter", "end", *["backspace"] * 7, *"the", "enter")
        assert 'write more than "the"' in session.text()
        await session.press(*["backspace"] * 3, *"Squodge", "enter")
        assert '▌[✓] kill_self                "squodge"' in session.text()
        assert "1 phrase · 1 not saved" in session.text()
        await session.press("s")
        session.top(ConfirmScreen)
        assert 'kill_self: "squodge" added' in said(session)
        assert "Of 1 message of the last 30 days: 1 would be raised to 911; none would be lowered." in said(session)
        assert "1 message would be raised at once and none lowered." in said(session)
        await session.press("enter")
        assert policy_text(desk) == text
        await session.press("s", "y")
        assert "Policy version 3 is in force" in status(session)
        assert "not saved" not in session.text()
        await session.press("escape")
        session.top(QueueScreen)
    assert current_policy(desk).triage == own_rules(frozenset(), {"kill_self": frozenset({"squodge"})})
    (row,) = snapshot(desk).rows
    assert (row.item_id, row.clock.tier.value) == (item, "emergent")


async def test_a_rule_is_found_read_and_switched_off_with_a_warning_and_kept_unsaved(
    desk: OpenDesk, clock: FixedClock, as_role: AsRole
) -> None:
    async with triage_rules(as_role(desk, Role.ADMIN), clock) as session:
        await session.press("slash", *"t.pain", "enter", "g")
        assert "▌[✓] !! 911    chest.pain" in session.text()
        await session.press("enter")
        session.top(SentenceScreen)
        assert "chest pain, 911 tier" in session.text()
        assert "sternum" in session.text()
        await session.press("escape", "space")
        assert status(session).startswith(
            'chest.pain: chest pain, 911 tier: messages with "chest" near "pain" would no'
        )
        assert "▌[ ] !! 911    chest.pain               off" in session.text()
        await session.press("escape")
        assert "1 off · 1 not saved" in session.text()
        await session.press("x")
        session.top(TryTextsScreen).query_one(TextArea).text = "no chest pain\nthe squodge"
        await session.settle()
        for words in ("now      routine, please look", '"chest pain"  chest.pain  read as denied', "changed  the same"):
            assert words in session.text()
        await session.press("escape", "escape")
        assert "T shows them" in session.status()
        await session.press("T")
        assert "1 not saved" in session.text()
        await session.press("slash", *"zz", "enter", "escape", "g", "space", "escape")
        session.top(QueueScreen)
        await session.press("T")
        assert "not saved" not in session.text()
    assert current_policy(desk).triage == NO_OWN_RULES


async def test_a_supervisor_counts_and_does_not_save_and_a_nurse_is_told_who_may_look(
    desk: OpenDesk, clock: FixedClock, as_role: AsRole
) -> None:
    async with triage_rules(as_role(desk, Role.SUPERVISOR), clock) as session:
        await session.press("space", "s")
        session.top(SentenceScreen)
        assert "An admin can put this in force." in session.text()
        await session.press("escape")
    async with at_the_desk(as_role(desk, Role.NURSE), clock, SMALL) as session:
        await session.press("T")
        session.top(QueueScreen)
        assert "A nurse cannot look at the triage rules" in session.status()


def test_each_line_that_says_something_is_tried_by_both_sets_of_rules() -> None:
    own = own_rules(frozenset({"chest.pain"}), {"chest": frozenset({"squodge"})})
    first, second = tried("I have chest pain\n\n  \nmy squodge is tight\x1b[31m", NO_OWN_RULES, own)
    assert (first[1].emergent, first[2].emergent) == (True, False)
    assert (second[1].emergent, second[2].emergent) == (False, True)
    assert "\x1b" not in second[0]
    assert len(tried("pain\n" * 500, NO_OWN_RULES, own)) == 100
