"""The identity gate: two kinds of detail before anything from the record is said (domain section 4)."""

from callback_tui.models.vocabulary import IdentityKind, IdentityResult
from callback_tui.views.call import IdentityCheck
from callback_tui.views.policy import Policy


def check_identity(
    *,
    result: IdentityResult,
    matched: tuple[IdentityKind, ...],
    failures: int,
    on_file: tuple[IdentityKind, ...],
    policy: Policy,
) -> IdentityCheck:
    """Return where the gate stands; only different kinds the policy accepts count, and a failure outranks a match.

    `on_file` are the kinds the card can be compared with. With nothing on file and nothing matched against the chart,
    only general information is open. The name and the dialled number are no `IdentityKind` and so never count.
    """
    accepted = policy.identity_kinds
    counted = tuple(kind for kind in accepted if kind in matched)
    if failures >= policy.identity_failures_allowed or result is IdentityResult.FAILED:
        standing = IdentityResult.FAILED
    elif len(counted) >= policy.identity_needed:
        standing = IdentityResult.PASSED
    elif result is IdentityResult.GENERAL_ONLY:
        standing = IdentityResult.GENERAL_ONLY
    else:
        standing = IdentityResult.NOT_ASKED
    by_use = sorted(accepted, key=lambda kind: kind not in on_file)
    asked = tuple(by_use[: policy.identity_needed]) if on_file else ()
    return IdentityCheck(
        result=standing,
        matched=counted,
        failures=failures,
        needed=policy.identity_needed,
        failures_allowed=policy.identity_failures_allowed,
        on_file=tuple(kind for kind in accepted if kind in on_file),
        asked=asked,
    )


def message_visible(*, answered: bool, identity: IdentityResult, emergency_open: bool) -> bool:
    """Whether the message may be shown: until somebody answers, then only past the gate or in an emergency."""
    return not answered or emergency_open or identity is IdentityResult.PASSED
