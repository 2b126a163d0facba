"""`callback-tui demo`: a made-up practice on the screen, gone when you leave."""

from typing import Annotated

import typer

from callback_tui.cli.demo_desk import HISTORY, MESSAGES, MOST_HISTORY, MOST_MESSAGES, SEED, run_demo
from callback_tui.cli.session import UnusedFolder, UnusedPassphraseFile, UnusedUser
from callback_tui.models.vocabulary import Role


def demo(
    role: Annotated[Role, typer.Option(help="Whose desk to open.")] = Role.NURSE,
    messages: Annotated[int, typer.Option(min=0, max=MOST_MESSAGES, help="How many messages wait.")] = MESSAGES,
    history: Annotated[
        int, typer.Option(min=0, max=MOST_HISTORY, help="How many messages of the last 90 days are finished.")
    ] = HISTORY,
    seed: Annotated[int, typer.Option(help="The same number makes the same practice.")] = SEED,
    _desk: UnusedFolder = None,
    _user: UnusedUser = None,
    _passphrase_file: UnusedPassphraseFile = None,
) -> None:
    """Try the desk with a made-up practice; nothing is kept. Without a terminal it is printed once, as text."""
    run_demo(role=role, messages=messages, history=history, seed=seed)
