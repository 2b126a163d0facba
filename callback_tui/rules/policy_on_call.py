"""Reads the policy's section on the on-call roster: whom a command fetches, and what the command is told."""

from string import Formatter

from callback_tui.rules.clean import clean_line
from callback_tui.rules.policy_section import Section, spoken
from callback_tui.views.policy import OnCallPerson, OnCallPolicy

PLACEHOLDERS = ("site", "count", "tier", "person")
"""All that a command can be told; nothing here is of a patient."""

_MOST_PEOPLE = 20
_MOST_ROUNDS = 20
_LONGEST_LABEL = 60
_HOUR_MINUTES = 60
_DAY_MINUTES = 24 * 60
_LEAST_SECONDS, _MOST_SECONDS = 5, 300


def read_on_call(on_call: Section) -> OnCallPolicy:
    """Return the roster, nobody on it by default, and the command, which a roster needs."""
    roster = _roster(on_call)
    command = _texts(on_call, "command")
    if command and not command[0].strip():
        on_call.refuse("command", "write the program first")
    elif command and _placeholders(command[0]):
        on_call.refuse("command", f"write the program's own name first, not {spoken(command[0])}")
    elif roster and not on_call.raw("command"):
        on_call.refuse("command", 'write the program and its arguments, such as ["page", "{person}"], for the roster')
    policy = OnCallPolicy(
        roster=roster,
        command=command,
        repeat_minutes=on_call.integer("repeat_minutes", 1, _DAY_MINUTES),
        near_due_minutes=on_call.integer("near_due_minutes", 0, _DAY_MINUTES),
        rounds=on_call.integer("rounds", 1, _MOST_ROUNDS),
        command_seconds=on_call.integer("command_seconds", _LEAST_SECONDS, _MOST_SECONDS),
    )
    on_call.close()
    return policy


def _roster(on_call: Section) -> tuple[OnCallPerson, ...]:
    people: list[OnCallPerson] = []
    for path, table in on_call.items("roster"):
        written = Section(table, path, on_call.problems)
        label = written.read("person", _label, "", example='"Dr. Lee, mobile"')
        if label and any(person.label == label for person in people):
            written.refuse("person", f"name each person once; {spoken(label)} is there already")
        people.append(OnCallPerson(label, _texts(written, "arguments")))
        written.close()
    if len(people) > _MOST_PEOPLE:
        on_call.refuse("roster", f"write at most {_MOST_PEOPLE} people")
    return tuple(people)


def _texts(section: Section, key: str) -> tuple[str, ...]:
    """Return a list of arguments as they are written; the signs of a shell mean nothing in them."""
    texts = []
    for path, value in section.items(key):
        problem = _problem_of(value)
        if problem:
            section.problems.append((path, problem))
        else:
            texts.append(str(value))
    return tuple(texts)


def _problem_of(value: object) -> str:
    if not isinstance(value, str):
        return f"write a text in quotes, not {spoken(value)}"
    if not value.isprintable():
        return "write one line without control characters"
    try:
        fields = list(Formatter().parse(value))
    except ValueError:
        return f"close each brace, and write a brace itself twice, not {spoken(value)}"
    for _, name, layout, conversion in fields:
        if name is not None and (name not in PLACEHOLDERS or layout or conversion):
            known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
            written = f"{name}{'!' if conversion else ''}{conversion or ''}{':' if layout else ''}{layout}"
            return f"only {known} can be filled in, not {spoken('{' + written + '}')}"
    return ""


def _placeholders(text: str) -> bool:
    return any(name is not None for _, name, _, _ in Formatter().parse(text))


def _label(text: str) -> str:
    words = clean_line(text)
    if not words or len(words) > _LONGEST_LABEL:
        raise ValueError(f"write who it is, in at most {_LONGEST_LABEL} characters")
    return words
