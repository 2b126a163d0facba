"""One file on its way in: read, mapped, tagged, staged by the chunk, then published in one short transaction."""

import gc
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from callback_tui.errors import ImportRefused
from callback_tui.intake.file_rows import FileSource, Row, chunks_of
from callback_tui.intake.mapping import Mapper
from callback_tui.intake.profile import Profile, choose_profile, known_columns
from callback_tui.intake.readers import Reader
from callback_tui.intake.readers.csv_file import CsvFile
from callback_tui.models.vocabulary import BatchState, Priority
from callback_tui.rules.clean import clean
from callback_tui.services.arrivals import Arrivals, Sorted
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.services.no_calls import no_calls_in_batch
from callback_tui.services.retag import use_new_rules
from callback_tui.services.tagged_chunks import tagged_chunks
from callback_tui.services.text_change import apply_change
from callback_tui.views.intake import FileReport, ParsedMessage, RedFlag, RowProblem, SkippedRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from callback_tui.services.desk import Work

CHUNK_ROWS = 2000
_PAGES_KIB = 32_768
"""Of the database in memory during an import: half of what a desk keeps, for a second process reads beside it."""

# an enum member costs a slow look-up each time it is named
_URGENT = Priority.URGENT
_HASH_BLOCK = 1 << 20
_SNIFFED = 4096
_TAG_COUNTS = ("emergent", "urgent", "routine", "informational", "check")
_STORED_COUNTS = ("read", "new", "duplicate", "updated", "flagged", "skipped", "rejected")


@dataclass(frozen=True, slots=True)
class FileOptions:
    """What the person decided about the files instead of leaving it to the program."""

    profile: str | None = None
    encoding: str | None = None
    zone: str | None = None


