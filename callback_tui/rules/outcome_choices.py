"""The numbered choices of a call: who answered, and which outcomes may be logged then (domain section 4)."""

from callback_tui.models.vocabulary import IdentityResult, Outcome, Tier, WhoAnswered
from callback_tui.views.call import Choice

_SPEAK_FOR_THEMSELVES = (WhoAnswered.PATIENT, WhoAnswered.REFUSED)
_ANY_TIME = (Outcome.EMERGENCY, Outcome.DUPLICATE)
_TALK = (Outcome.RESOLVED, Outcome.FOLLOW_UP, Outcome.ESCALATED, Outcome.ANOTHER_TIME, Outcome.REFUSED)

_BY_IDENTITY: dict[IdentityResult, tuple[Outcome, ...]] = {
    IdentityResult.PASSED: _TALK,
    IdentityResult.GENERAL_ONLY: (Outcome.RESOLVED, Outcome.ANOTHER_TIME, Outcome.NOT_VERIFIED, Outcome.REFUSED),
    IdentityResult.NOT_ASKED: (Outcome.NOT_VERIFIED, Outcome.ANOTHER_TIME, Outcome.REFUSED),
    IdentityResult.FAILED: (Outcome.NOT_VERIFIED,),
}

_BY_ANSWER: dict[WhoAnswered, tuple[Outcome, ...]] = {
    WhoAnswered.SOMEONE_ELSE: (Outcome.SOMEONE_ELSE, Outcome.MESSAGE_WITH_PERSON),
    WhoAnswered.VOICEMAIL: (Outcome.VOICEMAIL_LEFT, Outcome.MAILBOX_FULL, Outcome.NO_ANSWER),
    WhoAnswered.NOBODY: (Outcome.NO_ANSWER,),
    WhoAnswered.BUSY: (Outcome.BUSY,),
    WhoAnswered.WRONG_NUMBER: (Outcome.WRONG_NUMBER,),
    WhoAnswered.DISCONNECTED: (Outcome.DISCONNECTED,),
    WhoAnswered.REFUSED: (Outcome.REFUSED, Outcome.ANOTHER_TIME, Outcome.NOT_VERIFIED),
    WhoAnswered.CUT_OFF: (Outcome.NO_ANSWER,),
}

_NOT_SAID = (
    Outcome.NO_ANSWER,
    Outcome.BUSY,
    Outcome.VOICEMAIL_LEFT,
    Outcome.MAILBOX_FULL,
    Outcome.MESSAGE_WITH_PERSON,
    Outcome.SOMEONE_ELSE,
    Outcome.WRONG_NUMBER,
    Outcome.DISCONNECTED,
)

_OF_A_DIAL = frozenset(_NOT_SAID) - {Outcome.MESSAGE_WITH_PERSON, Outcome.SOMEONE_ELSE}
_WHO_RANG_US = (
    Choice("1", "the patient", "go on to identity", who=WhoAnswered.PATIENT),
    Choice("2", "someone else", "neutral line, message hidden", who=WhoAnswered.SOMEONE_ELSE),
    Choice("8", "cut off", "the message waits as it did", who=WhoAnswered.CUT_OFF),
    Choice("f", "speaks for the patient", "who, and by what right", who=WhoAnswered.REPRESENTATIVE),
)

# Key, verb, consequence. A key means the same outcome on every call; t and s belong to the ticks of the close.
_WORDS: dict[Outcome, tuple[str, str, str]] = {
    Outcome.RESOLVED: ("1", "reached, resolved", "closes it"),
    Outcome.FOLLOW_UP: ("2", "reached, follow-up needed", "goes to the follow-up list"),
    Outcome.ESCALATED: ("3", "hand to a clinician", "with situation and request"),
    Outcome.ANOTHER_TIME: ("4", "asked for another time", "a promise with your name"),
    Outcome.NOT_VERIFIED: ("5", "identity not verified", "rings the number on file"),
    Outcome.REFUSED: ("6", "asked not to be called", "no more calls, or a letter"),
    Outcome.NO_ANSWER: ("7", "no answer", "tries again"),
    Outcome.BUSY: ("8", "busy", "tries again soon"),
    Outcome.VOICEMAIL_LEFT: ("9", "left voicemail", "the wording is kept"),
    Outcome.MAILBOX_FULL: ("m", "mailbox full", "tries again"),
    Outcome.MESSAGE_WITH_PERSON: ("p", "someone will pass it on", "please call, nothing else"),
    Outcome.SOMEONE_ELSE: ("x", "someone else, nothing said", "tries again"),
    Outcome.WRONG_NUMBER: ("w", "wrong number", "stops this number for all"),
    Outcome.DISCONNECTED: ("d", "not in service", "stops this number for all"),
    Outcome.EMERGENCY: ("e", "emergency, sent to 911", "a clinician is told"),
    Outcome.DUPLICATE: ("r", "repeats another message", "joins the two"),
    Outcome.OPENED_IN_ERROR: ("o", "opened in error", "off the queue; asks why"),
}
_GENERAL = ("gave general information", "closes it")


