"""Bringing messages in: one taken by hand, or whole files with a report whose numbers add up."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from callback_tui.errors import DeskError, ImportRefused
from callback_tui.intake.encoding import check_encoding
from callback_tui.intake.profile import profiles
from callback_tui.models.vocabulary import Tier
from callback_tui.services.arrivals import Arrivals, Sorted
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.services.file_import import FileImport, FileOptions, shown_path
from callback_tui.services.new_message import read_new_message
from callback_tui.views.intake import BY_HAND, FileReport, ImportReport, NewMessage, RowProblem
from callback_tui.views.triage import Triage

if TYPE_CHECKING:
    from sqlalchemy import Connection


def import_files(
    desk: OpenDesk,
    paths: Sequence[Path],
    *,
    profile: str | None = None,
    encoding: str | None = None,
    zone: str | None = None,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Import files one after the other and return what became of every row; `dry_run` writes nothing.

    `progress` is told how many more rows were read. A file that cannot be read has its own entry and does not stop the
    rest. Raises ImportRefused for an unknown profile, encoding or zone, StoreError when the desk is busy or failing;
    what an import that ended early had staged is taken over by the next import of the same messages.
    """
    options = _checked(FileOptions(profile, encoding, zone))
    now = desk.clock.now()
    with desk.store.read() as connection:
        arrivals, region = _arrivals(desk, connection)
    run_id: int | None = None
    reports = []
    for path in paths:
        file_import = FileImport(desk, arrivals, region=region, now=now, options=options, is_dry_run=dry_run)
        try:
            reports.append(file_import.run(path, run_id=run_id, progress=progress))
        except ImportRefused as refused:
            _note_failure(desk, file_import, refused.code)
            reports.append(_unreadable(path, refused))
        except BaseException:
            # What ended the import matters more than that it could not be noted.
            with suppress(DeskError):
                _note_failure(desk, file_import, "stopped")
            raise
        if file_import.is_published:
            run_id = run_id or file_import.batch_id
    return ImportReport(tuple(reports), run_id, dry_run)


def rejected_rows(desk: OpenDesk, batch_id: int) -> tuple[RowProblem, ...]:
    """Return the rows of an import that could not be read, as they stood in the file; who looked is audited.

    `batch_id` is the import's own, as its report gives it; the rows of every file of that import are returned.
    """
    from callback_tui.store import intake

    with verb(desk, "rejected_rows_read", "import_batch", batch_id) as work:
        rows = intake.rejected_rows(work.connection, batch_id)
        work.facts["rows"] = len(rows)
    return tuple(RowProblem(row.row_number, row.code, row.reason, row.raw, row.file_name) for row in rows)


def previewed_rejects(desk: OpenDesk, report: ImportReport) -> tuple[RowProblem, ...]:
    """Return the rows a dry run could not read, for a file outside the store; who took them out is audited."""
    rows = tuple(
        replace(problem, file=Path(file.file).name)
        for file in report.files
        if not file.unreadable
        for problem in file.problems
    )
    with verb(desk, "rejected_rows_read", "import_batch", "dry run") as work:
        work.facts["rows"] = len(rows)
    return rows


def suggested_tag(desk: OpenDesk, message: NewMessage) -> Triage:
    """Return the tag a message would get if it were taken now; writes nothing."""
    with desk.store.read() as connection:
        arrivals, region = _arrivals(desk, connection)
    return read_new_message(message, arrivals, region=region, now=desk.clock.now(), verb_id="").triage


def take_message(desk: OpenDesk, message: NewMessage, *, tier: Tier | None = None, reason: str = "") -> int:
    """Bring in one message by the same path as an import and return the id of its queue item.

    `tier` is the priority a person gave it, None for what its words say; a lower one needs a `reason`.
    Raises StoreError when the desk is busy or failing, CallRefused and NotAllowed as `set_priority` does.
    """
    from callback_tui.services.set_priority import change_tier
    from callback_tui.store import intake, queue
    from callback_tui.store import policy as policies

    with verb(desk, "message_taken", "queue_item", "", reason=reason.strip()) as work:
        arrivals, region = _arrivals(desk, work.connection)
        parsed = read_new_message(message, arrivals, region=region, now=work.now, verb_id=work.verb_id)
        message_id = arrivals.store(work.connection, Sorted(new=[parsed]), None)
        item_id = arrivals.put_in_queue(
            work.connection, message_id=message_id, verb_id=work.verb_id, staff_id=desk.actor.staff_id
        )
        intake.touch_feed(work.connection, BY_HAND, parsed.received_at, work.now)
        work.entity_id = item_id
        work.facts["message_id"] = message_id
        if tier is not None and tier is not parsed.triage.tier:
            item = queue.item(work.connection, item_id)
            change_tier(desk, work, item, policies.current(work.connection)[1], tier)
    return item_id


def _arrivals(desk: OpenDesk, connection: "Connection") -> tuple[Arrivals, str]:
    from callback_tui.store import intake
    from callback_tui.store import policy as policies

    policy_id, policy, _ = policies.current(connection)
    sites = intake.site_ids(connection)
    return Arrivals(policy_id=policy_id, policy=policy, sites=sites, now=desk.clock.now()), policy.region


def _checked(options: FileOptions) -> FileOptions:
    if options.profile is not None and options.profile not in profiles():
        raise ImportRefused("profile", known=", ".join(profiles()))
    if options.encoding is not None:
        check_encoding(options.encoding)
    if options.zone is not None:
        try:
            ZoneInfo(options.zone)
        except (KeyError, ValueError, OSError) as error:
            raise ImportRefused("zone") from error
    return options


def _note_failure(desk: OpenDesk, file_import: FileImport, code: str) -> None:
    """Audit that the import of a file stopped; a dry run has written nothing and leaves no entry."""
    if file_import.is_dry_run:
        return
    with verb(desk, "import_failed", "import_batch", file_import.batch_id or "") as work:
        work.facts["code"] = code


def _unreadable(path: Path, refused: ImportRefused) -> FileReport:
    reason = f"{refused.sentence} {refused.next_step}".strip()
    return FileReport(shown_path(path), "", "", "", unreadable=True, problems=(RowProblem(0, refused.code, reason),))
