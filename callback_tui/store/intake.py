"""SQL of the intake: batches, messages by the chunk, their places in the queue."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache, lru_cache, partial
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Integer, Select, Table, func, insert, select, update

from callback_tui.models.types import Day, Flag, SafeText, UTCDateTime
from callback_tui.models.vocabulary import BatchState
from callback_tui.store.tables import (
    feed,
    import_batch,
    message,
    queue_item,
    rejected_row,
    site,
)

_ASKED_AT_ONCE = 500
_NOTHING = "\x00"
"""Stands for NULL on the way to the driver, which takes five times as long over a None; no clean text holds it."""

_sites = cache(lambda: select(site.c.name, site.c.id).where(site.c.active).order_by(site.c.id))


class KnownMessage(NamedTuple):
    """A message that is stored already; `staged_in` names the unpublished batch it stands in."""

    message_id: int
    content_hash: str
    staged_in: int | None


def site_ids(connection: Connection) -> dict[str, int]:
    """Return the ids of the sites of the current policy by their names."""
    rows = connection.execute(_sites())
    return {row.name: row.id for row in rows}


def known_messages(connection: Connection, source: str, keys: Sequence[str]) -> dict[str, KnownMessage]:
    """Return which of these keys the source has given us already."""
    # One statement for any number of keys; a list of them would be spelled out anew for every chunk.
    asked = select(func.json_each(json.dumps(keys)).table_valued("value").c.value)
    rows = connection.execute(
        select(message.c.dedupe_key, message.c.id, message.c.content_hash, message.c.batch_id, import_batch.c.state)
        .outerjoin(import_batch, import_batch.c.id == message.c.batch_id)
        .where(message.c.source == source, message.c.dedupe_key.in_(asked))
    )
    return {
        key: KnownMessage(message_id, content_hash, None if state in (None, BatchState.PUBLISHED) else batch_id)
        for key, message_id, content_hash, batch_id, state in rows
    }


def who_of_message(connection: Connection, message_id: int) -> Any:
    """Return number, caller's name and flags of a stored message."""
    columns = (message.c.phone_e164, message.c.caller_name, message.c.flags)
    return connection.execute(select(*columns).where(message.c.id == message_id)).one()


def next_id(connection: Connection, table: Table) -> int:
    """Return the first free id of a table; inside a writing transaction nobody else can take it."""
    return int(connection.execute(_next_id(table)).scalar_one())


@cache
def _next_id(table: Table) -> Select[int]:
    return select(func.coalesce(func.max(table.c.id), 0) + 1)


