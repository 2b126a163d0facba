"""The words of the desk: every enumeration, loaded by all rooms and loading none of them."""

from enum import StrEnum


class Priority(StrEnum):
    """The customer's three message types (source article, step 3)."""

    URGENT = "urgent"
    ROUTINE = "routine"
    INFORMATIONAL = "informational"


class Tier(StrEnum):
    """Priority with the emergent flag above it (domain section 1); declared in calling order."""

    EMERGENT = "emergent"
    URGENT = "urgent"
    ROUTINE = "routine"
    INFORMATIONAL = "informational"

    @property
    def rank(self) -> int:
        """0 for emergent to 3 for informational."""
        return _TIER_ORDER.index(self)

    @property
    def always_on(self) -> bool:
        """Tiers 0 and 1, whose rules run around the clock whatever a site's hours are."""
        return self.rank <= 1


_TIER_ORDER = tuple(Tier)


class ClockKind(StrEnum):
    """Which time a target is counted in."""

    ALWAYS = "always"
    OPEN = "open"


class Role(StrEnum):
    """What a signed-in person is at this practice."""

    CLINICIAN = "clinician"
    NURSE = "nurse"
    STAFF = "staff"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class Channel(StrEnum):
    """How the patient's message reached the practice."""

    VOICEMAIL = "voicemail"
    TEXT = "text"
    EMAIL = "email"
    PORTAL = "portal"
    PHONE = "phone"


class CallReason(StrEnum):
    """Why the patient wants a call; drives script and routing."""

    SYMPTOM = "symptom"
    MEDICATION = "medication"
    RESULTS = "results"
    APPOINTMENT = "appointment"
    REFERRAL = "referral"
    BILLING = "billing"
    GENERAL = "general"


class ItemState(StrEnum):
    """Where a queue item stands; a claim is kept apart from it."""

    OPEN = "open"
    ASLEEP = "asleep"
    ESCALATED = "escalated"
    FOLLOWING_UP = "following_up"
    CLOSED = "closed"
    MERGED = "merged"


class ClockEventKind(StrEnum):
    """What the clock is derived from (domain section 2)."""

    STARTED = "started"
    PRIORITY_SET = "priority_set"
    PAUSED = "paused"
    ATTEMPTED = "attempted"
    CONTACTED = "contacted"
    RETRY_SET = "retry_set"
    SCHEDULED = "scheduled"
    WOKEN = "woken"
    ESCALATED = "escalated"
    COMPLETED = "completed"
    REOPENED = "reopened"
    MERGED = "merged"
    POLICY_CHANGED = "policy_changed"
    WARNED = "warned"
    UNDONE = "undone"


class PauseReason(StrEnum):
    """The only two reasons for which a clock may stand still (domain section 2)."""

    ASKED_FOR_LATER = "asked_for_later"
    OWES_INFORMATION = "owes_information"


class ReceivedHow(StrEnum):
    """How the received time was read from the export."""

    EXACT = "exact"
    ZONE_ASSUMED = "zone_assumed"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


class ReviewFlag(StrEnum):
    """Why an imported message needs a person's eye; none of them rejects it."""

    NO_NUMBER = "no_number"
    NUMBER_UNREADABLE = "number_unreadable"
    NUMBER_HEARD = "number_heard"
    TIME_UNKNOWN = "time_unknown"
    TIME_AMBIGUOUS = "time_ambiguous"
    TIME_IN_FUTURE = "time_in_future"
    NO_TEXT = "no_text"
    NO_NAME = "no_name"
    NAME_HEARD = "name_heard"
    TEXT_CUT = "text_cut"
    TEXT_CHANGED = "text_changed"
    ROW_REPAIRED = "row_repaired"


class ContactKind(StrEnum):
    """What a contact point is."""

    MOBILE = "mobile"
    HOME = "home"
    WORK = "work"
    OTHER_PHONE = "other_phone"
    EMAIL = "email"
    PORTAL = "portal"


class LeavePermission(StrEnum):
    """What may be left on an answering machine at a number."""

    DETAIL = "detail"
    MINIMUM = "minimum"
    NOTHING = "nothing"


class NumberQuality(StrEnum):
    """Whether a number can be trusted (domain section 3); a heard one was only found in the words of a message."""

    GOOD = "good"
    UNPROVEN = "unproven"
    HEARD = "heard"
    DEAD = "dead"


