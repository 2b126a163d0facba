"""`callback-tui triage`: tags messages from a file or a pipe, without a desk."""

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from callback_tui.cli.session import UnusedFolder, UnusedPassphraseFile, UnusedUser
from callback_tui.errors import DeskError

REFUSED = 1
DONE_WITH_REJECTS = 3


def triage(
    file: Annotated[str, typer.Argument(help='JSON lines with "id" and "text", or - for standard input.')] = "-",
    _desk: UnusedFolder = None,
    _user: UnusedUser = None,
    _passphrase_file: UnusedPassphraseFile = None,
) -> None:
    """Print the tag of every message as JSON lines.

    By the built-in rules: the screen of the triage rules tries a practice's own.

    In the order read. A text file that is no JSON lines is refused (exit 1); a bad line among good ones is named on
    standard error and the rest is done (exit 3).
    """
    try:
        rejected = sum(not _answer(number, line) for number, line in _lines(file))
    except DeskError as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(REFUSED) from None
    if rejected:
        typer.echo(f"{rejected} {'line' if rejected == 1 else 'lines'} left out.", err=True)
        raise typer.Exit(DONE_WITH_REJECTS)


def _lines(file: str) -> Iterator[tuple[int, str]]:
    """Yield numbered lines; refuse a file that cannot be read or whose first line is no JSON object."""
    is_first = True
    for number, line in enumerate(_raw_lines(file), start=1):
        if not line.strip():
            continue
        if is_first and not line.lstrip("\ufeff \t").startswith("{"):
            raise DeskError("not_json_lines")
        is_first = False
        yield number, line.lstrip("\ufeff")


def _raw_lines(file: str) -> Iterator[str]:
    if file == "-":
        yield from (line.decode("utf-8", errors="replace") for line in sys.stdin.buffer)
        return
    try:
        with Path(file).open("rb") as opened:
            yield from (line.decode("utf-8", errors="replace") for line in opened)
    except OSError as problem:
        why = problem.strerror or "unknown reason"
        raise DeskError("file_unreadable", reason=why) from None


def _answer(number: int, line: str) -> bool:
    """Print the tag of one line; say on standard error why a line is left out."""
    from callback_tui.rules.triage import tag

    try:
        row = json.loads(line, parse_constant=_finite, parse_float=_finite)
    except (ValueError, RecursionError):
        typer.echo(f"Line {number}: not JSON.", err=True)
        return False
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        typer.echo(f'Line {number}: needs an "id" and a "text" of words.', err=True)
        return False
    age = row.get("age_years")
    tagged = tag(row["text"], age_years=age if type(age) is int else None)
    document = {
        "id": row.get("id"),
        "priority": tagged.priority.value,
        "emergent": tagged.emergent,
        "check": tagged.check,
        "reason": tagged.reason.value,
        "hits": [
            {
                "rule": hit.rule,
                "category": hit.category,
                "tier": hit.tier.value,
                "start": hit.start,
                "end": hit.end,
                "text": hit.text,
                "read_as": hit.read_as.value,
            }
            for hit in tagged.hits
        ],
    }
    sys.stdout.write(json.dumps(document) + "\n")
    return True


def _finite(written: str) -> float:
    """Return a number; refuse NaN and what is too large, which no other program would take back as JSON."""
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(written)
    return number
