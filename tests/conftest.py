"""Fixtures for every test: a clock that stands still, and an encrypted desk that a nurse has signed in to."""

import dataclasses
import gc
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Role
from callback_tui.services import policy as policy_service
from callback_tui.services import staff as staff_service
from callback_tui.services.desk import OpenDesk
from callback_tui.services.setup import init_desk
from callback_tui.services.sign_in import sign_in, sign_off
from callback_tui.store.keys import KeyCost
from callback_tui.views.desk import Actor

CHEAP_KEYS = KeyCost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "made-up words for tests"
MONDAY_MORNING = datetime(2026, 11, 23, 15, 42, 7, tzinfo=UTC)
SECOND_SITE = """
[[site]]
name = "Riverside"
zone = "America/Chicago"
callback_number = "+12125550101"
hours = { mon = ["08:00-17:00"], tue = ["08:00-17:00"], wed = ["08:00-17:00"], fri = ["08:00-12:00"] }
"""


# Hundreds of short-lived screens: looking for dead cycles at every turn costs a tenth of the suite.
gc.set_threshold(100_000, 50, 100)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long` runs at full size what the suite runs smaller."""
    parser.addoption("--long", action="store_true", help="run at full size what the suite runs smaller (minutes)")


@pytest.fixture(autouse=True, scope="session")
def _styles_read_once() -> Iterator[None]:
    """Have the same style sheets read once for all apps of a session, and not anew by each one and each new screen."""
    from textual.css.stylesheet import Stylesheet

    read_anew, known = Stylesheet._parse_rules, {}

    def read(sheet: Stylesheet, *arguments: Any, **named: Any) -> Any:
        key = (arguments, tuple(named.items()), tuple(sheet._variables.items()))
        if key not in known:
            known[key] = read_anew(sheet, *arguments, **named)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", read)
        yield


@pytest.fixture
def clock() -> FixedClock:
    """Monday 10:42:07 in New York."""
    return FixedClock(MONDAY_MORNING)


@pytest.fixture(scope="session")
def desk_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a desk with two sites and a person per role, whose user name is the role; to be copied, never opened."""
    folder = tmp_path_factory.mktemp("template") / "desk"
    clock = FixedClock(MONDAY_MORNING)
    init_desk(
        folder,
        practice="Maple Street Family Medicine",
        short_name="Maple Street",
        zone="America/New_York",
        region="US",
        callback_number="+12125550100",
        admin_username="admin",
        admin_name="Ada Admin",
        passphrase=PASSPHRASE,
        clock=clock,
        key_cost=CHEAP_KEYS,
    )
    admin = sign_in(folder, "admin", PASSPHRASE, clock)
    for role in (Role.NURSE, Role.STAFF, Role.CLINICIAN, Role.SUPERVISOR):
        name = f"Sam {role.value.capitalize()}"
        staff_service.add_staff(admin, username=role.value, name=name, role=role, passphrase=PASSPHRASE)
    policy_service.apply_policy(admin, policy_service.policy_text(admin) + SECOND_SITE)
    sign_off(admin)
    return folder


@pytest.fixture
def desk_folder(tmp_path: Path, desk_template: Path) -> Path:
    """Return a desk folder of this test's own, nobody signed in."""
    return Path(shutil.copytree(desk_template, tmp_path / "desk"))


@pytest.fixture
def desk(desk_folder: Path, clock: FixedClock) -> Iterator[OpenDesk]:
    """Return the desk with a nurse signed in, on the `clock` fixture."""
    opened = sign_in(desk_folder, "nurse", PASSPHRASE, clock)
    yield opened
    opened.store.close()


@pytest.fixture
def as_role() -> Callable[[OpenDesk, Role], OpenDesk]:
    """Return a function that hands the same open desk to the person with another role."""

    def switch(desk: OpenDesk, role: Role) -> OpenDesk:
        line = next(line for line in staff_service.list_staff(desk) if line.role is role)
        return dataclasses.replace(
            desk, actor=Actor(line.staff_id, line.username, line.name, line.role, desk.actor.session_id)
        )

    return switch
