"""The policy versions: the current one, parsed once per version, and applying a new one."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from functools import cache, lru_cache

from sqlalchemy import Connection, select, update

from callback_tui.errors import StoreError
from callback_tui.rules.policy_file import parse_policy
from callback_tui.store.tables import policy_version, site
from callback_tui.views.policy import Policy

_newest = cache(
    lambda: select(policy_version.c.id, policy_version.c.text).order_by(policy_version.c.id.desc()).limit(1)
)


def current(connection: Connection) -> tuple[int, Policy, str]:
    """Return id, policy and text of the version in force. Raises StoreError when a desk has none."""
    row = connection.execute(_newest()).one_or_none()
    if row is None:
        raise StoreError("no_policy")
    return row.id, _parsed(row.text), row.text


def versions(connection: Connection, ids: Collection[int]) -> dict[int, Policy]:
    """Return the policies of these versions by their ids."""
    rows = connection.execute(select(policy_version.c.id, policy_version.c.text).where(policy_version.c.id.in_(ids)))
    return {row.id: _parsed(row.text) for row in rows}


def add_version(connection: Connection, *, text: str, applied_at: datetime, applied_by_id: int | None) -> int:
    """Store a policy text as the version in force, bring the sites in line with it, and return its id.

    A site that the policy no longer names is kept, inactive, for the messages it had. Raises PolicyError.
    """
    policy = _parsed(text)
    result = connection.execute(
        policy_version.insert()
        .values(
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            applied_at=applied_at,
            applied_by_id=applied_by_id,
            note="",
        )
        .returning(policy_version.c.id)
    )
    _sync_sites(connection, policy)
    return int(result.scalar_one())


def _sync_sites(connection: Connection, policy: Policy) -> None:
    known = {row.name: row.id for row in connection.execute(select(site.c.id, site.c.name))}
    connection.execute(update(site).values(active=False))
    for planned in policy.sites:
        values = {"zone": planned.hours.zone, "callback_number": planned.callback_number, "active": True}
        if planned.name in known:
            connection.execute(update(site).where(site.c.id == known[planned.name]).values(**values))
        else:
            connection.execute(site.insert().values(name=planned.name, **values))


@lru_cache(maxsize=8)
def _parsed(text: str) -> Policy:
    return parse_policy(text, passing=None)