def legal_outcomes(
    who: WhoAnswered | None, identity: IdentityResult, tier: Tier, *, came_in: bool = False
) -> tuple[Outcome, ...]:
    """Return the outcomes that go with who answered and with the identity gate, likeliest first (domain section 4).

    Resolved and follow-up need the gate; general information alone resolves tiers 2 and 3 only. On tiers 0 and 1 a
    clinician may always be asked. An emergency may be logged from everywhere. "Asked not to be called" silences the
    patient, so it needs the patient or a passed gate. Who rang us (`came_in`) was not rung in vain.
    """
    has_passed = identity is IdentityResult.PASSED
    if who in (WhoAnswered.PATIENT, WhoAnswered.REPRESENTATIVE) or (who is None and has_passed):
        found = _BY_IDENTITY[identity]
    elif who is None:
        found = (*_NOT_SAID, *_BY_IDENTITY[identity])
    elif who is WhoAnswered.CUT_OFF and has_passed:
        found = (*_BY_IDENTITY[identity], Outcome.NO_ANSWER)
    else:
        found = _BY_ANSWER[who]
    if not has_passed and who not in _SPEAK_FOR_THEMSELVES:
        found = tuple(outcome for outcome in found if outcome is not Outcome.REFUSED)
    if tier.always_on:
        if not has_passed:
            found = tuple(outcome for outcome in found if outcome is not Outcome.RESOLVED)
        if Outcome.ESCALATED not in found:
            found = (*found, Outcome.ESCALATED)
    if came_in:
        found = tuple(outcome for outcome in found if outcome not in _OF_A_DIAL)
        if not has_passed and Outcome.NOT_VERIFIED not in found:
            found = (*found, Outcome.NOT_VERIFIED)
    elif not has_passed:
        found = (*found, Outcome.OPENED_IN_ERROR)
    return (*found, *_ANY_TIME)


def outcome_choices(
    *, who: WhoAnswered | None, identity: IdentityResult, tier: Tier, came_in: bool = False
) -> tuple[Choice, ...]:
    """Return the legal outcomes as choices; each outcome has the same key on every call."""
    general = identity is IdentityResult.GENERAL_ONLY
    legal = legal_outcomes(who, identity, tier, came_in=came_in)
    return tuple(_choice(outcome, general=general) for outcome in legal)


def voicemail_words(tier: Tier, *, try_number: int, offered_from: int, left_today: int) -> str:
    """Return what choosing voicemail means: offered from a later try on, capped on tiers 2 and 3 (domain section 4)."""
    if tier is Tier.EMERGENT:
        return "never alone: ring every number"
    if not tier.always_on and left_today <= 0:
        return "leave nothing, none left today"
    left = "" if tier.always_on else f", {left_today} left today"
    return f"better from try {offered_from}{left}" if try_number < offered_from else f"write it with me{left}"


def who_choices(*, next_try_at: str, busy_try_at: str, voicemail: str, came_in: bool = False) -> tuple[Choice, ...]:
    """Return the answers to "who answered?"; times are words such as "10:55", `voicemail` is of `voicemail_words`.

    Of who rang us only a person can be said.
    """
    if came_in:
        return _WHO_RANG_US
    return (
        Choice("1", "the patient", "go on to identity", who=WhoAnswered.PATIENT),
        Choice("2", "someone else", "neutral line, message hidden", who=WhoAnswered.SOMEONE_ELSE),
        Choice("3", "voicemail", voicemail, who=WhoAnswered.VOICEMAIL),
        Choice("4", "nobody", f"next try {next_try_at}", who=WhoAnswered.NOBODY),
        Choice("5", "busy", f"next try {busy_try_at}", who=WhoAnswered.BUSY),
        Choice("6", "wrong number", "asks again, stops the number", who=WhoAnswered.WRONG_NUMBER),
        Choice("7", "refused to talk", "asks what they want", who=WhoAnswered.REFUSED),
        Choice("8", "cut off", "ring again now", who=WhoAnswered.CUT_OFF),
        Choice("9", "not in service", "asks again, stops the number", who=WhoAnswered.DISCONNECTED),
        Choice("f", "speaks for the patient", "who, and by what right", who=WhoAnswered.REPRESENTATIVE),
    )


def _choice(outcome: Outcome, *, general: bool) -> Choice:
    key, *words = _WORDS[outcome]
    label, consequence = _GENERAL if general and outcome is Outcome.RESOLVED else words
    return Choice(key, label, consequence, outcome=outcome)
