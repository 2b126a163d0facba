"""The pseudo terminal of the bench and of the screen tests."""

import sys

import pytest

from terminal import Terminal, TerminalError

_ECHO = "import sys; print('ready', flush=True); print('got', sys.stdin.readline().strip())"
_RESTLESS = "import time\nwhile True: print('.', flush=True); time.sleep(0.01)"


def test_words_are_waited_for_and_keys_reach_the_program() -> None:
    with Terminal([sys.executable, "-c", _ECHO]) as terminal:
        at = terminal.read_until("ready")
        pressed = terminal.press("hello\n")
        terminal.read_until("got hello", at)
        assert terminal.last_byte_at > pressed > terminal.started_at
        assert "got hello" in terminal.finish()


def test_words_that_never_come_are_an_error_also_while_other_words_do() -> None:
    with Terminal([sys.executable, "-c", _RESTLESS], wait_seconds=0.2) as terminal, pytest.raises(TerminalError):
        terminal.read_until("never")


def test_a_program_that_fails_is_an_error() -> None:
    with Terminal([sys.executable, "-c", "import sys; sys.exit(3)"]) as terminal, pytest.raises(TerminalError):
        terminal.finish()


def test_silence_after_a_key_is_an_error_and_no_quick_answer() -> None:
    with Terminal([sys.executable, "-c", _ECHO]) as terminal:
        terminal.read_until("ready\r\n")
        with pytest.raises(TerminalError):
            terminal.read_some(0.05)
        terminal.press("hello\n")
        terminal.read_some(5.0)
