"""`callback-tui init`: set up a practice's desk."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from callback_tui.cli.session import DeskOption, PassphraseFileOption, ask, passphrase_from
from callback_tui.errors import DeskError

_WRONG_USAGE = 2


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
    """Set up a practice, with its first admin.

    Makes an encrypted desk and a recovery code that is shown once.
    """
    from callback_tui.clock import SystemClock
    from callback_tui.config import desk_folder
    from callback_tui.rules.known_zone import known_zone
    from callback_tui.rules.phone import is_phone_region
    from callback_tui.services.setup import init_desk, refuse_existing_desk

    folder = desk_folder(desk).absolute()
    refuse_existing_desk(folder)
    practice, zone, region, admin = (
        _given(practice),
        _given(zone),
        _given(region).upper(),
        _given(admin) or _given(user),
    )
    _refuse_what_nobody_can_answer(
        {
            "--practice": practice,
            "--zone": zone,
            "--region": region,
            "--admin": admin,
            "--passphrase-file": "" if passphrase_file in (None, Path()) else "given",
        },
        no_input=no_input,
    )
    if not is_phone_region(region):
        raise DeskError("region")
    if zone and known_zone(zone) is None:
        raise DeskError("zone")
    for elsewhere in _other_desks(folder):
        typer.echo(f"There is another desk on this machine, in {elsewhere}.", err=True)
    practice = practice or ask("Name of the practice")
    zone = zone or _ask_zone()
    admin = admin or ask("Your user name")
    if not no_input:
        short_name = _given(short_name) or ask("What a voicemail may say", default=practice)
        callback_number = _given(callback_number) or _ask_number(region)
        admin_name = _given(admin_name) or ask("Your name", default=admin)
    result = init_desk(
        folder,
        practice=practice,
        short_name=_given(short_name) or practice,
        zone=zone,
        region=region,
        callback_number=_read_number(_given(callback_number), region),
        admin_username=admin,
        admin_name=_given(admin_name) or admin,
        passphrase=passphrase_from(passphrase_file, question="Your passphrase, 12 characters or more", twice=True),
        clock=SystemClock(),
    )
    if not _given(callback_number):
        typer.echo("No callback number was given: voicemails name none until a policy does.", err=True)
    typer.echo(f"The desk is in {result.folder}.", err=True)
    typer.echo(
        "Several people need one desk, this one: sign in to this machine by ssh, or share one account on this PC.",
        err=True,
    )
    typer.echo("The recovery code opens the desk when every passphrase is lost. It is shown only now:", err=True)
    write_recovery_code(result.recovery_code, folder)
    if not no_input:
        _ask_back(folder)


def _given(answer: str | None) -> str:
    return (answer or "").strip()


def _refuse_what_nobody_can_answer(needed: dict[str, str], *, no_input: bool) -> None:
    missing = [option for option, answer in needed.items() if not answer]
    if no_input and missing:
        typer.echo(f"With --no-input a value is needed for {', '.join(missing)}.", err=True)
        raise typer.Exit(_WRONG_USAGE)
    if not no_input and (sys.stdin is None or not sys.stdin.isatty()):
        options = ", ".join([*missing, "--no-input"])
        typer.echo(f"Nobody is at a terminal to answer questions, so give {options}.", err=True)
        raise typer.Exit(_WRONG_USAGE)


def _other_desks(folder: Path) -> list[Path]:
    from callback_tui.config import default_desk_folder, desk_folder

    places = {place.absolute() for place in (desk_folder(), default_desk_folder())}
    return sorted(
        place for place in places if os.access(place / "keys.json", os.F_OK) and place.resolve() != folder.resolve()
    )


def write_recovery_code(code: str, folder: Path) -> None:
    """Write the code alone to stdout. Raises DeskError when it cannot get out: it exists nowhere else."""
    try:
        typer.echo(code)
    except OSError as error:
        raise DeskError("code_lost", folder=folder) from error


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


def _read_number(written: str, region: str) -> str:
    from callback_tui.rules.phone import read_phone

    if not written:
        return ""
    e164 = read_phone(written, region).e164
    if e164 is None:
        raise DeskError("callback_number")
    return e164
