"""Imports that fail, overlap or meet a new policy: no message is lost, none is counted as here that is not."""

import gc
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from callback_tui.intake import file_rows
from callback_tui.models.vocabulary import BatchState, Role
from callback_tui.rules.sla import derive
from callback_tui.services import file_import
from callback_tui.services.desk import OpenDesk
from callback_tui.services.intake import import_files, previewed_rejects
from callback_tui.services.policy import apply_policy, policy_text
from callback_tui.services.queue import snapshot
from callback_tui.store import policy as policies
from callback_tui.store import queue
from callback_tui.store import tables as t
from callback_tui.views.intake import FileReport
from tests.services.made_up import audited

HEADER = "Message ID,Phone,Patient Name,Received,Message\n"
REFILL = "I need a refill of my lisinopril"


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stage five rows at a time."""
    monkeypatch.setattr(file_import, "CHUNK_ROWS", 5)


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, Sequence[str]], Path]:
    """Return a function that writes rows under the header and returns the path."""

    def write(name: str, rows: Sequence[str]) -> Path:
        path = tmp_path / name
        path.write_text(HEADER + "".join(rows), encoding="utf-8")
        return path

    return write


def people(first: int, last: int) -> list[str]:
    """Return a row for each message id from `first` to `last`, each of a person and number of its own."""
    return [f"{n},(212) 555-01{n:02},P Q{n},2026-11-23 10:{n:02},{REFILL} {n}\n" for n in range(first, last + 1)]


def once(event: Callable[[], object], at_chunk: int) -> Callable[[int], None]:
    """Return a `progress` during which something happens after that many chunks."""
    chunks: list[int] = []

    def progress(rows: int) -> None:
        chunks.append(rows)
        if len(chunks) == at_chunk:
            event()

    return progress


def disk_fails() -> None:
    """Fail as a disk does in the middle of a file."""
    raise OSError("made up")


def cut() -> None:
    """End an import as the key that interrupts does."""
    raise KeyboardInterrupt


def told(report: FileReport) -> tuple[int, int, int, int]:
    """Return read, new, duplicate, updated."""
    assert report.read == report.new + report.duplicate + report.updated + report.skipped + report.rejected
    return (report.read, report.new, report.duplicate, report.updated)


def states(desk: OpenDesk) -> list[BatchState]:
    with desk.store.read() as connection:
        return list(connection.execute(select(t.import_batch.c.state).order_by(t.import_batch.c.id)).scalars())


def test_what_a_failed_file_staged_is_new_in_the_next_file_of_the_run(
    desk: OpenDesk, put: Callable[[str, Sequence[str]], Path]
) -> None:
    paths = [put("a.csv", people(1, 20)), put("b.csv", people(1, 21)), put("c.csv", people(20, 22))]
    report = import_files(desk, paths, progress=once(disk_fails, 3))
    assert report.files[0].unreadable
    assert [told(file) for file in report.files[1:]] == [(21, 21, 0, 0), (3, 1, 2, 0)]
    assert len(snapshot(desk).rows) == 22
    assert report.batch_id == 2
    assert states(desk) == [BatchState.STAGED, BatchState.PUBLISHED, BatchState.PUBLISHED]


def test_an_import_that_published_nothing_names_no_batch(
    desk: OpenDesk, put: Callable[[str, Sequence[str]], Path]
) -> None:
    report = import_files(desk, [put("a.csv", people(1, 9))], progress=once(disk_fails, 1))
    assert (report.files[0].unreadable, report.batch_id) == (True, None)


@pytest.mark.parametrize("at_chunk", [1, 4])
def test_an_import_inside_another_takes_only_what_it_publishes(
    desk: OpenDesk, put: Callable[[str, Sequence[str]], Path], at_chunk: int
) -> None:
    whole, part = put("a.csv", people(1, 20)), put("b.csv", people(1, 5))
    inner: list[FileReport] = []
    outer = import_files(
        desk, [whole], progress=once(lambda: inner.append(import_files(desk, [part]).files[0]), at_chunk)
    )
    assert (told(inner[0]), told(outer.files[0])) == ((5, 5, 0, 0), (20, 15, 5, 0))
    assert len(snapshot(desk).rows) == len({row.item_id for row in snapshot(desk).rows}) == 20


def test_the_same_file_imported_twice_at_once_is_in_the_queue_once(
    desk: OpenDesk, put: Callable[[str, Sequence[str]], Path]
) -> None:
    path = put("a.csv", people(1, 12))
    inner: list[FileReport] = []
    outer = import_files(desk, [path], progress=once(lambda: inner.append(import_files(desk, [path]).files[0]), 2))
    assert (told(inner[0]), told(outer.files[0])) == ((12, 12, 0, 0), (12, 0, 12, 0))
    assert len(snapshot(desk).rows) == 12
    assert states(desk) == [BatchState.PUBLISHED, BatchState.PUBLISHED]


def test_an_import_that_failed_takes_nothing_from_one_that_goes_on(
    desk: OpenDesk, put: Callable[[str, Sequence[str]], Path]
) -> None:
    whole, part = put("a.csv", people(1, 12)), put("b.csv", people(1, 8))
    outer = import_files(
        desk, [whole], progress=once(lambda: import_files(desk, [part], progress=once(disk_fails, 2)), 2)
    )
    assert told(outer.files[0]) == (12, 12, 0, 0)
    assert len(snapshot(desk).rows) == 12


def test_a_policy_applied_during_an_import_makes_its_due_times(
    desk: OpenDesk, put: Callable[[str, Sequence[str]], Path], as_role: Callable[[OpenDesk, Role], OpenDesk]
) -> None:
    admin = as_role(desk, Role.ADMIN)
    stricter = policy_text(admin).replace('routine = { target = "4h"', 'routine = { target = "1h"')
    path = put("a.csv", people(1, 6))
    import_files(desk, [path], progress=once(lambda: apply_policy(admin, stricter), 1))
    with desk.store.read() as connection:
        policy_id, policy, _ = policies.current(connection)
        for item in connection.execute(select(t.queue_item)).all():
            state = derive(queue.clock_events(connection, item.id), policy.sites[0], policy)
            assert (item.due_at, item.next_due_at) == (state.due_at, state.next_due_at)
            assert (state.due_at - state.started_at).total_seconds() == 3600
        versions = connection.execute(select(t.clock_event.c.policy_version_id)).scalars().all()
    assert set(versions) == {policy_id}
    assert len(versions) == 6


def test_an_empty_row_before_the_full_one_changes_nothing(
    desk: OpenDesk, put: Callable[[str, Sequence[str]], Path]
) -> None:
    empty, full = "1,2125550147,Ana,2026-11-23 09:00,\n", f"1,2125550147,Ana,2026-11-23 09:00,{REFILL}\n"
    assert told(import_files(desk, [put("a.csv", [full])]).files[0]) == (1, 1, 0, 0)
    assert told(import_files(desk, [put("b.csv", [empty, full])]).files[0]) == (2, 0, 2, 0)


def test_an_import_that_failed_leaves_an_entry_and_a_dry_run_does_not(
    desk: OpenDesk, put: Callable[[str, Sequence[str]], Path], tmp_path: Path
) -> None:
    path = put("a.csv", people(1, 9))
    import_files(desk, [path, tmp_path / "none.csv"], dry_run=True, progress=once(disk_fails, 1))
    assert audited(desk, "import_failed") == ()
    import_files(desk, [path, tmp_path / "none.csv"], progress=once(disk_fails, 1))
    with pytest.raises(KeyboardInterrupt):
        import_files(desk, [path], progress=once(cut, 2))
    assert [entry.entity_id for entry in audited(desk, "import_failed")] == ["2", "", "1"]


def test_taking_the_rejected_rows_of_a_dry_run_out_is_audited(
    desk: OpenDesk, put: Callable[[str, Sequence[str]], Path]
) -> None:
    report = import_files(desk, [put("a.csv", ["1,\0?,Bo,x,\n"])], dry_run=True)
    assert [(row.file, row.code) for row in previewed_rejects(desk, report)] == [("a.csv", "nul")]
    (entry,) = audited(desk, "rejected_rows_read")
    assert (entry.entity, entry.entity_id) == ("import_batch", "dry run")


def test_a_large_file_read_in_a_process_of_its_own_comes_in_whole(
    desk: OpenDesk, put: Callable[[str, Sequence[str]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_rows, "BYTES_WORTH_A_PROCESS", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    path = put("a.csv", [*people(1, 12), "13,\0?,Bo,x,\n"])
    seen: list[int] = []
    report = import_files(desk, [path, path], progress=seen.append)
    assert [told(file) for file in report.files] == [(13, 12, 0, 0), (13, 0, 12, 0)]
    assert (sum(seen), len(snapshot(desk).rows)) == (26, 12)
    assert gc.isenabled()
    with pytest.raises(KeyboardInterrupt):
        import_files(desk, [put("b.csv", people(14, 40))], progress=once(cut, 2))
    assert states(desk)[-1] is BatchState.STAGED
    assert gc.isenabled()
    assert told(import_files(desk, [put("b.csv", people(14, 40))]).files[0]) == (27, 27, 0, 0)


def test_triage_rules_changed_during_an_import_raise_what_it_brings(
    desk: OpenDesk, put: Callable[[str, Sequence[str]], Path], as_role: Callable[[OpenDesk, Role], OpenDesk]
) -> None:
    admin = as_role(desk, Role.ADMIN)
    own = f'{policy_text(admin)}\n[triage]\nphrases.kill_self = ["the squodge"]\n'
    rows = [*people(1, 3), *(row.replace("refill", "the squodge") for row in people(4, 6))]
    import_files(desk, [put("a.csv", rows)], progress=once(lambda: apply_policy(admin, own), 1))
    assert sorted(row.emergent for row in snapshot(desk).rows) == [False] * 3 + [True] * 3
    import_files(desk, [put("b.csv", [row.replace("refill", "the squodge") for row in people(7, 8)])])
    assert sum(row.emergent for row in snapshot(desk).rows) == 5
