"""The preferences file: read whole, in part or not at all, and a theme remembered in it without touching the rest."""

from pathlib import Path

import pytest

from callback_tui.preferences import Preferences, ascii_only, read_preferences, remember_theme

WRITTEN = """# mine
glyphs = "ascii"
theme = "desk-light" # for the day

[keys]
"queue.call" = "enter,c"
"""


def test_without_a_file_everything_is_as_it_comes(tmp_path: Path) -> None:
    path = tmp_path / "preferences.toml"
    assert read_preferences(path) == Preferences(path, glyphs="auto")


def test_choices_are_read(tmp_path: Path) -> None:
    path = tmp_path / "preferences.toml"
    path.write_text(WRITTEN, encoding="utf-8")
    assert read_preferences(path) == Preferences(path, "desk-light", "ascii", {"queue.call": "enter,c"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("theme = 7", "no colours called 7"),
        ('theme = "ansi-dark"', "no colours called ansi-dark"),
        ('glyphs = "emoji"', "none of auto, unicode, ascii"),
        ('keys = "c"', "under no [keys] line"),
        ('colour = "red"', '"colour", which means nothing here'),
        ('[keys]\n"queue.cal" = "c"', "which is no command"),
    ],
)
def test_a_bad_choice_is_told_and_left_out(tmp_path: Path, text: str, words: str) -> None:
    """The others count all the same."""
    path = tmp_path / "preferences.toml"
    path.write_text(text, encoding="utf-8")
    read = read_preferences(path)
    assert (read.theme, read.glyphs, dict(read.keys)) == ("", "auto", {})
    assert len(read.problems) == 1
    assert words in read.problems[0]


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_told_and_kept(tmp_path: Path, content: bytes | None) -> None:
    """Nothing of it counts, and nothing is remembered in it, so that whoever wrote it can mend it."""
    path = tmp_path / "preferences.toml"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    read = read_preferences(path)
    assert read.path is None
    assert "cannot be read" in read.problems[0]
    remember_theme(path, "desk-dark")
    assert content is None or path.read_bytes() == content


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, 'theme = "nord"\n'),
        ("", 'theme = "nord"\n'),
        ("[keys]\n", 'theme = "nord"\n[keys]\n'),
        ('[keys]\ntheme = "x"\n', 'theme = "nord"\n[keys]\ntheme = "x"\n'),
        ('glyphs = "ascii"\ntheme="a"\n[keys]\n', 'glyphs = "ascii"\ntheme = "nord"\n[keys]\n'),
    ],
)
def test_a_theme_is_remembered_and_the_rest_stays(tmp_path: Path, before: str | None, after: str) -> None:
    """In a folder that is made for it, or in the file as it is; nothing else lies about afterwards."""
    path = tmp_path / "new" / "preferences.toml"
    if before is not None:
        path.parent.mkdir()
        path.write_text(before, encoding="utf-8")
    remember_theme(path, "nord")
    assert path.read_text(encoding="utf-8") == after
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_file_whose_theme_cannot_be_put_in_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "preferences.toml"
    path.write_text('note = """\ntheme = "x"\n"""\n', encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    remember_theme(path, "nord")
    assert path.read_text(encoding="utf-8") == before


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    """A file stands where the folder should be, which stops even root."""
    (tmp_path / "new").write_text("", encoding="utf-8")
    remember_theme(tmp_path / "new" / "preferences.toml", "nord")
    assert (tmp_path / "new").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    ("glyphs", "encoding", "terminal", "expected"),
    [
        ("auto", "utf-8", "xterm-256color", False),
        ("auto", "UTF8", None, False),
        ("auto", "ascii", "xterm", True),
        ("auto", "iso8859-1", "xterm", True),
        ("auto", None, "xterm", True),
        ("auto", "utf-8", "linux", True),
        ("auto", "utf-8", "dumb", True),
        ("unicode", "ascii", "linux", False),
        ("ascii", "utf-8", "xterm", True),
    ],
)
def test_ascii_is_drawn_where_nothing_else_shows(
    glyphs: str, encoding: str | None, terminal: str | None, expected: bool
) -> None:
    assert ascii_only(glyphs, encoding, terminal) is expected
