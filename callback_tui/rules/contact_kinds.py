"""Which contact points are telephone numbers, and what the kinds are called."""

from callback_tui.models.vocabulary import ContactKind

PHONES = frozenset({ContactKind.MOBILE, ContactKind.HOME, ContactKind.WORK, ContactKind.OTHER_PHONE})


def kind_words(kind: ContactKind) -> str:
    """Return what a kind of contact point is called: "mobile", "phone"."""
    return "phone" if kind is ContactKind.OTHER_PHONE else kind.value
