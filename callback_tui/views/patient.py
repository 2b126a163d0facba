"""A patient's card as it is brought in from the chart."""

from dataclasses import dataclass
from datetime import date

from callback_tui.models.vocabulary import Channel, ContactKind, LeavePermission, NumberQuality


@dataclass(frozen=True, slots=True)
class CardNumber:
    """A phone number on the card, as written there, and what may be left on its machine; the first is tried first.

    None means not said: a new number is good and takes the minimum, a known one stays as it is.
    """

    raw: str
    kind: ContactKind
    leave_permission: LeavePermission | None = None
    quality: NumberQuality | None = None


@dataclass(frozen=True, slots=True)
class PatientCard:
    """What the chart says of a patient; `zone` is an IANA name, or empty when the numbers tell. No SSN digits, ever."""

    name: str
    date_of_birth: date | None = None
    record_number: str = ""
    address: str = ""
    zone: str = ""
    language: str = "en"
    needs_interpreter: bool = False
    uses_tty: bool = False
    prefers_channel: Channel | None = None
    last_visit_on: date | None = None
    last_visit_with: str = ""
    numbers: tuple[CardNumber, ...] = ()
