"""Writes many made-up rows at once, and makes copies of them inside the database; for demo desks only."""

from collections.abc import Mapping, Sequence
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


def copy(
    connection: Connection,
    table_name: str,
    ranges: IdRanges,
    free: Mapping[str, int],
    times: int,
    part: tuple[int, int],
) -> None:
    """Insert `times` copies of each row whose id lies in `part`, from the table's first free id on.

    Copies of one row stand together; what pointed at a row in `ranges` points at its copy, other keys stay as they are.
    """
    table = metadata.tables[table_name]
    columns = ", ".join(f'"{column.name}"' for column in table.c)
    values = ", ".join(_copied(table, column.name, ranges, free, times) for column in table.c)
    connection.exec_driver_sql(
        f"WITH RECURSIVE number(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM number WHERE k + 1 < {times}) "  # noqa: S608 - our own names and numbers
        f'INSERT INTO "{table_name}" ({columns}) SELECT {values} FROM "{table_name}" AS made, number '
        f"WHERE made.id >= {part[0]} AND made.id < {part[1]} ORDER BY made.id, number.k"
    )


def _copied(table: Table, name: str, ranges: IdRanges, free: Mapping[str, int], times: int) -> str:
    column = table.c[name]
    if name == "dedupe_key":
        return "made.dedupe_key || '-' || number.k"
    target = table.name if name == "id" else next((key.column.table.name for key in column.foreign_keys), "")
    if target not in ranges:
        return f'made."{name}"'
    first, end = ranges[target]
    moved = f'{free[target]} + (made."{name}" - {first}) * {times} + number.k'
    return f'CASE WHEN made."{name}" >= {first} AND made."{name}" < {end} THEN {moved} ELSE made."{name}" END'


def _defaults(table: Table) -> dict[str, Any]:
    return {
        column.name: None if column.default is None else column.default.arg  # type: ignore[attr-defined] # ours are scalars
        for column in table.c
        if column.name != "id"
    }
