"""Who may be calling back: messages that fit what the caller says, each with what we tried so far."""

from dataclasses import dataclass
from datetime import datetime

from callback_tui.models.vocabulary import ItemState
from callback_tui.views.clock import ClockState
from callback_tui.views.policy import Policy
from callback_tui.views.queue import EarlierCall, Holder


@dataclass(frozen=True, slots=True)
class Caller:
    """One patient with messages that wait, or one message closed lately (`closed_at`).

    `item_id` is the message to open the call with, `more` how many others of the patient wait; `shared` says that
    another patient has the number too. `calls` are our tries, oldest first, `left` the wording we left last.
    """

    item_id: int
    patient_id: int
    who: str
    number: str
    number_kind: str
    shared: bool
    site: str
    state: ItemState
    clock: ClockState
    more: int
    calls: tuple[EarlierCall, ...]
    left: str
    holder: Holder | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class CallersFound:
    """Everybody who fits, waiting ones in calling order first; `enough` is false while too little was typed."""

    callers: tuple[Caller, ...]
    enough: bool
    policy: Policy
    as_of: datetime
