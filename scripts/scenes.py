"""The scenes of the pictures and of the snapshot tests: which keys lead to which screen of the made-up practice."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import _wait
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled

from callback_tui.app import CallbackApp
from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Role
from callback_tui.screens.queue import QueueScreen
from callback_tui.screens.recovery_code import RecoveryCodeScreen
from callback_tui.services.demo import PEOPLE, open_demo
from callback_tui.services.desk import OpenDesk
from callback_tui.store.engine import open_store
from callback_tui.views.desk import Actor
from terminal_svg import terminal_svg

if TYPE_CHECKING:
    from callback_tui.store.keys import DeskKeys

SMALL = (80, 24)
WIDE = (120, 34)
SIZES = (SMALL, WIDE)
MOMENT = datetime(2026, 11, 23, 15, 42, 7, tzinfo=UTC)
"""Monday, 10:42:07 at the made-up practice."""

_MESSAGES, _SEED, _HISTORY = 60, 7, 600
_ROUNDS = 3
_TOO_SMALL = (58, 14)
_LARGE = (160, 48)
_TO_THE_WOUND = ("down",) * 5
_REST_SECONDS = 0.004


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its name, what it shows, and the keys that lead there from the scene before it.

    With `only_wide` it is taken at 120 columns only; `size` is a size of the window of its own.
    """

    name: str
    shows: str
    keys: tuple[str, ...] = ()
    only_wide: bool = False
    size: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """Scenes one after the other in one start of the program, above a `first` screen if there is one.

    Without a role nobody is signed in.
    """

    name: str
    role: Role | None
    scenes: tuple[Scene, ...]
    first: Callable[[OpenDesk], Screen[Any]] | None = None


