"""The audit chain against everybody who can write to the file but does not hold the audit key."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from callback_tui.clock import FixedClock
from callback_tui.errors import StoreError
from callback_tui.store import audit, schema
from callback_tui.store.engine import Store

Attack = Callable[[Connection], None]
COLUMNS = "at, boot_id, boot_ns, staff_id, session_id, action, entity, entity_id, reason, facts_json, previous_mac, mac"


@pytest.fixture
def chained(store: Store, clock: FixedClock) -> Store:
    """Return a store with nine audit entries."""
    schema.create_or_upgrade(store)
    with store.write() as connection:
        for number in range(1, 10):
            append(connection, store, clock, entity_id=str(number))
    return store


def append(connection: Connection, store: Store, clock: FixedClock, *, entity_id: str, key: bytes | None = None) -> int:
    """Append one everyday entry."""
    return audit.append(
        connection,
        key or store.audit_key,
        at=clock.now(),
        boot=clock.boot(),
        staff_id=None,
        session_id=None,
        action="message_viewed",
        entity="queue_item",
        entity_id=entity_id,
        reason="asked by phone",
        facts={"fields": ["body"], "count": 1},
    )


def sql(*statements: str) -> Attack:
    """Return an attack that runs SQL statements."""

    def attack(connection: Connection) -> None:
        for statement in statements:
            connection.exec_driver_sql(statement)

    return attack


def edits() -> list[tuple[str, Attack, int]]:
    """Return one attack per column of entry 5."""
    changes = {
        "at": "'2026-11-23T15:42:08.000000+00:00'",
        "boot_id": "'other'",
        "boot_ns": "1",
        "staff_id": "1",
        "session_id": "1",
        "action": "'signed_in'",
        "entity": "'patient'",
        "entity_id": "'6'",
        "reason": "''",
        "facts_json": "'{}'",
        "previous_mac": "''",
        "mac": "'00'",
    }
    return [
        (f"edit {column}", sql(f"UPDATE audit_entry SET {column} = {value} WHERE seq = 5"), 5)  # noqa: S608 - fixed words
        for column, value in changes.items()
    ]


UNREADABLE = ("at = 'x'", "mac = 'é'", "reason = CAST(X'FF' AS TEXT)", "facts_json = '{'", "at = '2026-11-23'")
SWAP = sql(
    "UPDATE audit_entry SET seq = 100 WHERE seq = 4",
    "UPDATE audit_entry SET seq = 4 WHERE seq = 5",
    "UPDATE audit_entry SET seq = 5 WHERE seq = 100",
)
ATTACKS: list[tuple[str, Attack, int]] = [
    *edits(),
    *((f"write {change}", sql(f"UPDATE audit_entry SET {change} WHERE seq = 5"), 5) for change in UNREADABLE),  # noqa: S608 - fixed words
    ("delete the first", sql("DELETE FROM audit_entry WHERE seq = 1"), 2),
    ("delete one in the middle", sql("DELETE FROM audit_entry WHERE seq = 5"), 6),
    (
        "delete and renumber",
        sql("DELETE FROM audit_entry WHERE seq = 5", "UPDATE audit_entry SET seq = seq - 1 WHERE seq > 5"),
        5,
    ),
    ("swap", SWAP, 4),
    (
        "insert a copy at the end",
        sql(f"INSERT INTO audit_entry (seq, {COLUMNS}) SELECT 10, {COLUMNS} FROM audit_entry WHERE seq = 5"),  # noqa: S608 - fixed words
        10,
    ),
    (
        "move text from one field to the next",
        sql("UPDATE audit_entry SET entity = 'queue_item5', entity_id = '' WHERE seq = 5"),
        5,
    ),
]


def test_an_untouched_chain_is_sound(chained: Store) -> None:
    with chained.read() as connection:
        verdict = audit.verify(connection, chained.audit_key)
    assert (verdict.entries, verdict.sound, verdict.first_bad_seq) == (9, True, None)


@pytest.mark.parametrize(
    ("attack", "found_at"), [(a, at) for _, a, at in ATTACKS], ids=[name for name, _, _ in ATTACKS]
)
def test_every_attack_is_found_where_it_was_made(chained: Store, attack: Attack, found_at: int) -> None:
    with chained.write() as connection:
        attack(connection)
    with chained.read() as connection:
        verdict = audit.verify(connection, chained.audit_key)
    assert not verdict.sound
    assert verdict.first_bad_seq == found_at
    assert verdict.problem


@pytest.mark.parametrize("change", ["at = 'x'", "facts_json = '{'"])
def test_a_list_with_an_entry_that_cannot_be_read_is_refused_in_a_sentence(chained: Store, change: str) -> None:
    with chained.write() as connection:
        connection.exec_driver_sql(f"UPDATE audit_entry SET {change} WHERE seq = 5")  # noqa: S608 - fixed words
        with pytest.raises(StoreError, match="audit verify"):
            audit.entries(connection)
        assert audit.entries(connection, limit=1)[0].facts == {"fields": ["body"], "count": 1}


def test_an_entry_forged_under_another_key_is_found(chained: Store, clock: FixedClock) -> None:
    with chained.write() as connection:
        append(connection, chained, clock, entity_id="10", key=b"f" * 32)
        append(connection, chained, clock, entity_id="11")
        verdict = audit.verify(connection, chained.audit_key)
    assert (verdict.sound, verdict.first_bad_seq) == (False, 10)


def test_the_chain_goes_on_after_an_undone_transaction(chained: Store, clock: FixedClock) -> None:
    def half_done() -> None:
        with chained.write() as connection:
            append(connection, chained, clock, entity_id="10")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()
    with chained.write() as connection:
        assert append(connection, chained, clock, entity_id="10") == 10
        assert audit.verify(connection, chained.audit_key).sound


def test_hostile_text_neither_breaks_the_chain_nor_reaches_a_terminal(chained: Store, clock: FixedClock) -> None:
    with chained.write() as connection:
        append(connection, chained, clock, entity_id="\x1b]52;c;AAAA\x07\ud800 e\u0301")
        assert audit.verify(connection, chained.audit_key).sound
        newest = audit.entries(connection, limit=1)[0]
    assert "\x1b" not in newest.entity_id


def test_entries_come_newest_first_and_can_be_narrowed(chained: Store, clock: FixedClock) -> None:
    with chained.write() as connection:
        audit.append(
            connection,
            chained.audit_key,
            at=clock.now(),
            boot=clock.boot(),
            staff_id=None,
            session_id=None,
            action="signed_in",
            entity="staff",
            entity_id="1",
        )
        assert [line.seq for line in audit.entries(connection, limit=2)] == [10, 9]
        assert [line.seq for line in audit.entries(connection, action="signed_in")] == [10]
        assert len(audit.entries(connection)) == 10
