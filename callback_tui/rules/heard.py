"""What a message says of who is to be rung, where the export said nothing: number, name, date of birth."""

from datetime import date

from callback_tui.rules import heard_birth, heard_name
from callback_tui.rules.date_order import date_order
from callback_tui.rules.heard_number import heard_number
from callback_tui.rules.heard_words import words_of
from callback_tui.views.heard import Heard, HeardText

VERIFY = "from the transcript, verify"
"""Stands wherever something is shown that was only found in the words of a message."""

SHORT_VERIFY = "heard, verify"
_NOTHING = Heard()


def heard(text: str, *, region: str, today: date, number: bool = True, name: bool = True, born: bool = True) -> Heard:
    """Return what is asked for and plainly said in the text; what is doubtful is left out.

    `region` is the country whose numbers need no code and whose order of dates counts. Never raises for any text, and
    looks through the beginning of a very long one only. Source: domain section 4, "heard, not verified".
    """
    name = name and heard_name.CUES.search(text) is not None
    born = born and any(map(text.lower().__contains__, heard_birth.CUES))
    if not (number or name or born):
        return _NOTHING
    words = words_of(text)
    caller: HeardText | None = None
    patient: HeardText | None = None
    if name:
        caller, patient = heard_name.heard_names(words)
    return Heard(
        heard_number(text, words, region) if number else None,
        caller,
        patient,
        heard_birth.heard_birth(words, date_order=date_order(region), today=today) if born else None,
    )


def written_birth(text: str, *, region: str, today: date) -> date | None:
    """Return the date of birth somebody wrote into a field of its own, by the same rules; None for no whole one."""
    found = heard_birth.heard_birth(words_of(f"born {text}"), date_order=date_order(region), today=today)
    return None if found is None else found.value
