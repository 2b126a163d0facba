"""The tables as the store's SQL names them, made from the models; the models are imported here and nowhere else."""

from sqlalchemy import MetaData, Table, TextClause
from sqlmodel import SQLModel

from callback_tui.models import audit_entry as _audit_entry
from callback_tui.models import call as _call
from callback_tui.models import follow_up as _follow_up
from callback_tui.models import message as _message
from callback_tui.models import on_call as _on_call
from callback_tui.models import patient as _patient
from callback_tui.models import practice as _practice
from callback_tui.models import queue_item as _queue_item
from callback_tui.models import staff as _staff

MODEL_MODULES = (_audit_entry, _call, _follow_up, _message, _on_call, _patient, _practice, _queue_item, _staff)

metadata: MetaData = SQLModel.metadata


def _table(name: str) -> Table:
    return metadata.tables[name]


def _words(table: Table, index: str) -> TextClause:
    """Return the condition of a partial index as written; a query finds the index by these very words."""
    words: TextClause = next(each for each in table.indexes if each.name == index).dialect_options["sqlite"]["where"]
    return words


patient = _table("patient")
contact_point = _table("contact_point")
representative = _table("representative")
safe_contact = _table("safe_contact")
same_person_answer = _table("same_person_answer")
opt_out_fact = _table("opt_out_fact")
message = _table("message")
import_batch = _table("import_batch")
rejected_row = _table("rejected_row")
feed = _table("feed")
queue_item = _table("queue_item")
clock_event = _table("clock_event")
patient_claim = _table("patient_claim")
call_attempt = _table("call_attempt")
call_note = _table("call_note")
call_step_time = _table("call_step_time")
hand_off = _table("hand_off")
incident = _table("incident")
follow_up = _table("follow_up")
promise = _table("promise")
practice = _table("practice")
site = _table("site")
policy_version = _table("policy_version")
staff = _table("staff")
desk_session = _table("desk_session")
staff_setting = _table("staff_setting")
on_call_alert = _table("on_call_alert")
on_call_step = _table("on_call_step")
audit_entry = _table("audit_entry")

in_queue = _words(queue_item, "ix_queue_item_calling_order")
urgent_after_hours = _words(queue_item, "ix_queue_item_urgent_after_hours")
on_call_ringing = _words(on_call_alert, "ix_on_call_alert_ringing")
not_in_chart = _words(call_attempt, "ix_call_attempt_not_in_chart")
unfinished = _words(call_attempt, "ix_call_attempt_unfinished")
