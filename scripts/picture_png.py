"""Turns a picture into PNG with a monospaced font of this machine."""

import os
from pathlib import Path

_SCALE = 2
_FONTS = (
    ("DejaVu Sans Mono", "DejaVuSansMono*.ttf"),
    ("Menlo", "Menlo.ttc"),
    ("Consolas", "consola*.ttf"),
    ("Liberation Mono", "LiberationMono*.ttf"),
)
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "%WINDIR%/Fonts",
)


class NoFontError(Exception):
    """No font can draw the pictures; the text says what now."""


def png_of(svg: str) -> bytes:
    """Return the PNG of a picture, twice as large so that it is sharp. Raises NoFontError."""
    import resvg_py

    family, files = _font()
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, zoom=_SCALE, skip_system_fonts=True, font_files=files, monospace_family=family
        )
    )


def _font() -> tuple[str, list[str]]:
    folders = [Path(os.path.expandvars(folder)).expanduser() for folder in _FOLDERS]
    for family, pattern in _FONTS:
        files = [str(path) for folder in folders if folder.is_dir() for path in sorted(folder.rglob(pattern))]
        if files:
            return family, files
    names = ", ".join(family for family, _ in _FONTS)
    raise NoFontError(
        f"No font to draw the PNG pictures with: none of {names} is installed. "
        "On Debian and Ubuntu `apt install fonts-dejavu-core` mends that; then run this again."
    )
