"""What a channel is called where somebody prefers it to a call."""

from callback_tui.models.vocabulary import Channel

_WORDS = {
    Channel.VOICEMAIL: "voicemail",
    Channel.TEXT: "text",
    Channel.EMAIL: "e-mail",
    Channel.PORTAL: "portal",
    Channel.PHONE: "a call",
}
CALLED = frozenset({Channel.VOICEMAIL, Channel.PHONE})
"""Channels by which somebody is rung anyway."""


def channel_words(channel: Channel) -> str:
    """Return "text", as in "prefers text"."""
    return _WORDS[channel]
