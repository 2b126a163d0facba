"""The on-call roster from an open queue: looked after only while it matters, told to everybody, answered by a key."""

from pathlib import Path

from callback_tui.app import CallbackApp
from callback_tui.clock import FixedClock
from callback_tui.services.sign_in import sign_in
from tests.conftest import PASSPHRASE
from tests.screens.drive import SMALL, at_the_desk
from tests.services.made_up import PAIN, REFILL, audited, leave
from tests.services.made_up_on_call import MINUTE, add_roster, told_by, unattended


def looking(app: CallbackApp) -> bool:
    """Whether a worker looks after the roster."""
    return any(worker.name == "on_call" for worker in app.workers)


async def test_an_open_desk_looks_after_the_roster(desk_folder: Path, clock: FixedClock, tmp_path: Path) -> None:
    """Without a roster or anything urgent no worker runs; then a fetch is done, said, kept on screen, and answered."""
    admin = unattended(desk_folder, clock)
    supervisor = sign_in(desk_folder, "supervisor", PASSPHRASE, clock)
    leave(admin, REFILL)
    async with at_the_desk(supervisor, clock, SMALL) as session:
        session.queue.look_after_roster()
        assert not looking(session.app)
        page = add_roster(admin, tmp_path)
        await session.poll()
        session.queue.look_after_roster()
        assert not looking(session.app)
        leave(admin, PAIN, "Ana Ruiz", "(212) 555-0111", minutes_ago=1)
        await session.poll()
        session.queue.look_after_roster()
        assert looking(session.app)
        await session.settle()
        assert session.status() == "On call: Person 1 fetched 10:42 for 1 urgent at Main."
        await session.poll()
        assert "on call: Person 1 fetched 10:42 for 1 urgent at Main · newest" in session.lines()[2]
        await session.press("r")
        assert session.status() == "Nobody else is fetched: you have it."
        await session.poll()
        assert "on call" not in session.lines()[2]
        clock.advance(10 * MINUTE)
        session.queue.look_after_roster()
        await session.press("r")
        assert session.status() == "Nobody was fetched, so there is nothing to take."
        assert [run[1] for run in told_by(page)] == ["Person 1"]
        assert audited(supervisor, "on_call_acknowledged")[0].who == "Sam Supervisor"
    for opened in (admin, supervisor):
        opened.store.close()
