"""The page on the policy says what the program does: its examples are taken, its defaults are the defaults."""

import re
import tomllib
from pathlib import Path

from callback_tui.rules.policy_defaults import POLICY_DEFAULTS
from callback_tui.rules.policy_file import parse_policy

PAGE = Path(__file__).resolve().parents[2] / "docs" / "policy.md"
MINIMUM, DEFAULTS = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_minimum_on_the_page_is_taken() -> None:
    assert parse_policy(MINIMUM).sites[0].name == "Main"
    assert parse_policy(MINIMUM + DEFAULTS) == parse_policy(MINIMUM)


def test_the_defaults_on_the_page_are_the_defaults() -> None:
    assert tomllib.loads(DEFAULTS) == tomllib.loads(POLICY_DEFAULTS)
