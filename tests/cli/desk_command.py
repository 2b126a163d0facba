"""Running the command line in the test's own process, with a passphrase file."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from callback_tui.cli.main import app
from tests.conftest import PASSPHRASE


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    status: int
    stdout: str
    stderr: str

    def document(self) -> Any:
        """Return stdout as the one JSON document it must be."""
        return json.loads(self.stdout)


def run(*arguments: str, typed: str = "") -> Ran:
    """Run `callback-tui` with these arguments."""
    result = CliRunner().invoke(app, arguments, input=typed)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def passphrase_file(folder: Path, passphrase: str = PASSPHRASE) -> Path:
    """Write a passphrase file, with the line end an editor leaves."""
    path = folder / f"passphrase-{len(list(folder.iterdir()))}"
    path.write_bytes(passphrase.encode() + b"\r\nnotes below do not count\r\n")
    return path


def signed_in(desk_folder: Path, user: str) -> tuple[str, ...]:
    """Return the options that sign a person of the test desk in."""
    file = passphrase_file(desk_folder.parent)
    return ("--desk", str(desk_folder), "--user", user, "--passphrase-file", str(file))