WALKS = (
    Walk(
        "queue",
        Role.NURSE,
        (
            Scene("queue", "The queue in the order of calling"),
            Scene("message", "The selected message full width", ("m",)),
            Scene("why", "Why the selected message is first", ("escape", "w")),
            Scene("help", "The keys of the queue", ("escape", "question_mark")),
            Scene("palette", "Everything the desk can do, by name", ("escape", "ctrl+p")),
            Scene("calling-back", "They are calling me back", ("escape", "f2", *"0191")),
            Scene("priority", "Priority by hand", ("escape", "p")),
            Scene("later", "A message is put off", ("escape", "z")),
            Scene("views", "What the list shows", ("escape", "v")),
            Scene("in-time", "Will every call begin in time, and what that assumes", ("escape", "i")),
            Scene("day-lists", "What cannot wait until tomorrow", ("escape", "d")),
            Scene("queue-light", "The queue in light colours", ("escape", "t"), only_wide=True),
            Scene("queue-contrast", "The queue in high contrast", ("t",), only_wide=True),
            Scene("curtain", "The queue behind the curtain", ("t", "f9")),
            Scene("queue-large", "The queue on a large screen", ("f9",), only_wide=True, size=_LARGE),
            Scene("too-small", "A window too small for the desk", size=_TOO_SMALL, only_wide=True),
        ),
    ),
    Walk(
        "call",
        Role.NURSE,
        (
            Scene("call-who", "A call: who answered?", (*_TO_THE_WOUND, "enter")),
            Scene("voicemail", "The words that may be left on a voicemail", ("f6",)),
            Scene("call-identity", "A call: is it the patient?", ("escape", "1")),
            Scene("identifiers", "What is on file, to compare", ("r",)),
            Scene("call-purpose", "A call: the message is back", ("escape", "1", "2")),
            Scene("call-action", "A call: what is done next", ("f4", "f4")),
            Scene("outcome", "How the call ended", ("f8",)),
            Scene("follow-up-kinds", "What is to be done after the call", ("2",)),
            Scene("form", "What a hand-off to a clinician needs", ("escape", "f8", "3")),
            Scene("emergency", "The emergency window", ("escape", "f7")),
            Scene("call-close", "A call: the last words", ("escape", "f4")),
        ),
    ),
    Walk(
        "supervisor",
        Role.SUPERVISOR,
        (
            Scene("follow-ups", "What is still to be done after calls", ("f4",)),
            Scene("follow-up", "What is said before a follow-up is marked done", ("down", "down", "d")),
            Scene("scorecard", "The figures against their targets", ("escape", "f5")),
            Scene("formula", "How a figure is made", ("f",)),
            Scene("people", "Calls by person, with their denominators", ("escape", "d")),
            Scene("calls-behind", "The calls behind a figure", ("escape", "enter")),
            Scene("timeline", "Every call about one message", ("enter",)),
        ),
    ),
    Walk("admin", Role.ADMIN, (Scene("days-closed", "Holidays and special days of a site", ("comma",)),)),
    Walk(
        "recovery", Role.ADMIN, (Scene("recovery-code", "The recovery code is asked back"),), first=RecoveryCodeScreen
    ),
    Walk("sign-in", None, (Scene("sign-in", "Who is at the desk?", tuple("dana")),)),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A scene at one size as SVG."""

    scene: Scene
    columns: int
    svg: str

    @property
    def name(self) -> str:
        """The name of its file in docs/pictures, without the ending."""
        return f"{self.scene.name}-{self.columns}"


def picture_names() -> set[str]:
    """Return the names of all pictures."""
    scenes = [scene for walk in WALKS for scene in walk.scenes]
    return {
        f"{scene.name}-{(scene.size or size)[0]}"
        for scene in scenes
        for size in SIZES
        if size == WIDE or not scene.only_wide
    }


class PracticeDesk:
    """The made-up practice, made once; every walk gets a copy."""

    def __init__(self, folder: Path) -> None:
        """Make it in an empty folder."""
        self._folder = folder
        self.original = folder / "practice"
        made = open_demo(
            FixedClock(MOMENT),
            role=Role.NURSE,
            messages=_MESSAGES,
            seed=_SEED,
            folder=self.original,
            history=_HISTORY,
        )
        self._keys: DeskKeys = made.store.keys
        self._session_id = made.actor.session_id
        made.store.close()

    @contextmanager
    def copy(self, name: str, role: Role) -> Iterator[OpenDesk]:
        """Open a copy for the first person with a role."""
        folder = Path(shutil.copytree(self.original, self._folder / name))
        store = open_store(folder, data_key=self._keys.data_key, audit_key=self._keys.audit_key)
        person = next(person for person in PEOPLE if person.role is role)
        actor = Actor(person.staff_id, person.username, person.name, person.role, self._session_id)
        try:
            yield OpenDesk(store, FixedClock(MOMENT), actor)
        finally:
            store.close()
            shutil.rmtree(folder)


async def pictures_of(walk: Walk, size: tuple[int, int], practice: PracticeDesk) -> list[Picture]:
    """Walk through the scenes at a size and return a picture of each that is taken at that size."""
    if walk.role is None:
        return await _walk(CallbackApp(None, practice.original, FixedClock(MOMENT)), walk, size)
    with practice.copy(f"{walk.name}-{size[0]}", walk.role) as desk:
        first = None if walk.first is None else walk.first(desk)
        return await _walk(CallbackApp(desk, None, desk.clock, is_demo=True), walk, size, first)


async def _walk(app: CallbackApp, walk: Walk, size: tuple[int, int], first: Screen[Any] | None = None) -> list[Picture]:
    taken = []
    with _steady_terminal():
        async with app.run_test(size=size, notifications=True) as pilot:
            await _settle(pilot)
            if first is not None:
                await app.push_screen(first)
                await _settle(pilot)
            for scene in walk.scenes:
                for _, same in groupby(scene.keys):
                    await pilot.press(*same)
                    await _settle(pilot)
                if scene.size is not None:
                    await pilot.resize_terminal(*scene.size)
                    await _settle(pilot)
                if isinstance(app.screen, QueueScreen):
                    # Without waiting for the next second, and until the cursor has rested long enough.
                    app.screen.tick()
                    app.screen.open_message()
                    await _settle(pilot)
                if size == WIDE or not scene.only_wide:
                    taken.append(Picture(scene, (scene.size or size)[0], _drawn(app, scene)))
    return taken


async def _settle(pilot: Pilot[Any]) -> None:
    for _ in range(_ROUNDS):
        with suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def _drawn(app: CallbackApp, scene: Scene) -> str:
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    return terminal_svg(strips[:height], width, scene.shows)


_STEADY: Mapping[str, str | None] = {"NO_COLOR": None, "TEXTUAL_ANIMATIONS": "none", "TERM": "xterm-256color"}


@contextmanager
def _steady_terminal() -> Iterator[None]:
    """Have colours and no motion, whatever the terminal this runs in is like; and a pilot that rests shortly."""
    before = {name: os.environ.get(name) for name in _STEADY}
    rests = _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE
    _set(_STEADY)
    # `_settle` awaits every worker, so the pilot need not watch for rest as long as it does by itself.
    _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = _REST_SECONDS, _REST_SECONDS / 20
    try:
        yield
    finally:
        _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = rests
        _set(before)


def _set(variables: Mapping[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
