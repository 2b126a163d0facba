"""The pages made from the program: current, and found when they are not."""

import json
from pathlib import Path

import pytest

import page_texts
from bench_result import Budget, page_of, report_of


def test_the_pages_say_what_the_program_does() -> None:
    """Run scripts/pages.py after a change of commands.py or error_table."""
    assert page_texts.stale_pages() == []


def test_a_stale_page_is_found_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that says something else, and one that is missing."""
    monkeypatch.setattr(page_texts, "DOCS", tmp_path)
    names = list(page_texts.pages())
    assert page_texts.stale_pages() == names
    (tmp_path / "keys.md").write_text("# Keys\n", encoding="utf-8")
    assert page_texts.write_pages() == names
    assert page_texts.stale_pages() == []
    text = (tmp_path / "keys.md").read_text(encoding="utf-8")
    assert "| `enter` | Ring the selected patient; the script opens. | `queue.call` |" in text
    assert "| `F1` or `?` |" in text
    errors = (tmp_path / "errors.md").read_text(encoding="utf-8")
    assert "| The desk is busy: another program is writing to it. | Try again. | `busy` |" in errors
    assert '| Give one {"id", "text"} on each line. |' in errors


def test_the_figures_have_their_page_once_they_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_texts, "DOCS", tmp_path)
    monkeypatch.setattr(page_texts, "KEPT_FIGURES", tmp_path / "performance.json")
    assert "performance.md" not in page_texts.pages()
    budget = Budget("start", 0.5, "s", 2.0)
    machine = {"cores": 2, "system": "Linux", "python": "3.11"}
    report = report_of([budget], measured_on="2026-11-24", machine=machine, history=1_000_000)
    (tmp_path / "performance.json").write_text(json.dumps(report), encoding="utf-8")
    (tmp_path / "performance.md").write_text(page_of(report), encoding="utf-8")
    assert "performance.md" not in page_texts.stale_pages()
    (tmp_path / "performance.md").write_text(page_of(report).replace("500", "400"), encoding="utf-8")
    assert "performance.md" in page_texts.stale_pages()
