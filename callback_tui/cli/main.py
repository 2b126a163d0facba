"""The command line's root: which commands there are, and how a refusal ends."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from callback_tui import __version__
from callback_tui.cli.audit import audit
from callback_tui.cli.demo import demo
from callback_tui.cli.doctor import doctor
from callback_tui.cli.imports import import_files
from callback_tui.cli.init import init
from callback_tui.cli.policy import policy
from callback_tui.cli.queue import queue
from callback_tui.cli.scorecard import scorecard
from callback_tui.cli.staff import staff
from callback_tui.cli.triage import triage
from callback_tui.cli.watch import watch
from callback_tui.errors import DeskError

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
app.command("watch")(watch)
app.command("queue")(queue)
app.command("scorecard")(scorecard)
app.command("triage")(triage)
app.add_typer(policy, name="policy")
app.add_typer(staff, name="staff")
app.add_typer(audit, name="audit")
app.command("doctor")(doctor)
