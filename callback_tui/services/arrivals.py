"""Messages on their way into the desk: sorted into new and known, stored, and put into the queue."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from callback_tui.intake.site_words import site_words
from callback_tui.models.vocabulary import ClockEventKind, ItemState, ReviewFlag, Tier
from callback_tui.rules.measures import received_open
from callback_tui.rules.sla import due_at
from callback_tui.rules.start_clock import StartClock
from callback_tui.services.message_columns import MESSAGE_COLUMNS, Place, message_values
from callback_tui.services.no_calls import count_no_calls
from callback_tui.services.patient_match import PatientMatcher
from callback_tui.views.intake import ParsedMessage
from callback_tui.views.policy import Policy, SitePolicy

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from callback_tui.store.arrivals import Those
    from callback_tui.store.intake import KnownMessage

_TIERS = tuple(Tier)
# an enum member costs a slow look-up each time it is named
_IN_FUTURE = ReviewFlag.TIME_IN_FUTURE


@dataclass(slots=True)
class Sorted:
    """What one chunk of messages is to the desk. `adopted` are new ones that stand in an import not published yet."""

    new: list[ParsedMessage] = field(default_factory=list)
    adopted: list[tuple[int, ParsedMessage]] = field(default_factory=list)
    changed: list[ParsedMessage] = field(default_factory=list)
    duplicates: int = 0


class Arrivals:
    """Sorts, stores and places the messages of one import or of one message taken by hand."""

    def __init__(self, *, policy_id: int, policy: Policy, sites: Mapping[str, int], now: datetime) -> None:
        """`sites` are the ids of the policy's sites by name."""
        self._policy_id = policy_id
        self._policy = policy
        self._sites = sites
        self.site_words = site_words(site.name for site in policy.sites)
        self._clocks: dict[str, StartClock] = {}
        self._now = now
        self._patients = PatientMatcher(now)
        self._run_hashes: dict[tuple[str, str], str] = {}
        self._file_hashes: dict[tuple[str, str], str] = {}

    def start_file(self) -> None:
        """Forget what a file before this one left unfinished; what `end_file` kept stays known."""
        self._patients = PatientMatcher(self._now)
        self._file_hashes = {}

    def end_file(self) -> None:
        """Keep what the file brought, so that a repeat in a later file of the run is known."""
        self._run_hashes.update(self._file_hashes)
        self._file_hashes = {}

    def site_of(self, words: str) -> SitePolicy:
        """Return the site a file means: by its name, by the part before " - ", else the first one."""
        return self._policy.sites[self.site_words.number(words)]

    def zones(self) -> tuple[str, ...]:
        """Return the zone of each site, in the policy's order."""
        return tuple(site.hours.zone for site in self._policy.sites)

    @property
    def policy(self) -> Policy:
        """The policy that places messages: the one in force when they were put in the queue last."""
        return self._policy

    def worth_a_tag(self, connection: "Connection", messages: Sequence[ParsedMessage]) -> Iterator[bool]:
        """Say of each message whether it is likely to be new or changed; the others need no tag."""
        known = self._known(connection, messages)
        for message in messages:
            stored = known.get((message.source, message.dedupe_key))
            yield stored is None or stored.content_hash != message.content_hash

    def sort(self, connection: "Connection", messages: Sequence[ParsedMessage], batch_id: int | None) -> Sorted:
        """Tell new messages from known ones; a repeat within the run is known by then. Writes nothing."""
        known = self._known(connection, messages)
        result = Sorted()
        hashes: dict[tuple[str, str], str] = {}
        for message in messages:
            key = (message.source, message.dedupe_key)
            stored = known.get(key)
            earlier = hashes.get(key) or self._file_hashes.get(key) or self._run_hashes.get(key)
            if earlier is None and stored is not None and stored.staged_in in (None, batch_id):
                earlier = stored.content_hash
            if earlier is not None and not (message.body or message.subject):
                # Words that are gone from a later export are kept.
                result.duplicates += 1
                continue
            hashes[key] = message.content_hash
            if earlier == message.content_hash:
                result.duplicates += 1
            elif earlier is not None:
                result.changed.append(message)
            elif stored is not None:
                result.adopted.append((stored.message_id, message))
            else:
                result.new.append(message)
        if batch_id is None:
            self._file_hashes.update(hashes)
        else:
            # What is new stands in the store from now on, so that of a long file only the rest is kept in mind.
            rest = [*result.changed, *(message for _, message in result.adopted)]
            self._file_hashes.update({(message.source, message.dedupe_key): message.content_hash for message in rest})
        return result

    def _known(
        self, connection: "Connection", messages: Sequence[ParsedMessage]
    ) -> "dict[tuple[str, str], KnownMessage]":
        from callback_tui.store import intake

        known: dict[tuple[str, str], KnownMessage] = {}
        for source in {message.source for message in messages}:
            keys = [message.dedupe_key for message in messages if message.source == source]
            known.update(
                {(source, key): value for key, value in intake.known_messages(connection, source, keys).items()}
            )
        return known

    def no_calls(self, connection: "Connection", sorted_messages: Sorted) -> int:
        """Return how many of the new messages are from patients who asked not to be called; writes nothing."""
        fresh = [*sorted_messages.new, *(message for _, message in sorted_messages.adopted)]
        known = self._patients.known(connection, fresh)
        left = [
            (each, message.phone.e164 or "") for each, message in zip(known, fresh, strict=True) if each is not None
        ]
        return count_no_calls(connection, left)

    def store(self, connection: "Connection", sorted_messages: Sorted, batch_id: int | None) -> int:
        """Insert new messages with their patients and return the id of the first; what is adopted stays as it is."""
        from callback_tui.store import intake
        from callback_tui.store.tables import message as message_table

        left = intake.patients_of_messages(connection, [message_id for message_id, _ in sorted_messages.adopted])
        for message_id, message in sorted_messages.adopted:
            self._patients.note_birth(message, left[message_id])
        patient_ids = self._patients.match(connection, sorted_messages.new)
        first_id = intake.next_id(connection, message_table)
        rows = [
            message_values(self.place(message_id, patient_id, message), message, batch_id, self._now)
            for message_id, (message, patient_id) in enumerate(
                zip(sorted_messages.new, patient_ids, strict=True), first_id
            )
        ]
        intake.add_values(connection, message_table, MESSAGE_COLUMNS, rows)
        return first_id

    def rewrite(self, connection: "Connection", message_id: int, message: ParsedMessage) -> None:
        """Write an adopted message as this run has read it; its patient stays."""
        from callback_tui.store import intake

        left = intake.patients_of_messages(connection, [message_id])
        row = self.message_row(self.place(message_id, left[message_id], message), message, None)
        kept = ("id", "batch_id", "source", "dedupe_key", "patient_id")
        intake.rewrite_message(connection, message_id, {name: row[name] for name in row.keys() - set(kept)})

    def put_in_queue(
        self,
        connection: "Connection",
        *,
        verb_id: str,
        staff_id: int,
        batch_id: int | None = None,
        message_id: int | None = None,
    ) -> int:
        """Insert the queue items of a batch or one message, each with its starting clock event; return the first id.

        Numbers and dates of birth that the messages gave reach the patients' cards now. A policy applied since the
        run began makes the due times anew.
        """
        from callback_tui.store import arrivals, patient_match
        from callback_tui.store import policy as policies

        which = arrivals.those(batch_id=batch_id, message_id=message_id)
        policy_id, policy, _ = policies.current(connection)
        if policy_id != self._policy_id:
            self._renew_policy(connection, which, policy_id, policy)
        patient_match.note_numbers(connection, which, self._now)
        patient_match.note_births(connection, self._patients.births)
        return arrivals.put_in_queue(
            connection, which, verb_id=verb_id, policy_version_id=self._policy_id, staff_id=staff_id
        )

    def _renew_policy(self, connection: "Connection", which: "Those", policy_id: int, policy: Policy) -> None:
        from callback_tui.store import arrivals, intake

        names = {site_id: name for name, site_id in self._sites.items()}
        self._policy_id, self._policy = policy_id, policy
        self._sites = intake.site_ids(connection)
        self._clocks = {}
        self.site_words = site_words(site.name for site in policy.sites)
        sites = {site_id: policy.site_of(name) for site_id, name in names.items()}
        starts = []
        for start in arrivals.starts(connection, which):
            site = sites[start.site_id]
            due = due_at(site.targets[_TIERS[start.tier_rank]], site.hours, start.started_at)
            starts.append(start._replace(due_at=due, received_open=received_open(site.hours, start.started_at)))
        arrivals.rewrite_starts(connection, starts)

    def queue_rows(
        self, places: Sequence[Place], first_id: int, verb_id: str, staff_id: int
    ) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Yield the queue item of each place, numbered from `first_id`, with the clock event that starts it."""
        for item_id, place in enumerate(places, first_id):
            item = {
                "id": item_id,
                "message_id": place.message_id,
                "patient_id": place.patient_id,
                "site_id": place.site_id,
                "state": ItemState.OPEN,
                "priority": place.priority,
                "emergent": place.emergent,
                "check": place.check,
                "reason": place.reason,
                "summary": place.summary,
                "tier_rank": place.tier.rank,
                "time_unknown": place.time_unknown,
                "started_at": place.started_at,
                "due_at": place.due_at,
                "next_due_at": place.due_at,
                "received_open": place.received_open,
                "cycle": 1,
                "paused_seconds": 0,
                "was_late": False,
                "warned_percent": 0,
                "attempts": 0,
                "version": 1,
            }
            event = {
                "item_id": item_id,
                "kind": ClockEventKind.STARTED,
                "at": place.started_at,
                "verb_id": verb_id,
                "tier": place.tier,
                "reason": "",
                "policy_version_id": self._policy_id,
                "staff_id": staff_id,
            }
            yield item, event

    def place(self, message_id: int, patient_id: int, message: ParsedMessage) -> Place:
        """Return the place of a stored message in the queue, as the policy has it."""
        site = self.site_of(message.site_name)
        received_at, now, tag = message.received_at, self._now, message.triage
        # A time that cannot be right would hide the message until then, so its clock starts now.
        started_at = now if received_at is None or received_at > now else received_at
        # What `rules.sla.derive` makes of a start alone, without folding events a hundred thousand times.
        tier = tag.tier
        due, was_open = self._clock_of(site).read(site.targets[tier], started_at)
        return Place(
            message_id,
            patient_id,
            self._sites[site.name],
            tag.priority,
            tag.emergent,
            tag.check,
            tag.reason,
            tag.summary,
            tier,
            received_at is None or _IN_FUTURE in message.flags,
            started_at,
            due,
            was_open,
        )

    def _clock_of(self, site: SitePolicy) -> StartClock:
        clock = self._clocks.get(site.name)
        if clock is None:
            clock = self._clocks[site.name] = StartClock(site.hours)
        return clock

    def message_row(self, place: Place, message: ParsedMessage, batch_id: int | None) -> dict[str, Any]:
        """Return the stored columns of a message."""
        return dict(zip(MESSAGE_COLUMNS, message_values(place, message, batch_id, self._now), strict=True))
