"""What the list of the queue shows: the view and the filters a person chose, a search, what sleeps."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from textual.widgets import Input

from callback_tui.models.vocabulary import CallReason, Channel
from callback_tui.rules.assignment import people
from callback_tui.rules.queue_view import Listed, filter_words, listed
from callback_tui.rules.routing import RINGING
from callback_tui.screens.queue_base import QueueBase
from callback_tui.services.desk import OpenDesk
from callback_tui.views.queue import TEAM_UNFILTERED, Chosen, View
from callback_tui.widgets.choice_list import ChoiceRow
from callback_tui.widgets.plain import DOT
from callback_tui.widgets.queue_table import QueueTable
from callback_tui.widgets.queue_words import VIEW_NAMES

_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
_NO_FILTER = "0"
_ON_TOP = "Emergencies stand on top of every list and are counted in it."
_SHOWS = {
    View.ALL: "everything that waits",
    View.TEAM: "what your role takes and nobody else was given",
    View.MINE: "rung by you, given to you, promised by you",
    View.ASLEEP: "scheduled, paused, tried again later",
    View.UNREACHABLE: "rung and not reached yet, asleep or not",
}


class ViewsOfQueue(QueueBase):
    """The verbs that choose what is shown."""

    chosen: Chosen = TEAM_UNFILTERED
    needle = ""
    _asleep_shown = False

    def paint(self) -> None:
        """Show the rows that belong into the list now."""
        raise NotImplementedError

    def listing(self, chosen: Chosen | None = None) -> Listed:
        """Return what the list shows at this moment of a snapshot that was read, or would show with another choice."""
        assert self.snapshot is not None  # noqa: S101 - there is no list before
        return listed(
            self.snapshot,
            chosen or self.chosen,
            self.source.actor,
            self.source.clock.now(),
            needle=self.needle,
            with_asleep=self._asleep_shown,
        )

    @property
    def searching(self) -> bool:
        """Whether a search is in force."""
        return bool(self.needle)

    def action_view(self) -> None:
        """Choose among the views, each with how many it shows."""
        if self.snapshot is None:
            return
        choices = {key: replace(self.chosen, view=view) for key, view in zip(_KEYS, View, strict=False)}
        rows = [
            ChoiceRow(
                key,
                VIEW_NAMES[wanted.view],
                f"{len(self.listing(wanted).rows)} {DOT} {_SHOWS[wanted.view]}",
                DOT if wanted == self.chosen else "",
            )
            for key, wanted in choices.items()
        ]
        self.pick("View", _ON_TOP, rows, lambda key: self._choose(choices[key]))

    def action_only(self) -> None:
        """Choose what to filter by, then the value."""
        if self.snapshot is None:
            return
        sites = [site.name for site in self.snapshot.policy.sites]
        fields: dict[str, tuple[str, str, Sequence[Any]]] = {
            "1": ("site", "one site", sites),
            "2": ("channel", "how it came in", list(Channel)),
            "3": ("role", "who takes it", RINGING),
            "4": ("reason", "why they wrote", list(CallReason)),
        }
        rows = [
            ChoiceRow(key, words, _now(getattr(self.chosen, name)), enabled=len(values) > 1)
            for key, (name, words, values) in fields.items()
        ]
        rows.append(ChoiceRow(_NO_FILTER, "no filter", "shows the whole view"))
        self.pick("Only", filter_words(self.chosen), rows, lambda key: self._field_picked(fields.get(key)))

    def action_search(self) -> None:
        """Open the search field."""
        field = self.query_one("#search", Input)
        field.display = True
        field.focus()

    def action_clear_search(self) -> None:
        """Show everything again: first what a search hides, then what a filter does; the view stays."""
        field = self.query_one("#search", Input)
        if not field.display and not self.needle and self.chosen.is_filtered:
            self._choose(Chosen(self.chosen.view))
        field.display = False
        field.value = ""
        self.query_one(QueueTable).focus()

    def action_asleep(self) -> None:
        """Show or hide what sleeps."""
        self._asleep_shown = not self._asleep_shown
        self.paint()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as somebody types."""
        event.stop()
        self.needle = event.value.strip()
        self.paint()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the search and go back to the list."""
        event.stop()
        event.input.display = False
        self.query_one(QueueTable).focus()

    def _field_picked(self, field: tuple[str, str, Sequence[Any]] | None) -> None:
        if field is None:
            self._choose(Chosen(self.chosen.view))
            return
        name, words, values = field
        named: Callable[[Any], str] = people if name == "role" else str
        by_key = dict(zip(_KEYS, values, strict=False))
        choices = {key: self._with(name, value) for key, value in by_key.items()} | {_NO_FILTER: self._with(name, None)}
        rows = [
            ChoiceRow(key, named(by_key[key]) if key in by_key else "any", str(len(self.listing(wanted).rows)))
            for key, wanted in choices.items()
        ]
        self.pick(f"Only: {words}", _ON_TOP, rows, lambda key: self._choose(choices[key]))

    def _with(self, name: str, value: Any) -> Chosen:
        return replace(self.chosen, **{name: value})

    def _choose(self, wanted: Chosen) -> None:
        if wanted == self.chosen:
            return
        self.chosen = wanted
        self.paint()
        self.query_one(QueueTable).action_scroll_top()
        self.in_background("choose", partial(self.source.ask, partial(_keep, wanted=wanted)), lambda _nothing: None)


def _now(value: object) -> str:
    return "any" if value is None else f"only {value} now"


def _keep(desk: OpenDesk, *, wanted: Chosen) -> None:
    from callback_tui.services.queue_choice import choose

    choose(desk, wanted)
