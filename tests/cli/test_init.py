"""`callback-tui init`, the root of the command line, and how failures end."""

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from callback_tui.cli.main import app
from callback_tui.cli.session import passphrase_from
from callback_tui.errors import DeskError, StoreError
from callback_tui.services.setup import confirm_recovery_code, recovery_code_unconfirmed
from tests.cli.desk_command import passphrase_file, run, signed_in

ANSWERS = ("--practice", "Maple Street", "--zone", "America/New_York", "--region", "US", "--admin", "ada", "--no-input")


def test_no_input_makes_a_desk_and_prints_the_code_alone(tmp_path: Path) -> None:
    file = str(passphrase_file(tmp_path))
    ran = run("init", *ANSWERS, "--desk", str(tmp_path / "desk"), "--passphrase-file", file)
    assert ran.status == 0
    code = ran.stdout.strip()
    assert len(code.replace("-", "")) == 32
    assert str(tmp_path / "desk") in ran.stderr
    assert "Several people need one desk" in ran.stderr
    assert recovery_code_unconfirmed(tmp_path / "desk")
    assert not confirm_recovery_code(tmp_path / "desk", "A" * 32)
    assert confirm_recovery_code(tmp_path / "desk", code)
    assert not recovery_code_unconfirmed(tmp_path / "desk")
    listed = run(
        "staff", "list", "--json", "--desk", str(tmp_path / "desk"), "--user", "ada", "--passphrase-file", file
    )
    assert [(person["username"], person["role"]) for person in listed.document()] == [("ada", "admin")]


