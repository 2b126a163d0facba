"""Gives each message the key by which a second import recognises it: the source's own id, else a fingerprint."""

from collections import Counter
from datetime import UTC, datetime
from hashlib import blake2b

from callback_tui.rules.match_name import folded

FINGERPRINT_VERSION = 1
_SIZE = 16
_TO_THE_MINUTE = len("2026-11-23T15:42")


class KeyMaker:
    """Makes the keys of one file; identical rows without an id get an ordinal, so that both live."""

    def __init__(self, *, ids_are_stable: bool) -> None:
        """`ids_are_stable`: the source never gives one id to two messages, as a row number of an export would."""
        self._ids_are_stable = ids_are_stable
        self._seen: Counter[str] = Counter()

    def key(
        self, source_id: str, phone: str, received_at: datetime | None, received_text: str, name: str, text: str
    ) -> str:
        """Return the key: `id:...`, or `v1:...:ordinal` over number, minute, name and text (ref-formats section 5)."""
        if source_id and self._ids_are_stable:
            return f"id:{source_id}"
        minute = received_text if received_at is None else received_at.astimezone(UTC).isoformat()[:_TO_THE_MINUTE]
        if source_id:
            return f"id:{_digest(source_id, phone, minute)}"
        fingerprint = _digest(phone, minute, folded(name), text)
        self._seen[fingerprint] += 1
        return f"v{FINGERPRINT_VERSION}:{fingerprint}:{self._seen[fingerprint]}"


def content_hash(subject: str, body: str) -> str:
    """Return a hash that changes when the words of a message do."""
    return _digest(subject, body)


def _digest(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=_SIZE).hexdigest()
