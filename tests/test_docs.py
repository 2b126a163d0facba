"""README and docs/: links lead somewhere, every page is linked, every command that is named exists."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from callback_tui.cli.main import app

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
TEXTS = {page: page.read_text(encoding="utf-8") for page in PAGES}


def links_of(text: str) -> list[str]:
    """Return where the links and pictures of a page lead, parts of a page aside."""
    return [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]


def broken_links(text: str, folder: Path) -> list[str]:
    """Return the links of a page in a folder that lead nowhere."""
    return [link for link in links_of(text) if link and not (folder / link).exists()]


def commands_of(text: str) -> set[tuple[str, ...]]:
    """Return the words after each `callback-tui` at the begin of code: a command and perhaps its second word."""
    blocks = text.split("```")[1::2]
    code = [*re.findall(r"`([^`\n]+)`", text), *(line for block in blocks for line in block.splitlines())]
    found = (re.match(r"callback-tui((?: [a-z]+){1,2})\b", words) for words in code)
    return {tuple(match[1].split()) for match in found if match}


def unknown_commands(named: Iterable[tuple[str, ...]]) -> list[str]:
    """Return the commands that the program does not have."""
    root = get_command(app)
    assert isinstance(root, TyperGroup)
    missing = []
    for first, *rest in named:
        command = root.commands.get(first)
        inside = command.commands if isinstance(command, TyperGroup) else None
        if command is None or (inside is not None and rest and rest[0] not in inside):
            missing.append(" ".join((first, *rest)))
    return missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(TEXTS[page], page.parent) == []


def test_every_page_is_linked_from_the_readme() -> None:
    assert {page.relative_to(ROOT).as_posix() for page in PAGES[1:]} <= set(links_of(TEXTS[PAGES[0]]))


def test_commands_that_are_named_exist() -> None:
    named = {command for text in TEXTS.values() for command in commands_of(text)}
    assert {("init",), ("staff", "add"), ("policy", "show")} <= named
    assert unknown_commands(named) == []


def test_what_leads_nowhere_is_found() -> None:
    assert broken_links("[a](docs/none.md) [b](README.md#more) [c](https://example.org/)", ROOT) == ["docs/none.md"]
    text = "callback-tui is here\n```\ncallback-tui dial\n```\nand `callback-tui staff fire dana`"
    assert sorted(unknown_commands(commands_of(text))) == ["dial", "staff fire"]
