"""`callback-tui doctor`: is the desk in order, and what to do where it is not."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from callback_tui.cli.session import DeskOption, JsonOption, PassphraseFileOption, UserOption, open_desk

if TYPE_CHECKING:
    from callback_tui.views.doctor import Check

_SOMETHING_WRONG = 1


def doctor(
    as_json: JsonOption = False,
    desk: DeskOption = None,
    user: UserOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Say whether the desk is in order.

    Its files, keys and disk first, then, signed in, what is in it. Changes nothing and names no patient.

    Exit status 1 when something is wrong.
    """
    from callback_tui.rules.desk_checks import worst
    from callback_tui.views.doctor import CheckState

    checks = tuple(_checks(desk, user, passphrase_file))
    typer.echo(_document(checks) if as_json else _words(checks))
    if worst(checks) is CheckState.WRONG:
        raise typer.Exit(_SOMETHING_WRONG)


def _checks(desk: Path | None, user: str | None, passphrase_file: Path | None) -> "Iterator[Check]":
    from callback_tui.config import desk_folder
    from callback_tui.errors import DeskError, KeyRefused
    from callback_tui.rules.desk_checks import worst
    from callback_tui.services.doctor import check_desk, check_files, refusal
    from callback_tui.views.doctor import Check, CheckState

    files = check_files(desk_folder(desk).absolute())
    yield from files
    if worst(files) is CheckState.WRONG:
        return
    try:
        with open_desk(desk, user, passphrase_file) as opened:
            yield from check_desk(opened)
    except DeskError as error:
        if error.code != "nobody_to_ask":
            yield refusal("sign_in" if isinstance(error, KeyRefused) else "desk", error)
            return
        sentence = "Nobody signed in, so what is in the desk was not checked."
        yield Check("sign_in", CheckState.LOOK, sentence, "Give --user and --passphrase-file, or run it at a terminal.")


def _words(checks: "Sequence[Check]") -> str:
    lines = []
    for check in checks:
        lines.append(f"{check.state.value:<6}{check.sentence}")
        if check.next_step:
            lines.append(f"{'':<6}{check.next_step}")
    return "\n".join(lines)


def _document(checks: "Sequence[Check]") -> str:
    import json

    return json.dumps(
        {
            "checks": [
                {
                    "name": check.name,
                    "state": check.state.value,
                    "sentence": check.sentence,
                    "next_step": check.next_step,
                }
                for check in checks
            ]
        },
        ensure_ascii=False,
    )
