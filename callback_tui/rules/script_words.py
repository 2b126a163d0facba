"""The words of the guided call, as data: what to ask for, and the texts past the gate for each reason and tier."""

from typing import NamedTuple

from callback_tui.models.vocabulary import CallReason, IdentityKind, Tier

DETAIL_WORDS: dict[IdentityKind, str] = {
    IdentityKind.DATE_OF_BIRTH: "{whose} date of birth",
    IdentityKind.ADDRESS: "the address we have for {whom}",
    IdentityKind.RECORD_NUMBER: "{whose} record number",
    IdentityKind.SSN_LAST_FOUR: "the last four digits of {whose} Social Security number",
}

COUNT_WORDS = {1: "one detail", 2: "two details", 3: "three details", 4: "four details"}


class ReasonWords(NamedTuple):
    """What is said about one reason for calling, once the gate has passed; `{whose}` is "your" or "Ana Lima's"."""

    purpose: str
    clarify: str
    action: str


REASON_WORDS: dict[CallReason, ReasonWords] = {
    CallReason.SYMPTOM: ReasonWords(
        "I want to be sure I understand how {whom_feels}.",
        "Could you tell me when it began, how bad it is from 0 to 10, and whether it is getting worse?",
        "I will pass this to the clinician now, with what you told me, and somebody will call you back about it.",
    ),
    CallReason.MEDICATION: ReasonWords(
        "I want to confirm {whose} question about a medication.",
        "Could you tell me which medication it is, the dose, how much is left, and which pharmacy to use?",
        "I will send the request on today, and we will let you know when it is done.",
    ),
    CallReason.RESULTS: ReasonWords(
        "I want to confirm {whose} question about results.",
        "Could you tell me which test it was, where it was done, and on what day?",
        "I will ask the clinician to look at the results, and somebody will call you back about them.",
    ),
    CallReason.APPOINTMENT: ReasonWords(
        "I want to help with {whose} appointment.",
        "Could you tell me which days and times suit, and what the visit is for?",
        "I will book that now and send you a confirmation.",
    ),
    CallReason.REFERRAL: ReasonWords(
        "I want to confirm {whose} question about a referral.",
        "Could you tell me who it is to, and whether they gave you a date?",
        "I will send the referral on and let you know when they have it.",
    ),
    CallReason.BILLING: ReasonWords(
        "I want to confirm {whose} question about a bill.",
        "Could you tell me the date of the visit, and what the bill says?",
        "I will pass this to our billing office, and they will get back to you.",
    ),
    CallReason.GENERAL: ReasonWords(
        "I want to confirm {whose} question.",
        "Could you tell me a little more about it?",
        "Here is what we will do next.",
    ),
}


class TierWords(NamedTuple):
    """What replaces clarify and action on a pressing call; `{whom_is}` is "are you" or "is Ana Lima"."""

    clarify: str
    action: str
    advice: str


TIER_WORDS: dict[Tier, TierWords] = {
    Tier.EMERGENT: TierWords(
        "Where {whom_is} right now? What is the worst of it, since when, and is it getting worse or better?",
        "Please call 911 now, or have somebody with you call. Stay on the line with me until they are there.",
        "F7 has the numbers and logs it. Do not hang up first.",
    ),
    Tier.URGENT: TierWords(
        "What is the worst of it right now? Since when, and is it getting worse or better?",
        "I am bringing in the clinician now; please stay on the line. If it gets worse, call 911.",
        "Hand it to a clinician now: F8, then 3. F7 if anyone is in danger.",
    ),
}
