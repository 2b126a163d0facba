"""`callback-tui staff`: who may sign in."""

from pathlib import Path
from typing import Annotated

import typer

from callback_tui.cli.session import A_LINE, DeskOption, JsonOption, PassphraseFileOption, UserOption, ask, open_desk
from callback_tui.cli.session import passphrase_from as read_passphrase
from callback_tui.models.vocabulary import Role

staff = typer.Typer(help="Who may sign in.", no_args_is_help=True)

_NEW_FILE = "--new-passphrase-file"
NewPassphraseFileOption = Annotated[
    Path | None,
    typer.Option(_NEW_FILE, help="File whose first line is the new passphrase.", show_default=False),
]
UsernameArgument = Annotated[str, typer.Argument(help="User name, as typed at sign-in.")]


@staff.command("add")
def add(
    username: UsernameArgument,
    role: Annotated[Role, typer.Option("--role", help="What the person is at this practice.")],
    name: Annotated[str | None, typer.Option("--name", help="Name as shown to colleagues.", show_default=False)] = None,
    new_passphrase_file: NewPassphraseFileOption = None,
    desk: DeskOption = None,
    user: UserOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Add a person, with a passphrase of their own."""
    from callback_tui.services import staff as service

    with open_desk(desk, user, passphrase_file) as opened:
        shown_name = name or ask("Name", instead="--name")
        passphrase = read_passphrase(
            new_passphrase_file, question=f"Passphrase for {username}", twice=True, option=_NEW_FILE
        )
        service.add_staff(opened, username=username, name=shown_name, role=role, passphrase=passphrase)
    typer.echo(f"Added {username} as {role.value}.", err=True)


@staff.command("list")
def list_people(
    as_json: JsonOption = False,
    desk: DeskOption = None,
    user: UserOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Print everybody of the desk."""
    from callback_tui.cli.records import as_document
    from callback_tui.services import staff as service

    with open_desk(desk, user, passphrase_file) as opened:
        people = service.list_staff(opened)
    if as_json:
        typer.echo(as_document(people))
        return
    for person in people:
        state = "" if person.active else "  deactivated"
        typer.echo(f"{person.username:<20}  {person.role.value:<10}  {person.name}{state}")


@staff.command("disable")
def disable(
    username: UsernameArgument,
    desk: DeskOption = None,
    user: UserOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Deactivate a person; what they did stays on record."""
    from callback_tui.services import staff as service

    with open_desk(desk, user, passphrase_file) as opened:
        service.disable_staff(opened, username)
    typer.echo(f"Deactivated {username}.", err=True)


@staff.command("passphrase")
def passphrase(
    username: Annotated[str | None, typer.Argument(help="Whose; your own if left out.", show_default=False)] = None,
    new_passphrase_file: NewPassphraseFileOption = None,
    recovery: Annotated[bool, typer.Option("--recovery", help="Sign in with the recovery code instead.")] = False,
    desk: DeskOption = None,
    user: UserOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Set a new passphrase.

    With --recovery when nobody is left who knows one.
    """
    from callback_tui.services import staff as service

    if recovery:
        _recover(username or user or ask("User name", instead="--user"), new_passphrase_file, desk)
        return
    with open_desk(desk, user, passphrase_file) as opened:
        whose = username or opened.actor.username
        new = read_passphrase(new_passphrase_file, question=f"New passphrase for {whose}", twice=True, option=_NEW_FILE)
        service.change_passphrase(opened, whose, new)
    typer.echo(f"Changed the passphrase of {whose}.", err=True)


def _recover(username: str, new_passphrase_file: Path | None, desk: Path | None) -> None:
    from callback_tui.clock import SystemClock
    from callback_tui.config import desk_folder
    from callback_tui.services.sign_in import recover

    code = ask("Recovery code", instead=A_LINE)
    new = read_passphrase(new_passphrase_file, question=f"New passphrase for {username}", twice=True, option=_NEW_FILE)
    recover(desk_folder(desk), code, username, new, SystemClock())
    typer.echo(f"Changed the passphrase of {username}.", err=True)
