"""Every verb of the queue by its key alone, in one walk: what opens or is said, and what the store has then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from callback_tui.clock import FixedClock
from callback_tui.commands import QUEUE
from callback_tui.models.vocabulary import Outcome, WhoAnswered
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.outcomes import log_outcome
from callback_tui.store import tables as t
from callback_tui.views.call import OutcomeEntry
from tests.screens.drive import WIDE, Session, at_the_desk
from tests.services.made_up import HOURS, leave

CHEST, PAIN, REFILL, HOURS_ROW, MORE = range(5)


def ring(desk: OpenDesk, item_id: int) -> None:
    """Have another desk of the same person ring."""
    start_call(desk, item_id)


def no_answer(desk: OpenDesk, item_id: int) -> None:
    """Have the message rung without an answer, so that it sleeps and can be taken back."""
    sheet = start_call(desk, item_id)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))


@dataclass(frozen=True)
class Proof:
    """What follows from a key: the screen it `opens` or the words that are new, and the tables that differ then.

    `then` are further keys, `back` those that lead to the queue again; `ready` is done to the selected message before.
    """

    then: Sequence[str] = ()
    opens: str = "QueueScreen"
    says: str = ""
    writes: tuple[str, ...] = ()
    back: Sequence[str] = ()
    row: int = REFILL
    first: Sequence[str] = ()
    ready: Callable[[OpenDesk, int], None] | None = None


PROOFS = {
    "queue.call": Proof(opens="CallScreen", writes=("call_attempt", "patient_claim"), back=("f12",), row=HOURS_ROW),
    "queue.next": Proof(opens="CallScreen", writes=("call_attempt", "patient_claim"), back=("f12",)),
    "queue.message": Proof(opens="MessageScreen", back=("escape",)),
    "queue.why": Proof(opens="WhyScreen", back=("escape",)),
    "queue.priority": Proof(then="2", says="Now urgent", writes=("queue_item", "clock_event")),
    "queue.later": Proof(then=(*"214:00", "f4"), says="Paused until 14:00", writes=("queue_item",), row=HOURS_ROW),
    "queue.escalate": Proof(
        then=(*"pain", "f4", *"ring", "f4"), says="Handed to a clinician", writes=("queue_item", "hand_off"), row=PAIN
    ),
    "queue.emergency": Proof(
        then="y", opens="EmergencyScreen", writes=("queue_item", "call_attempt"), back=("escape", "f12")
    ),
    "queue.search": Proof(then=(*"rosa", "enter"), says='search "rosa"', back=("escape",)),
    "queue.pace": Proof(opens="PaceScreen", back=("escape",)),
    "queue.day_lists": Proof(opens="DayListsScreen", back=("escape",)),
    "queue.they_ring": Proof(opens="CallingBackScreen", back=("escape",)),
    "queue.new_message": Proof(opens="NewMessageScreen", back=("escape",)),
    "queue.view": Proof(then="3", says="Queue · mine", writes=("staff_setting",), back=("v", "2")),
    "queue.only": Proof(then="42", says="only medication", writes=("staff_setting",), back=("escape",)),
    "queue.give": Proof(then="n", says="Given to nurses", writes=("queue_item",), row=MORE),
    "queue.break_claim": Proof(then="y", says="Freed from Sam Nurse", writes=("patient_claim",), row=MORE, ready=ring),
    "queue.copy_number": Proof(says="Number copied."),
    "queue.clear_search": Proof(first=("/", *"rosa", "enter"), says="no filter"),
    "queue.asleep": Proof(says="asleep   ", back=("a",)),
    "queue.on_call": Proof(says="Nobody was fetched"),
    "queue.undo": Proof(opens="CallScreen", writes=("call_attempt",), back=("f12",), row=MORE, ready=no_answer),
    "queue.days_closed": Proof(opens="DaysClosedScreen", back=("escape",)),
    "queue.triage_rules": Proof(says="cannot look at the triage rules"),
    "queue.feeds": Proof(opens="SentenceScreen", says="Where messages come from", back=("escape",)),
}


def stored(desk: OpenDesk, tables: Sequence[str]) -> dict[str, list[Any]]:
    """Return what tables hold."""
    with desk.store.read() as connection:
        return {name: [tuple(row) for row in connection.execute(select(t.metadata.tables[name]))] for name in tables}


async def prove(session: Session, desk: OpenDesk, key: str, proof: Proof, item_id: int) -> list[str]:
    """Press the keys of a verb and return what did not follow from them."""
    selected = session.table.select(str(item_id))
    if proof.ready is not None:
        proof.ready(desk, item_id)
        session.queue.read_queue()
        await session.settle()
    for each in proof.first:
        await session.press(each)
    before, text = stored(desk, proof.writes), session.text()
    for each in (key, *proof.then):
        await session.press(each)
    after = stored(desk, proof.writes)
    top = type(session.app.screen).__name__
    problems = [] if selected else [f"{item_id} is not in {session.table.order}"]
    if top != proof.opens:
        problems.append(f"opens {top}: {session.status()}")
    if proof.says and (proof.says in text or proof.says not in session.text()):
        problems.append(f"does not say {proof.says!r}: {session.status()}")
    problems += [f"does not write {name}" for name in proof.writes if after[name] == before[name]]
    for each in proof.back:
        await session.press(each)
    if session.app.screen is not session.queue:
        problems.append(f"leaves {type(session.app.screen).__name__} open")
    return problems


async def test_every_verb_of_the_queue_works_by_its_key(
    desk: OpenDesk, clock: FixedClock, four: tuple[int, ...]
) -> None:
    """A command without a proof fails here: write what follows from it into `PROOFS`."""
    assert set(PROOFS) == {command.id for command in QUEUE}
    more = leave(desk, HOURS, "Priya Nair", "(212) 555-0118")
    found: dict[str, list[str]] = {}
    async with at_the_desk(desk, clock, WIDE) as session:
        for command in QUEUE:
            proof = PROOFS[command.id]
            problems = await prove(session, desk, command.keys[0], proof, (*four, more)[proof.row])
            if problems:
                found[command.id] = problems
                while session.app.screen is not session.queue:
                    session.app.pop_screen()
                    await session.settle()
        dead = await prove(session, desk, "x", Proof(opens="WhyScreen", writes=("queue_item",)), more)
        assert dead == ["opens QueueScreen: " + session.status(), "does not write queue_item"]
    assert found == {}
