"""Open messages under new rules: those that the rules find more pressing are raised, nothing is ever lowered."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from callback_tui.rules.age import age_years
from callback_tui.rules.priority import NEW_RULE, set_by_person
from callback_tui.rules.triage import tag
from callback_tui.rules.triage.own import own_rule_set_hash
from callback_tui.services.message_columns import tag_columns, tag_evidence
from callback_tui.services.queue_row import item_tier
from callback_tui.views.policy import Policy
from callback_tui.views.triage import OwnRules, Triage

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from callback_tui.services.desk import OpenDesk, Work

_AT_ONCE = 500

Tags = dict[tuple[int, str], Triage]
"""The tags of messages under the new rules, by message and by what it said when it was tagged."""


class Raised(NamedTuple):
    """An item that the new rules raise, with the message whose words do it and its tag under them."""

    item_id: int
    own_item_id: int
    message_id: int
    tag: Triage


class Found(NamedTuple):
    """What the new rules do to what waits: the items they raise, and how many a person has decided on."""

    raised: tuple[Raised, ...]
    kept_by_person: int


def tag_words(row: Any, own: OwnRules, now: datetime) -> Triage:
    """Return the tag of a stored message under these rules, as `views.intake.ParsedMessage` is tagged."""
    text = f"{row.body}\n{row.subject}" if row.subject else row.body
    age = age_years(row.date_of_birth, now.astimezone(UTC).date())
    return tag(text, age_years=age, own=own or None)


def tag_open(connection: "Connection", own: OwnRules, now: datetime, tags: Tags) -> None:
    """Tag every message that waits under these rules, those apart that `tags` hold already, and put it there."""
    from callback_tui.store import open_messages

    waiting = open_messages.open_messages(connection)
    wanted = [row.message_id for row in waiting if (row.message_id, row.content_hash) not in tags]
    for start in range(0, len(wanted), _AT_ONCE):
        rows = open_messages.words_of(connection, wanted[start : start + _AT_ONCE])
        tags.update({(row.id, row.content_hash): tag_words(row, own, now) for row in rows})


def found_in(connection: "Connection", tags: Tags) -> Found:
    """Return what the tags do to what waits now; an item that a person gave its priority stays as it is."""
    from callback_tui.store import clocks, open_messages

    worst: dict[int, Raised] = {}
    for row in open_messages.open_messages(connection):
        tagged = tags.get((row.message_id, row.content_hash))
        if tagged is None or tagged.tier.rank >= row.tier_rank:
            continue
        before = worst.get(row.waits_in)
        if before is None or tagged.tier.rank < before.tag.tier.rank:
            worst[row.waits_in] = Raised(row.waits_in, row.id, row.message_id, tagged)
    events = clocks.events_of_items(connection, list(worst))
    free = tuple(raised for item_id, raised in sorted(worst.items()) if not set_by_person(events[item_id]))
    return Found(free, len(worst) - len(free))


def use_new_rules(desk: "OpenDesk", work: "Work", before: OwnRules, policy: Policy, tags: Tags) -> None:
    """Raise what waits and is more pressing by the rules of the new policy, each by a clock event of its own.

    `tags` are those made before the transaction; what came since is tagged here. The words that fired are stored with
    the message; the audit keeps what changed in the rules and which item went from what to what. Nothing is lowered,
    reopened or moved to somebody else.
    """
    from callback_tui.services.item_state import raise_item
    from callback_tui.store import intake, queue

    tag_open(work.connection, policy.triage, work.now, tags)
    found = found_in(work.connection, tags)
    told = {}
    for item_id, own_item_id, message_id, tagged in found.raised:
        item = queue.item(work.connection, item_id)
        told[str(item_id)] = f"{item_tier(item).value} to {tagged.tier.value}"
        raise_item(desk, work, item, tagged.tier, policy, NEW_RULE)
        intake.rewrite_message(work.connection, message_id, {**tag_columns(tagged), **tag_evidence(tagged)})
        if own_item_id == item_id:
            intake.retag_item(work.connection, item_id, tag_columns(tagged))
    work.facts.update(
        items_raised=told,
        kept_by_person=found.kept_by_person,
        rule_set_hash=own_rule_set_hash(policy.triage),
        rules_off=list(policy.triage.rules_off),
        rules_off_before=list(before.rules_off),
        phrases={concept: len(words) for concept, words in policy.triage.phrases},
        phrases_before={concept: len(words) for concept, words in before.phrases},
    )
