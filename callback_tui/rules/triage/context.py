"""Reads the context of a hit: denied, long past, only imagined, or about somebody else."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from callback_tui.rules.triage.contractions import spellings
from callback_tui.rules.triage.matcher import Found, Matches
from callback_tui.views.triage import ReadAs

_SENTENCE_ENDS = frozenset(".!?;\n")
_LONGEST_SCOPE = 18
_WIDEST_GAP_CHECKED = 10
_FOREIGN_WORDS_IN_LIST = 4
_RELATIVE_REACH = 4
_REACH_AFTER_OR = 5
_REACH_OF_TIME = 16
# an enum member costs a slow look-up each time it is named
_PRESENT, _OTHER_PERSON = ReadAs.PRESENT, ReadAs.OTHER_PERSON
_UNMARKED = (_PRESENT, -1)


class ContextWords(NamedTuple):
    """The cue words of context.json: single words as sets, phrases by their first two words."""

    negators: frozenset[str]
    ends: frozenset[str]
    subjects: frozenset[str]
    joiners: frozenset[str]
    links: frozenset[str]
    """Words that, before a subject, begin what is told of another time or person."""

    here: frozenset[str]
    """Words that tell of somebody who is ill now, not of an ancestor."""

    recent: frozenset[str]
    relatives: frozenset[str]
    relative_verbs: frozenset[str]
    words: Mapping[str, str]
    """Cues of one word, with their kind."""

    phrases: Mapping[str, Mapping[str, Sequence[tuple[tuple[str, ...], str]]]]
    """Longer cues by their first and second word: the words after the first and the kind, longest first."""

    starts: frozenset[str]
    """Every word that can be or begin a cue or end a sentence."""


_PHRASE_KINDS = (
    "negating",
    "not_negating",
    "past_before",
    "past_around",
    "resolved",
    "hypothetical",
    "other_person",
    "recent",
)


def context_words(raw: dict[str, object]) -> ContextWords:
    """Return the cue words of the loaded file; a missing list is a defect and raises KeyError."""

    def words(name: str) -> frozenset[str]:
        return frozenset(str(raw[name]).split(", "))

    single: dict[str, str] = {}
    phrases: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {}
    for kind in _PHRASE_KINDS:
        for phrase in (spelled for listed in str(raw[kind]).split(", ") for spelled in spellings(listed)):
            first, *rest = phrase.split()
            if rest:
                phrases.setdefault(first, {}).setdefault(rest[0], []).append((tuple(rest), kind))
            else:
                single.setdefault(first, kind)
    for by_second in phrases.values():
        for rows in by_second.values():
            rows.sort(key=lambda row: -len(row[0]))
    negators, ends, relatives = words("negators"), words("ends"), words("relatives")
    return ContextWords(
        negators=negators,
        ends=ends,
        subjects=words("subjects"),
        joiners=words("joiners"),
        links=words("links"),
        here=words("here"),
        recent=frozenset(word for word in words("recent") if " " not in word),
        relatives=relatives,
        relative_verbs=words("relative_verbs"),
        words=single,
        phrases=phrases,
        starts=_SENTENCE_ENDS | ends | negators | relatives | single.keys() | phrases.keys(),
    )


class Context:
    """The scopes of one message, in the clauses that hold one of the places asked about."""

    def __init__(self, words: Sequence[str], matches: Matches, places: Sequence[Found], cues: ContextWords) -> None:
        """Mark every token of those clauses that lies in the scope of a cue."""
        self._words = words
        self._matches = matches
        self._cues = cues
        self._marks: dict[int, tuple[ReadAs, int]] = {}
        self._negators: set[int] = set()
        self._resolved: set[int] = set()
        self._read(places)

    def read(self, found: Found) -> ReadAs:
        """Return how one place is read; what is unclear counts as present (ref: ambiguous scope means urgent)."""
        reading = self._reading(found)
        if found.rule.kept and reading is not ReadAs.NEGATED:
            return _PRESENT
        return reading

    def _reading(self, found: Found) -> ReadAs:
        for first, last in found.slots if self._marks else ():
            for token in (last, first):
                reading, cue = self._marks.get(token, _UNMARKED)
                if found.rule.fleeting and token in self._resolved:
                    continue
                is_own_cue = any(first <= cue <= last for first, last in found.slots)
                if reading is _OTHER_PERSON or (reading is not _PRESENT and not is_own_cue):
                    return reading
        if found.rule.within <= _WIDEST_GAP_CHECKED and self._negators and len(found.slots) > 1:
            inside = [token for token in self._negators if found.first < token < found.last]
            if any(self._parts(token, found.slots) for token in inside):
                return ReadAs.NEGATED
        return _PRESENT

    def _parts(self, token: int, slots: Sequence[tuple[int, int]]) -> bool:
        """Whether a "no" between two slots is in none of them and no comma ends it before the next."""
        if any(first <= token <= last for first, last in slots):
            return False
        following = min(first for first, _ in slots if first > token)
        return "," not in self._words[token:following]

    def _read(self, places: Sequence[Found]) -> None:
        last = max(place.last for place in places)
        clause: list[tuple[int, int, str]] = []
        start = 0
        for token, end, kind in chain(self._cues_in_text(), [(len(self._words), 0, "end")]):
            if kind != "end":
                clause.append((token, end, kind))
                continue
            if clause and any(place.first < token and place.last >= start for place in places):
                self._read_clause(start, token, clause)
            if token >= last:
                return
            clause, start = [], end

    def _cues_in_text(self) -> Iterator[tuple[int, int, str]]:
        words, cues = self._words, self._cues
        after = 0
        for token, word in enumerate(words):
            if word not in cues.starts or token < after:
                continue
            for tail, kind in self._phrases_at(token, word):
                if tuple(words[token + 1 : token + 1 + len(tail)]) == tail:
                    after = token + 1 + len(tail)
                    yield token, after, kind
                    break
            else:
                if word in _SENTENCE_ENDS or word in cues.ends:
                    if word == "?" and words[token + 1 : token + 2] == ["no"] and words[token + 2 : token + 3] == ["."]:
                        yield token, token + 1, "answered_no"
                    yield token, token + 1, "end"
                if word in cues.words:
                    after = token + 1
                    yield token, after, cues.words[word]
                elif word in cues.negators and token not in self._matches.absorbed:
                    yield token, token + 1, "negating"
                elif word in cues.relatives:
                    yield token, token + 1, "relative"

    def _phrases_at(self, token: int, word: str) -> Sequence[tuple[tuple[str, ...], str]]:
        by_second = self._cues.phrases.get(word)
        if by_second is None or token + 1 == len(self._words):
            return ()
        return by_second.get(self._words[token + 1], ())

    def _read_clause(self, start: int, end: int, cues: list[tuple[int, int, str]]) -> None:
        kinds = {kind for _, _, kind in cues}
        is_recent = "recent" in kinds
        imagined_to = settled_to = start
        for first, after, kind in cues:
            if kind == "negating":
                if not all(token in self._matches.absorbed for token in range(first, after)):
                    self._negators.update(range(first, after))
                    self._mark_list(after, end, first, ReadAs.NEGATED)
            elif kind == "past_before":
                self._mark_list(after, end, first, ReadAs.PAST)
            elif kind == "past_around" and not is_recent:
                self._mark(*self._told_with(start, first, after, end), first, ReadAs.PAST)
            elif kind == "answered_no":
                self._mark(start, first, first, ReadAs.NEGATED)
            elif kind == "resolved" and not is_recent:
                self._mark(settled_to, first, after - 1, ReadAs.PAST)
                self._resolved.update(range(settled_to, first))
                settled_to = first
            elif kind == "hypothetical" and first >= imagined_to:
                imagined_to = self._imagined_to(after, end)
                self._mark(after, imagined_to, first, ReadAs.HYPOTHETICAL)
            elif kind == "other_person" or (
                kind == "relative"
                and not is_recent
                and (self._had(after, _RELATIVE_REACH) if "past_around" in kinds else self._once_had(after))
            ):
                self._mark(*self._told_with(start, first, after, end), first, ReadAs.OTHER_PERSON)

    def _imagined_to(self, after: int, end: int) -> int:
        """Return where what an "if" governs ends: a colon, or a comma before somebody who is there."""
        words, subjects = self._words, self._cues.subjects
        marks = (token for token in range(after, end) if words[token] in ",:")
        return next(
            (token for token in marks if words[token] == ":" or not subjects.isdisjoint(words[token + 1 : token + 2])),
            end,
        )

    @cached_property
    def _is_long_ago(self) -> bool:
        """Whether nothing in the message tells of a relative who is ill now."""
        return self._cues.here.isdisjoint(self._words) and self._cues.recent.isdisjoint(self._words)

    def _told_with(self, start: int, first: int, after: int, end: int) -> tuple[int, int]:
        """Return what a time or a person around the cue governs: not past "and my", and not a whole long transcript.

        A cue after its sign ("a heart attack in 2019, chest tight") ends at the next comma, any other that does not
        begin the clause at a comma before somebody ("a stent last year, my chest hurts").
        """
        words, links, subjects = self._words, self._cues.links, self._cues.subjects
        start, end = max(start, first - _REACH_OF_TIME), min(end, after + _REACH_OF_TIME)
        tokens = (*range(first - 1, start - 1, -1), *range(after, end))
        joints = [t for t in tokens if words[t] in links and not subjects.isdisjoint(words[t + 1 : t + 3])]
        start = next((t for t in joints if t < first), start)
        if first > start:
            is_told = not self._matches.symptoms.isdisjoint(range(start, first))
            commas = (t for t in range(after, end) if words[t] == ",")
            joints += [t for t in commas if is_told or not subjects.isdisjoint(words[t + 1 : t + 2])]
        return start, min((t for t in joints if t >= after), default=end)

    def _had(self, after: int, reach: int) -> bool:
        return not self._cues.relative_verbs.isdisjoint(self._words[after : after + reach])

    def _once_had(self, after: int) -> bool:
        """Whether "had" follows at once ("mom has had" is about now) and nobody in the message is ill now."""
        return self._had(after, 2 if self._words[after : after + 1] == ["le"] else 1) and self._is_long_ago

    def _mark(self, start: int, end: int, cue: int, reading: ReadAs) -> None:
        marks, mark = self._marks, (reading, cue)
        if reading is _OTHER_PERSON:
            marks.update(dict.fromkeys(range(start, end), mark))
        else:
            for token in range(start, end):
                marks.setdefault(token, mark)

    def _mark_list(self, start: int, end: int, cue: int, reading: ReadAs) -> None:
        """Mark what a "no" governs: its first symptom, and a whole list only if an "or" holds it together."""
        words, symptoms, cues = self._words, self._matches.symptoms, self._cues
        foreign = 0
        stop = start
        joined = -1
        while stop < min(end, start + _LONGEST_SCOPE):
            word = words[stop]
            if stop > start and (word in cues.subjects or (word in cues.negators and word not in cues.joiners)):
                break
            if word in cues.joiners:
                joined = stop
            elif stop not in symptoms and len(word) > 3:
                foreign += 1
                if foreign > _FOREIGN_WORDS_IN_LIST and not self._list_goes_on(stop, end):
                    break
            stop += 1
        last = stop - 1
        if joined > start:
            last = min(stop - 1, joined + _REACH_AFTER_OR)
            last = next((token for token in range(joined, last + 1) if token in symptoms), last)
        else:
            last = next((token for token in range(start, stop) if token in symptoms), last)
        while last + 1 in symptoms and last + 1 < stop:
            last += 1
        self._mark(start, last + 1, cue, reading)

    def _list_goes_on(self, token: int, end: int) -> bool:
        ahead = self._words[token : min(token + 4, end)]
        return "," in ahead or not self._cues.joiners.isdisjoint(ahead)