def test_a_second_init_is_refused_with_one_sentence(desk_folder: Path) -> None:
    ran = run(
        "init", *ANSWERS, "--desk", str(desk_folder), "--passphrase-file", str(passphrase_file(desk_folder.parent))
    )
    assert (ran.status, ran.stdout) == (1, "")
    assert ran.stderr.startswith("There is a desk in ")
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("missing", ["--practice", "--zone", "--admin"])
def test_no_input_names_what_is_missing(tmp_path: Path, missing: str) -> None:
    at = ANSWERS.index(missing)
    left = ANSWERS[:at] + ANSWERS[at + 2 :]
    ran = run("init", *left, "--desk", str(tmp_path / "d"), "--passphrase-file", str(passphrase_file(tmp_path)))
    assert ran.status == 2
    assert missing in ran.stderr
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--zone", "America/Springfield", "That time zone is not known."),
        ("--zone", "../zone.tab", "That time zone is not known."),
        ("--region", "USA", "region"),
        ("--region", "ZZ", "region"),
        ("--admin", "Ada the admin", "user name"),
        ("--callback-number", "12", "callback number"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(tmp_path: Path, option: str, value: str, said: str) -> None:
    answers = [*ANSWERS, "--desk", str(tmp_path / "d"), "--passphrase-file", str(passphrase_file(tmp_path))]
    ran = run("init", *answers, option, value)
    assert ran.status == 1
    assert said in ran.stderr
    assert not (tmp_path / "d").exists()


def test_without_a_desk_every_command_says_so(tmp_path: Path) -> None:
    ran = run("staff", "list", *signed_in(tmp_path / "nowhere", "ada"))
    assert ran.status == 1
    assert "There is no desk in" in ran.stderr
    assert "callback-tui init" in ran.stderr


def test_a_passphrase_file_gives_its_first_line_without_the_line_end(tmp_path: Path) -> None:
    assert passphrase_from(passphrase_file(tmp_path, " two blanks kept  ")) == " two blanks kept  "
    ran = run("staff", "list", "--desk", str(tmp_path), "--passphrase-file", str(tmp_path / "none"), "--user", "ada")
    assert ran.status == 1


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless file here")
def test_an_endless_passphrase_file_is_refused(tmp_path: Path) -> None:
    ran = run("init", *ANSWERS, "--desk", str(tmp_path / "d"), "--passphrase-file", "/dev/zero")
    assert (ran.status, ran.stderr.splitlines()[-1]) == (1, str(StoreError("passphrase_file")))


def test_a_country_may_be_written_small(tmp_path: Path) -> None:
    file = passphrase_file(tmp_path)
    answers = [*ANSWERS, "--desk", str(tmp_path / "d"), "--passphrase-file", str(file), "--region", "gb"]
    assert run("init", *answers).status == 0


def test_the_list_of_commands_is_whole_on_80_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for group in ((), ("policy",), ("staff",), ("audit",)):
        shown = run(*group, "--help").stdout
        assert "Commands:" in shown
        assert "...\n" not in shown.partition("Commands:")[2]


def test_a_mark_of_the_byte_order_is_no_part_of_a_passphrase(tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_bytes(b"\xef\xbb\xbf" + "vier oder fünf Wörter\r\n".encode())
    assert passphrase_from(file) == "vier oder fünf Wörter"


def test_the_user_of_every_other_command_names_the_admin_too(tmp_path: Path) -> None:
    at = ANSWERS.index("--admin")
    file = str(passphrase_file(tmp_path))
    sign_in = ("--desk", str(tmp_path / "d"), "--user", "ada", "--passphrase-file", file)
    assert run("init", *ANSWERS[:at], *ANSWERS[at + 2 :], *sign_in).status == 0
    assert [person["username"] for person in run("staff", "list", "--json", *sign_in).document()] == ["ada"]


def test_environment_variables_stand_in_for_the_options(desk_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLBACK_TUI_DESK", str(desk_folder))
    monkeypatch.setenv("CALLBACK_TUI_USER", "admin")
    monkeypatch.setenv("CALLBACK_TUI_PASSPHRASE_FILE", str(passphrase_file(desk_folder.parent)))
    assert len(run("staff", "list", "--json").document()) == 5


def test_wrong_usage_ends_with_2_and_the_place_of_the_desk_option_is_told() -> None:
    assert run("no-such-command").status == 2
    assert run("staff", "add").status == 2
    misplaced = run("--desk", "somewhere", "staff", "list")
    assert misplaced.status == 2
    assert "callback-tui staff --desk DIR" in misplaced.stderr


def python(program: str, *, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own."""
    places = {} if home is None else {"HOME": str(home), "XDG_STATE_HOME": str(home), "LOCALAPPDATA": str(home)}
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=os.environ | places)


def test_help_loads_neither_database_nor_screen() -> None:
    program = """
import sys
sys.argv = ["callback-tui", "--help"]
from callback_tui.__main__ import main
try:
    main()
except SystemExit as ended:
    heavy = {"sqlalchemy", "sqlmodel", "textual", "sqlcipher3", "cryptography", "pydantic"}
    print(ended.code, sorted(heavy & set(sys.modules)), file=sys.stderr)
"""
    finished = python(program)
    assert finished.stderr.strip() == "0 []"
    assert "init" in finished.stdout


def test_an_unexpected_error_is_one_sentence_with_an_id_and_a_private_log(tmp_path: Path) -> None:
    program = """
import sys
from callback_tui.cli import main, start
@main.app.command("break")
def fail() -> None:
    raise RuntimeError("Ms. Example rang from (212) 555-0147")
sys.argv = ["callback-tui", "break"]
start.main()
"""
    finished = python(program, home=tmp_path)
    assert finished.returncode == 1
    assert finished.stderr.startswith("Something unexpected went wrong (error ")
    assert len(finished.stderr.splitlines()) == 1
    (log,) = tmp_path.rglob("errors.log")
    error_id = finished.stderr.split("(error ")[1][:8]
    content = log.read_text()
    assert error_id in content
    assert "RuntimeError" in content
    assert "Example" not in content + finished.stderr
    if os.name != "nt":
        assert log.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name == "nt", reason="a test cannot press the keys there")
def test_a_command_that_is_interrupted_says_so_in_a_sentence() -> None:
    # A shell that runs the tests in the background makes whatever they start deaf to the interrupt.
    heard = "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    with subprocess.Popen(
        [sys.executable, "-c", f"{heard}runpy.run_module('callback_tui', run_name='__main__')", "triage", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(b'{"id": 1, "text": "please call me back"}\n')
        running.stdin.flush()
        assert running.stdout.readline().startswith(b'{"id": 1')
        running.send_signal(signal.SIGINT)
        said = running.communicate()[1]
    assert (running.returncode, said.decode()) == (130, f"{DeskError('stopped')}\n")


class TypedAtATerminal(io.StringIO):
    """Standard input with a person at it who typed ahead."""

    def isatty(self) -> bool:
        """A terminal."""
        return True


def test_questions_are_asked_again_until_the_answer_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = ("--practice", "Maple Street", "--admin", "ada", "--admin-name", "Ada", "--short-name", " ")
    file = str(passphrase_file(tmp_path))
    typed = "America/Springfield\nAmerica/New_York\n\n12\n(212) 555-0100\nnot the code\n"
    monkeypatch.setattr(sys, "stdin", TypedAtATerminal(typed))
    with pytest.raises(SystemExit):
        app(["init", *answers, "--desk", str(tmp_path / "d"), "--passphrase-file", file])
    said = capsys.readouterr().err
    assert "There is no such time zone." in said
    assert "That is no number with its area code." in said
    assert "That is not the code above." in said
    assert said.index(str(tmp_path / "d")) < said.index("That is not the code above.")
    assert recovery_code_unconfirmed(tmp_path / "d")
    policy = run("policy", "show", "--desk", str(tmp_path / "d"), "--user", "ada", "--passphrase-file", file)
    assert '"America/New_York"' in policy.stdout
    assert '"+12125550100"' in policy.stdout


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ((), "--practice, --zone, --admin, --passphrase-file, --no-input"),
        (("--practice", "Maple Street", "--zone", "America/New_York", "--admin", "ada"), "--passphrase-file, --no-in"),
    ],
)
def test_questions_without_a_terminal_name_the_options_instead(
    tmp_path: Path, given: tuple[str, ...], named: str
) -> None:
    ran = run("init", *given, "--desk", str(tmp_path / "d"), typed="Maple Street\nAmerica/New_York\nada\n")
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.startswith("Nobody is at a terminal")
    assert named in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize("blank", ["", "  \t"])
@pytest.mark.parametrize("option", ["--practice", "--zone", "--region", "--admin"])
def test_a_blank_answer_is_no_answer(tmp_path: Path, option: str, blank: str) -> None:
    file = str(passphrase_file(tmp_path))
    ran = run("init", *ANSWERS, option, blank, "--desk", str(tmp_path / "d"), "--passphrase-file", file)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr == f"With --no-input a value is needed for {option}.\n"
    assert not (tmp_path / "d").exists()


def test_a_blank_path_of_the_passphrase_is_no_answer(tmp_path: Path) -> None:
    ran = run("init", *ANSWERS, "--desk", str(tmp_path / "d"), "--passphrase-file", "")
    assert (ran.status, ran.stderr) == (2, "With --no-input a value is needed for --passphrase-file.\n")


def test_another_desk_of_this_machine_is_named_and_the_own_is_not(
    tmp_path: Path, desk_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALLBACK_TUI_DESK", str(desk_folder))
    # Too short, so that both end after the warning and before the dear part.
    sign_in = ("--passphrase-file", str(passphrase_file(tmp_path, "short")))
    named = run("init", *ANSWERS, "--desk", str(tmp_path / "second"), *sign_in)
    assert named.stderr.startswith(f"There is another desk on this machine, in {desk_folder}.\n")
    monkeypatch.setenv("CALLBACK_TUI_DESK", str(tmp_path / "third"))
    alone = run("init", *ANSWERS, *sign_in)
    assert alone.stderr.startswith("The passphrase is shorter")


def test_the_screen_without_a_terminal_is_refused_in_a_sentence(tmp_path: Path) -> None:
    ran = run("--desk", str(tmp_path))
    assert (ran.status, ran.stdout) == (1, "")
    assert ran.stderr == "This needs a terminal. For text use callback-tui queue --plain.\n"
