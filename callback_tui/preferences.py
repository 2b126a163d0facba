"""One person's choices on this machine, read at start: colours, signs, keys. A bad one is told and left out."""

import contextlib
import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from callback_tui.keymap import choose_keys

GLYPHS = ("auto", "unicode", "ascii")
_KNOWN = ("theme", "glyphs", "keys")
_THEME_LINE = re.compile(r"^theme[ \t]*=.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Preferences:
    """`path` is the file in which a change is remembered, None to remember nothing; "" is the theme nobody chose."""

    path: Path | None = None
    theme: str = ""
    glyphs: str = "unicode"
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def read_preferences(path: Path) -> Preferences:
    """Read the file at `path`; without one everything is as it comes. Never fails: what is wrong is in `problems`."""
    from callback_tui.commands import SCREENS
    from callback_tui.widgets.theme import offered_themes

    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Preferences(path, glyphs=GLYPHS[0])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        problem = f"The preferences in {path.name} cannot be read, so nothing of them counts. Look at the file."
        return Preferences(None, glyphs=GLYPHS[0], problems=(problem,))
    problems = [f'The preferences name "{name}", which means nothing here.' for name in written if name not in _KNOWN]
    theme, glyphs, keys = (written.get(name, default) for name, default in zip(_KNOWN, ("", "auto", {}), strict=True))
    if not isinstance(theme, str) or theme not in ("", *offered_themes()):
        problems.append(f"There are no colours called {theme}, so the dark ones are used. ctrl+p offers all there are.")
        theme = ""
    if glyphs not in GLYPHS:
        problems.append(f"The glyphs in the preferences are none of {', '.join(GLYPHS)}; auto is used.")
        glyphs = GLYPHS[0]
    if not isinstance(keys, dict):
        problems.append("The keys in the preferences stand under no [keys] line; none of them counts.")
        keys = {}
    chosen = choose_keys(keys, [screen.commands for screen in SCREENS])
    return Preferences(path, theme, str(glyphs), chosen.keymap, (*problems, *chosen.problems))


def remember_theme(path: Path, theme: str) -> None:
    """Write the theme into the file and leave the rest of it alone; a folder that cannot be written is no failure."""
    with contextlib.suppress(OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        line = f'theme = "{theme}"'
        head = len(before) if not (table := re.search(r"^\[", before, re.MULTILINE)) else table.start()
        if _THEME_LINE.search(before, 0, head):
            text = _THEME_LINE.sub(lambda _found: line, before, count=1)
        else:
            text = f"{line}\n{before}"
        kept = tomllib.loads(before)
        if tomllib.loads(text) == {**kept, "theme": theme}:
            _replace(path, text)


def ascii_only(glyphs: str, encoding: str | None, terminal: str | None) -> bool:
    """Whether only ASCII may be drawn: when it was chosen, or by itself where the terminal shows nothing else."""
    if glyphs != "auto":
        return glyphs == "ascii"
    shows_unicode = (encoding or "").lower().replace("-", "").replace("_", "") in ("utf8", "cp65001")
    return not shows_unicode or (terminal or "") in ("linux", "dumb")


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
