"""SQL of the queue as a whole: every item that waits, each kept as the driver gave it until a value is asked for."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect

from callback_tui.store import tables as t
from callback_tui.store.queue import listed


def waiting(connection: Connection) -> Sequence[Any]:
    """Return every item in the queue, asleep ones too, with what a queue row shows.

    A row equals the one read before unless something in it changed, and becomes our values column by column when they
    are asked for: most rows are only compared.
    """
    statement, row_of = _reading(connection.dialect)
    return [row_of(row) for row in connection.exec_driver_sql(statement).all()]


@lru_cache(maxsize=4)
def _reading(dialect: Dialect) -> tuple[str, type[tuple[Any, ...]]]:
    """Return the statement, and the tuple of stored values whose attributes are ours."""
    query = listed().where(t.in_queue)
    columns = {
        column.name: _attribute(place, column.type.dialect_impl(dialect).result_processor(dialect, None))
        for place, column in enumerate(query.selected_columns)
    }
    return str(query.compile(dialect=dialect)), type("WaitingRow", (tuple,), {"__slots__": (), **columns})


def _attribute(place: int, convert: Callable[[Any], Any] | None) -> property:
    if convert is None:
        return property(itemgetter(place))
    return property(lambda row: convert(row[place]))
