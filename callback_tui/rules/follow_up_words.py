"""What a follow-up is called, and in which part of the list it stands."""

from callback_tui.models.vocabulary import FollowUpKind
from callback_tui.views.follow_up import TaskSection

_WORDS = {
    FollowUpKind.LABS: "labs",
    FollowUpKind.PRESCRIPTION: "prescription",
    FollowUpKind.IMAGING: "imaging",
    FollowUpKind.APPOINTMENT: "appointment",
    FollowUpKind.FORM: "form",
    FollowUpKind.LETTER: "letter",
    FollowUpKind.TEXT_OR_PORTAL: "text or portal",
    FollowUpKind.REMINDER_CALL: "reminder call",
    FollowUpKind.DEMOGRAPHICS: "find a number",
    FollowUpKind.WELFARE_CHECK: "welfare check",
    FollowUpKind.CLINICIAN_DECISION: "decide how to go on",
    FollowUpKind.INCIDENT_REVIEW: "incident note",
    FollowUpKind.OVERRIDE_REVIEW: "look at a call",
    FollowUpKind.OTHER: "follow-up",
}
_SENT = frozenset({FollowUpKind.LETTER, FollowUpKind.TEXT_OR_PORTAL})


def kind_words(kind: FollowUpKind) -> str:
    """Return what lists call a kind of follow-up."""
    return _WORDS[kind]


def is_sent(kind: FollowUpKind) -> bool:
    """Whether the thing to do is to send something."""
    return kind in _SENT


def section_of(kind: FollowUpKind) -> TaskSection:
    """Return the part of the list an open follow-up stands in."""
    return TaskSection.TO_SEND if is_sent(kind) else TaskSection.DUE
