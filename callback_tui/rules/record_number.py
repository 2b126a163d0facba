"""Tells a patient's record number from the words and zeros that exports write where there is none."""

_PLACEHOLDERS = frozenset(
    {
        "blank",
        "empty",
        "missing",
        "na",
        "new",
        "newpatient",
        "nil",
        "nomrn",
        "none",
        "notapplicable",
        "notavailable",
        "notgiven",
        "notonfile",
        "notprovided",
        "null",
        "pending",
        "self",
        "tba",
        "tbd",
        "temp",
        "test",
        "unassigned",
        "unk",
        "unknown",
        "x",
        "xx",
        "xxx",
    }
)


def record_number(text: str) -> str:
    """Return the text when it can be one patient's record number, else nothing.

    "N/A", "none", "-", "000" and their like stand at many patients, so they must never match one to another.
    """
    if not text:
        return ""
    kept = "".join(character for character in text.casefold() if character.isalnum())
    return "" if kept in _PLACEHOLDERS or not kept.strip("0") else text
