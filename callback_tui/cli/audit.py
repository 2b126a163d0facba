"""`callback-tui audit`: who did and saw what, and whether the record is whole."""

import json
from collections.abc import Mapping
from typing import Annotated

import typer

from callback_tui.cli.session import DeskOption, JsonOption, PassphraseFileOption, UserOption, open_desk

audit = typer.Typer(help="Who did and saw what, and whether the record is whole.", no_args_is_help=True)

_NOT_SOUND = 1
_MOST_ENTRIES = 1_000_000


@audit.command("list")
def list_entries(
    limit: Annotated[int, typer.Option("--limit", min=1, max=_MOST_ENTRIES, help="How many, newest first.")] = 50,
    action: Annotated[str | None, typer.Option("--action", help="Only this action.", show_default=False)] = None,
    as_json: JsonOption = False,
    desk: DeskOption = None,
    user: UserOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Print audit entries, newest first."""
    from callback_tui.cli.records import as_document, instant
    from callback_tui.services import audit as service

    with open_desk(desk, user, passphrase_file) as opened:
        lines = service.list_entries(opened, limit=limit, action=action)
    if as_json:
        typer.echo(as_document(lines))
        return
    for line in lines:
        reason = f"  ({line.reason})" if line.reason else ""
        typer.echo(
            f"{line.seq:>7}  {instant(line.at)}  {line.who:<20}  {line.action}  {line.entity} {line.entity_id}"
            f"{_facts_words(line.facts)}{reason}"
        )


def _facts_words(facts: Mapping[str, object]) -> str:
    words = (f"{name}={json.dumps(value)}" for name, value in facts.items() if name != "verb")
    return "".join(f"  {word}" for word in words)


@audit.command("verify")
def verify(
    as_json: JsonOption = False,
    desk: DeskOption = None,
    user: UserOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Check every entry against the one before it.

    Exit status 1 when the record was tampered with.
    """
    from callback_tui.cli.records import as_document
    from callback_tui.services import audit as service

    with open_desk(desk, user, passphrase_file) as opened:
        verdict = service.verify(opened)
    if as_json:
        typer.echo(as_document(verdict))
    elif verdict.sound:
        typer.echo(f"{verdict.entries} entries, each following the one before it.")
    else:
        typer.echo(f"Not sound at entry {verdict.first_bad_seq}: {verdict.problem}. Keep the desk as it is.", err=True)
    if not verdict.sound:
        raise typer.Exit(_NOT_SOUND)
