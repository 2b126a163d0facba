"""A patient's card in words: wishes, language, age, and what a list calls the patient."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from callback_tui.models.vocabulary import Channel, LeavePermission, SafeContactKind
from callback_tui.rules.age import age_years as age_years
from callback_tui.rules.channel_words import channel_words
from callback_tui.rules.opt_outs import call_opt_out
from callback_tui.rules.phone import national
from callback_tui.rules.speak import day_words, desk_zone_of
from callback_tui.views.dial import OptOut
from callback_tui.views.policy import Policy
from callback_tui.views.queue import SafeContactCard

_MAY_LEAVE = {
    LeavePermission.DETAIL: "details allowed",
    LeavePermission.MINIMUM: "name and number only",
    LeavePermission.NOTHING: "nothing",
}
_LANGUAGES = {"en": "English", "es": "Spanish"}


def opt_out_words(opt_outs: Iterable[OptOut], e164: str, policy: Policy, now: datetime) -> str:
    """Return that the patient asked not to be called at this number, and when, or nothing."""
    fact = call_opt_out(opt_outs, e164)
    return "" if fact is None else f"be called (asked {day_words(fact.recorded_at, desk_zone_of(policy), now)})"


def safe_contact_card(
    instructions: Sequence[Any],
    points: Sequence[Any],
    patient_language: str,
    *,
    prefers: Channel | None = None,
    no_calls: str = "",
) -> SafeContactCard:
    """Return the patient's wishes in words, for the card above the number; `no_calls` is as `opt_out_words` has it."""
    never: list[str] = [no_calls] if no_calls else []
    may_hear: list[str] = []
    no_voicemail = False
    for wish in instructions:
        match wish.kind:
            case SafeContactKind.NEVER_NUMBER:
                never.append(national(wish.value))
            case SafeContactKind.NEVER_KIND:
                never.append(f"the {wish.value.replace('_', ' ')} phone")
            case SafeContactKind.NOT_BEFORE:
                never.append(f"before {wish.value}")
            case SafeContactKind.NOT_AFTER:
                never.append(f"after {wish.value}")
            case SafeContactKind.MAY_HEAR:
                may_hear.append(wish.value)
            case SafeContactKind.NO_VOICEMAIL:
                no_voicemail = True
            case SafeContactKind.NO_PRACTICE_NAME:
                never.append("say where we call from")
            case SafeContactKind.NOTE:
                never.append(wish.value)
    permission = points[0].leave_permission if points else LeavePermission.MINIMUM
    return SafeContactCard(
        may_leave=_MAY_LEAVE[LeavePermission.NOTHING if no_voicemail else permission],
        never="; ".join(never),
        may_hear="; ".join(may_hear),
        language=patient_language,
        prefers=channel_words(prefers) if prefers else "",
        asked_at=max((wish.asked_at for wish in instructions), default=None),
    )


def language_words(language: str, *, needs_interpreter: bool, uses_tty: bool) -> str:
    """Return how to talk with the patient: language, interpreter, TTY."""
    words = _LANGUAGES.get(language, language)
    interpreter = "interpreter needed" if needs_interpreter else "no interpreter"
    return f"{words}, {interpreter}, TTY" if uses_tty else f"{words}, {interpreter}"


def shown_name(name: str, caller_name: str, number: str) -> str:
    """Return what a list calls the patient: the name, else the caller's, else the last four digits."""
    if name or caller_name:
        return name or caller_name
    digits = "".join(character for character in number if character.isdigit())
    return f"(unknown) ..{digits[-4:]}" if digits else "(unknown)"
