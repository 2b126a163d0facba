"""`callback-tui staff`."""

from pathlib import Path

import pytest

from tests.cli.desk_command import passphrase_file, run, signed_in

NEW_PASSPHRASE = "some other words for tests"


def test_an_added_person_signs_in_with_their_own_passphrase(desk_folder: Path) -> None:
    new = str(passphrase_file(desk_folder.parent, NEW_PASSPHRASE))
    admin = signed_in(desk_folder, "admin")
    added = run("staff", "add", "kim", "--role", "nurse", "--name", "Kim R", "--new-passphrase-file", new, *admin)
    assert (added.status, added.stdout) == (0, "")
    kim = ("--desk", str(desk_folder), "--user", "kim", "--passphrase-file", new)
    people = run("staff", "list", "--json", *kim).document()
    assert {"username": "kim", "name": "Kim R", "role": "nurse", "active": True}.items() <= people[1].items()
    assert people[1]["created_at"].endswith("Z")


def test_a_nurse_adds_nobody(desk_folder: Path) -> None:
    new = str(passphrase_file(desk_folder.parent, NEW_PASSPHRASE))
    nurse = signed_in(desk_folder, "nurse")
    ran = run("staff", "add", "kim", "--role", "nurse", "--name", "Kim R", "--new-passphrase-file", new, *nurse)
    assert ran.status == 1
    assert ran.stderr == "A nurse cannot add people here. Ask somebody who is admin.\n"


def test_a_deactivated_person_is_shown_as_such_and_stays_out(desk_folder: Path) -> None:
    admin = signed_in(desk_folder, "admin")
    assert run("staff", "disable", "nurse", *admin).status == 0
    line = next(line for line in run("staff", "list", *admin).stdout.splitlines() if line.startswith("nurse"))
    assert line.endswith("deactivated")
    assert run("staff", "list", *signed_in(desk_folder, "nurse")).status == 1


def test_a_new_passphrase_replaces_ones_own(desk_folder: Path) -> None:
    new = str(passphrase_file(desk_folder.parent, NEW_PASSPHRASE))
    nurse = signed_in(desk_folder, "nurse")
    assert run("staff", "passphrase", "--new-passphrase-file", new, *nurse).status == 0
    assert run("staff", "list", *nurse).status == 1
    assert run("staff", "list", "--desk", str(desk_folder), "--user", "nurse", "--passphrase-file", new).status == 0


def test_the_recovery_code_sets_a_passphrase_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    old, new = str(passphrase_file(tmp_path)), str(passphrase_file(tmp_path, NEW_PASSPHRASE))
    place = ("--desk", str(tmp_path / "desk"))
    answers = ("--practice", "Maple Street", "--zone", "America/New_York", "--admin", "ada", "--no-input")
    code = run("init", *answers, *place, "--passphrase-file", old).stdout
    command = ("staff", "passphrase", "ada", "--recovery", "--new-passphrase-file", new, *place)
    assert run(*command, typed="AAAA-BBBB\n").status == 1
    assert run("staff", "list", *place, "--user", "ada", "--passphrase-file", new).status == 1
    assert run(*command, typed=code).status == 0
    assert run("staff", "list", *place, "--user", "ada", "--passphrase-file", new).status == 0
    found = run("audit", "list", "--action", "passphrase_recovered", *place, "--user", "ada", "--passphrase-file", new)
    assert len(found.stdout.splitlines()) == 1


def test_nobody_to_ask_is_a_sentence_and_not_a_hang(desk_folder: Path) -> None:
    ran = run("staff", "list", "--desk", str(desk_folder), "--user", "nurse")
    assert ran.status == 1
    assert "--passphrase-file" in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "option"),
    [(("list",), "--user"), (("passphrase", "ada", "--recovery"), "a line on standard input")],
)
def test_a_question_nobody_answers_says_what_to_give_instead(
    desk_folder: Path, arguments: tuple[str, ...], option: str
) -> None:
    ran = run("staff", *arguments, *signed_in(desk_folder, "ada")[:2], "--user", "")
    assert ran.status == 1
    assert ran.stderr.endswith(f"nobody is there to answer. Give it with {option}.\n")


def test_the_passphrase_of_somebody_new_has_an_option_of_its_own(desk_folder: Path) -> None:
    ran = run("staff", "add", "eve", "--role", "nurse", "--name", "Eve", *signed_in(desk_folder, "admin"))
    assert ran.status == 1
    assert "Give it with --new-passphrase-file." in ran.stderr
