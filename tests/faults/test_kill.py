"""kill -9 while messages come in and outcomes are logged: what was acknowledged is there, and the audit chain holds."""

import contextlib
import multiprocessing
import os
import random
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import func, select

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import AttemptState, Channel, ItemState, Outcome, WhoAnswered
from callback_tui.services.audit import verify
from callback_tui.services.calls import answer, save_note, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.intake import import_files, take_message
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.sign_in import sign_in
from callback_tui.store import tables as t
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.intake import NewMessage
from tests.conftest import MONDAY_MORNING, PASSPHRASE
from tests.intake.exports import twilio_messages
from tests.services.made_up import supervisor

KILLS = 20
_ROWS_PER_FILE = 30
_MOST_ACKNOWLEDGED = 24
_AREAS = ("212", "646")


def _work(folder: Path, files: list[Path], seed: int, acknowledged: Connection) -> None:
    """Take a message, ring it, write a note, log the outcome, import a file; say each thing once it is saved."""
    desk = sign_in(folder, "nurse", PASSPHRASE, FixedClock(MONDAY_MORNING))
    acknowledged.send(("signed_in", 0))
    for number, file in enumerate(files):
        item_id = take_message(
            desk,
            NewMessage(
                channel=Channel.VOICEMAIL,
                body="Hello, I need a refill of my inhaler please.",
                received_at=desk.clock.now(),
                caller_name=f"Caller {seed}-{number}",
                phone=f"({_AREAS[seed % 2]}) 555-{100 + (seed // 2) * 8 + number:04}",
            ),
        )
        acknowledged.send(("message", item_id))
        sheet = start_call(desk, item_id)
        acknowledged.send(("attempt", sheet.attempt_id))
        sheet = answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
        save_note(desk, sheet.attempt_id, sheet.claim_token, f"note {number}")
        acknowledged.send(("note", sheet.attempt_id))
        log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
        acknowledged.send(("outcome", sheet.attempt_id))
        report = import_files(desk, [file])
        acknowledged.send(("batch", report.batch_id))


def _check(desk: OpenDesk, acknowledged: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return what was acknowledged and is not in the store."""
    lost = []
    with desk.store.read() as connection:
        attempts = {row.id: row for row in connection.execute(select(t.call_attempt))}
        notes = set(connection.execute(select(t.call_note.c.attempt_id)).scalars())
        items = set(connection.execute(select(t.queue_item.c.id)).scalars())
        batches = set(
            connection.execute(select(t.import_batch.c.id).where(t.import_batch.c.published_at.is_not(None))).scalars()
        )
        for kind, number in acknowledged:
            there = {
                "signed_in": True,
                "message": number in items,
                "attempt": number in attempts,
                "note": number in notes,
                "outcome": number in attempts and attempts[number].state is AttemptState.LOGGED,
                "batch": number in batches,
            }[kind]
            if not there:
                lost.append((kind, number))
    return lost


def _half_done(desk: OpenDesk) -> int:
    """Return how many outcomes lack their retry, plus how many queue items belong to an unpublished import."""
    with desk.store.read() as connection:
        logged = connection.execute(
            select(t.call_attempt.c.item_id).where(t.call_attempt.c.state == AttemptState.LOGGED)
        ).scalars()
        asleep = set(
            connection.execute(select(t.queue_item.c.id).where(t.queue_item.c.state == ItemState.ASLEEP)).scalars()
        )
        unpublished = connection.execute(
            select(func.count())
            .select_from(t.queue_item.join(t.message, t.message.c.id == t.queue_item.c.message_id))
            .join(t.import_batch, t.import_batch.c.id == t.message.c.batch_id)
            .where(t.import_batch.c.published_at.is_(None))
        ).scalar_one()
        return sum(item_id not in asleep for item_id in logged) + unpublished


def test_nothing_acknowledged_is_lost_when_the_desk_is_killed(desk_folder: Path, tmp_path: Path) -> None:
    """Twenty kills, each at a moment drawn from a seed, in the middle of a write."""
    chance = random.Random(20261123)  # noqa: S311 - draws the moment of the kill, no secret
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.test_kill"])
    everything: list[tuple[str, int]] = []
    for seed in range(KILLS):
        files = []
        for number in range(_MOST_ACKNOWLEDGED // 4):
            file = tmp_path / f"export-{seed}-{number}.csv"
            file.write_text(twilio_messages(_ROWS_PER_FILE, seed * 100 + number), "utf-8")
            files.append(file)
        reader, writer = context.Pipe(duplex=False)
        worker = context.Process(target=_work, args=(desk_folder, files, seed, writer))
        worker.start()
        writer.close()
        for _ in range(chance.randint(1, _MOST_ACKNOWLEDGED)):
            everything.append(reader.recv())
        os.kill(worker.pid or 0, signal.SIGKILL)
        worker.join()
        assert worker.exitcode == -signal.SIGKILL
        with contextlib.suppress(EOFError):
            while True:
                everything.append(reader.recv())
        reader.close()
    desk = sign_in(desk_folder, "nurse", PASSPHRASE, FixedClock(MONDAY_MORNING))
    assert len(everything) > KILLS
    assert _check(desk, everything) == []
    assert _half_done(desk) == 0
    verdict = verify(supervisor(desk))
    assert verdict.sound, verdict.problem
    desk.store.close()


def test_the_check_finds_what_is_missing(desk: OpenDesk) -> None:
    """Negative control: an acknowledgement that was never stored is reported."""
    assert _check(desk, [("message", 999), ("outcome", 999), ("batch", 999)]) == [
        ("message", 999),
        ("outcome", 999),
        ("batch", 999),
    ]
