"""The forms that revisions are written in: columns, keys and references of a STRICT table."""

from typing import Any

import sqlalchemy as sa


def text(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """Return a text column: words, instants, dates."""
    return sa.Column(name, sa.Text(), nullable=nullable)


def integer(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """Return a whole-number column: ids, counts, flags."""
    return sa.Column(name, sa.Integer(), nullable=nullable)


def key(table: str, column: str) -> sa.PrimaryKeyConstraint:
    """Return the table's primary key."""
    return sa.PrimaryKeyConstraint(column, name=f"pk_{table}")


def reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """Return a reference from a column to another table's `table.column`."""
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def unique(table: str, column: str) -> sa.UniqueConstraint:
    """Return the rule that no two rows share the column's value."""
    return sa.UniqueConstraint(column, name=f"uq_{table}_{column}")