class FileImport:
    """The import of one file. `run` reads it once; a dry run stops short of every write."""

    def __init__(
        self,
        desk: OpenDesk,
        arrivals: Arrivals,
        *,
        region: str,
        now: datetime,
        options: FileOptions,
        is_dry_run: bool,
    ) -> None:
        """`arrivals` is shared by the files of one run, so that a message in two of them counts once."""
        self._desk = desk
        self._arrivals = arrivals
        self._region = region
        self._now = now
        self._options = options
        self._counts: Counter[str] = Counter()
        self._problems: list[RowProblem] = []
        self._red_flags: list[RedFlag] = []
        self._adopted: list[tuple[int, ParsedMessage]] = []
        self._changed: list[ParsedMessage] = []
        self._newest: datetime | None = None
        self.is_dry_run = is_dry_run
        self.batch_id: int | None = None
        self.is_published = False

    def run(self, path: Path, *, run_id: int | None, progress: Callable[[int], None] | None) -> FileReport:
        """Import the file, or only count in a dry run. Raises ImportRefused when it cannot be read to its end."""
        self._arrivals.start_file()
        try:
            with path.open("rb") as stream:
                reader = self._reader(stream)
                header = reader.header(stream)
                profile = choose_profile(header, self._options.profile)
                Mapper(profile, header)
                report = FileReport(shown_path(path), reader.format, profile.name, reader.encoding)
                if not self.is_dry_run:
                    self.batch_id = self._start_batch(report, stream, run_id)
            with _collector_resting(), chunks_of(self._source(path, profile)) as chunks:
                for rows in tagged_chunks(self._desk, self._arrivals, chunks):
                    self._take(rows)
                    if progress is not None:
                        progress(len(rows))
        except (OSError, UnicodeError) as error:
            raise ImportRefused("unreadable") from error
        if self.batch_id is not None:
            self._publish(self.batch_id, profile)
            self.is_published = True
        self._arrivals.end_file()
        return self._counted(report)

    def _reader(self, stream: BinaryIO) -> Reader:
        head = stream.read(_SNIFFED)
        if not head.strip():
            raise ImportRefused("empty")
        reader = CsvFile(known_columns(), encoding=self._options.encoding)
        if not reader.sniff(head):
            raise ImportRefused("format")
        return reader

    def _source(self, path: Path, profile: Profile) -> FileSource:
        zones = self._arrivals.zones()
        fixed = self._options.zone or profile.zone
        return FileSource(
            path,
            profile.name,
            self._options.encoding,
            self._region,
            (fixed,) * len(zones) if fixed else zones,
            self._arrivals.site_words,
            self._now,
            CHUNK_ROWS,
            self._arrivals.policy.triage,
        )

    def _start_batch(self, report: FileReport, stream: BinaryIO, run_id: int | None) -> int:
        from callback_tui.store import intake

        self._sha256 = sha256_of(stream)
        with self._desk.store.write() as connection:
            intake.keep_pages(connection, _PAGES_KIB)
            return intake.start_batch(
                connection,
                {
                    "run_id": run_id,
                    "file_name": Path(report.file).name,
                    "file_sha256": self._sha256,
                    "format": report.format,
                    "profile": report.profile,
                    "encoding": report.encoding,
                    "state": BatchState.STAGED,
                    "started_at": self._now,
                    "imported_by_id": self._desk.actor.staff_id,
                },
            )

    def _take(self, chunk: list[Row]) -> None:
        messages = [row for row in chunk if isinstance(row, ParsedMessage)]
        problems = [row for row in chunk if isinstance(row, RowProblem)]
        if self.batch_id is None:
            with self._desk.store.read() as connection:
                found = self._arrivals.sort(connection, messages, None)
                self._counts["no_calls"] += self._arrivals.no_calls(connection, found)
        else:
            with self._desk.store.write() as connection:
                found = self._arrivals.sort(connection, messages, self.batch_id)
                self._arrivals.store(connection, found, self.batch_id)
                self._reject(connection, problems)
            self._adopted += found.adopted
            self._changed += found.changed
        self._problems += problems
        self._count(chunk, found)

    def _reject(self, connection: "Connection", problems: list[RowProblem]) -> None:
        from callback_tui.store import intake
        from callback_tui.store.tables import rejected_row

        intake.add(
            connection,
            rejected_row,
            [
                {
                    "batch_id": self.batch_id,
                    "row_number": problem.row,
                    "code": problem.code,
                    "reason": problem.reason,
                    "raw": clean(problem.raw),
                }
                for problem in problems
            ],
        )

    def _count(self, chunk: list[Row], found: Sorted) -> None:
        fresh = [*found.new, *(message for _, message in found.adopted)]
        times = [message.received_at for message in fresh if message.received_at and message.received_at <= self._now]
        self._newest = max([*times, *([self._newest] if self._newest else [])], default=None)
        self._counts.update(
            read=len(chunk),
            new=len(fresh),
            duplicate=found.duplicates,
            updated=len(found.changed),
            flagged=sum(bool(message.flags) for message in fresh) + len(found.changed),
            skipped=sum(isinstance(row, SkippedRow) for row in chunk),
            rejected=sum(isinstance(row, RowProblem) for row in chunk),
        )
        for message in (*fresh, *found.changed):
            tag = message.triage
            tier = tag.tier
            self._counts[tier] += 1
            self._counts["check"] += tag.check
            if tag.priority is _URGENT:
                self._red_flags.append(RedFlag(message.row, tier, tag.summary))

    def _counted(self, report: FileReport) -> FileReport:
        counts = self._counts
        report = replace(
            report,
            read=counts["read"],
            new=counts["new"],
            duplicate=counts["duplicate"],
            updated=counts["updated"],
            flagged=counts["flagged"],
            skipped=counts["skipped"],
            rejected=counts["rejected"],
            emergent=counts["emergent"],
            urgent=counts["urgent"],
            routine=counts["routine"],
            informational=counts["informational"],
            check=counts["check"],
            red_flags=tuple(sorted(self._red_flags, key=lambda flag: (flag.tier.rank, flag.row))),
            no_calls=counts["no_calls"],
            problems=tuple(self._problems),
        )
        if report.read != report.new + report.duplicate + report.updated + report.skipped + report.rejected:
            raise AssertionError("the counts of an import do not add up to the rows read")
        return report

    def _publish(self, batch_id: int, profile: Profile) -> None:
        from callback_tui.store import intake
        from callback_tui.store.engine import CACHE_KIB

        with verb(self._desk, "messages_imported", "import_batch", batch_id) as work:
            self._claim(work.connection, batch_id)
            tagged_by = self._arrivals.policy.triage
            self._arrivals.put_in_queue(
                work.connection, batch_id=batch_id, verb_id=work.verb_id, staff_id=self._desk.actor.staff_id
            )
            if self._arrivals.policy.triage != tagged_by:
                use_new_rules(self._desk, work, tagged_by, self._arrivals.policy, {})
            self._apply_changes(work)
            self._counts["no_calls"] = no_calls_in_batch(work.connection, batch_id)
            counts = {name: self._counts[name] for name in _STORED_COUNTS}
            stored = {f"{name}_count": count for name, count in counts.items()}
            intake.publish_batch(work.connection, batch_id, {**stored, "published_at": work.now})
            intake.touch_feed(work.connection, profile.source, self._newest, work.now)
            intake.give_up_leftovers(work.connection, batch_id, self._sha256)
            intake.keep_pages(work.connection, CACHE_KIB)
            work.facts.update(counts, sha256=self._sha256, profile=profile.name)

    def _claim(self, connection: "Connection", batch_id: int) -> None:
        """Adopt, and count what is ours: who publishes a message first has brought it, the others repeat it."""
        from callback_tui.store import arrivals, intake

        adopted = intake.adopt(connection, [message_id for message_id, _ in self._adopted], batch_id)
        for message_id, message in self._adopted:
            if message_id in adopted:
                self._arrivals.rewrite(connection, message_id, message)
        ours = arrivals.batch_counts(connection, batch_id)
        self._counts["duplicate"] += self._counts["new"] - ours.new
        self._counts["new"] = ours.new
        self._counts["flagged"] = ours.flagged + len(self._changed)
        changed = Counter[str](message.triage.tier for message in self._changed)
        changed["check"] = sum(message.triage.check for message in self._changed)
        for name in _TAG_COUNTS:
            self._counts[name] = getattr(ours, name) + changed[name]

    def _apply_changes(self, work: "Work") -> None:
        for message in self._changed:
            apply_change(self._desk, work, message)


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Keep Python from searching for garbage: what an import makes is in use, and the search takes a sixth of it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def shown_path(path: Path) -> str:
    """Return a path fit for screen and JSON; a file name may hold anything."""
    return clean(str(path), newlines=False)


def sha256_of(stream: BinaryIO) -> str:
    """Return the SHA-256 of a whole stream in hexadecimal, and go back to its start."""
    digest = hashlib.sha256()
    stream.seek(0)
    while block := stream.read(_HASH_BLOCK):
        digest.update(block)
    stream.seek(0)
    return digest.hexdigest()
