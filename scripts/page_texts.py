"""The pages of docs/ that are made from the program itself, so that they cannot say something else than it does."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench_result import page_of
from page_architecture import architecture_page

if TYPE_CHECKING:
    from callback_tui.command import Command

DOCS = Path(__file__).resolve().parent.parent / "docs"
KEPT_FIGURES = DOCS / "performance.json"

_KEYS_HEAD = """# Keys

Made by `scripts/pages.py` from `callback_tui/commands.py`; `?` shows the same on every screen. Letters and digits that
choose an answer during a call stand on the screen itself.

Terminals keep F11, alt with a letter, ctrl+enter and ctrl with h, i, j, m or s for themselves; nothing here is on them.

## Keys and colours of your own

`preferences.toml` holds what you choose on this machine: on Linux in `~/.config/callback-tui/`, on macOS in
`~/Library/Application Support/callback-tui/`, on Windows in `%LOCALAPPDATA%\\callback-tui\\`.

```
theme = "desk-light"        # desk-dark, desk-light, desk-contrast, or one the palette (ctrl+p) offers
glyphs = "auto"             # unicode, ascii; auto takes ascii where the terminal shows nothing else

[keys]
"queue.call" = "enter,c"    # one key or several, by the command's name in the tables below
```

Footers, help and the borders of windows show your key; sentences name the command's own. A key that a terminal keeps,
that would be typed into a field, or that means something else on the same screen is refused with a sentence when the
program starts, and the command keeps its own. `t` changes the colours and remembers them. With `NO_COLOR` set nothing
is coloured: each state has its word and sign as well. All colours are chosen for people who see few of them;
`desk-contrast` keeps late and soon furthest apart, `desk-light` least.
"""


def keys_page() -> str:
    """Return docs/keys.md: every command with its key, by screen."""
    from callback_tui.commands import APP, EVERYWHERE, LIST, SCREENS, WINDOW

    shared = (
        ("Every screen", APP),
        ("Queue, follow-ups, scorecard", EVERYWHERE),
        ("Lists", LIST),
        ("Every window of a call", WINDOW),
    )
    own = [
        (screen.name, [each for each in screen.commands if not any(each in commands for _, commands in shared)])
        for screen in SCREENS
    ]
    blocks = [*shared, *((name, commands) for name, commands in own if commands)]
    return "\n".join([_KEYS_HEAD, *(_key_table(name, commands) for name, commands in blocks)])


def _key_table(name: str, commands: "Sequence[Command]") -> str:
    from callback_tui.command import written_key

    rows = []
    for command in commands:
        keys = " or ".join(f"`{written_key(key)}`" for key in command.keys)
        name_of_it = "(the field's own)" if command.fixed else f"`{command.id}`"
        rows.append(f"| {keys} | {command.help} | {name_of_it} |")
    return "\n".join([f"## {name}", "", "| key | what it does | name |", "|---|---|---|", *rows, ""])


_ERRORS_HEAD = """# Errors

Made by `scripts/pages.py` from `callback_tui/error_table/`. Each is one sentence and a next step, on the screen or,
from a command, on stderr with exit status 1. A word in {braces} is filled in; none is ever a patient's name or number.

A wrong option of a command ends with its usage and exit status 2. What a policy file may say is in
[policy.md](policy.md); a refusal names the place in the file.
"""


def errors_page() -> str:
    """Return docs/errors.md: every error with what happened and what to do, by what the person was doing."""
    from callback_tui.error_table import GROUPS

    return "\n".join([_ERRORS_HEAD, *(_error_table(name, rows) for name, rows in GROUPS.items())])


def _error_table(name: str, rows: Mapping[str, tuple[str, str]]) -> str:
    lines = [f"| {_as_read(row[0])} | {_as_read(row[1])} | `{code}` |" for code, row in rows.items()]
    return "\n".join([f"## {name}", "", "| what happened | what to do | code |", "|---|---|---|", *lines, ""])


def _as_read(template: str) -> str:
    return template.replace("{{", "{").replace("}}", "}")


def performance_page() -> str:
    """Return docs/performance.md: the figures that `scripts/bench.py --keep` wrote beside it."""
    return page_of(json.loads(KEPT_FIGURES.read_text(encoding="utf-8")))


def pages() -> dict[str, Callable[[], str]]:
    """Return the pages that are made, each with what makes it; performance.md once figures are kept."""
    made = {"keys.md": keys_page, "errors.md": errors_page, "architecture.md": architecture_page}
    return made | ({"performance.md": performance_page} if KEPT_FIGURES.is_file() else {})


def stale_pages() -> list[str]:
    """Return the names of the pages that do not say what the program does."""
    return [name for name, made in pages().items() if not (DOCS / name).is_file() or _read(name) != made()]


def write_pages() -> list[str]:
    """Write the pages that are not current and return their names."""
    stale = stale_pages()
    for name in stale:
        (DOCS / name).write_text(pages()[name](), encoding="utf-8", newline="\n")
    return stale


def _read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    only_check = "--check" in sys.argv[1:]
    found = stale_pages() if only_check else write_pages()
    for page in found:
        print(f"docs/{page} is not current: run scripts/pages.py" if only_check else f"docs/{page} was written")
    sys.exit(1 if only_check and found else 0)
