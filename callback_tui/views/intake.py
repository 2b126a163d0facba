"""An import on its way in: rows, messages, reports whose numbers add up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from callback_tui.models.vocabulary import Channel, ReceivedHow, ReviewFlag, Tier
from callback_tui.views.triage import Triage

BY_HAND = "desk"
"""The source of messages taken by hand; it has no imports that could fail to come."""


class RawRow(NamedTuple):
    """One record of a file as the reader found it: cells by the header's own names, all text; `raw` is its own text.

    `damage` is what had to be repaired for that: a code of `intake.rejections`, empty for a whole row.
    """

    number: int
    cells: Mapping[str, str]
    raw: str = ""
    damage: str = ""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row was rejected, or what was noticed about it. `raw` and `file` (a bare name) are for the rejects file."""

    row: int
    code: str
    reason: str
    raw: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is no message to us: outbound, a call leg, an answered call."""

    row: int
    code: str


class PhoneReading(NamedTuple):
    """A number as read: `e164` only when it is valid; the raw text always stays."""

    raw: str
    e164: str | None
    extension: str = ""
    note: str = ""


class ReadMessage(NamedTuple):
    """What was read of one message to the practice; a `ParsedMessage` can also be asked for its tag.

    `dedupe_key` is the source's own id where there is one, else a versioned fingerprint; `content_hash` changes when
    the text does. `received_at` is None when the time could not be read. `age_years` is the patient's, for the tagger.
    """

    row: int
    source: str
    dedupe_key: str
    content_hash: str
    channel: Channel
    received_at: datetime | None
    received_text: str
    received_how: ReceivedHow
    phone: PhoneReading
    caller_name: str
    patient_name: str
    date_of_birth: date | None
    record_number: str
    site_name: str
    subject: str
    body: str
    duration_seconds: int | None
    machine_transcript: bool
    flags: tuple[ReviewFlag, ...]
    age_years: int | None
    tag: Callable[[str, int | None], Triage]


class ParsedMessage(ReadMessage):
    """One message, mapped and cleaned, not yet stored; it is tagged when its tag is first asked for."""

    @cached_property
    def triage(self) -> Triage:
        """The tag of body and subject. Most messages of an import are known already, and tagging costs the most."""
        # The subject comes last, so that the places of hits count in the body.
        return self.tag(f"{self.body}\n{self.subject}" if self.subject else self.body, self.age_years)


class RedFlag(NamedTuple):
    """A row whose words press, and the few words of the rule that fired; it names nobody."""

    row: int
    tier: Tier
    why: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """The counts of a file: read = new + duplicate + updated + skipped + rejected; flagged are among new or updated.

    Of the new and updated ones each is emergent, urgent, routine or informational; `check` counts those a person
    should look at, `red_flags` names the emergent and urgent ones, the most pressing first.
    `no_calls` counts the new ones from patients who asked not to be called; they wait like all others, marked.
    """

    file: str
    format: str
    profile: str
    encoding: str
    read: int = 0
    new: int = 0
    duplicate: int = 0
    updated: int = 0
    flagged: int = 0
    skipped: int = 0
    rejected: int = 0
    emergent: int = 0
    urgent: int = 0
    routine: int = 0
    informational: int = 0
    check: int = 0
    red_flags: tuple[RedFlag, ...] = ()
    no_calls: int = 0
    unreadable: bool = False
    problems: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do when `dry_run`."""

    files: tuple[FileReport, ...]
    batch_id: int | None
    dry_run: bool


@dataclass(frozen=True, slots=True)
class NewMessage:
    """One message taken by hand: over the counter, by phone, or for a made-up practice."""

    channel: Channel
    body: str
    received_at: datetime
    caller_name: str = ""
    patient_name: str = ""
    phone: str = ""
    site_name: str | None = None
    date_of_birth: date | None = None
    record_number: str = ""
    subject: str = ""
    duration_seconds: int | None = None
    machine_transcript: bool = False
