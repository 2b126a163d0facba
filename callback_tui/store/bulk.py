"""Writes many made-up rows at once, and makes copies of them inside the database; for demo desks only."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table

from callback_tui.store.intake import add
from callback_tui.store.tables import metadata

IdRanges = Mapping[str, tuple[int, int]]
"""The ids of each table's rows: the first one, and the one after the last."""


def write(connection: Connection, rows: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows by table, in the order of the tables; what a row does not say is the table's default.

    The texts must be clean already, as those of the intake are.
    """
    for name, made in rows.items():
        table = metadata.tables[name]
        defaults = _defaults(table)
        add(connection, table, [{**defaults, **vars(row)} for row in made])


def copy(connection: Connection, ranges: IdRanges, free: Mapping[str, int], times: int) -> None:
    """Insert `times` copies of the rows in `ranges`, table after table, each from the table's first free id on.

    One copy of all the rows stands behind the other. What pointed at a row in `ranges` points at its copy, so none may
    point at a row of these tables outside of them.
    """
    for name, (first, end) in ranges.items():
        if first < end:
            moved = {f"{kind}_{table}": value for table in ranges for kind, value in _places(table, ranges, free)}
            connection.exec_driver_sql(_copying(name, tuple(ranges)), {**moved, "times": times})


def _places(table: str, ranges: IdRanges, free: Mapping[str, int]) -> list[tuple[str, int]]:
    first, end = ranges[table]
    return [("first", first), ("end", end), ("shift", free[table] - first), ("step", end - first)]


@lru_cache(maxsize=32)
def _copying(table_name: str, copied: tuple[str, ...]) -> str:
    table = metadata.tables[table_name]
    columns = ", ".join(f'"{column.name}"' for column in table.c)
    values = ", ".join(_copied(table, column.name, copied) for column in table.c)
    # A cross join, so that the copies come in the order of their ids and nothing has to be sorted.
    return (
        "WITH RECURSIVE number(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM number WHERE k + 1 < :times) "  # noqa: S608 - our own names
        f'INSERT INTO "{table_name}" ({columns}) SELECT {values} FROM number CROSS JOIN "{table_name}" AS made '
        f"WHERE made.id >= :first_{table_name} AND made.id < :end_{table_name}"
    )


def _copied(table: Table, name: str, copied: tuple[str, ...]) -> str:
    column = table.c[name]
    if name == "dedupe_key":
        return "made.dedupe_key || '-' || number.k"
    target = table.name if name == "id" else next((key.column.table.name for key in column.foreign_keys), "")
    return f'made."{name}" + :shift_{target} + number.k * :step_{target}' if target in copied else f'made."{name}"'


def _defaults(table: Table) -> dict[str, Any]:
    return {
        column.name: None if column.default is None else column.default.arg  # type: ignore[attr-defined] # ours are scalars
        for column in table.c
        if column.name != "id"
    }
