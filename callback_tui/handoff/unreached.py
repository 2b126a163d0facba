"""The text or letter to somebody who could not be reached by phone; it says no more than a voicemail may."""

from datetime import datetime
from zoneinfo import ZoneInfo

from callback_tui.models.vocabulary import FollowUpKind
from callback_tui.rules.clean import clean_line
from callback_tui.views.follow_up import Unreached

_TRIES_NAMED = 6


def unreached_words(facts: Unreached) -> str:
    """Return the words to send, by kind: a text or portal message of one paragraph, or a letter.

    Neither names a reason, a person of the practice or a department (domain section 4, voicemail).
    """
    return _letter(facts) if facts.kind is FollowUpKind.LETTER else _text(facts)


def _text(facts: Unreached) -> str:
    sender = f"This is {clean_line(facts.short_name)} for" if facts.short_name.strip() else "A message for"
    words = f"{sender} {clean_line(facts.patient)}. We could not reach you by phone. {_please_call(facts)}"
    return f"{words} {_emergency(facts)}".strip()


def _letter(facts: Unreached) -> str:
    tries = [_day_and_time(at, facts.zone) for at in facts.tries[-_TRIES_NAMED:]]
    rung = f"We rang you on {', '.join(tries)} and did not reach you." if tries else "We could not reach you by phone."
    asked = "" if facts.received_at is None else f"You asked us to call you on {_day(facts.received_at, facts.zone)}. "
    parts = [
        clean_line(facts.practice),
        _day(facts.now, facts.zone),
        f"Dear {clean_line(facts.patient)},",
        f"{asked}{rung}",
        f"{_please_call(facts)} {_emergency(facts)}".strip(),
        clean_line(facts.practice),
    ]
    return "\n\n".join(part for part in parts if part)


def _please_call(facts: Unreached) -> str:
    hours = f", {clean_line(facts.hours)}" if facts.hours.strip() else ""
    return f"Please call {clean_line(facts.number) or 'us back'}{hours}."


def _emergency(facts: Unreached) -> str:
    return "If this is an emergency, call 911." if facts.emergency_line else ""


def _day(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B %Y}"


def _day_and_time(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B} at {local:%H:%M}"
