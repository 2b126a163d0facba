"""The colours of the desk: one palette per theme, and the Textual themes made from them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

# The least contrast of text on its ground, from the Web Content Accessibility Guidelines.
READABLE = 4.5
TEXT_TOKENS = ("text", "dim", "accent", "late", "soon", "ok", "done", "mine")
_STEPS = 40
_HEAT = (0.12, 0.25, 0.42, 0.6)


@dataclass(frozen=True, slots=True)
class Palette:
    """Colour tokens as hex. In style sheets `ground`, `text` and `accent` are $background, $foreground and $accent."""

    ground: str
    raised: str
    select: str
    text: str
    dim: str
    line: str
    graph: str
    accent: str
    late: str
    soon: str
    ok: str
    done: str
    mine: str
    alarm: str
    on_alarm: str

    def heat(self) -> tuple[str, ...]:
        """Return the grounds of a heat map from mild to hot, as hot as text can still be read on."""
        ground, hot = Color.parse(self.ground), Color.parse(self.alarm)
        for step in range(_STEPS + 1):
            grounds = tuple(ground.blend(hot, part * (1 - step / _STEPS), 1).hex6 for part in _HEAT)
            if contrast(self.text, grounds[-1]) >= READABLE:
                break
        return grounds

    def variables(self) -> dict[str, str]:
        """Return the tokens as style sheet variables, and the variables Textual makes of them."""
        return {
            "background": self.ground,
            "foreground": self.text,
            "accent": self.accent,
            "surface": self.ground,
            "panel": self.raised,
            "raised": self.raised,
            "select": self.select,
            "dim": self.dim,
            "line": self.line,
            "graph": self.graph,
            "late": self.late,
            "soon": self.soon,
            "ok": self.ok,
            "done": self.done,
            "mine": self.mine,
            "alarm": self.alarm,
            "on-alarm": self.on_alarm,
            **{f"heat-{step}": colour for step, colour in enumerate(self.heat(), start=1)},
            "border": self.accent,
            "border-blurred": self.line,
            "scrollbar": self.line,
            "scrollbar-hover": self.graph,
            "scrollbar-active": self.accent,
            "scrollbar-background": self.ground,
            "scrollbar-background-hover": self.ground,
            "scrollbar-background-active": self.ground,
            "scrollbar-corner-color": self.ground,
            "input-cursor-background": self.accent,
            "input-cursor-foreground": self.ground,
            "input-cursor-text-style": "none",
            "input-selection-background": self.graph,
        }


DARK = Palette(
    ground="#12161C",
    raised="#191E26",
    select="#262E3A",
    text="#D9DDE4",
    dim="#98A1AF",
    line="#3D4653",
    graph="#767E8A",
    accent="#ABA6FF",
    late="#F07B35",
    soon="#E69F00",
    ok="#56B4E9",
    done="#1DB58A",
    mine="#D98AB5",
    alarm="#D55E00",
    on_alarm="#000000",
)
LIGHT = Palette(
    ground="#FAF9F6",
    raised="#F0EFEB",
    select="#E4E5F1",
    text="#20252C",
    dim="#59616D",
    line="#C3C5C9",
    graph="#81878F",
    accent="#4A3FB5",
    late="#AB4300",
    soon="#855C00",
    ok="#186A99",
    done="#007052",
    mine="#98386F",
    alarm="#D55E00",
    on_alarm="#000000",
)
HIGH_CONTRAST = Palette(
    ground="#000000",
    raised="#000000",
    select="#2B2B2B",
    text="#FFFFFF",
    dim="#D0D0D0",
    line="#8C8C8C",
    graph="#9C9C9C",
    accent="#D3CFFF",
    late="#FF9A57",
    soon="#FFC247",
    ok="#86D0FF",
    done="#4FE0B0",
    mine="#F7B0D6",
    alarm="#FF8A3D",
    on_alarm="#000000",
)

DEFAULT_THEME = "desk-dark"
CONTRAST_THEME = "desk-contrast"
PALETTES = {DEFAULT_THEME: DARK, "desk-light": LIGHT, CONTRAST_THEME: HIGH_CONTRAST}


def themes() -> tuple[Theme, ...]:
    """Return the desk's themes, ready to register; the default one first."""
    return tuple(_theme(name, palette, dark=palette is not LIGHT) for name, palette in PALETTES.items())


def palette_of(app: App[Any]) -> Palette:
    """Return the palette of the theme in force; for a theme that is not ours one that can be read on its ground."""
    return palette_named(app.theme)


@cache
def palette_named(name: str) -> Palette:
    """Return the palette of one of our themes or of one of Textual's. Raises KeyError for other names.

    On the ground of a theme that is not ours our hues are kept and their lightness is moved until they can be read.
    """
    if name in PALETTES:
        return PALETTES[name]
    theme = BUILTIN_THEMES[name]
    start = DARK if theme.dark else LIGHT
    colours = theme.to_color_system().generate()
    ground = Color.parse(colours["background"])
    text = Color.parse(colours["foreground"])
    raised, select, line, graph = (ground.blend(text, part, 1).hex6 for part in (0.05, 0.12, 0.3, 0.6))
    grounds = (ground.hex6, raised, select)
    wanted = {token: getattr(start, token) for token in TEXT_TOKENS} | {
        "text": text.hex6,
        "accent": Color.parse(colours["accent"]).hex6,
    }
    readable = {token: _readable(colour, grounds, dark=theme.dark) for token, colour in wanted.items()}
    return replace(start, ground=ground.hex6, raised=raised, select=select, line=line, graph=graph, **readable)


def offered_themes() -> tuple[str, ...]:
    """Return the names of all themes that may be chosen; not those that take unknown colours from the terminal."""
    return (*PALETTES, *(name for name, theme in BUILTIN_THEMES.items() if not theme.ansi))


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two hex colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _readable(colour: str, grounds: Sequence[str], *, dark: bool) -> str:
    end = Color.parse("#FFFFFF" if dark else "#000000")
    steps = (Color.parse(colour).blend(end, step / _STEPS, 1).hex6 for step in range(_STEPS + 1))
    return next((each for each in steps if all(contrast(each, ground) >= READABLE for ground in grounds)), end.hex6)


def _theme(name: str, palette: Palette, *, dark: bool) -> Theme:
    return Theme(
        name=name,
        primary=palette.accent,
        secondary=palette.ok,
        accent=palette.accent,
        warning=palette.soon,
        error=palette.late,
        success=palette.done,
        foreground=palette.text,
        background=palette.ground,
        surface=palette.ground,
        panel=palette.raised,
        dark=dark,
        variables=palette.variables(),
    )


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
