"""Makes outside text harmless: no control characters, no hidden direction changes, no endless accents."""

import unicodedata

REPLACEMENT = "�"
_KEPT_INVISIBLE = frozenset("\u00a0\u202f\u2009\u3000")
_SOFT_HYPHEN = "\u00ad"
# Letters and signs that show nothing: a name made of them would look like no name at all.
_SHOWN_AS_BLANK = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"), " ")
_MAX_COMBINING_RUN = 4


def clean(text: str, *, newlines: bool = True, limit: int | None = None) -> str:
    """Return `text` fit for the store and the screen.

    NFC; carriage returns become newlines; soft hyphens, which only say where a word may break, go; every other
    non-printable code point (C0, C1, DEL, bidi controls, zero width, surrogates, tags) becomes U+FFFD; unusual spaces
    and letters that show nothing become plain ones; runs of combining marks are cut at four.
    `limit` cuts to that many characters. Idempotent. Source: domain section 7.
    """
    if text.isprintable() and (text.isascii() or _is_latin_1(text)):
        return text if limit is None else text[:limit]
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace(_SOFT_HYPHEN, ""))
    normal = normal.translate(_SHOWN_AS_BLANK)
    if not normal.isprintable():
        normal = "".join(_harmless(character, newlines) for character in normal)
    if not normal.isascii():
        normal = unicodedata.normalize("NFC", _cap_combining(normal))
    return normal if limit is None else normal[:limit]


def clean_line(text: str, *, limit: int | None = None) -> str:
    """Return `text` cleaned for a one-line field: every white space run is one blank, the ends are trimmed."""
    return " ".join(clean(text, newlines=False, limit=limit).split())


def _is_latin_1(text: str) -> bool:
    """Return whether a text has only characters that are in NFC as they stand."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def _harmless(character: str, newlines: bool) -> str:
    if character == "\n":
        return "\n" if newlines else " "
    if character.isprintable():
        return character
    if character == "\t" or character in _KEPT_INVISIBLE or unicodedata.category(character) == "Zs":
        return " "
    return REPLACEMENT


def _cap_combining(text: str) -> str:
    if not any(map(unicodedata.combining, text)):
        return text
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= _MAX_COMBINING_RUN:
            kept.append(character)
    return "".join(kept)