class OptOutScope(StrEnum):
    """How far a request not to be called reaches."""

    ALL = "all"
    NUMBER = "number"
    CHANNEL = "channel"


class SafeContactKind(StrEnum):
    """A confidential-communication instruction (45 CFR 164.522(b))."""

    NEVER_NUMBER = "never_number"
    NEVER_KIND = "never_kind"
    NOT_BEFORE = "not_before"
    NOT_AFTER = "not_after"
    MAY_HEAR = "may_hear"
    NO_VOICEMAIL = "no_voicemail"
    NO_PRACTICE_NAME = "no_practice_name"
    NOTE = "note"


class CallStep(StrEnum):
    """The guided call, in order (domain section 4)."""

    GREETING = "greeting"
    WHO = "who"
    IDENTITY = "identity"
    PURPOSE = "purpose"
    CLARIFY = "clarify"
    ACTION = "action"
    CLOSE = "close"


class WhoAnswered(StrEnum):
    """The first branch of every call."""

    PATIENT = "patient"
    REPRESENTATIVE = "representative"
    SOMEONE_ELSE = "someone_else"
    VOICEMAIL = "voicemail"
    NOBODY = "nobody"
    BUSY = "busy"
    WRONG_NUMBER = "wrong_number"
    DISCONNECTED = "disconnected"
    REFUSED = "refused"
    CUT_OFF = "cut_off"


class IdentityKind(StrEnum):
    """What may count as one of the two identifiers; the name never does."""

    DATE_OF_BIRTH = "date_of_birth"
    ADDRESS = "address"
    RECORD_NUMBER = "record_number"
    SSN_LAST_FOUR = "ssn_last_four"


class IdentityResult(StrEnum):
    """How the identity gate ended."""

    NOT_ASKED = "not_asked"
    PASSED = "passed"
    FAILED = "failed"
    GENERAL_ONLY = "general_only"


class ComparedWith(StrEnum):
    """What the answers were held against."""

    CARD = "card"
    CHART = "chart"
    NOTHING_ON_FILE = "nothing_on_file"


class RecordingAnswer(StrEnum):
    """What was said to the recording question, where a site records."""

    NOT_ASKED = "not_asked"
    YES = "yes"
    NO = "no"


class Outcome(StrEnum):
    """How a call ended (table of outcomes, domain section 4)."""

    RESOLVED = "resolved"
    FOLLOW_UP = "follow_up"
    ESCALATED = "escalated"
    ANOTHER_TIME = "another_time"
    VOICEMAIL_LEFT = "voicemail_left"
    MESSAGE_WITH_PERSON = "message_with_person"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    MAILBOX_FULL = "mailbox_full"
    WRONG_NUMBER = "wrong_number"
    DISCONNECTED = "disconnected"
    SOMEONE_ELSE = "someone_else"
    NOT_VERIFIED = "not_verified"
    REFUSED = "refused"
    EMERGENCY = "emergency"
    OPENED_IN_ERROR = "opened_in_error"
    DUPLICATE = "duplicate"


class AttemptState(StrEnum):
    """Where a call attempt stands."""

    IN_CALL = "in_call"
    OUTCOME_MISSING = "outcome_missing"
    LOGGED = "logged"


class FollowUpKind(StrEnum):
    """What a follow-up asks for."""

    LABS = "labs"
    PRESCRIPTION = "prescription"
    IMAGING = "imaging"
    APPOINTMENT = "appointment"
    FORM = "form"
    LETTER = "letter"
    TEXT_OR_PORTAL = "text_or_portal"
    REMINDER_CALL = "reminder_call"
    DEMOGRAPHICS = "demographics"
    WELFARE_CHECK = "welfare_check"
    CLINICIAN_DECISION = "clinician_decision"
    INCIDENT_REVIEW = "incident_review"
    OVERRIDE_REVIEW = "override_review"
    OTHER = "other"


class FollowUpState(StrEnum):
    """Where a follow-up stands."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class PromiseState(StrEnum):
    """Where a promise to ring at a time stands."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


class BatchState(StrEnum):
    """Where an import batch stands."""

    STAGED = "staged"
    PUBLISHED = "published"
    UNDONE = "undone"
