"""The verbs of the identity gate: matched, not matched, revealed to compare, general information only."""

from typing import Any

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import (
    CallStep,
    ComparedWith,
    IdentityKind,
    IdentityResult,
)
from callback_tui.rules.identity import check_identity
from callback_tui.rules.script import step_after
from callback_tui.services.call_sheet import (
    build_sheet,
    kinds_on_file,
    matched_kinds,
)
from callback_tui.services.call_step import call_step, change, enter
from callback_tui.services.desk import OpenDesk, Work
from callback_tui.store import policy as policies
from callback_tui.views.call import CallSheet, ExpectedIdentifiers


def match_identity(desk: OpenDesk, attempt_id: int, token: int, kind: IdentityKind) -> CallSheet:
    """Tick one kind of identifier as matched, or take the tick back; enough kinds open the gate."""
    with call_step(desk, "identity_matched", attempt_id, token) as (work, item, attempt):
        if attempt.identity in (IdentityResult.PASSED, IdentityResult.FAILED):
            raise CallRefused("identity_decided")
        matched = matched_kinds(attempt)
        matched = tuple(one for one in matched if one is not kind) if kind in matched else (*matched, kind)
        check = check_identity(
            result=IdentityResult.NOT_ASKED,
            matched=matched,
            failures=attempt.identity_failures,
            on_file=kinds_on_file(item),
            policy=policies.current(work.connection)[1],
        )
        on_card = [one for one in matched if one in kinds_on_file(item)]
        compared_with = ComparedWith.CARD if on_card else ComparedWith.CHART
        change(
            work,
            attempt_id,
            identity=check.result,
            identity_kinds=",".join(matched),
            compared_with=compared_with if matched else None,
        )
        _leave_identity(work, attempt, check.result)
        work.facts.update(kind=kind.value, result=check.result.value)
        return build_sheet(desk, work.connection, attempt_id, token)


def mismatch_identity(desk: OpenDesk, attempt_id: int, token: int) -> CallSheet:
    """Count an identifier that did not match; the policy's number of failures closes the gate for this call."""
    with call_step(desk, "identity_mismatched", attempt_id, token) as (work, item, attempt):
        check = check_identity(
            result=attempt.identity,
            matched=matched_kinds(attempt),
            failures=attempt.identity_failures + 1,
            on_file=kinds_on_file(item),
            policy=policies.current(work.connection)[1],
        )
        change(
            work,
            attempt_id,
            identity=check.result,
            identity_failures=check.failures,
            compared_with=attempt.compared_with or (ComparedWith.CARD if check.on_file else ComparedWith.CHART),
        )
        _leave_identity(work, attempt, check.result)
        work.facts.update(failures=check.failures, result=check.result.value)
        return build_sheet(desk, work.connection, attempt_id, token)


def reveal_identifiers(desk: OpenDesk, attempt_id: int, token: int) -> ExpectedIdentifiers:
    """Return what is on file to compare answers with; the reveal is audited (domain section 4)."""
    with call_step(desk, "identifiers_revealed", attempt_id, token) as (work, item, _):
        on_file = kinds_on_file(item)
        work.facts["kinds"] = [kind.value for kind in on_file]
        born_on = item.date_of_birth
        return ExpectedIdentifiers(
            date_of_birth="" if born_on is None else f"{born_on.day} {born_on:%B %Y}",
            address=item.patient_address,
            record_number=item.patient_record_number,
            compared_with=ComparedWith.CARD if on_file else ComparedWith.NOTHING_ON_FILE,
        )


def general_only(desk: OpenDesk, attempt_id: int, token: int) -> CallSheet:
    """Go on with general information only (hours, directions): no gate, and no record is opened."""
    with call_step(desk, "general_information_only", attempt_id, token) as (work, item, attempt):
        if attempt.identity is IdentityResult.FAILED:
            raise CallRefused("identity_failed")
        compared_with = attempt.compared_with or (None if kinds_on_file(item) else ComparedWith.NOTHING_ON_FILE)
        change(work, attempt_id, identity=IdentityResult.GENERAL_ONLY, compared_with=compared_with)
        _leave_identity(work, attempt, IdentityResult.GENERAL_ONLY)
        return build_sheet(desk, work.connection, attempt_id, token)


def _leave_identity(work: Work, attempt: Any, result: IdentityResult) -> None:
    if result is not IdentityResult.NOT_ASKED:
        enter(work, attempt.id, step_after(CallStep.IDENTITY, who=attempt.who_answered, identity=result))
