"""Every error a person can cause, as data: what happened and what to do next; docs/errors.md is made from it.

`callback_tui.errors` looks a code up here when it is raised. A {field} is filled in then. No field may carry a
patient's name or number, or anything a patient said: a sentence may reach a log or somebody else's screen.
Every room loads this, so it imports nothing but its own rows.
"""

from callback_tui.error_table.calling import CALLING, FOLLOW_UPS, RINGING
from callback_tui.error_table.files import IMPORTING, OUTPUT, POLICY, SCORECARD
from callback_tui.error_table.opening import OPENING, SIGNING_IN, STAFF

GROUPS: dict[str, dict[str, tuple[str, str]]] = {
    "Opening the desk": OPENING,
    "Signing in": SIGNING_IN,
    "Importing": IMPORTING,
    "Policy": POLICY,
    "Ringing": RINGING,
    "Calling": CALLING,
    "Follow-ups": FOLLOW_UPS,
    "Scorecard": SCORECARD,
    "Staff": STAFF,
    "Output": OUTPUT,
}
"""By what the person was doing: code, then the sentence that says what happened and the next step."""

ERRORS: dict[str, tuple[str, str]] = {code: row for rows in GROUPS.values() for code, row in rows.items()}
"""All rows by code; a code stands in one group only."""


def error_words(code: str, /, **fields: object) -> tuple[str, str]:
    """Return the sentence and the next step of a code with its fields filled in; a field too few is a KeyError."""
    sentence, next_step = ERRORS[code]
    return sentence.format_map(fields), next_step.format_map(fields)
