"""The pages made from the program: current, and found when they are not."""

from pathlib import Path

import pytest

import page_texts


def test_the_pages_say_what_the_program_does() -> None:
    """Run scripts/pages.py after a change of commands.py or error_table."""
    assert page_texts.stale_pages() == []


def test_a_stale_page_is_found_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that says something else, and one that is missing."""
    monkeypatch.setattr(page_texts, "DOCS", tmp_path)
    assert page_texts.stale_pages() == ["keys.md", "errors.md"]
    (tmp_path / "keys.md").write_text("# Keys\n", encoding="utf-8")
    assert page_texts.write_pages() == ["keys.md", "errors.md"]
    assert page_texts.stale_pages() == []
    text = (tmp_path / "keys.md").read_text(encoding="utf-8")
    assert "| `enter` | Ring the selected patient; the script opens. | `queue.call` |" in text
    assert "| `F1` or `?` |" in text
    errors = (tmp_path / "errors.md").read_text(encoding="utf-8")
    assert "| The desk is busy: another program is writing to it. | Try again. | `busy` |" in errors
    assert '| Give one {"id", "text"} on each line. |' in errors
