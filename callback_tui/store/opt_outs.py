"""SQL of who asked not to be called: every fact about some patients, whichever card of theirs it stands on."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from callback_tui.store import tables as t
from callback_tui.store.intake import slices
from callback_tui.store.one_person import opted_out_cards

_FACT = t.opt_out_fact.c


def of_patients(connection: Connection, patient_ids: Iterable[int]) -> dict[int, list[Row[Any]]]:
    """Return the opt-out facts of these patients, by patient; those without any are left out."""
    cards = opted_out_cards(connection, set(patient_ids))
    by_card: dict[int, list[Row[Any]]] = {}
    for some in slices(sorted({root for root, _ in cards})):
        for fact in connection.execute(select(t.opt_out_fact).where(_FACT.patient_id.in_(some))):
            by_card.setdefault(fact.patient_id, []).append(fact)
    facts: dict[int, list[Row[Any]]] = {}
    for root, patient_id in cards:
        facts.setdefault(patient_id, []).extend(by_card[root])
    return facts


def callers_of_batch(connection: Connection, batch_id: int) -> list[tuple[int, str]]:
    """Return patient and number of the messages of an import whose patients ever asked not to be called."""
    asked = sorted({patient_id for _, patient_id in opted_out_cards(connection)})
    message = t.message.c
    return [
        (row[0], row[1] or "")
        for some in slices(asked)
        for row in connection.execute(
            select(message.patient_id, message.phone_e164).where(
                message.patient_id.in_(some), message.batch_id == batch_id
            )
        )
    ]
