"""The command line's root: which commands there are, and how every failure ends."""

import errno
import os
import sys
import traceback
import uuid
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from callback_tui import __version__
from callback_tui.cli.audit import audit
from callback_tui.cli.demo import demo
from callback_tui.cli.imports import import_files
from callback_tui.cli.init import init
from callback_tui.cli.policy import policy
from callback_tui.cli.queue import queue
from callback_tui.cli.scorecard import scorecard
from callback_tui.cli.staff import staff
from callback_tui.cli.triage import triage
from callback_tui.errors import DeskError

_PRIVATE_UMASK = 0o077
_REFUSED = 1


class DeskGroup(TyperGroup):
    """The root group: a refusal is one sentence on stderr and exit status 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; turn a DeskError into its sentence."""
        try:
            return super().invoke(ctx)
        except DeskError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(_REFUSED) from error


app = typer.Typer(
    name="callback-tui",
    cls=DeskGroup,
    help="The call-back desk of a medical practice, in a terminal.",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def root(
    context: typer.Context,
    desk: Annotated[Path | None, typer.Option("--desk", help="Folder of the desk to open.", show_default=False)] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Open the desk; commands do single jobs without the screen."""
    if version:
        typer.echo(f"callback-tui {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        from callback_tui.cli.desk import open_tui

        open_tui(desk)
    elif desk is not None:
        raise typer.BadParameter(f"give it after the command: callback-tui {context.invoked_subcommand} --desk DIR")


app.command("demo")(demo)
app.command("init")(init)
app.command("import")(import_files)
app.command("queue")(queue)
app.command("scorecard")(scorecard)
app.command("triage")(triage)
app.add_typer(policy, name="policy")
app.add_typer(staff, name="staff")
app.add_typer(audit, name="audit")


def main() -> None:
    """Run the command line; an unexpected error ends in one sentence with an id, its details in a private log."""
    os.umask(_PRIVATE_UMASK)
    _leave_no_core_file()
    if sys.stdout is None:
        typer.echo("The output is closed, so nothing was done.", err=True)
        sys.exit(_REFUSED)
    try:
        app()
    except SystemExit as ended:
        lost = _lost_output()
        if lost and not ended.code:
            typer.echo(lost, err=True)
            sys.exit(_REFUSED)
        raise
    except Exception as error:  # noqa: BLE001 - the last place where anything can be caught; a traceback may hold names
        # Unbuffered output keeps nothing that could fail again, so one more line end is tried.
        lost = _lost_output("\n" if isinstance(error, OSError) else "")
        typer.echo(lost or _unexpected(error), err=True)
        sys.exit(_REFUSED)


def _lost_output(more: str = "") -> str:
    """Return the sentence for output that cannot get out, or nothing: who stopped reading wants none."""
    try:
        sys.stdout.write(more)
        sys.stdout.flush()
    except OSError as error:
        # The rest goes nowhere: Python would try it once more at its end and fail with another status.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno != errno.EPIPE:
            reason = error.strerror or "it is closed"
            return f"The output could not be written ({reason}); what the command changed stays changed."
    return ""


def _leave_no_core_file() -> None:
    try:
        import resource
    except ImportError:
        return
    # A memory image of a crash would hold the keys of an open desk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _unexpected(error: Exception) -> str:
    from callback_tui.clock import SystemClock
    from callback_tui.config import log_folder

    error_id = uuid.uuid4().hex[:8]
    # The places only: the text of an exception may hold what a patient said.
    places = "".join(traceback.format_tb(error.__traceback__))
    entry = f"{SystemClock().now().isoformat()} {error_id} {type(error).__name__}\n{places}\n"
    sentence = f"Something unexpected went wrong (error {error_id})."
    try:
        folder = log_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        log = folder / "errors.log"
        with os.fdopen(os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a", encoding="utf-8") as file:
            file.write(entry)
    except OSError:
        return f"{sentence} Report it; its log could not be written."
    return f"{sentence} Report it with the end of {log}, which holds no patient's words."
