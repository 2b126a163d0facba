"""`callback-tui init`: set up a practice's desk."""

from pathlib import Path
from typing import Annotated

import typer

from callback_tui.cli.session import DeskOption, PassphraseFileOption, ask, passphrase_from
from callback_tui.errors import DeskError


def init(
    practice: Annotated[
        str | None, typer.Option("--practice", help="Name of the practice.", show_default=False)
    ] = None,
    zone: Annotated[
        str | None, typer.Option("--zone", help="Time zone, such as America/New_York.", show_default=False)
    ] = None,
    region: Annotated[str, typer.Option("--region", help="Country for phone numbers without a country code.")] = "US",
    admin: Annotated[
        str | None, typer.Option("--admin", help="User name of the first admin.", show_default=False)
    ] = None,
    admin_name: Annotated[
        str | None, typer.Option("--admin-name", help="Name of the first admin.", show_default=False)
    ] = None,
    short_name: Annotated[
        str | None,
        typer.Option("--short-name", help="What a voicemail may say; must not reveal a condition.", show_default=False),
    ] = None,
    callback_number: Annotated[
        str | None, typer.Option("--callback-number", help="Number that patients ring back.", show_default=False)
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing; what is missing is refused.")] = False,
    desk: DeskOption = None,
    user: Annotated[str | None, typer.Option("--user", hidden=True)] = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Set up a practice: an encrypted desk, its first admin, and a recovery code that is shown once."""
    from callback_tui.clock import SystemClock
    from callback_tui.config import default_desk_folder, desk_folder
    from callback_tui.services.setup import init_desk, refuse_existing_desk

    admin = admin or user
    folder = desk_folder(desk)
    refuse_existing_desk(folder)
    if no_input:
        _require({"--practice": practice, "--zone": zone, "--admin": admin, "--passphrase-file": passphrase_file})
    elsewhere = default_desk_folder()
    if elsewhere != folder and (elsewhere / "keys.json").exists():
        typer.echo(f"There is another desk on this machine, in {elsewhere}.", err=True)
    practice = practice or ask("Name of the practice")
    zone = zone or _ask_zone()
    admin = admin or ask("Your user name")
    if not no_input:
        short_name = short_name or ask("What a voicemail may say", default=practice)
        callback_number = callback_number or _ask_number(region)
        admin_name = admin_name or ask("Your name", default=admin)
    result = init_desk(
        folder,
        practice=practice,
        short_name=short_name or practice,
        zone=zone,
        region=region,
        callback_number=_read_number(callback_number, region),
        admin_username=admin,
        admin_name=admin_name or admin,
        passphrase=passphrase_from(passphrase_file, question="Your passphrase, 12 characters or more", twice=True),
        clock=SystemClock(),
    )
    typer.echo("The recovery code opens the desk when every passphrase is lost. It is shown only now:", err=True)
    typer.echo(result.recovery_code)
    if not no_input:
        _ask_back(folder)
    if not callback_number:
        typer.echo("No callback number was given: voicemails name none until a policy does.", err=True)
    typer.echo(f"The desk is in {result.folder}.", err=True)
    typer.echo("Several people need one desk: sign in to this machine (ssh), or share one account on it.", err=True)


def _require(options: dict[str, object]) -> None:
    for name, value in options.items():
        if value is None:
            raise typer.BadParameter("needed with --no-input", param_hint=name)


def _ask_zone() -> str:
    from zoneinfo import available_timezones

    while (zone := ask("Time zone, such as America/New_York").strip()) not in available_timezones():
        typer.echo("There is no such time zone.", err=True)
    return zone


def _ask_number(region: str) -> str:
    from callback_tui.rules.phone import read_phone

    while read_phone(number := ask("Number that patients ring back"), region).e164 is None:
        typer.echo("That is no number with its area code.", err=True)
    return number


def _ask_back(folder: Path) -> None:
    from callback_tui.services.setup import confirm_recovery_code

    while not confirm_recovery_code(folder, ask("Write it down, then type it here")):
        typer.echo("That is not the code above.", err=True)


def _read_number(written: str | None, region: str) -> str:
    from callback_tui.rules.phone import read_phone

    if not written:
        return ""
    e164 = read_phone(written, region).e164
    if e164 is None:
        raise DeskError("callback_number", "That callback number cannot be read.", "Write it with its area code.")
    return e164
