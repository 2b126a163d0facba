"""README and docs/: links lead somewhere, every page is linked, every command and option that is named exists."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from callback_tui.cli.main import app
from callback_tui.preferences import read_preferences

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
TEXTS = {page: page.read_text(encoding="utf-8") for page in PAGES}


def links_of(text: str) -> list[str]:
    """Return where the links and pictures of a page lead, parts of a page aside."""
    return [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]


def broken_links(text: str, folder: Path) -> list[str]:
    """Return the links of a page in a folder that lead nowhere."""
    return [link for link in links_of(text) if link and not (folder / link).exists()]


def calls_in(text: str) -> set[str]:
    """Return each `callback-tui ...` that begins a line or a piece of code, with what follows it and no comment."""
    blocks = text.split("```")[1::2]
    code = [*re.findall(r"`([^`\n]+)`", text), *(line for block in blocks for line in block.splitlines())]
    return {words.partition(" #")[0].strip() for words in code if re.match(r"callback-tui [a-z]", words)}


def wrong_calls(calls: Iterable[str]) -> list[str]:
    """Return the calls whose command or option the program does not have."""
    root = get_command(app)
    wrong = []
    for call in calls:
        command: Any = root
        for word in call.split()[1:]:
            if not isinstance(command, TyperGroup):
                break
            command = command.commands.get(word)
        known = {option for parameter in command.params for option in parameter.opts} if command else set()
        if command is None or not set(re.findall(r"--[a-z-]+", call)) <= known:
            wrong.append(call)
    return sorted(wrong)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(TEXTS[page], page.parent) == []


def test_every_page_is_linked_from_the_readme() -> None:
    assert {page.relative_to(ROOT).as_posix() for page in PAGES[1:]} <= set(links_of(TEXTS[PAGES[0]]))


def test_commands_and_options_that_are_named_exist() -> None:
    calls = {call for text in TEXTS.values() for call in calls_in(text)}
    assert {"callback-tui init", "callback-tui staff add dana --role nurse"} <= calls
    assert wrong_calls(calls) == []


def test_the_preferences_on_the_page_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "preferences.toml"
    path.write_text(TEXTS[ROOT / "docs/keys.md"].split("```")[1], encoding="utf-8")
    taken = read_preferences(path)
    assert (taken.theme, taken.problems) == ("desk-light", ())
    assert taken.keys["queue.call"] == "enter,c"


def test_what_leads_nowhere_is_found() -> None:
    assert broken_links("[a](docs/none.md) [b](README.md#more) [c](https://example.org/)", ROOT) == ["docs/none.md"]
    text = "callback-tui is here\n```\ncallback-tui dial # x\n```\n"
    text += "and `callback-tui staff fire dana` and `callback-tui init --now`"
    assert wrong_calls(calls_in(text)) == [
        "callback-tui dial",
        "callback-tui init --now",
        "callback-tui staff fire dana",
    ]
