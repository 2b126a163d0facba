"""The guided call: what to say at each step, which choices there are, and which step comes next."""

from dataclasses import dataclass

from callback_tui.models.vocabulary import (
    CallReason,
    CallStep,
    IdentityKind,
    IdentityResult,
    Tier,
    WhoAnswered,
)
from callback_tui.rules.outcome_choices import outcome_choices, who_choices
from callback_tui.rules.script_words import COUNT_WORDS, DETAIL_WORDS, REASON_WORDS, TIER_WORDS
from callback_tui.views.call import ScriptText

__all__ = [
    "ScriptFields",
    "outcome_choices",
    "script_text",
    "step_after",
    "step_after_answer",
    "steps_open",
    "who_choices",
]

_WITH_A_TALKER = frozenset({WhoAnswered.PATIENT, WhoAnswered.REPRESENTATIVE})
_STAY_AT_WHO = frozenset({WhoAnswered.SOMEONE_ELSE, WhoAnswered.VOICEMAIL})
_RECORDING = "For quality purposes, may we record this call?"
_UNNAMED = "They asked us not to say where we call from. "
_NUMBER_ON_FILE = "Not sure? Offer to ring the number on file instead."


@dataclass(frozen=True, slots=True)
class ScriptFields:
    """What the texts are filled in with.

    `ask_for` is whom to ask for (for a child, the caller); `left_on` says when the message was left ("today",
    "Monday 23 Nov"), blank when unknown; `asks` are the kinds of detail to ask for, empty when nothing is on file.
    `names_practice` is false when the patient asked us not to say where we call from (45 CFR 164.522(b)); `number` is
    the site's own, as it is to be said.
    """

    caller_first_name: str
    short_name: str
    ask_for: str
    patient_name: str
    reason: CallReason
    left_on: str
    asks: tuple[IdentityKind, ...]
    names_practice: bool = True
    number: str = ""

    @property
    def caller(self) -> str:
        """How the caller is introduced: "Dana from Maple Street", or the first name alone."""
        return f"{self.caller_first_name} from {self.short_name}" if self.names_practice else self.caller_first_name

    @property
    def call_whom(self) -> str:
        """Whom to call back: the practice, or the first name with the number."""
        if self.names_practice:
            return self.short_name
        return f"{self.caller_first_name} at {self.number}" if self.number else f"{self.caller_first_name} back"


def script_text(
    step: CallStep,
    fields: ScriptFields,
    *,
    who: WhoAnswered | None,
    records_calls: bool,
    tier: Tier,
    identity: IdentityResult = IdentityResult.PASSED,
) -> ScriptText:
    """Return the words of a step without quotation marks, and the advice under them (domain section 4).

    Nothing before the purpose step depends on the reason for the call. `identity` other than passed keeps the reason
    out of every later step as well; once the gate has failed the close offers to ring the number on file.
    """
    if step in (CallStep.GREETING, CallStep.WHO):
        say, advice = _opening(fields, who, tier)
    elif step is CallStep.IDENTITY:
        say, advice = _identity(fields, who, records_calls)
    elif step is CallStep.CLOSE:
        say, advice = _close(fields, who, tier, identity)
    elif identity is IdentityResult.PASSED:
        say, advice = _past_the_gate(step, fields, who, tier)
    else:
        say, advice = _general(step)
    return ScriptText(step, say, advice)


def step_after_answer(who: WhoAnswered) -> CallStep:
    """Return the step that follows the answer to "who answered?"."""
    if who in _WITH_A_TALKER:
        return CallStep.IDENTITY
    return CallStep.WHO if who in _STAY_AT_WHO else CallStep.CLOSE


def step_after(step: CallStep, *, who: WhoAnswered | None, identity: IdentityResult) -> CallStep:
    """Return the next step open to this call; a step that nothing may follow yet returns itself."""
    path = steps_open(who, identity)
    later = tuple(each for each in path if _order(each) > _order(step))
    return later[0] if later else step


def steps_open(who: WhoAnswered | None, identity: IdentityResult) -> tuple[CallStep, ...]:
    """Return the steps that may be entered, in order: purpose, clarify and action only past the identity gate.

    General information opens them too, with the neutral texts that `script_text` gives for it.
    """
    if who is None:
        return (CallStep.GREETING, CallStep.WHO)
    if who not in _WITH_A_TALKER:
        return (CallStep.GREETING, CallStep.WHO, CallStep.CLOSE)
    if identity in (IdentityResult.PASSED, IdentityResult.GENERAL_ONLY):
        return tuple(CallStep)
    if identity is IdentityResult.NOT_ASKED:
        return (CallStep.GREETING, CallStep.WHO, CallStep.IDENTITY)
    return (CallStep.GREETING, CallStep.WHO, CallStep.IDENTITY, CallStep.CLOSE)


def _order(step: CallStep) -> int:
    return tuple(CallStep).index(step)


