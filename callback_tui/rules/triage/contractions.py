"""Contractions and what they stand for, so that a phrase is listed once and found in both spellings."""

_NEGATED_VERBS = ("do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "could", "would", "should")
_IN_FULL = {f"{verb}nt": f"{verb} not" for verb in _NEGATED_VERBS} | {
    "cant": "can not",
    "wont": "will not",
    "im": "i am",
    "ive": "i have",
    "ill": "i will",
    "hes": "he is",
    "shes": "she is",
    "its": "it is",
    "theyre": "they are",
    "theres": "there is",
    "whats": "what is",
}
# a bare "dont" is a plain no and stays one; these carry a meaning of their own
_SPELLED_OUT_ALONE = frozenset({"cant", "wont", "couldnt"})


def spellings(phrase: str) -> tuple[str, ...]:
    """Return the phrase as listed and with its contractions in full ("dont feel", "do not feel")."""
    words = phrase.split()
    full = [_IN_FULL.get(word, word) for word in words]
    if full == words or (len(words) == 1 and phrase not in _SPELLED_OUT_ALONE):
        return (phrase,)
    spelled = " ".join(full)
    return (phrase, spelled, spelled.replace("can not", "cannot")) if "can not" in spelled else (phrase, spelled)
