"""The files of docs/pictures/: kept, compared with what the program shows now, renewed."""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from re import findall

from scenes import SIZES, WALKS, Picture, PracticeDesk, picture_names, pictures_of

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
RENEW = "Look at them; if they are meant so: python scripts/screenshots.py"
_AS_PNG = ("queue-120", "queue-80", "call-who-120", "call-purpose-120", "follow-ups-120", "scorecard-120")


def difference(name: str, kept: str | None, now: str) -> list[str]:
    """Return the lines of a picture that are not as kept, as text: what was there and what is there now."""
    if kept is None:
        return [f"{name}: there is no such picture yet"]
    if kept == now:
        return []
    was, shows = _rows(kept), _rows(now)
    found = [f"{name}: {len(was)} lines were kept, {len(shows)} are shown"] if len(was) != len(shows) else []
    for number, (before, after) in enumerate(zip(was, shows, strict=False), 1):
        if before == after:
            continue
        if before[0] == after[0]:
            found.append(f"{name} line {number}, other colours or weight: {after[0]}")
        else:
            found.extend([f"{name} line {number} was: {before[0]}", f"{name} line {number} now: {after[0]}"])
    return found or [f"{name}: its frame is not as kept"]


def kept_picture(name: str) -> str | None:
    """Return the kept SVG, or None."""
    path = PICTURES / (name + ".svg")
    return path.read_text(encoding="utf-8") if path.is_file() else None


def strangers() -> list[str]:
    """Return the names of kept files that no scene makes."""
    known = {name + ".svg" for name in picture_names()} | {name + ".png" for name in _AS_PNG}
    return sorted(path.name for path in PICTURES.iterdir() if path.name not in known)


def write(picture: Picture) -> None:
    """Keep a picture, as PNG too where the pages use it. Raises NoFontError."""
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / (picture.name + ".svg")).write_text(picture.svg, encoding="utf-8", newline="\n")
    if picture.name in _AS_PNG:
        from picture_png import png_of

        (PICTURES / (picture.name + ".png")).write_bytes(png_of(picture.svg))


async def all_pictures() -> list[Picture]:
    """Take every picture."""
    with tempfile.TemporaryDirectory(prefix="callback-tui-pictures-", ignore_cleanup_errors=True) as folder:
        practice = PracticeDesk(Path(folder))
        return [picture for walk in WALKS for size in SIZES for picture in await pictures_of(walk, size, practice)]


def main(arguments: Sequence[str]) -> int:
    """Renew what is not current, or with `--check` say what it is. Returns 1 when a check found something."""
    from picture_png import NoFontError

    only_check = "--check" in arguments
    found = []
    try:
        for picture in asyncio.run(all_pictures()):
            changed = difference(picture.name, kept_picture(picture.name), picture.svg)
            is_whole = picture.name not in _AS_PNG or (PICTURES / (picture.name + ".png")).is_file()
            if only_check:
                found.extend(changed)
            elif changed or not is_whole:
                write(picture)
                print(f"docs/pictures/{picture.name} was written")
    except NoFontError as refusal:
        print(refusal)
        return 1
    for name in strangers():
        found.append(f"docs/pictures/{name} belongs to no scene: remove it")
    if found:
        print("\n".join([*found, RENEW]))
    return 1 if found else 0


def _rows(svg: str) -> list[tuple[str, str]]:
    """Return each row of a picture as its text and how that is drawn."""
    return [(unescape(text), drawn) for text, drawn in findall(r'<g aria-label="([^"]*)">(.*)</g>', svg)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
