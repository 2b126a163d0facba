"""The practice's own triage rules as verbs: look, see what a change would do, put it in force."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from callback_tui.models.vocabulary import Role, Tier
from callback_tui.services.desk import OpenDesk, require_role
from callback_tui.services.policy import apply_policy
from callback_tui.services.retag import Tags, found_in, tag_open, tag_words
from callback_tui.views.triage import OwnRules
from callback_tui.views.triage_rules import RulesEffect, RulesInForce

DAYS_LOOKED_AT = 30
_AT_ONCE = 250
_MAY_LOOK = (Role.ADMIN, Role.SUPERVISOR)


def rules_in_force(desk: OpenDesk) -> RulesInForce:
    """Return the practice's own rules. Raises NotAllowed unless an admin or a supervisor looks."""
    from callback_tui.store import policy as policies
    from callback_tui.store import practice

    require_role(desk, "look at the triage rules", *_MAY_LOOK)
    with desk.store.read() as connection:
        version_id, policy, _ = policies.current(connection)
        is_demo = practice.is_demo(connection)
    return RulesInForce(policy, version_id, desk.actor.role is Role.ADMIN, is_demo)


def preview_rules(
    desk: OpenDesk,
    own: OwnRules,
    *,
    progress: Callable[[int, int], None] | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> RulesEffect | None:
    """Return what these rules would do to the messages of the last 30 days and to what waits; None when cancelled.

    Both sets of rules tag anew, so that a later version of the program does not show as a change. `progress` is told
    how many messages of how many were read. Writes nothing. Raises NotAllowed unless an admin or a supervisor asks.
    """
    from callback_tui.store import open_messages
    from callback_tui.store import policy as policies

    require_role(desk, "look at the triage rules", *_MAY_LOOK)
    now = desk.clock.now()
    with desk.store.read() as connection:
        version_id, policy, _ = policies.current(connection)
        ids = open_messages.ids_since(connection, now - timedelta(days=DAYS_LOOKED_AT))
    tags: Tags = {}
    raised: Counter[Tier] = Counter()
    lowered = 0
    for start in range(0, len(ids), _AT_ONCE):
        if is_cancelled():
            return None
        # A transaction of its own for every chunk, so that the log of the store does not grow meanwhile.
        with desk.store.read() as connection:
            rows = open_messages.words_of(connection, ids[start : start + _AT_ONCE])
        for row in rows:
            before, after = tag_words(row, policy.triage, now), tag_words(row, own, now)
            tags[row.id, row.content_hash] = after
            if after.tier.rank < before.tier.rank:
                raised[after.tier] += 1
            elif after.tier.rank > before.tier.rank:
                lowered += 1
        if progress is not None:
            progress(start + len(rows), len(ids))
    with desk.store.read() as connection:
        tag_open(connection, own, now, tags)
        found = found_in(connection, tags)
    return RulesEffect(
        version_id=version_id,
        days=DAYS_LOOKED_AT,
        messages=len(ids),
        to_emergent=raised[Tier.EMERGENT],
        to_urgent=raised[Tier.URGENT],
        to_routine=raised[Tier.ROUTINE],
        lowered=lowered,
        open_raised=len(found.raised),
        kept_by_person=found.kept_by_person,
    )


def save_rules(desk: OpenDesk, own: OwnRules, version_id: int) -> int:
    """Put these rules in force as a new policy version and return its id; what they find more pressing is raised.

    Raises NotAllowed unless an admin asks,
    DeskError when the policy's text cannot be changed piece by piece, StoreError when the policy is no longer the
    version that was shown.
    """
    from callback_tui.rules.policy_edit_triage import with_own_rules
    from callback_tui.services.policy import policy_text

    require_role(desk, "change the triage rules", Role.ADMIN)
    return apply_policy(desk, with_own_rules(policy_text(desk), own), instead_of=version_id)
