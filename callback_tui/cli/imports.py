"""`callback-tui import`: bring message exports in and say what became of every row."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from callback_tui.cli.session import DeskOption, JsonOption, PassphraseFileOption, UserOption, open_desk

if TYPE_CHECKING:
    from callback_tui.services.desk import OpenDesk
    from callback_tui.views.intake import FileReport, ImportReport

DONE_WITH_REJECTS = 3
_PROBLEMS_SHOWN = 10
_RED_FLAGS_SHOWN = 20
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def import_files(
    files: Annotated[list[Path], typer.Argument(help="Exports to bring in.", show_default=False)],
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile", help="ringcentral_detailed, ringcentral_simple, twilio_console, generic.", show_default=False
        ),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="Such as cp1252; else found by itself.", show_default=False)
    ] = None,
    zone: Annotated[
        str | None, typer.Option("--zone", help="Time zone of times without one.", show_default=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    rejects: Annotated[
        Path | None,
        typer.Option(
            "--rejects", help="Write rejected rows to this file; it holds what patients wrote.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
    desk: DeskOption = None,
    user: UserOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Bring message exports into the queue.

    Exit status 3 when rows were rejected or files unreadable.
    """
    from callback_tui.services import intake

    if rejects is not None and any(rejects.resolve() == file.resolve() for file in files):
        raise typer.BadParameter("--rejects names a file to import, which it would overwrite")
    with open_desk(desk, user, passphrase_file) as opened, _rejects_file(rejects, opened) as rejects_file:
        with _progress() as progress:
            report = intake.import_files(
                opened, files, profile=profile, encoding=encoding, zone=zone, dry_run=dry_run, progress=progress
            )
        typer.echo(_document(report) if as_json else _words(report))
        if rejects_file is not None:
            _write_rejects(opened, report, rejects_file)
    if any(file.rejected or file.unreadable for file in report.files):
        raise typer.Exit(DONE_WITH_REJECTS)


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,} rows read"), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("import", total=None)
        yield lambda rows: bar.advance(task, rows)


def _document(report: "ImportReport") -> str:
    import json

    return json.dumps(
        {
            "files": [
                {
                    "file": file.file,
                    "format": file.format,
                    "profile": file.profile,
                    "encoding": file.encoding,
                    "read": file.read,
                    "new": file.new,
                    "duplicate": file.duplicate,
                    "updated": file.updated,
                    "flagged": file.flagged,
                    "skipped": file.skipped,
                    "rejected": file.rejected,
                    "no_calls": file.no_calls,
                    "tags": {
                        "emergent": file.emergent,
                        "urgent": file.urgent,
                        "routine": file.routine,
                        "informational": file.informational,
                        "check": file.check,
                    },
                    "red_flags": [
                        {"row": flag.row, "tier": flag.tier.value, "why": flag.why} for flag in file.red_flags
                    ],
                    "problems": [
                        {"row": problem.row, "code": problem.code, "reason": problem.reason}
                        for problem in file.problems
                    ],
                }
                for file in report.files
            ],
            "batch": report.batch_id,
            "dry_run": report.dry_run,
        },
        ensure_ascii=False,
    )


def _words(report: "ImportReport") -> str:
    lines = [line for file in report.files for line in _lines(file, is_dry_run=report.dry_run)]
    if report.dry_run:
        lines.append("Nothing was written.")
    return "\n".join(lines)


def _lines(file: "FileReport", *, is_dry_run: bool) -> Iterator[str]:
    from callback_tui.rules.priority import TIER_WORDS

    if file.unreadable:
        yield f"{file.file}: not imported. {file.problems[0].reason}"
        return
    yield f"{file.file} ({file.profile}, {file.encoding})"
    if file.emergent:
        yield f"  {file.emergent} may be an emergency: {'bring the file in' if is_dry_run else 'open the queue'} now"
    for flag in file.red_flags[:_RED_FLAGS_SHOWN]:
        yield f"  row {flag.row}, {TIER_WORDS[flag.tier]}: {flag.why}"
    if len(file.red_flags) > _RED_FLAGS_SHOWN:
        yield f"  and {len(file.red_flags) - _RED_FLAGS_SHOWN} more, all urgent or an emergency"
    yield (
        f"  {file.read} rows read: {file.new} new, {file.duplicate} already here, {file.updated} updated,"
        f" {file.skipped} no message to us, {file.rejected} rejected"
    )
    if file.new or file.updated:
        yield (
            f"  by their words: {file.emergent} emergent, {file.urgent} urgent, {file.routine} routine,"
            f" {file.informational} information only; {file.check} to be checked by a person"
        )
    if file.no_calls:
        who = "1 new one is from a patient" if file.no_calls == 1 else f"{file.no_calls} new ones are from patients"
        yield f"  {who} who asked not to be called: marked, and to be answered another way"
    if file.flagged:
        yield f"  {file.flagged} of the new or updated ones need a look: number, name, time or text is missing or odd"
    for problem in file.problems[:_PROBLEMS_SHOWN]:
        yield f"  row {problem.row} rejected: {problem.reason}"
    if len(file.problems) > _PROBLEMS_SHOWN:
        yield f"  and {len(file.problems) - _PROBLEMS_SHOWN} more"


@contextmanager
def _rejects_file(path: Path | None, desk: "OpenDesk") -> Iterator[TextIO | None]:
    """Yield a new file that takes the place of `path` at the end; what cannot be written is refused at the start.

    Refused too: what is no plain file, such as a device, and the desk's own files.
    """
    import os
    import tempfile

    from callback_tui.errors import StoreError

    if path is None:
        yield None
        return
    if (path.exists() and not path.is_file()) or path.resolve().parent == desk.store.folder.resolve():
        raise StoreError("rejects_file")
    try:
        descriptor, name = tempfile.mkstemp(prefix=".rejects-", dir=path.parent)
    except OSError as error:
        raise StoreError("rejects_file") from error
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            yield file
        os.replace(name, path)
    except OSError as error:
        raise StoreError("rejects_file_late") from error
    finally:
        Path(name).unlink(missing_ok=True)


def _write_rejects(desk: "OpenDesk", report: "ImportReport", file: TextIO) -> None:
    import csv

    from callback_tui.services import intake

    if report.dry_run:
        rows = intake.previewed_rejects(desk, report)
    else:
        rows = () if report.batch_id is None else intake.rejected_rows(desk, report.batch_id)
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(("file", "row", "code", "reason", "raw"))
    writer.writerows((_harmless(row.file), row.row, row.code, row.reason, _harmless(row.raw)) for row in rows)


def _harmless(raw: str) -> str:
    # A spreadsheet would run a cell that begins like a formula.
    return f"'{raw}" if raw.lstrip().startswith(_FORMULA_STARTS) else raw
