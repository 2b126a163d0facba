"""Signing in from the command line: the options every command takes, and the open desk they lead to."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, redirect_stdout, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callback_tui.errors import DeskError, KeyRefused, StoreError
from callback_tui.models.vocabulary import Role

if TYPE_CHECKING:
    from callback_tui.services.desk import OpenDesk

DeskOption = Annotated[
    Path | None, typer.Option("--desk", envvar="CALLBACK_TUI_DESK", help="Folder of the desk.", show_default=False)
]
UserOption = Annotated[
    str | None, typer.Option("--user", envvar="CALLBACK_TUI_USER", help="Your user name.", show_default=False)
]
PassphraseFileOption = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        envvar="CALLBACK_TUI_PASSPHRASE_FILE",
        help="File whose first line is your passphrase.",
        show_default=False,
    ),
]
# For commands without a desk: a script may hand every command the same sign-in.
UnusedFolder = Annotated[Path | None, typer.Option("--desk", hidden=True)]
UnusedUser = Annotated[str | None, typer.Option("--user", hidden=True)]
UnusedPassphraseFile = Annotated[Path | None, typer.Option("--passphrase-file", hidden=True)]
A_LINE = "a line on standard input"
_LONGEST_PASSPHRASE = 100_000

JsonOption = Annotated[bool, typer.Option("--json", help="Write one JSON document and nothing else.")]


@contextmanager
def open_desk(desk: Path | None, user: str | None, passphrase_file: Path | None) -> "Iterator[OpenDesk]":
    """Sign in, hand over the open desk, and sign off at the end; asks for what the options leave out.

    Raises KeyRefused and StoreError as `services.sign_in` does.
    """
    from callback_tui.clock import SystemClock
    from callback_tui.config import desk_folder
    from callback_tui.services.sign_in import sign_in, sign_off
    from callback_tui.store.keys import read_key_file

    folder = desk_folder(desk).absolute()
    read_key_file(folder)
    username = user or ask("User name", instead="--user")
    opened = sign_in(folder, username, passphrase_from(passphrase_file), SystemClock(), attended=False)
    stopped = True
    try:
        if passphrase_file is None and opened.actor.role is Role.ADMIN:
            _ask_for_unconfirmed_code(opened, folder)
        yield opened
        stopped = False
    finally:
        # What stopped the work is to be said, not what then cannot be written either.
        with suppress(DeskError) if stopped else nullcontext():
            sign_off(opened)


def _ask_for_unconfirmed_code(opened: "OpenDesk", folder: Path) -> None:
    from callback_tui.services.setup import confirm_recovery_code, recovery_code_unconfirmed

    if not recovery_code_unconfirmed(folder):
        return
    if not confirm_recovery_code(folder, ask("Recovery code from the set-up", instead=A_LINE), desk=opened):
        typer.echo("That is not the recovery code; you will be asked again at the next sign-in.", err=True)


def passphrase_from(
    passphrase_file: Path | None,
    *,
    question: str = "Passphrase",
    twice: bool = False,
    option: str = "--passphrase-file",
) -> str:
    """Return the first line of the file without its line end, or ask unseen. Raises StoreError, KeyRefused.

    A line without an end, such as that of a device, is refused.
    """
    if passphrase_file is None:
        return ask(question, instead=option, hidden=True, twice=twice)
    try:
        with passphrase_file.expanduser().open(encoding="utf-8-sig", newline="") as file:
            line = file.readline(_LONGEST_PASSPHRASE + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError("passphrase_file") from error
    if len(line) > _LONGEST_PASSPHRASE:
        raise StoreError("passphrase_file")
    return line.rstrip("\r\n")


def ask(
    question: str,
    *,
    instead: str = "an option, which --help lists",
    hidden: bool = False,
    twice: bool = False,
    default: str | None = None,
) -> str:
    """Ask on stderr, so that stdout stays clean. Raises KeyRefused, which says what to do instead, unanswered."""
    is_somebody_there = sys.stdin.isatty()
    if not is_somebody_there and hidden:
        raise KeyRefused("nobody_to_ask", question=question, instead=instead)
    # Typer lets `input` write the question's last space to stdout, where it would be the first sign of a document.
    with redirect_stdout(sys.stdout if sys.stdout.isatty() else sys.stderr):
        try:
            return str(typer.prompt(question, default=default, hide_input=hidden, confirmation_prompt=twice, err=True))
        except typer.Abort:
            if is_somebody_there:
                raise
            typer.echo(err=True)
            raise KeyRefused("nobody_to_ask", question=question, instead=instead) from None
