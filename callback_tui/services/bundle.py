"""One call, many messages: what else a call is about, and whether two cards are one person."""

from collections.abc import Sequence
from typing import Any

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import IdentityResult, Tier
from callback_tui.rules.bundle import rides_along
from callback_tui.rules.match_name import names_agree
from callback_tui.services.desk import OpenDesk
from callback_tui.services.queue_row import item_tier
from callback_tui.store import claims, same_person
from callback_tui.views.call import AlikeCard


def along_with(desk: OpenDesk, connection: Any, item: Any, waiting: Sequence[Any]) -> list[Any]:
    """Return those of a person's waiting messages that a call about `item` is about as well, the oldest first.

    Those on another card of the person stay out while somebody else rings that card.
    """
    now = desk.clock.now()
    of_other_cards = any(other.patient_id != item.patient_id for other in waiting)
    held = claims.holders(connection, desk.clock) if of_other_cards else {}
    return [
        other
        for other in waiting
        if other.id != item.id
        and (other.patient_id == item.patient_id or other.patient_id not in held)
        and rides_along(
            other.state,
            contact_at=other.contact_at,
            scheduled_at=other.scheduled_at,
            asleep_until=other.asleep_until,
            role=desk.actor.role,
            now=now,
        )
    ]


def most_pressing(item: Any, along: Sequence[Any]) -> Any:
    """Return the message that a call about all of these is measured by: the most pressing tier, then the first due."""
    return min((item, *along), key=lambda each: (item_tier(each).rank, each.next_due_at, each.id))


def pressing_tier(item: Any, along: Sequence[Any]) -> Tier:
    """Return the tier in whose name the call is made."""
    return item_tier(most_pressing(item, along))


def alike_cards(connection: Any, item: Any) -> tuple[AlikeCard, ...]:
    """Return other people's cards with waiting messages, the same number and a name that may be the same.

    Only where nobody said yet whether they are one person; another date of birth or record number says it already.
    """
    return tuple(
        AlikeCard(other.id, other.name)
        for other in same_person.unanswered_neighbours(connection, item.patient_id)
        if item.folded_name
        and other.folded_name
        and names_agree(item.folded_name, other.folded_name)
        and len({item.date_of_birth, other.date_of_birth} - {None}) <= 1
        and len({item.patient_record_number, other.record_number} - {""}) <= 1
    )


def keep_answer(desk: OpenDesk, connection: Any, item: Any, attempt: Any, other_patient_id: int, *, same: bool) -> None:
    """Keep whether two cards are one person. Raises CallRefused before identity passed, and for cards not alike."""
    known = {card.patient_id for card in alike_cards(connection, item)}
    if attempt.identity is not IdentityResult.PASSED or other_patient_id not in known:
        raise CallRefused("no_twin")
    same_person.add_answer(
        connection, item.patient_id, other_patient_id, same=same, at=desk.clock.now(), staff_id=desk.actor.staff_id
    )
