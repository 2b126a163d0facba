"""Made-up patients for service tests: a message from somebody with a card to compare answers with."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert, select, update

from callback_tui.models.vocabulary import Channel, IdentityKind, OptOutScope, Role, WhoAnswered
from callback_tui.services.audit import list_entries
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.identity import match_identity
from callback_tui.services.intake import take_message
from callback_tui.store import tables as t
from callback_tui.views.call import CallSheet
from callback_tui.views.desk import AuditLine
from callback_tui.views.intake import NewMessage

REFILL = "Hi, I need a refill of my blood pressure pills please."
CHEST = "My chest has been tight since six this morning and my arm feels heavy."
PAIN = "The pain in my lower right belly is eight out of ten and getting worse fast."
HOURS = "What are your opening hours on Wednesday?"
BORN_ON = date(1961, 4, 9)


def leave(
    desk: OpenDesk, body: str = REFILL, name: str = "Tom Reid", phone: str = "(212) 555-0110", *, minutes_ago: int = 10
) -> int:
    """Take one voicemail and return its item id."""
    return take_message(
        desk,
        NewMessage(
            channel=Channel.VOICEMAIL,
            body=body,
            received_at=desk.clock.now() - timedelta(minutes=minutes_ago),
            caller_name=name,
            phone=phone,
        ),
    )


def give_card(desk: OpenDesk, item_id: int, **columns: object) -> int:
    """Write columns of the patient's card and return the patient's id."""
    values = {"date_of_birth": BORN_ON, "address": "12 Elm Street", **columns}
    with desk.store.write() as connection:
        patient_id = connection.execute(
            select(t.queue_item.c.patient_id).where(t.queue_item.c.id == item_id)
        ).scalar_one()
        connection.execute(update(t.patient).where(t.patient.c.id == patient_id).values(**values))
    return int(patient_id)


def add_number(desk: OpenDesk, patient_id: int, e164: str, **columns: object) -> int:
    """Add a phone number on file and return its id."""
    values = {"kind": "mobile", "rank": 5, "on_file": True, **columns}
    with desk.store.write() as connection:
        return int(
            connection.execute(
                insert(t.contact_point)
                .values(patient_id=patient_id, value=e164, **values)
                .returning(t.contact_point.c.id)
            ).scalar_one()
        )


def opt_out(desk: OpenDesk, patient_id: int) -> None:
    """Append the fact that the patient asked not to be called, on 3 November."""
    with desk.store.write() as connection:
        connection.execute(
            insert(t.opt_out_fact).values(
                patient_id=patient_id, scope=OptOutScope.ALL, recorded_at=datetime(2026, 11, 3, 15, tzinfo=UTC)
            )
        )


def reach(desk: OpenDesk, item_id: int) -> CallSheet:
    """Ring, reach the patient and pass the identity gate."""
    sheet = start_call(desk, item_id)
    sheet = answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.PATIENT)
    for kind in (IdentityKind.DATE_OF_BIRTH, IdentityKind.ADDRESS):
        sheet = match_identity(desk, sheet.attempt_id, sheet.claim_token, kind)
    return sheet


def column(desk: OpenDesk, table: str, item_id: int, name: str) -> object:
    """Return one column of the newest row of a table that belongs to an item."""
    source = t.metadata.tables[table]
    key = source.c.id if table == "queue_item" else source.c.item_id
    with desk.store.read() as connection:
        return connection.execute(
            select(source.c[name]).where(key == item_id).order_by(source.c.id.desc()).limit(1)
        ).scalar_one_or_none()


def audited(desk: OpenDesk, action: str | None = None) -> tuple[AuditLine, ...]:
    """Return the audit entries, of one action or of all, newest first."""
    return list_entries(supervisor(desk), action=action)


def supervisor(desk: OpenDesk) -> OpenDesk:
    """Return the same desk with the supervisor's rights."""
    return replace(desk, actor=replace(desk.actor, role=Role.SUPERVISOR))
