"""Drives the app in tests: opens it headless, lets workers finish, reads what the screen shows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import WorkerCancelled

from callback_tui.app import CallbackApp
from callback_tui.clock import Clock
from callback_tui.screens.queue import QueueScreen
from callback_tui.screens.queue_source import QueueSource
from callback_tui.services.desk import OpenDesk
from callback_tui.widgets.queue_table import QueueTable

SMALL = (80, 24)
WIDE = (120, 34)
_ROUNDS = 3

ScreenKind = TypeVar("ScreenKind", bound=Screen[Any])


class AppOfSource(CallbackApp):
    """The app over a queue that no store stands behind."""

    def __init__(self, source: QueueSource) -> None:
        """Show this queue."""
        super().__init__(None, None, source.clock)
        self.source = source

    def open_first_screen(self) -> None:
        """Go to the queue at once."""
        self.push_screen(QueueScreen(self.source))


@dataclass
class Session:
    """An open app with its pilot."""

    app: CallbackApp
    pilot: Pilot[None]

    async def settle(self) -> None:
        """Let workers finish and what they asked for be painted."""
        for _ in range(_ROUNDS):
            with suppress(WorkerCancelled):
                await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys and let everything that follows happen."""
        await self.pilot.press(*keys)
        await self.settle()

    async def poll(self) -> None:
        """Look for changes now instead of half a second later."""
        self.queue.poll()
        await self.settle()

    @property
    def queue(self) -> QueueScreen:
        """The queue screen, wherever it is in the stack."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, QueueScreen))

    @property
    def table(self) -> QueueTable:
        """The list."""
        return self.queue.query_one(QueueTable)

    def column(self, name: str) -> list[str]:
        """Return one column of the list from top to bottom, as plain text."""
        return [self.cell(key, name) for key in self.table.order]

    def cell(self, key: str, name: str) -> str:
        """Return one cell of the list as plain text."""
        return "".join(text for text, _ in self.table.cell(key, name))

    def select(self, item_id: int) -> None:
        """Put the cursor on a message."""
        assert self.table.select(str(item_id))

    def status(self) -> str:
        """Return the sentence in the status line."""
        return str(self.queue.query_one("#status", Static).visual)

    def top(self, kind: type[ScreenKind]) -> ScreenKind:
        """Return the screen on top, which must be of that kind."""
        assert isinstance(self.app.screen, kind), type(self.app.screen)
        return self.app.screen

    def lines(self) -> list[str]:
        """Return what the terminal shows of the screen on top, line by line."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip)[:width] for strip in strips[:height]]

    def text(self) -> str:
        """Return what the terminal shows of the screen on top."""
        return "\n".join(self.lines())


@asynccontextmanager
async def opened(app: CallbackApp, size: tuple[int, int] = WIDE) -> AsyncIterator[Session]:
    """Run an app headless until the block ends."""
    async with app.run_test(size=size, notifications=True) as pilot:
        session = Session(app, pilot)
        await session.settle()
        yield session


@asynccontextmanager
async def at_the_desk(
    desk: OpenDesk, clock: Clock, size: tuple[int, int] = WIDE, *, folder: Path | None = None, is_demo: bool = False
) -> AsyncIterator[Session]:
    """Run the app on an open desk."""
    async with opened(CallbackApp(desk, folder, clock, is_demo=is_demo), size) as session:
        yield session
