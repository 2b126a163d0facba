"""Everything the call screen asks of the services, bound to one call of one desk."""

from collections.abc import Mapping
from datetime import datetime

from callback_tui.models.vocabulary import CallStep, IdentityKind, RecordingAnswer, WhoAnswered
from callback_tui.services import calls, identity, outcomes, policy
from callback_tui.services.desk import OpenDesk
from callback_tui.views.call import CallSheet, ExpectedIdentifiers, OutcomeEntry, OutcomeResult
from callback_tui.views.policy import Policy


class CallVerbs:
    """Each method is one verb, blocks until it is saved, and raises DeskError when it is refused."""

    def __init__(self, desk: OpenDesk, attempt_id: int, token: int) -> None:
        """Bind the desk, the call and the claim on its patient."""
        self._call = (desk, attempt_id, token)

    def policy(self) -> Policy:
        """Return the policy in force."""
        return policy.current_policy(self._call[0])

    def answer(self, who: WhoAnswered, spoke_with: str = "") -> CallSheet:
        """Keep who answered."""
        return calls.answer(*self._call, who, spoke_with)

    def match(self, kind: IdentityKind) -> CallSheet:
        """Tick a kind of identifier, or take the tick back."""
        return identity.match_identity(*self._call, kind)

    def mismatch(self) -> CallSheet:
        """Count an identifier that did not match."""
        return identity.mismatch_identity(*self._call)

    def reveal(self) -> ExpectedIdentifiers:
        """Return what is on file; audited."""
        return identity.reveal_identifiers(*self._call)

    def general_only(self) -> CallSheet:
        """Go on with general information only."""
        return identity.general_only(*self._call)

    def enter(self, step: CallStep) -> CallSheet:
        """Go to a step."""
        return calls.enter_step(*self._call, step)

    def set_recording(self, said: RecordingAnswer) -> CallSheet:
        """Keep the answer to the recording question."""
        return calls.set_recording(*self._call, said)

    def save_note(self, text: str) -> datetime:
        """Keep the notes and return when they were saved (UTC)."""
        return calls.save_note(*self._call, text)

    def heartbeat(self) -> int:
        """Prolong the claim and return the seconds it runs."""
        return calls.heartbeat(*self._call)

    def open_emergency(self) -> CallSheet:
        """Open the emergency path; the sheet then shows the message."""
        return calls.open_emergency(*self._call)

    def park(self) -> None:
        """Leave the call without an outcome."""
        calls.park(*self._call)

    def same_person(self, other_patient_id: int, *, same: bool) -> CallSheet:
        """Keep whether another card is the same person."""
        return calls.answer_same_person(*self._call, other_patient_id, same=same)

    def log(self, entry: OutcomeEntry, others: Mapping[int, OutcomeEntry]) -> OutcomeResult:
        """Log how the call ended, and how for each of the other messages that were talked about."""
        return outcomes.log_outcome(*self._call, entry, others)
