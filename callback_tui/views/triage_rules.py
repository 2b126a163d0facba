"""The practice's own triage rules as an admin looks at them, and what a change of them would do."""

from dataclasses import dataclass

from callback_tui.models.vocabulary import Tier
from callback_tui.views.policy import Policy
from callback_tui.views.triage import OwnRules


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The own rules of the policy version in force; `may_change` says whether who looks may also save."""

    policy: Policy
    version_id: int
    may_change: bool
    is_demo: bool = False

    @property
    def own(self) -> OwnRules:
        """What the practice changed in the rules."""
        return self.policy.triage


@dataclass(frozen=True, slots=True)
class RulesEffect:
    """What other rules would do, compared with those of policy version `version_id`.

    Of the `messages` of the last `days` days so many would get a higher tag, by tier (`to_emergent` to `to_routine`),
    or a lower one. `open_raised` of what waits now would be raised when they are saved; `kept_by_person` would be, had
    nobody decided on it.
    """

    version_id: int
    days: int
    messages: int
    to_emergent: int
    to_urgent: int
    to_routine: int
    lowered: int
    open_raised: int
    kept_by_person: int


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in the list: what fires it in words; `changed` says that it is not saved yet as it stands here."""

    rule: str
    tier: Tier
    cell: str
    meaning: str
    on: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class PhraseLine:
    """One phrase of the practice: `there` is false for one that goes when this is saved."""

    concept: str
    phrase: str
    there: bool
    changed: bool
