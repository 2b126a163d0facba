"""Own triage rules as verbs: what is counted is what happens, open messages are raised and never lowered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callback_tui.clock import FixedClock
from callback_tui.errors import DeskError, NotAllowed, PolicyError, StoreError
from callback_tui.models.vocabulary import ClockEventKind, Outcome, Role, Tier
from callback_tui.rules.closed_days import effect_words
from callback_tui.rules.policy_edit_triage import with_own_rules
from callback_tui.rules.triage.own import own_rule_set_hash, own_rules
from callback_tui.services.calls import start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.policy import apply_policy, current_policy, policy_text, preview_policy
from callback_tui.services.queue import snapshot
from callback_tui.services.queue_row import item_tier
from callback_tui.services.set_priority import set_priority
from callback_tui.services.triage_rules import preview_rules, rules_in_force, save_rules
from callback_tui.store import policy as policies
from callback_tui.store import queue
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.triage import NO_OWN_RULES, OwnRules
from callback_tui.views.triage_rules import RulesEffect
from tests.services.made_up import CHEST, audited, give_card, leave, reach

AsRole = Callable[[OpenDesk, Role], OpenDesk]
SQUODGE = "There is a squodge on my foot, please call."
WOBBLE = "It is the wobble again, please call."
OFF = own_rules(frozenset({"chest.pressure"}), {})


def urgent_phrase(phrase: str) -> OwnRules:
    """Return rules under which the phrase alone calls for 911."""
    return own_rules(frozenset(), {"kill_self": frozenset({phrase})})


def tier(desk: OpenDesk, item_id: int) -> Tier:
    """Return how pressing an item is."""
    with desk.store.read() as connection:
        return item_tier(queue.item(connection, item_id))


def counted(desk: OpenDesk, own: OwnRules) -> RulesEffect:
    """Return what the rules would change."""
    effect = preview_rules(desk, own)
    assert effect is not None
    return effect


def test_what_is_counted_is_what_saving_does(desk: OpenDesk, clock: FixedClock, as_role: AsRole) -> None:
    admin = as_role(desk, Role.ADMIN)
    leave(desk, SQUODGE, minutes_ago=31 * 24 * 60)
    clock.advance(timedelta(minutes=1))
    item, other = leave(desk, SQUODGE, "Ben Okafor", "(212) 555-0111"), leave(desk, minutes_ago=5)
    told: list[tuple[int, int]] = []
    own = urgent_phrase("squodge")
    effect = preview_rules(admin, own, progress=lambda done, of: told.append((done, of)))
    assert effect is not None
    assert (effect.messages, effect.to_emergent, effect.to_urgent, effect.lowered) == (2, 1, 0, 0)
    assert (effect.open_raised, effect.kept_by_person) == (2, 0)
    assert told[-1] == (2, 2)
    assert tier(desk, item) is Tier.ROUTINE
    version_id = save_rules(admin, own, effect.version_id)
    assert current_policy(desk).triage == own
    assert (tier(desk, item), tier(desk, other)) == (Tier.EMERGENT, Tier.ROUTINE)
    (entry,) = [line for line in audited(desk, "policy_applied") if line.entity_id == str(version_id)]
    assert entry.facts["items_raised"] == {"1": "routine to emergent", str(item): "routine to emergent"}
    assert entry.facts["rule_set_hash"] == own_rule_set_hash(own)
    assert entry.facts["phrases"] == {"kill_self": 1}
    with desk.store.read() as connection:
        raised = queue.clock_events(connection, item)[-1]
        row = queue.item(connection, item)
    assert (raised.kind, raised.tier, raised.reason) == (ClockEventKind.PRIORITY_SET, Tier.EMERGENT, "new rule")
    assert row is not None
    assert "squodge" in row.hits_json
    assert row.rule_set_hash == own_rule_set_hash(own)
    assert row.emergent
    assert len(audited(desk, "priority_set")) == 0


def test_a_message_that_comes_in_later_is_tagged_by_the_own_rules(desk: OpenDesk, as_role: AsRole) -> None:
    admin = as_role(desk, Role.ADMIN)
    save_rules(admin, urgent_phrase("squodge"), rules_in_force(admin).version_id)
    assert tier(desk, leave(desk, SQUODGE)) is Tier.EMERGENT
    assert tier(desk, leave(desk, WOBBLE)) is Tier.ROUTINE


def test_rules_switched_off_lower_new_messages_only(desk: OpenDesk, as_role: AsRole) -> None:
    admin = as_role(desk, Role.ADMIN)
    body = "My chest feels tight."
    item = leave(desk, body)
    assert tier(desk, item) is Tier.EMERGENT
    effect = counted(admin, OFF)
    assert (effect.lowered, effect.to_emergent, effect.open_raised) == (1, 0, 0)
    save_rules(admin, OFF, effect.version_id)
    assert tier(desk, item) is Tier.EMERGENT
    assert tier(desk, leave(desk, body, "Ben Okafor", "(212) 555-0111")) is not Tier.EMERGENT


def test_what_a_person_decided_stays(desk: OpenDesk, as_role: AsRole) -> None:
    admin = as_role(desk, Role.ADMIN)
    lowered = leave(desk, f"{CHEST} {SQUODGE}")
    raised = leave(desk, SQUODGE, "Ben Okafor", "(212) 555-0111")
    free = leave(desk, SQUODGE, "Ana Lima", "(212) 555-0112")
    set_priority(desk, lowered, Tier.ROUTINE, "spoke to the daughter, it is a strain")
    set_priority(desk, raised, Tier.URGENT)
    effect = counted(admin, urgent_phrase("squodge"))
    assert (effect.open_raised, effect.kept_by_person) == (1, 2)
    save_rules(admin, urgent_phrase("squodge"), effect.version_id)
    assert [tier(desk, item) for item in (lowered, raised, free)] == [Tier.ROUTINE, Tier.URGENT, Tier.EMERGENT]


def test_finished_messages_are_not_touched_and_joined_ones_raise_their_survivor(
    desk: OpenDesk, as_role: AsRole
) -> None:
    admin = as_role(desk, Role.ADMIN)
    done = leave(desk, SQUODGE, "Ben Okafor", "(212) 555-0111")
    give_card(desk, done)
    sheet = reach(desk, done)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.RESOLVED, "done"))
    survivor, twin = leave(desk), leave(desk, SQUODGE, minutes_ago=5)
    sheet = start_call(desk, twin)
    log_outcome(
        desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.DUPLICATE, duplicate_of_item_id=survivor)
    )
    before = snapshot(desk)
    save_rules(admin, urgent_phrase("squodge"), rules_in_force(admin).version_id)
    assert tier(desk, done) is Tier.ROUTINE
    assert tier(desk, survivor) is Tier.EMERGENT
    assert len(snapshot(desk).rows) == len(before.rows)


def test_who_may_look_and_who_may_save(desk: OpenDesk, as_role: AsRole) -> None:
    for role in (Role.NURSE, Role.STAFF, Role.CLINICIAN):
        with pytest.raises(NotAllowed):
            rules_in_force(as_role(desk, role))
        with pytest.raises(NotAllowed):
            preview_rules(as_role(desk, role), OFF)
    supervisor = as_role(desk, Role.SUPERVISOR)
    assert not rules_in_force(supervisor).may_change
    effect = counted(supervisor, OFF)
    with pytest.raises(NotAllowed):
        save_rules(supervisor, OFF, effect.version_id)
    admin = as_role(desk, Role.ADMIN)
    assert rules_in_force(admin).may_change
    save_rules(admin, OFF, effect.version_id)
    with pytest.raises(StoreError) as refused:
        save_rules(admin, NO_OWN_RULES, effect.version_id)
    assert refused.value.code == "policy_meanwhile"


def test_counting_stops_when_it_is_cancelled(desk: OpenDesk, as_role: AsRole) -> None:
    leave(desk)
    assert preview_rules(as_role(desk, Role.ADMIN), OFF, is_cancelled=lambda: True) is None


def test_a_policy_file_says_what_its_triage_rules_raise(desk: OpenDesk, as_role: AsRole) -> None:
    admin = as_role(desk, Role.ADMIN)
    leave(desk, SQUODGE)
    text = with_own_rules(policy_text(desk), urgent_phrase("squodge"))
    effect = preview_policy(admin, text)
    assert effect_words(effect).endswith("due time. 1 message is raised by the triage rules.")
    apply_policy(admin, text)
    assert preview_policy(admin, text).raised == 0


def test_an_unknown_rule_is_refused_and_one_in_force_already_passes(desk: OpenDesk, as_role: AsRole) -> None:
    admin = as_role(desk, Role.ADMIN)
    gone = policy_text(desk) + '\n[triage]\nrules_off = ["chest.gone"]\n'
    with pytest.raises(PolicyError):
        apply_policy(admin, gone)
    with desk.store.write() as connection:
        policies.add_version(connection, text=gone, applied_at=desk.clock.now(), applied_by_id=None)
    apply_policy(admin, gone.replace('target = "4h"', 'target = "3h"'))
    assert current_policy(desk).triage.rules_off == ("chest.gone",)


def test_one_audit_entry_and_one_transaction_and_nothing_on_a_refusal(desk: OpenDesk, as_role: AsRole) -> None:
    admin = as_role(desk, Role.ADMIN)
    item = leave(desk, SQUODGE)
    with pytest.raises(DeskError):
        save_rules(admin, urgent_phrase("squodge"), 99)
    assert tier(desk, item) is Tier.ROUTINE
    before = len(audited(desk, "policy_applied"))
    save_rules(admin, urgent_phrase("squodge"), rules_in_force(admin).version_id)
    assert len(audited(desk, "policy_applied")) == before + 1


CHANGES = (NO_OWN_RULES, urgent_phrase("squodge"), OFF, urgent_phrase("wobble"))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("rules"), st.sampled_from(range(len(CHANGES)))),
        st.tuples(st.just("person"), st.integers(0, 2), st.sampled_from(list(Tier))),
    ),
    min_size=2,
    max_size=6,
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_sequence_of_rules_lowers_what_waits_or_overrides_a_person(
    desk: OpenDesk, as_role: AsRole, steps: list[tuple[object, ...]]
) -> None:
    admin, nurse = as_role(desk, Role.ADMIN), as_role(desk, Role.NURSE)
    items = [leave(desk, body, phone="") for body in (SQUODGE, WOBBLE, "My chest feels tight.")]
    decided: dict[int, Tier] = {}
    for what, *arguments in steps:
        before = [tier(desk, item) for item in items]
        if what == "rules":
            index = arguments[0]
            assert isinstance(index, int)
            save_rules(admin, CHANGES[index], rules_in_force(admin).version_id)
            after = [tier(desk, item) for item in items]
            assert all(new.rank <= old.rank for old, new in zip(before, after, strict=True))
            assert all(after[place] is wanted for place, wanted in decided.items())
        else:
            place, wanted = arguments
            assert isinstance(place, int)
            assert isinstance(wanted, Tier)
            if wanted is not before[place]:
                set_priority(nurse, items[place], wanted, "a person says so")
                decided[place] = wanted
