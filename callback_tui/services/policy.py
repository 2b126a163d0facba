"""The practice's policy as verbs: read it, apply a new version."""

from dataclasses import replace
from typing import TYPE_CHECKING

from callback_tui.errors import StoreError
from callback_tui.models.vocabulary import Role
from callback_tui.services.desk import OpenDesk, require_role, verb
from callback_tui.services.policy_change import carry_over, effect_of
from callback_tui.views.closed_days import PolicyEffect
from callback_tui.views.policy import Policy
from callback_tui.views.triage import OwnRules

if TYPE_CHECKING:
    from callback_tui.services.retag import Tags


def current_policy(desk: OpenDesk) -> Policy:
    """Return the policy in force. Raises StoreError when the desk has none."""
    from callback_tui.store import policy as policies

    with desk.store.read() as connection:
        return policies.current(connection)[1]


def policy_text(desk: OpenDesk) -> str:
    """Return the policy in force as the TOML text that was applied."""
    from callback_tui.store import policy as policies

    with desk.store.read() as connection:
        return policies.current(connection)[2]


def preview_policy(desk: OpenDesk, text: str) -> PolicyEffect:
    """Return what a policy text would do to what waits if it were applied now.

    Raises PolicyError when the text is refused, NotAllowed unless an admin asks.
    """
    from callback_tui.rules.policy_file import parse_policy
    from callback_tui.store import policy as policies

    require_role(desk, "apply a policy", Role.ADMIN)
    with desk.store.read() as connection:
        before = policies.current(connection)[1].triage
        new = parse_policy(text, passing=before.names)
        effect = effect_of(connection, new, desk.clock.now())
        if new.triage == before:
            return effect
        from callback_tui.services.retag import found_in, tag_open

        tags: Tags = {}
        tag_open(connection, new.triage, desk.clock.now(), tags)
        return replace(effect, raised=len(found_in(connection, tags).raised))


def apply_policy(desk: OpenDesk, text: str, *, instead_of: int | None = None) -> int:
    """Put a policy text in force as a new version and return its id; older versions stay (architecture "Policy file").

    What waits keeps the time already used; the rest runs on the new rule (domain section 2). What the triage rules of
    the text find more pressing is raised, nothing is lowered. The text that is in force already makes no new version:
    its id is returned.
    `instead_of` is the version the text was made from. Raises PolicyError when the text is refused, StoreError when
    another version came in force since, NotAllowed unless an admin asks.
    """
    from callback_tui.store import policy as policies

    require_role(desk, "apply a policy", Role.ADMIN)
    own, tags = _tagged_before(desk, text)
    try:
        with verb(desk, "policy_applied", "policy_version", "") as work:
            in_force_id, old, in_force_text = policies.current(work.connection)
            if text == in_force_text:
                raise _InForceAlready(in_force_id)
            if instead_of not in (None, in_force_id):
                raise StoreError("policy_meanwhile")
            version_id = policies.add_version(
                work.connection, text=text, applied_at=work.now, applied_by_id=desk.actor.staff_id
            )
            work.entity_id = version_id
            new = policies.current(work.connection)[1]
            work.facts["items_carried_over"] = carry_over(desk, work, old, new, version_id)
            if old.triage != own:
                from callback_tui.services.retag import use_new_rules

                use_new_rules(desk, work, old.triage, new, tags)
    except _InForceAlready as same:
        return same.version_id
    return version_id


def _tagged_before(desk: OpenDesk, text: str) -> tuple[OwnRules, "Tags"]:
    """Return the triage rules of a checked policy text, and the tags they give what waits if they are new.

    Tagging thousands of messages is no work for a writing transaction: meanwhile every other desk would wait.
    """
    from callback_tui.rules.policy_file import parse_policy
    from callback_tui.store import policy as policies

    tags: Tags = {}
    with desk.store.read() as connection:
        in_force = policies.current(connection)[1].triage
        own = parse_policy(text, passing=in_force.names).triage
        if own != in_force:
            from callback_tui.services.retag import tag_open

            tag_open(connection, own, desk.clock.now(), tags)
    return own, tags


class _InForceAlready(Exception):
    """Undoes the verb that would have applied the text in force once more."""

    def __init__(self, version_id: int) -> None:
        self.version_id = version_id
