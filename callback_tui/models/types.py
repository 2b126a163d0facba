"""Column types: UTC instants, cleaned text, words of an enumeration, dates and flags, all STRICT-table safe."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

from callback_tui.rules.clean import clean

SQLModel.metadata.naming_convention = {
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

BIG_INTEGER: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")

STRICT: dict[str, Any] = {"sqlite_strict": True}


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant, kept as fixed-width UTC text so that text order is time order. Naive values are refused."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        """Turn an aware datetime into UTC text. Raises ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a zone cannot be stored")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """Turn stored text back into an aware UTC datetime."""
        return None if value is None else datetime.fromisoformat(value)


class SafeText(TypeDecorator[str]):
    """Text that can neither steer a terminal nor break a database; cleaned on its way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Return the cleaned text."""
        return None if value is None else clean(value)


class Flag(TypeDecorator[bool]):
    """True or false as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, _dialect: Dialect) -> int | None:
        """Return 1 or 0."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> bool | None:
        """Return the truth of the stored number."""
        return None if value is None else bool(value)


class Day(TypeDecorator[date]):
    """A calendar date such as a date of birth, as ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, _dialect: Dialect) -> str | None:
        """Return the ISO form of the date."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, _dialect: Dialect) -> date | None:
        """Return the stored date."""
        return None if value is None else date.fromisoformat(value)


def word_type(words: type[StrEnum]) -> type[TypeDecorator[Any]]:
    """Return a column type for the words of one enumeration; other words are refused with ValueError both ways."""

    class Word(TypeDecorator[Any]):
        impl = Text
        cache_ok = True

        def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
            return None if value is None else words(value).value

        def process_result_value(self, value: Any, _dialect: Dialect) -> StrEnum | None:
            return None if value is None else words(value)

    Word.__name__ = f"{words.__name__}Word"
    return Word
