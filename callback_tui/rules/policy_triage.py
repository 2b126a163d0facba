"""Reads the policy's section on the practice's own triage rules."""

from collections.abc import Callable, Collection

from callback_tui.rules.policy_section import Section, spoken
from callback_tui.views.triage import OwnRules


def read_triage(triage: Section, passing: Collection[str] | None) -> OwnRules:
    """Return the rules switched off and the phrases added.

    A rule or concept that this version does not have is refused, unless its name is among `passing`. When that is None,
    nothing is refused that an earlier version may have taken, a phrase is passed over then: a desk must open with the
    policy it has.
    """
    off: set[str] = set()
    phrases: dict[str, frozenset[str]] = {}
    table = triage.sub("phrases")
    written = [(path, value) for path, value in triage.items("rules_off")]
    if written or table.keys():
        # The rules are read only by a practice that changed them: every start of a desk comes by here.
        from callback_tui.rules.triage import own

        for path, value in written:
            if not isinstance(value, str):
                triage.problems.append((path, f'write the id of a rule such as "chest.pain", not {spoken(value)}'))
            elif not _refused(triage, path, own.unknown_rule, value, passing):
                off.add(value)
        for concept in table.keys():  # noqa: SIM118 - a Section is no dict
            words = _phrases(table, concept, own.own_phrase, is_in_force=passing is None)
            if not _refused(table, table.at(concept), own.unknown_concept, concept, passing):
                phrases[concept] = frozenset(words)
        if passing is not None and sum(map(len, phrases.values())) > own.MOST_PHRASES:
            triage.refuse("phrases", f"write at most {own.MOST_PHRASES} phrases in all")
        triage.close()
        return own.own_rules(frozenset(off), phrases)
    triage.close()
    return OwnRules()


def _refused(
    section: Section, path: str, unknown: Callable[[str], str], name: str, passing: Collection[str] | None
) -> bool:
    if passing is None or name in passing:
        return False
    problem = unknown(name)
    if problem:
        section.problems.append((path, problem))
    return bool(problem)


def _phrases(table: Section, concept: str, read: Callable[[str], str], *, is_in_force: bool) -> list[str]:
    found = []
    for path, value in table.items(concept):
        try:
            if not isinstance(value, str):
                raise ValueError(f"write words in quotation marks, not {spoken(value)}")
            found.append(read(value))
        except ValueError as problem:
            if is_in_force:
                continue
            table.problems.append((path, str(problem)))
    return found
