"""The audit chain: each entry's mac covers its fields and the mac before it, under a key outside the database."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Integer, LargeBinary, Row, cast, func, select

from callback_tui.clock import BootInstant
from callback_tui.errors import StoreError
from callback_tui.rules.clean import clean
from callback_tui.store.tables import audit_entry, staff
from callback_tui.views.desk import AuditLine, AuditVerdict

_LENGTH_BYTES = 8
_FIRST_SEQ = 1
_newest = cache(lambda: select(audit_entry.c.seq, audit_entry.c.mac).order_by(audit_entry.c.seq.desc()).limit(1))
_insertion = cache(audit_entry.insert)


def append(
    connection: Connection,
    audit_key: bytes,
    *,
    at: datetime,
    boot: BootInstant,
    staff_id: int | None,
    session_id: int | None,
    action: str,
    entity: str,
    entity_id: str,
    reason: str = "",
    facts: Mapping[str, object] | None = None,
) -> int:
    """Add one entry inside the caller's writing transaction and return its number.

    `facts` hold ids, counts and words of enumerations, never health text. One writer at a time keeps the chain in line.
    """
    last = connection.execute(_newest()).one_or_none()
    values: dict[str, Any] = {
        "seq": _FIRST_SEQ if last is None else last.seq + 1,
        "at": at,
        "boot_id": clean(boot.boot_id),
        "boot_ns": boot.nanoseconds,
        "staff_id": staff_id,
        "session_id": session_id,
        "action": clean(action),
        "entity": clean(entity),
        "entity_id": clean(entity_id),
        "reason": clean(reason),
        "facts_json": clean(json.dumps(dict(facts or {}), ensure_ascii=True, sort_keys=True, default=str)),
        "previous_mac": "" if last is None else last.mac,
    }
    connection.execute(_insertion(), {**values, "mac": _mac(audit_key, values)})
    return int(values["seq"])


def last_entry(connection: Connection) -> int:
    """Return the number of the newest entry; 0 before the first one."""
    return connection.execute(select(func.max(audit_entry.c.seq))).scalar_one() or 0


def has_other_than(connection: Connection, actions: Sequence[str], *, since: int) -> bool:
    """Whether anything but those actions was entered after the entry with the number `since`."""
    other = select(audit_entry.c.seq).where(audit_entry.c.seq > since, audit_entry.c.action.not_in(actions)).limit(1)
    return connection.execute(other).first() is not None


def entries(connection: Connection, *, limit: int | None = None, action: str | None = None) -> tuple[AuditLine, ...]:
    """Return entries newest first with the name of who did it, at most `limit`, of one `action` only if given.

    Raises StoreError when an entry was changed into what cannot be read.
    """
    query = (
        select(audit_entry, staff.c.name.label("who"))
        .outerjoin(staff, staff.c.id == audit_entry.c.staff_id)
        .order_by(audit_entry.c.seq.desc())
    )
    if action is not None:
        query = query.where(audit_entry.c.action == action)
    if limit is not None:
        query = query.limit(limit)
    try:
        return tuple(_line(row) for row in connection.execute(query))
    except ValueError as error:
        raise StoreError("audit_changed") from error


def _line(row: Row[Any]) -> AuditLine:
    who = row.who or "callback-tui"
    facts = json.loads(row.facts_json)
    return AuditLine(row.seq, row.at, who, row.action, row.entity, row.entity_id, row.reason, facts)


def verify(connection: Connection, audit_key: bytes) -> AuditVerdict:
    """Walk the whole chain and say whether every entry is the one that was written, in place and in order.

    Finds an edited, removed, inserted, swapped or forged entry. Entries cut off the end leave a sound, shorter chain.
    """
    previous_mac, expected_seq, count = b"", _FIRST_SEQ, 0
    for row in _walk(connection):
        count += 1
        problem = _problem(row, audit_key, expected_seq, previous_mac)
        if problem:
            return AuditVerdict(count, False, row["number"], problem)
        previous_mac, expected_seq = row["mac"], expected_seq + 1
    return AuditVerdict(count, True)


_COVERED = (
    "seq",
    "at",
    "boot_id",
    "boot_ns",
    "staff_id",
    "session_id",
    "action",
    "entity",
    "entity_id",
    "reason",
    "facts_json",
    "previous_mac",
)
_TYPES = {column.name: column.type for column in audit_entry.c}


def _walk(connection: Connection) -> Iterator[dict[str, Any]]:
    # As bytes, so that a value no column type can read is an entry that was changed, not a failure.
    stored = [cast(audit_entry.c[name], LargeBinary).label(f"stored_{name}") for name in (*_COVERED, "mac")]
    for row in connection.execute(select(audit_entry.c.seq, *stored).order_by(audit_entry.c.seq)):
        yield {"number": row.seq, **dict(zip((*_COVERED, "mac"), row[1:], strict=True))}


def _problem(row: Mapping[str, Any], audit_key: bytes, expected_seq: int, previous_mac: bytes) -> str:
    if row["number"] != expected_seq:
        return "an entry is missing before this one"
    if row["previous_mac"] != previous_mac:
        return "this entry does not follow the one before it"
    if not hmac.compare_digest(row["mac"], _mac(audit_key, row).encode()):
        return "this entry was changed after it was written"
    return ""


def _mac(audit_key: bytes, values: Mapping[str, Any]) -> str:
    digest = hmac.new(audit_key, digestmod=hashlib.sha256)
    for name in _COVERED:
        field = _as_bytes(values[name], is_number=isinstance(_TYPES[name], Integer))
        digest.update(len(field).to_bytes(_LENGTH_BYTES, "big"))
        digest.update(field)
    return digest.hexdigest()


def _as_bytes(value: object, *, is_number: bool) -> bytes:
    if value is None:
        return b"-"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").encode()
    plain = value if isinstance(value, bytes) else str(value).encode()
    return b"#" + plain if is_number else plain
