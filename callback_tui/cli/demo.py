"""`callback-tui demo`: a made-up practice on the screen, gone when you leave."""

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from callback_tui.cli.session import UnusedFolder, UnusedPassphraseFile, UnusedUser
from callback_tui.models.vocabulary import Role

_MOST_MESSAGES = 20_000
_IN_MEMORY = Path("/dev/shm")  # noqa: S108  # only the parent: the folder in it gets a name of its own and mode 0700
_ROOM_BYTES = 256 * 1024 * 1024


def demo(
    role: Annotated[Role, typer.Option(help="Whose desk to open.")] = Role.NURSE,
    messages: Annotated[int, typer.Option(min=0, max=_MOST_MESSAGES, help="How many messages wait.")] = 60,
    seed: Annotated[int, typer.Option(help="The same number makes the same practice.")] = 7,
    _desk: UnusedFolder = None,
    _user: UnusedUser = None,
    _passphrase_file: UnusedPassphraseFile = None,
) -> None:
    """Try the desk with a made-up practice; nothing is kept. Without a terminal its queue is printed once."""
    from tempfile import TemporaryDirectory

    from callback_tui.clock import SystemClock
    from callback_tui.services.demo import in_office_hours, open_demo
    from callback_tui.services.sign_in import sign_off

    clock = in_office_hours(SystemClock())
    with TemporaryDirectory(prefix="callback-tui-demo-", dir=_parent(), ignore_cleanup_errors=True) as folder:
        desk = open_demo(clock, role=role, messages=messages, seed=seed, folder=Path(folder))
        try:
            if sys.stdout.isatty():
                from callback_tui.cli.desk import run_app

                run_app(desk, None, clock, is_demo=True)
            else:
                from callback_tui.cli.queue import plain_follow_ups, plain_queue
                from callback_tui.services.follow_up_list import follow_up_list
                from callback_tui.services.queue import snapshot

                typer.echo(plain_queue(snapshot(desk), clock.now()))
                typer.echo(plain_follow_ups(follow_up_list(desk), clock.now()))
        finally:
            sign_off(desk)


def _parent() -> Path | None:
    """Return a folder in memory where the system has one with room, so that nothing waits for a disk; else None."""
    if "TMPDIR" in os.environ or not os.access(_IN_MEMORY, os.W_OK | os.X_OK):
        return None
    return _IN_MEMORY if shutil.disk_usage(_IN_MEMORY).free >= _ROOM_BYTES else None
