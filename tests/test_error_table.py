"""The table of errors: every raise takes its words from it, every row is used, and every row reads well."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import callback_tui.errors
from callback_tui.error_table import ERRORS, GROUPS, error_words
from callback_tui.errors import DeskError, PolicyError

PACKAGE = Path(callback_tui.errors.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
# PolicyError takes dotted paths; its one row is looked up inside errors.py.
KINDS: list[type[DeskError]] = DeskError.__subclasses__()
LOOKUPS = {"error_words", "DeskError", *(each.__name__ for each in KINDS)} - {PolicyError.__name__}
QUOTING = {"may_not_ring", "reason_needed"}
UNKIND = re.compile(r"\b(?:SLA|disposition|entity|null|invalid|traceback)\b", re.IGNORECASE)
# Colleagues, times, counts and kinds: nothing here is, or was said by, a patient.
FIELDS_IN_CALLS = {
    *("who", "what", "minutes", "role"),
    *("day", "local", "early", "when", "first", "last", "limit", "times", "kind", "examples"),
    *("why", "what_now", "days", "tier"),
}


def fields_of(row: tuple[str, str]) -> set[str]:
    """Return the names of the fields a row needs."""
    return {name for text in row for _, name, _, _ in Formatter().parse(text) if name}


def lookups(source: str) -> Iterator[ast.Call]:
    """Return the calls of a module that name a code."""
    if not any(f"{name}(" in source for name in LOOKUPS):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LOOKUPS:
            yield node


def codes_of(call: ast.Call) -> list[str]:
    """Return the codes a call may name: one, or two with a condition; none when they are not written there."""
    first = call.args[0] if call.args else None
    choices = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    codes = [each.value for each in choices if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return codes if len(codes) == len(choices) else []


def problems_of(source: str) -> list[str]:
    """Return what is wrong with the errors a module raises."""
    found = []
    for call in lookups(source):
        text = ast.unparse(call)
        codes = codes_of(call)
        if not codes:
            found.append(f"its code is not written there: {text}")
        if len(call.args) > 1:
            found.append(f"it holds words: {text}")
        for code in codes:
            if code not in ERRORS:
                found.append(f"no such row: {text}")
            elif {keyword.arg for keyword in call.keywords} != fields_of(ERRORS[code]):
                found.append(f"other fields than its row: {text}")
    return found


def problems_of_row(sentence: str, next_step: str) -> list[str]:
    """Return what is wrong with the words of a row."""
    found = []
    if re.search(r"[.?!] [A-Z]", sentence):
        found.append("more than one sentence")
    if not sentence.endswith(".") or not next_step.endswith("."):
        found.append("no full stop")
    if UNKIND.search(f"{sentence} {next_step}"):
        found.append("a word that people do not use")
    return found


def test_every_error_is_a_row_with_its_fields() -> None:
    checked = {path: path.read_text(encoding="utf-8") for path in SOURCES if path != PACKAGE / "errors.py"}
    assert sum(len(list(lookups(source))) for source in checked.values()) >= len(ERRORS) - len(QUOTING)
    assert {path.name: found for path, source in checked.items() if (found := problems_of(source))} == {}


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("raise DeskError(code)", "its code is not written there"),
        ("raise StoreError('busy' if late else code)", "its code is not written there"),
        ("raise StoreError('busy', 'The desk is busy.')", "it holds words"),
        ("raise StoreError('bussy')", "no such row"),
        ("raise StoreError('no_desk')", "other fields"),
        ("raise StoreError('busy', folder=folder)", "other fields"),
        ("error_words('not_after', **fields)", "other fields"),
        ("error_words('not_after' if late else 'busy', limit=limit, day=day, when=when)", "other fields"),
    ],
)
def test_an_error_that_does_not_fit_its_row_is_found(source: str, problem: str) -> None:
    (found,) = problems_of(source)
    assert found.startswith(problem)


def test_every_row_is_used() -> None:
    used = {code for path in SOURCES for call in lookups(path.read_text(encoding="utf-8")) for code in codes_of(call)}
    assert set(ERRORS) - used == {"policy"}
    assert PolicyError([("dialling", "write a number")]).code == "policy"


@pytest.mark.parametrize("code", sorted(set(ERRORS) - QUOTING))
def test_a_row_is_one_sentence_and_a_next_step(code: str) -> None:
    assert problems_of_row(*ERRORS[code]) == []


def test_rows_that_quote_hold_nothing_else() -> None:
    assert {ERRORS[code] for code in QUOTING} == {("{why}", "{what_now}")}


@pytest.mark.parametrize(
    ("sentence", "next_step", "problem"),
    [
        ("It is full. Nothing was saved.", "Try again.", "more than one sentence"),
        ("It is full", "Try again.", "no full stop"),
        ("It is full.", "", "no full stop"),
        ("The entity is full.", "Try again.", "a word that people do not use"),
        ("It is full.", "Correct the Invalid line.", "a word that people do not use"),
    ],
)
def test_a_row_that_reads_badly_is_found(sentence: str, next_step: str, problem: str) -> None:
    assert problems_of_row(sentence, next_step) == [problem]


def test_a_code_stands_in_one_group() -> None:
    assert len(ERRORS) == sum(len(rows) for rows in GROUPS.values())


@pytest.mark.parametrize("group", ["Ringing", "Calling", "Follow-ups"])
def test_no_field_of_a_call_is_for_a_patients_words(group: str) -> None:
    assert {name for row in GROUPS[group].values() for name in fields_of(row)} <= FIELDS_IN_CALLS


def test_the_words_of_an_error_are_its_row_filled_in() -> None:
    error = DeskError("no_desk", folder="{home}")
    assert (error.code, error.sentence) == ("no_desk", "There is no desk in {home}.")
    assert str(error) == f"{error.sentence} {error.next_step}"
    assert error_words("not_json_lines")[1] == 'Give one {"id", "text"} on each line.'


def test_the_table_loads_nothing_but_its_rows() -> None:
    """Every room loads it, and nobody waits for it."""
    imported = {
        getattr(node, "module", None)
        for path in (PACKAGE / "error_table").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert imported == {f"callback_tui.error_table.{room}" for room in ("opening", "files", "calling")}
