"""The pages made from the program: current, and found when they are not."""

from pathlib import Path

import pytest

import page_texts


def test_the_pages_say_what_the_program_does() -> None:
    """Run scripts/pages.py after a change of commands.py."""
    assert page_texts.stale_pages() == []


def test_a_stale_page_is_found_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that says something else, and one that is missing."""
    monkeypatch.setattr(page_texts, "DOCS", tmp_path)
    assert page_texts.stale_pages() == ["keys.md"]
    (tmp_path / "keys.md").write_text("# Keys\n", encoding="utf-8")
    assert page_texts.write_pages() == ["keys.md"]
    assert page_texts.stale_pages() == []
    text = (tmp_path / "keys.md").read_text(encoding="utf-8")
    assert "| `enter` | Ring the selected patient; the script opens. | `queue.call` |" in text
    assert "| `F1` or `?` |" in text
