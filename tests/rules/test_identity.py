"""The identity gate: two kinds, two failures, and what may be shown."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.models.vocabulary import IdentityKind, IdentityResult
from callback_tui.rules.identity import check_identity, message_visible
from callback_tui.views.call import IdentityCheck
from tests.rules.call_cases import POLICY

BIRTH, ADDRESS, RECORD, SSN = IdentityKind

ON_CARD = (BIRTH, ADDRESS, RECORD)


def check(
    *matched: IdentityKind,
    failures: int = 0,
    result: IdentityResult = IdentityResult.NOT_ASKED,
    on_file: tuple[IdentityKind, ...] = ON_CARD,
) -> IdentityCheck:
    """Return where the gate stands under the test policy."""
    return check_identity(result=result, matched=matched, failures=failures, on_file=on_file, policy=POLICY)


def test_two_different_kinds_open_the_gate() -> None:
    assert check(BIRTH).result is IdentityResult.NOT_ASKED
    assert check(BIRTH, BIRTH).result is IdentityResult.NOT_ASKED
    assert check(BIRTH, ADDRESS).result is IdentityResult.PASSED
    assert check(BIRTH, SSN).result is IdentityResult.PASSED


def test_a_second_failure_shuts_it_whatever_matched() -> None:
    assert check(BIRTH, failures=1).result is IdentityResult.NOT_ASKED
    assert check(BIRTH, failures=2).result is IdentityResult.FAILED
    assert check(BIRTH, ADDRESS, failures=2).result is IdentityResult.FAILED
    assert check(BIRTH, ADDRESS, result=IdentityResult.FAILED).result is IdentityResult.FAILED


def test_general_information_lasts_until_two_details_match() -> None:
    assert check(BIRTH, result=IdentityResult.GENERAL_ONLY).result is IdentityResult.GENERAL_ONLY
    assert check(BIRTH, RECORD, result=IdentityResult.GENERAL_ONLY).result is IdentityResult.PASSED


def test_a_pass_is_read_from_what_matched_and_from_nothing_else() -> None:
    assert check(BIRTH, result=IdentityResult.PASSED).result is IdentityResult.NOT_ASKED


def test_what_is_on_file_is_asked_for_first() -> None:
    assert check(on_file=(RECORD,)).asked == (RECORD, BIRTH)
    assert check().asked == (BIRTH, ADDRESS)
    assert check(on_file=()).asked == ()


def test_a_kind_the_policy_left_out_does_not_count() -> None:
    strict = replace(POLICY, identity_kinds=(BIRTH, ADDRESS))
    gate = check_identity(
        result=IdentityResult.NOT_ASKED, matched=(BIRTH, SSN), failures=0, on_file=ON_CARD, policy=strict
    )
    assert (gate.result, gate.matched, gate.on_file) == (IdentityResult.NOT_ASKED, (BIRTH,), (BIRTH, ADDRESS))


def test_neither_name_nor_number_is_a_kind() -> None:
    assert {kind.value for kind in IdentityKind} == {"date_of_birth", "address", "record_number", "ssn_last_four"}


@settings(deadline=None)
@given(
    matched=st.lists(st.sampled_from(IdentityKind), max_size=6).map(tuple),
    failures=st.integers(0, 4),
    result=st.sampled_from(IdentityResult),
    on_file=st.lists(st.sampled_from(IdentityKind), max_size=4).map(tuple),
)
def test_the_gate_opens_only_for_two_kinds_and_fewer_failures(
    matched: tuple[IdentityKind, ...], failures: int, result: IdentityResult, on_file: tuple[IdentityKind, ...]
) -> None:
    gate = check(*matched, failures=failures, result=result, on_file=on_file)
    is_open = len(set(matched)) >= 2 and failures < 2 and result is not IdentityResult.FAILED
    assert (gate.result is IdentityResult.PASSED) == is_open


@pytest.mark.parametrize("identity", IdentityResult)
def test_the_message_hides_from_pick_up_until_the_gate_or_an_emergency(identity: IdentityResult) -> None:
    passed = identity is IdentityResult.PASSED
    assert message_visible(answered=False, identity=identity, emergency_open=False)
    assert message_visible(answered=True, identity=identity, emergency_open=False) == passed
    assert message_visible(answered=True, identity=identity, emergency_open=True)
