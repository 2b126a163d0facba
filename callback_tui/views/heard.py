"""What was found in the words of a message, where its fields said nothing: all of it still to be verified."""

from datetime import date
from typing import NamedTuple


class HeardText(NamedTuple):
    """A number (E.164) or a name; `start` and `end` are character offsets into the text."""

    value: str
    start: int
    end: int


class HeardDay(NamedTuple):
    """A date of birth; `start` and `end` are character offsets into the text."""

    value: date
    start: int
    end: int


class Heard(NamedTuple):
    """What one text says about who is to be rung. `caller` is who speaks, `patient` whom they name as theirs."""

    number: HeardText | None = None
    caller: HeardText | None = None
    patient: HeardText | None = None
    born_on: HeardDay | None = None
