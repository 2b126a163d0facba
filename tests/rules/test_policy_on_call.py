"""The policy's on-call section: nobody by default, one list as a command, and nothing about patients in it."""

import pytest

from callback_tui.rules.policy_file import parse_policy
from callback_tui.views.policy import OnCallPerson
from tests.rules.test_policy_file import PRACTICE, SITE, problems

ROSTER = """
[[on_call.roster]]
person = "Dr. Lee"
arguments = ["+12125550150"]

[[on_call.roster]]
person = "Dr. Okafor"
"""


def written(command: str, roster: str = ROSTER) -> str:
    return f"{PRACTICE}{SITE}\n[on_call]\ncommand = {command}\n{roster}"


def test_nobody_is_fetched_unless_the_policy_names_somebody() -> None:
    on_call = parse_policy(PRACTICE + SITE).on_call
    assert (on_call.roster, on_call.command) == ((), ())
    assert parse_policy(written('["page"]', "")).on_call.roster == ()


def test_a_roster_and_its_command_are_taken_as_written() -> None:
    on_call = parse_policy(
        written('["/opt/page it", "{person}", "{count} {tier} at {site}; rm -rf $HOME | {{x}}"]')
    ).on_call
    assert on_call.roster == (OnCallPerson("Dr. Lee", ("+12125550150",)), OnCallPerson("Dr. Okafor", ()))
    assert on_call.command == ("/opt/page it", "{person}", "{count} {tier} at {site}; rm -rf $HOME | {{x}}")
    assert (on_call.repeat_minutes, on_call.near_due_minutes, on_call.rounds) == (10, 15, 3)


@pytest.mark.parametrize(
    ("command", "path", "remedy"),
    [
        ("[]", "on_call.command", "write the program and its arguments"),
        ('[" "]', "on_call.command", "write the program first"),
        ('["{site}"]', "on_call.command", "write the program's own name first"),
        ('"page"', "on_call.command", "write a list in square brackets"),
        ('["page", 3]', "on_call.command[1]", "write a text in quotes, not 3"),
        ('["page", "{name}"]', "on_call.command[1]", "can be filled in, not"),
        ('["page", "{patient}"]', "on_call.command[1]", "only {site}, {count}, {tier}, {person}"),
        ('["page", "{site.name}"]', "on_call.command[1]", "can be filled in, not"),
        ('["page", "{site[0]}"]', "on_call.command[1]", "can be filled in, not"),
        ('["page", "{site!r}"]', "on_call.command[1]", 'can be filled in, not "{site!r}"'),
        ('["page", "{site:>9}"]', "on_call.command[1]", 'can be filled in, not "{site:>9}"'),
        ('["page", "{count:>{site}}"]', "on_call.command[1]", "can be filled in, not"),
        ('["page", "{}"]', "on_call.command[1]", "can be filled in, not"),
        ('["page", "{site"]', "on_call.command[1]", "close each brace"),
        ('["page", "a\\u0000b"]', "on_call.command[1]", "without control characters"),
    ],
)
def test_a_command_that_could_say_more_or_cannot_run_is_refused(command: str, path: str, remedy: str) -> None:
    assert remedy in problems(written(command))[path]


@pytest.mark.parametrize(
    ("roster", "path", "remedy"),
    [
        ("roster = 3", "on_call.roster", "write a list in square brackets"),
        ('roster = ["Dr. Lee"]', "on_call.roster[0]", "write a table, such as [[on_call.roster]], not"),
        ("[[on_call.roster]]", "on_call.roster[0].person", "write a text such as"),
        ('[[on_call.roster]]\nperson = " "', "on_call.roster[0].person", "write who it is"),
        (f'[[on_call.roster]]\nperson = "{"x" * 61}"', "on_call.roster[0].person", "at most 60 characters"),
        (f'{ROSTER}[[on_call.roster]]\nperson = "Dr.  Lee"', "on_call.roster[2].person", "name each person once"),
        (f'{ROSTER}arguments = ["{{phone}}"]', "on_call.roster[1].arguments[0]", "can be filled in, not"),
        (f"{ROSTER}argument = []", "on_call.roster[1].argument", 'did you mean "arguments"?'),
        ("rounds = 0", "on_call.rounds", "write a whole number from 1 to 20"),
        ("shell = true", "on_call.shell", "no such setting"),
    ],
)
def test_a_roster_that_cannot_be_used_is_refused(roster: str, path: str, remedy: str) -> None:
    assert remedy in problems(written('["page"]', roster))[path]


def test_a_roster_is_of_at_most_twenty_people() -> None:
    roster = "".join(f'[[on_call.roster]]\nperson = "Dr. {at}"\n' for at in range(21))
    assert problems(written('["page"]', roster)) == {"on_call.roster": "write at most 20 people"}
