"""What may be said to an answering machine: the minimum message, and words that say too much (domain section 4)."""

import re
from functools import lru_cache

from callback_tui.models.vocabulary import Tier
from callback_tui.rules.health_concepts import concept_words
from callback_tui.rules.health_word_list import HEALTH_WORDS


def minimum_message(
    *, caller_first_name: str, short_name: str, ask_for: str, number: str, hours_words: str, tier: Tier
) -> str:
    """Return the message HHS calls the minimum: a name, a number, and what is needed to ask for a call back.

    `number` and `hours_words` ("weekdays 8 to 5") stand as they are to be said; both may be blank.
    Tiers 0 and 1 add what to do in an emergency (domain section 4, voicemail). A blank `short_name` means that the
    patient asked us not to say where we call from: first name and number are then all that is said.
    """
    if not short_name.strip():
        return f"This is {caller_first_name} for {ask_for}. Please call {number.strip() or 'me back'}."
    hours = f", {hours_words.strip()}" if hours_words.strip() else ""
    whom = number.strip() or "us back"
    message = f"This is {caller_first_name} from {short_name} for {ask_for}. Please call {whom}{hours}."
    return f"{message} If this is an emergency, call 911." if tier.always_on else message


def health_words(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return (start, end, category) of each word that hints at a person's health, in reading order.

    Categories: drug, test, body part, diagnosis, department of a list of our own, and symptom, drug, test, diagnosis
    by the words the tagger knows. No warning is no proof that a message is safe to leave.
    """
    categories = _categories()
    own = [(hit.start(), hit.end(), categories[_folded(hit[1])]) for hit in _pattern().finditer(text)]
    found: list[tuple[int, int, str]] = []
    for each in (*own, *concept_words(text)):
        if all(each[1] <= other[0] or each[0] >= other[1] for other in found):
            found.append(each)
    return tuple(sorted(found))


def _folded(word: str) -> str:
    return " ".join(re.split(r"[\s-]+", word.lower()))


@lru_cache(maxsize=1)
def _categories() -> dict[str, str]:
    return {_folded(word): category for category, words in HEALTH_WORDS.items() for word in words}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_categories(), key=len, reverse=True)
    forms = "|".join(r"[\s-]+".join(map(re.escape, word.split())) for word in longest_first)
    # Without "a" the flag would also match letters such as the long s, which lower() leaves as they are.
    return re.compile(rf"(?<!\w)((?ai:{forms}))(?:'?s|es)?(?!\w)", re.IGNORECASE)
