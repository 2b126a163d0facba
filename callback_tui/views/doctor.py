"""What `doctor` finds: one check after the other, and the facts of an open desk that they judge."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from callback_tui.models.vocabulary import Tier
from callback_tui.views.desk import AuditVerdict, FeedLine


class CheckState(StrEnum):
    """How a check ended; declared from best to worst."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name for scripts, how it ended, a sentence, and what to do unless it is ok."""

    name: str
    state: CheckState
    sentence: str
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class OnCallFacts:
    """How the on-call roster did lately: failed runs, alerts nobody answered, urgent messages with nobody there."""

    is_found: bool = True
    failed: int = 0
    unanswered: int = 0
    left_alone: int = 0
    is_watched: bool = True


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """What is read of an open desk. `verdict` is None when the person may not verify the audit.

    `newest_at` is the latest instant the audit holds; `drift_seconds` how far the wall clock moved against the
    machine's own since it started, forward above 0. `overdue` counts messages past their next due time by tier.
    """

    schema_version: int
    damage: str
    verdict: AuditVerdict | None
    feeds: tuple[FeedLine, ...]
    newest_at: datetime | None
    drift_seconds: int
    lost_sessions: int
    open_calls: int
    overdue: Mapping[Tier, int]
    on_call: OnCallFacts
