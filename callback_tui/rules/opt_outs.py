"""Which requests not to be called stand, and how far each reaches (domain section 3)."""

from collections.abc import Iterable

from callback_tui.models.vocabulary import Channel, OptOutScope
from callback_tui.views.dial import OptOut


def opt_outs_in_force(opt_outs: Iterable[OptOut]) -> tuple[OptOut, ...]:
    """Return the requests not to be called that no later fact in force takes back, oldest first (domain section 3)."""
    revoked: set[int] = set()
    in_force: list[OptOut] = []
    for fact in sorted(opt_outs, key=lambda fact: fact.id, reverse=True):
        if fact.id in revoked:
            continue
        if fact.revokes_id is None:
            in_force.append(fact)
        else:
            revoked.add(fact.revokes_id)
    return tuple(reversed(in_force))


def covers_call(fact: OptOut, e164: str) -> bool:
    """Say whether a request reaches a call to this number; one that leaves its number or channel open reaches it."""
    if fact.scope is OptOutScope.NUMBER:
        return fact.number in ("", e164)
    if fact.scope is OptOutScope.CHANNEL:
        return fact.channel in (None, Channel.PHONE)
    return True


def call_opt_out(opt_outs: Iterable[OptOut], e164: str) -> OptOut | None:
    """Return the oldest request in force that reaches a call to this number, or None."""
    return next((fact for fact in opt_outs_in_force(opt_outs) if covers_call(fact, e164)), None)