def _opening(fields: ScriptFields, who: WhoAnswered | None, tier: Tier) -> tuple[str, str]:
    unnamed = "" if fields.names_practice else _UNNAMED
    if who is WhoAnswered.SOMEONE_ELSE:
        please = f"Would you please ask {fields.ask_for} to call {fields.call_whom}? Thank you."
        if tier is Tier.EMERGENT:
            return (
                f"Are you with {fields.patient_name} now?",
                f'If yes: "Please call 911 now" and F7. If no: "{please}", then a clinician decides. Say nothing else.',
            )
        return please, f"{unnamed}Say no more than this. The message stays hidden."
    if who is WhoAnswered.VOICEMAIL:
        back = f"call {fields.number}" if fields.number and not fields.names_practice else "call us back"
        line = f"This is {fields.caller} for {fields.ask_for}. Please {back}."
        return line, f"{unnamed}F6 writes the message with you: name and number, nothing about the call."
    greeting = f"Hello, this is {fields.caller}. May I speak with {fields.ask_for}, please?"
    return greeting, f"{unnamed}Say no more than this until you know who it is."


def _identity(fields: ScriptFields, who: WhoAnswered | None, records_calls: bool) -> tuple[str, str]:
    recording = f"{_RECORDING} " if records_calls else ""
    if not fields.asks:
        return (
            f"{recording}I can help with general questions, such as our hours and how to find us.",
            "Nothing is on file to compare with. Use the chart, or give general information only.",
        )
    whose, whom = _whose(fields, who)
    details = tuple(DETAIL_WORDS[kind].format(whose=whose, whom=whom) for kind in fields.asks)
    listed = details[0] if len(details) == 1 else ", ".join(details[:-1]) + f", and {details[-1]}"
    count = COUNT_WORDS.get(len(details), "a few details")
    advice = f"Ask, never read out. The number you dialled does not count. {_NUMBER_ON_FILE}"
    if who is WhoAnswered.REPRESENTATIVE:
        advice = f"{advice} Write down who speaks for the patient, and by what right."
    return f"{recording}Before we go on, may I check {count}? What is {listed}?", advice


def _past_the_gate(step: CallStep, fields: ScriptFields, who: WhoAnswered | None, tier: Tier) -> tuple[str, str]:
    whose, whom = _whose(fields, who)
    feels = "you are feeling" if whose == "your" else f"{fields.patient_name} is feeling"
    words = REASON_WORDS[fields.reason]
    if step is CallStep.PURPOSE:
        purpose = words.purpose.format(whose=whose, whom=whom, whom_feels=feels)
        where = "" if fields.names_practice else f" from {fields.short_name}"
        return (
            f"Thank you. I am calling{where} about the message you left{_left_on(fields.left_on)}. {purpose}",
            "Reword it freely.",
        )
    pressing = TIER_WORDS.get(tier)
    if step is CallStep.CLARIFY:
        clarify = words.clarify if pressing is None else pressing.clarify.format(whom_is=_whom_is(whom))
        return clarify, "Drug names and numbers heard by machine are not verified: read them back."
    if pressing is not None:
        return pressing.action, pressing.advice
    return words.action, "Say only what we will really do, and by when. Raise the follow-up or hand over here."


def _whom_is(whom: str) -> str:
    return "are you" if whom == "you" else f"is {whom}"


def _general(step: CallStep) -> tuple[str, str]:
    advice = "General information only: nothing from the record, nothing about the message."
    if step is CallStep.PURPOSE:
        return "How can I help you today?", advice
    if step is CallStep.CLARIFY:
        return "Could you tell me a little more about what you would like to know?", advice
    return "Here is how we can help with that.", advice


def _close(fields: ScriptFields, who: WhoAnswered | None, tier: Tier, identity: IdentityResult) -> tuple[str, str]:
    if who is WhoAnswered.SOMEONE_ELSE:
        return "Thank you. Goodbye.", "Nothing from the record was said."
    if who is WhoAnswered.REFUSED:
        return (
            "I understand. Would you like us to call at another time, or not to call again?",
            "Press what they want.",
        )
    if who is WhoAnswered.WRONG_NUMBER:
        return "I am sorry, I have the wrong number. Goodbye.", "F8 logs it and stops this number for the whole desk."
    if who is WhoAnswered.CUT_OFF:
        return "", "The line was cut. Log it and ring again now."
    if who is not None and who not in _WITH_A_TALKER:
        return "", "Nothing is left to say."
    if identity is IdentityResult.FAILED:
        return (
            "I am sorry, I cannot go on with this call. To protect privacy, we will ring the number we have on file.",
            "Do not say which detail was wrong. F8 logs it as identity not verified.",
        )
    thanks = "Thank you for your time. If you have any more questions, feel free to call or text."
    if identity is not IdentityResult.PASSED:
        return f"Is there anything else? {thanks}", "General information only."
    worse = " If it gets worse, call 911." if tier.always_on else ""
    return (
        f"So that I know I was clear: could you tell me in your own words what happens next?{worse} {thanks}",
        f"Tick teach-back when {fields.ask_for} has said it back.",
    )


def _whose(fields: ScriptFields, who: WhoAnswered | None) -> tuple[str, str]:
    if who is WhoAnswered.REPRESENTATIVE or fields.ask_for != fields.patient_name:
        return f"{fields.patient_name}'s", fields.patient_name
    return "your", "you"


def _left_on(left_on: str) -> str:
    text = left_on.strip()
    if not text:
        return ""
    first = text.split()[0].lower()
    return f" {text}" if first in ("on", "at", "today", "yesterday", "this", "last") else f" on {text}"
