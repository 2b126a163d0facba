"""`callback-tui demo`: a made-up practice on the screen, gone when you leave."""

import sys
from typing import Annotated

import typer

from callback_tui.models.vocabulary import Role

_MOST_MESSAGES = 20_000


def demo(
    role: Annotated[Role, typer.Option(help="Whose desk to open.")] = Role.NURSE,
    messages: Annotated[int, typer.Option(min=0, max=_MOST_MESSAGES, help="How many messages wait.")] = 60,
    seed: Annotated[int, typer.Option(help="The same number makes the same practice.")] = 7,
) -> None:
    """Try the desk with a made-up practice; nothing is kept. Without a terminal its queue is printed once."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from callback_tui.clock import SystemClock
    from callback_tui.services.demo import open_demo
    from callback_tui.services.sign_in import sign_off

    clock = SystemClock()
    with TemporaryDirectory(prefix="callback-tui-demo-", ignore_cleanup_errors=True) as folder:
        desk = open_demo(clock, role=role, messages=messages, seed=seed, folder=Path(folder))
        try:
            if sys.stdout.isatty():
                from callback_tui.app import CallbackApp

                CallbackApp(desk=desk, folder=None, clock=clock, is_demo=True).run()
            else:
                from callback_tui.cli.queue import plain_queue
                from callback_tui.services.queue import snapshot

                typer.echo(plain_queue(snapshot(desk), clock.now()))
        finally:
            sign_off(desk)
