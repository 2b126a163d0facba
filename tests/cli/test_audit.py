"""`callback-tui audit`."""

from pathlib import Path

from callback_tui.models.vocabulary import OptOutScope
from callback_tui.services.desk import OpenDesk
from callback_tui.services.patients import add_opt_out, save_cards
from callback_tui.views.patient import PatientCard
from tests.cli.desk_command import run, signed_in


def test_the_list_is_newest_first_and_one_json_document(desk_folder: Path) -> None:
    lines = run("audit", "list", "--json", "--limit", "3", *signed_in(desk_folder, "supervisor")).document()
    assert [line["action"] for line in lines][:1] == ["signed_in"]
    assert [line["seq"] for line in lines] == sorted((line["seq"] for line in lines), reverse=True)
    assert lines[0]["who"] == "Sam Supervisor"
    assert lines[0]["at"].endswith("Z")


def test_the_list_can_be_narrowed_to_an_action(desk_folder: Path) -> None:
    ran = run("audit", "list", "--action", "staff_added", *signed_in(desk_folder, "supervisor"))
    assert len(ran.stdout.splitlines()) == 4
    assert all("staff_added" in line for line in ran.stdout.splitlines())


def test_more_entries_than_any_desk_has_are_wrong_usage(desk_folder: Path) -> None:
    assert run("audit", "list", "--limit", str(10**20), *signed_in(desk_folder, "admin")).status == 2


def test_an_entry_says_whom_it_concerns_by_ids(desk: OpenDesk, desk_folder: Path) -> None:
    (patient_id,) = save_cards(desk, [PatientCard("Grace Okafor")])
    add_opt_out(desk, patient_id, OptOutScope.ALL)
    options = ("audit", "list", "--action", "opt_out_added", *signed_in(desk_folder, "supervisor"))
    assert f'patient {patient_id}  opt_out=1  scope="all"' in run(*options).stdout
    (line,) = run(*options, "--json").document()
    assert (line["facts"]["opt_out"], line["facts"]["scope"]) == (1, "all")


def test_a_whole_record_ends_with_0(desk_folder: Path) -> None:
    ran = run("audit", "verify", "--json", *signed_in(desk_folder, "admin"))
    assert ran.status == 0
    assert ran.document()["sound"] is True
    assert ran.document()["first_bad_seq"] is None


def test_a_tampered_record_ends_with_1_and_names_the_entry(desk: OpenDesk, desk_folder: Path) -> None:
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE audit_entry SET action = 'nothing' WHERE seq = 4")
    ran = run("audit", "verify", *signed_in(desk_folder, "admin"))
    assert (ran.status, ran.stdout) == (1, "")
    assert "entry 4" in ran.stderr
    ran = run("audit", "verify", "--json", *signed_in(desk_folder, "admin"))
    assert (ran.status, ran.document()["first_bad_seq"]) == (1, 4)


def test_a_nurse_may_not_read_it(desk_folder: Path) -> None:
    ran = run("audit", "list", *signed_in(desk_folder, "nurse"))
    assert (ran.status, ran.stdout) == (1, "")
    assert "supervisor or admin" in ran.stderr
