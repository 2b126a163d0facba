"""Policy versions: applied by an admin, kept for good, sites in line with the newest."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from callback_tui.errors import NotAllowed, PolicyError
from callback_tui.models.vocabulary import Role
from callback_tui.services.desk import OpenDesk
from callback_tui.services.policy import apply_policy, current_policy, policy_text
from callback_tui.store.tables import policy_version, site
from tests.conftest import SECOND_SITE

AsRole = Callable[[OpenDesk, Role], OpenDesk]


def sites(desk: OpenDesk) -> dict[str, tuple[int, bool, str]]:
    """Return id, whether in use, and number of each site by name."""
    with desk.store.read() as connection:
        rows = connection.execute(select(site)).all()
    return {row.name: (row.id, row.active, row.callback_number) for row in rows}


def test_the_newest_version_is_in_force_and_older_ones_stay(desk: OpenDesk, as_role: AsRole) -> None:
    text = policy_text(desk)
    changed = text.replace("+12125550101", "+12125550109")
    version_id = apply_policy(as_role(desk, Role.ADMIN), changed)
    assert policy_text(desk) == changed
    assert current_policy(desk).sites[1].callback_number == "+12125550109"
    with desk.store.read() as connection:
        kept = connection.execute(select(policy_version).order_by(policy_version.c.id)).all()
    assert [row.id for row in kept][-1] == version_id
    assert kept[-2].text == text


def test_a_site_left_out_is_kept_inactive_and_comes_back_under_its_id(desk: OpenDesk, as_role: AsRole) -> None:
    admin, text, before = as_role(desk, Role.ADMIN), policy_text(desk), sites(desk)
    apply_policy(admin, text.replace(SECOND_SITE, ""))
    assert sites(desk)["Riverside"] == (before["Riverside"][0], False, "+12125550101")
    assert sites(desk)["Main"] == before["Main"]
    apply_policy(admin, text)
    assert sites(desk) == before


def test_a_refused_policy_changes_nothing(desk: OpenDesk, as_role: AsRole) -> None:
    text, before = policy_text(desk), sites(desk)
    with pytest.raises(PolicyError, match="zone"):
        apply_policy(as_role(desk, Role.ADMIN), text.replace("America/Chicago", "America/Springfield"))
    assert policy_text(desk) == text
    assert sites(desk) == before


@pytest.mark.parametrize("role", [Role.NURSE, Role.STAFF, Role.CLINICIAN, Role.SUPERVISOR])
def test_only_an_admin_applies_a_policy(desk: OpenDesk, as_role: AsRole, role: Role) -> None:
    text = policy_text(desk)
    with pytest.raises(NotAllowed, match=r"cannot apply a policy here\. Ask somebody who is admin"):
        apply_policy(as_role(desk, role), text)
