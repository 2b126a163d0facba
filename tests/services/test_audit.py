"""The audit as verbs, and the frame that gives every verb its entry."""

from collections.abc import Callable

import pytest

from callback_tui.errors import NotAllowed
from callback_tui.models.vocabulary import Role
from callback_tui.services.audit import list_entries, verify
from callback_tui.services.desk import OpenDesk, verb

AsRole = Callable[[OpenDesk, Role], OpenDesk]


def test_a_verb_has_one_entry_with_what_it_learned_on_the_way(desk: OpenDesk, as_role: AsRole) -> None:
    with verb(desk, "message_taken", "queue_item", "", reason="by phone") as work:
        work.entity_id = 17
        work.facts["flags"] = 2
    newest = list_entries(as_role(desk, Role.SUPERVISOR), limit=1)[0]
    assert (newest.who, newest.action, newest.entity, newest.entity_id, newest.reason) == (
        "Sam Nurse",
        "message_taken",
        "queue_item",
        "17",
        "by phone",
    )
    assert newest.at == desk.clock.now()


def test_a_refused_verb_leaves_no_entry(desk: OpenDesk, as_role: AsRole) -> None:
    supervisor = as_role(desk, Role.SUPERVISOR)
    before = list_entries(supervisor)

    def refused() -> None:
        with verb(desk, "message_taken", "queue_item", 17):
            raise NotAllowed("last_admin")

    with pytest.raises(NotAllowed):
        refused()
    assert [line.seq for line in list_entries(supervisor)][1:] == [line.seq for line in before]


def test_reading_the_audit_is_audited(desk: OpenDesk, as_role: AsRole) -> None:
    supervisor = as_role(desk, Role.SUPERVISOR)
    list_entries(supervisor)
    assert list_entries(supervisor, limit=1)[0].action == "audit_read"


def test_supervisors_and_admins_read_it_and_nobody_else(desk: OpenDesk, as_role: AsRole) -> None:
    for role in (Role.SUPERVISOR, Role.ADMIN):
        assert verify(as_role(desk, role)).sound
    for role in (Role.NURSE, Role.STAFF, Role.CLINICIAN):
        with pytest.raises(NotAllowed, match="supervisor or admin"):
            list_entries(as_role(desk, role))
        with pytest.raises(NotAllowed):
            verify(as_role(desk, role))


def test_tampering_is_told_with_the_entry(desk: OpenDesk, as_role: AsRole) -> None:
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE audit_entry SET staff_id = 2 WHERE seq = 3")
    verdict = verify(as_role(desk, Role.ADMIN))
    assert (verdict.sound, verdict.first_bad_seq) == (False, 3)