def add(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows into one of the tables of the intake; all have the same columns and hold cleaned text only."""
    if rows:
        names = tuple(rows[0])
        add_values(connection, table, names, list(map(itemgetter(*names), rows)))


def add_values(connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows given by the values of the named columns, two or more; they hold cleaned text only.

    The values go to the driver column by column as plain text and numbers: what SQLAlchemy does per value would cost
    more than reading and cleaning the file.
    """
    if not rows:
        return
    statement, converters = _insertion(table, names)
    columns = zip(converters, zip(*rows, strict=True), strict=True)
    plain = [column if convert is None else convert(column) for convert, column in columns]
    connection.exec_driver_sql(statement, list(zip(*plain, strict=True)))


@lru_cache(maxsize=32)
def _insertion(table: Table, names: tuple[str, ...]) -> "tuple[str, tuple[_Converter | None, ...]]":
    """Return the statement, and what makes the values of each column plain."""
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join("nullif(?, char(0))" if table.c[name].nullable else "?" for name in names)
    statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({values})'  # noqa: S608 - our own names
    return statement, tuple(_converter(table.c[name]) for name in names)


_Values = Iterable[Any]
_Converter = Callable[[Sequence[Any]], _Values]


def _converter(column: "Column[Any]") -> _Converter | None:
    if isinstance(column.type, UTCDateTime):
        convert: _Converter | None = _instants
    elif isinstance(column.type, Day):
        convert = partial(map, date.isoformat)
    elif isinstance(column.type, (SafeText, Integer)):
        convert = None
    else:
        # The driver searches long for how to take a bool or an enumeration's word.
        convert = partial(map, int if isinstance(column.type, Flag) else str.__str__)
    return partial(_without_none, convert) if column.nullable else convert


def _without_none(convert: _Converter | None, values: Sequence[Any]) -> _Values:
    if None not in values:
        return convert(values) if convert else values
    told = [value for value in values if value is not None]
    plain = iter(convert(told) if convert and told else told)
    return [_NOTHING if value is None else next(plain) for value in values]


def _instants(values: Sequence[datetime]) -> _Values:
    # What is imported at once has one moment in common, and writing it out costs more than looking.
    same, text = values[0], _instant(values[0])
    return [text if value is same else _instant(value) for value in values]


def _instant(value: datetime) -> str:
    return (value if value.tzinfo is UTC else value.astimezone(UTC)).isoformat("T", "microseconds")


def keep_pages(connection: Connection, kib: int) -> None:
    """Let a connection keep so much of the database in memory."""
    connection.exec_driver_sql(f"PRAGMA cache_size = -{kib}")


def start_batch(connection: Connection, values: Mapping[str, Any]) -> int:
    """Insert a staged batch and return its id."""
    return int(connection.execute(insert(import_batch).values(**values).returning(import_batch.c.id)).scalar_one())


def patients_of_messages(connection: Connection, message_ids: Sequence[int]) -> dict[int, int]:
    """Return the patient of each of these messages."""
    patients: dict[int, int] = {}
    for some in slices(message_ids):
        rows = connection.execute(select(message.c.id, message.c.patient_id).where(message.c.id.in_(some)))
        patients.update({row.id: row.patient_id for row in rows})
    return patients


def adopt(connection: Connection, message_ids: Sequence[int], batch_id: int) -> set[int]:
    """Move messages into this batch, those apart that another import has published; return those that moved."""
    published = select(import_batch.c.id).where(import_batch.c.state == BatchState.PUBLISHED)
    moved: set[int] = set()
    for some in slices(message_ids):
        moved.update(
            connection.execute(
                update(message)
                .where(message.c.id.in_(some), message.c.batch_id.not_in(published))
                .values(batch_id=batch_id)
                .returning(message.c.id)
            ).scalars()
        )
    return moved


def publish_batch(connection: Connection, batch_id: int, values: Mapping[str, Any]) -> None:
    """Mark a batch as published with its counts, even if another import of the same file gave it up meanwhile."""
    connection.execute(
        update(import_batch).where(import_batch.c.id == batch_id).values(state=BatchState.PUBLISHED, **values)
    )


def give_up_leftovers(connection: Connection, batch_id: int, file_sha256: str) -> None:
    """Mark earlier imports of the same file that never ended as undone; their messages were adopted."""
    connection.execute(
        update(import_batch)
        .where(
            import_batch.c.file_sha256 == file_sha256,
            import_batch.c.state == BatchState.STAGED,
            import_batch.c.id != batch_id,
        )
        .values(state=BatchState.UNDONE)
    )


def is_published(connection: Connection, file_sha256: str) -> bool:
    """Say whether a file of these very bytes was imported to its end."""
    batch = import_batch.c
    asked = select(batch.id).where(batch.file_sha256 == file_sha256, batch.state == BatchState.PUBLISHED).limit(1)
    return connection.execute(asked).first() is not None


def rejected_rows(connection: Connection, batch_id: int) -> Sequence[Any]:
    """Return the rejected rows of a batch and of those of the same run, in file order, with the file's name."""
    return connection.execute(
        select(rejected_row, import_batch.c.file_name)
        .join(import_batch, import_batch.c.id == rejected_row.c.batch_id)
        .where((import_batch.c.id == batch_id) | (import_batch.c.run_id == batch_id))
        .order_by(rejected_row.c.batch_id, rejected_row.c.row_number)
    ).all()


def rewrite_message(connection: Connection, message_id: int, values: Mapping[str, Any]) -> None:
    """Replace the words of a message and what was read from them."""
    connection.execute(update(message).where(message.c.id == message_id).values(**values))


def retag_item(connection: Connection, item_id: int, values: Mapping[str, Any]) -> None:
    """Write a new tag to an item; its clock is written by `store.queue.write_state`."""
    connection.execute(update(queue_item).where(queue_item.c.id == item_id).values(**values))


def touch_feed(connection: Connection, source: str, newest_message_at: datetime | None, at: datetime) -> None:
    """Note that a source was imported at `at`, and the newest message it ever gave; none is newer than its import."""
    if newest_message_at is not None and newest_message_at > at:
        newest_message_at = None
    row = connection.execute(select(feed.c.newest_message_at).where(feed.c.source == source)).one_or_none()
    if row is None:
        connection.execute(insert(feed).values(source=source, newest_message_at=newest_message_at, last_import_at=at))
        return
    known = [moment for moment in (row.newest_message_at, newest_message_at) if moment is not None]
    connection.execute(
        update(feed)
        .where(feed.c.source == source)
        .values(newest_message_at=max(known, default=None), last_import_at=at)
    )


def slices(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Yield the values in runs short enough for one statement."""
    for start in range(0, len(values), _ASKED_AT_ONCE):
        yield values[start : start + _ASKED_AT_ONCE]
