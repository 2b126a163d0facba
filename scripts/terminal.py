"""A pseudo terminal with a program in it: types keys, reads what is painted and when. POSIX only."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.|[\x00-\x1f\x7f]")
_LAST_BYTES, _LAST_SIGNS = 4_000, 400


class TerminalError(Exception):
    """The program in the terminal ended, or never showed what was waited for; the text says which."""


class Terminal:
    """Runs one program; close it, or use it as a context manager.

    `seen` is all it wrote so far; `started_at` and `last_byte_at` are moments of `time.perf_counter`.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        rows: int = 34,
        columns: int = 120,
        cwd: Path | None = None,
        environment: Mapping[str, str] | None = None,
        wait_seconds: float = 60.0,
    ) -> None:
        """Start the command; `environment` is added to this process's own."""
        self._wait_seconds = wait_seconds
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
        steady = {"TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none", "PYTHONUTF8": "1"}
        self.started_at = time.perf_counter()
        self.program = subprocess.Popen(
            [str(part) for part in command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env={**inherited, **steady, **(environment or {})},
        )
        os.close(slave)
        self.seen = b""
        self.last_byte_at = self.started_at

    def __enter__(self) -> "Terminal":
        """Return the terminal."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the program if it still runs."""
        self.close()

    def press(self, keys: str) -> float:
        """Type keys; return the moment (of `time.perf_counter`) just before."""
        at = time.perf_counter()
        os.write(self._master, keys.encode())
        return at

    def read_until(self, words: str, after: int = 0) -> int:
        """Read until the words came in, looking from byte `after` on; return how much was read so far.

        `last_byte_at` is then when they came. Raises TerminalError when they do not come in time.
        """
        until = time.perf_counter() + self._wait_seconds
        while words.encode() not in self.seen[after:]:
            if not self._read(max(until - time.perf_counter(), 0.0)):
                raise TerminalError(f"the terminal never showed {words!r}; last seen: {self._last_words()}")
        return len(self.seen)

    def read_some(self, seconds: float) -> None:
        """Read what comes first. Raises TerminalError when nothing comes for so many seconds."""
        if not self._read(seconds):
            raise TerminalError(f"the terminal showed nothing for {seconds:g} s: {self.seen[-400:]!r}")

    def read_for(self, seconds: float) -> int:
        """Read whatever comes for so many seconds; return how many bytes came."""
        before, until = len(self.seen), time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self._read(left)
        return len(self.seen) - before

    def read_until_quiet(self, seconds: float) -> float:
        """Read until nothing came for so many seconds; return the moment of the last byte."""
        while self._read(seconds):
            pass
        return self.last_byte_at

    def finish(self) -> str:
        """Read to the end, wait for the program, and return everything it wrote. Raises TerminalError if it failed."""
        while self._read(self._wait_seconds):
            pass
        if self.program.wait(self._wait_seconds) != 0:
            raise TerminalError(f"the program ended with {self.program.returncode}; last seen: {self._last_words()}")
        return self.seen.decode("utf-8")

    def close(self) -> None:
        """Stop the program if it still runs."""
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait()
        os.close(self._master)

    def _last_words(self) -> str:
        painted = _CONTROL.sub(" ", self.seen[-_LAST_BYTES:].decode("utf-8", "replace"))
        return " ".join(painted.split())[-_LAST_SIGNS:]

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return False
        try:
            chunk = os.read(self._master, 65_536)
        except OSError:  # the other end closed, as Linux says it
            chunk = b""
        if chunk:
            self.last_byte_at = time.perf_counter()
        self.seen += chunk
        return bool(chunk)
