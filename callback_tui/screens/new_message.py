"""A message taken over the counter or by phone: a few fields, and beside them what they were understood as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Label, Static, TextArea

from callback_tui.commands import NEW_MESSAGE, WINDOW
from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import Tier
from callback_tui.rules.priority import TIER_WORDS
from callback_tui.rules.taken_down import TakenAt, message_of, needs_reason, said_back_of, troubles_of
from callback_tui.screens.background import BackgroundScreen
from callback_tui.screens.call_modal import CallModal
from callback_tui.screens.form import FormField
from callback_tui.screens.later_windows import TIER_OF_KEY, priority_rows
from callback_tui.screens.pick_one import PickOne
from callback_tui.screens.queue_source import QueueSource
from callback_tui.services.desk import OpenDesk
from callback_tui.views.triage import Triage
from callback_tui.widgets.choice_list import ChoiceRow
from callback_tui.widgets.key_footer import bindings_of, hint
from callback_tui.widgets.plain import plain_line
from callback_tui.widgets.quoted_message import fired_words
from callback_tui.widgets.titled_pane import ScrollPane

_REST_SECONDS = 0.15
_LONGEST_LINE = 200
_SITE = FormField("site", "Site", required=False)
_FIELDS = (
    FormField("caller", "Who calls", hint='a name, or "unknown"'),
    FormField("patient", "For whom", required=False, hint="if somebody else"),
    FormField("phone", "Number", hint='or "none"'),
    FormField("born", "Born", required=False, hint="may stay empty"),
    FormField("best", "Best time", required=False, hint="may stay empty"),
)
_REASON = FormField("reason", "Why lower")
_NUMBERS = "Ask the location first. 911 · 988 suicide, crisis · 1-800-222-1222 poison"
_LEAVING = (
    ChoiceRow("1", "Go on writing", "back to the fields"),
    ChoiceRow("2", "Keep it", "it is there again when you take down the next message"),
    ChoiceRow("3", "Throw it away", "nothing is kept"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that is not saved yet: what stands in its fields, when it was begun, the priority a person chose."""

    begun_at: datetime
    values: Mapping[str, str] = field(default_factory=dict)
    tier: Tier | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not any(value.strip() for name, value in self.values.items() if name != _SITE.name)


@dataclass(frozen=True, slots=True)
class Taken:
    """The item in the queue that a saved message became."""

    item_id: int


class NewMessageScreen(CallModal[Draft | Taken], BackgroundScreen[Draft | Taken | None]):
    """Gives back the item it saved, else what was written so far, else None."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(NEW_MESSAGE)]
    commands = (*NEW_MESSAGE, *WINDOW)

    def __init__(self, source: QueueSource, draft: Draft, at: TakenAt) -> None:
        """Show a draft, which is saved at the desk of `source`."""
        super().__init__(lambda: None)
        self._source = source
        self._draft = draft
        self._at = at
        self._tier = draft.tier
        self._tag: Triage | None = None
        self._rest: Timer | None = None
        self._saving = False
        self._fields: Sequence[FormField] = (*_FIELDS, *((_SITE,) if len(at.sites) > 1 else ()))

    def compose(self) -> ComposeResult:
        """A line for each field with its note beside it, the message, the priority, what stands in the way."""
        with ScrollPane(classes="overlay"):
            for each in self._fields:
                yield from self._line(each)
            with Horizontal(classes="entry"):
                yield Label("Message")
                yield Static(id="note-body", classes="note", markup=False)
            yield TextArea(self._draft.values.get("body", ""), id="field-body", compact=True)
            yield Static(id="suggested", markup=False)
            yield from self._line(_REASON)
            yield Static(plain_line(_NUMBERS, "bold $late"), id="numbers", markup=False)
            yield Static(classes="trouble", markup=False)

    def on_mount(self) -> None:
        """Put the caret into the first empty field, and look at the words of a draft."""
        pane = self.query_one(ScrollPane)
        pane.can_focus = False
        self.trouble("")
        self._show_notes()
        self._show_priority()
        empty = (each for each in self._fields if each.required and not self._draft.values.get(each.name))
        first = next(empty, None)
        self.query_one("#field-body" if first is None else f"#field-{first.name}").focus()
        bottom = hint(
            self.app, ("new_message.save", "save"), ("new_message.priority", "priority"), ("window.go_back", "back")
        )
        self.call_after_refresh(pane.set_titles, "New message", "", bottom)
        self._suggest()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say back what a field was understood as; the age and the best time are part of what the words say."""
        event.stop()
        self._changed()

    def on_text_area_changed(self) -> None:
        """Look at the words again, once the fingers rest."""
        self._changed()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field."""
        event.stop()
        self.focus_next()

    def action_priority(self) -> None:
        """Offer the four priorities; a lower one than the words say needs a reason."""
        now = self._effective
        sentence = "What the words say may be raised; a lower priority needs a reason."
        window = PickOne("Priority", sentence, priority_rows(now), self.action_emergency, back="back to the message")
        self.app.push_screen(window, self._tier_picked)

    def action_emergency(self) -> None:
        """Mark it as an emergency and show the emergency numbers."""
        self._tier = Tier.EMERGENT
        self._show_priority()

    def action_go_back(self) -> None:
        """Close an empty form; ask what becomes of what was written."""
        if self.unfinished().is_empty:
            self.dismiss(None)
            return
        window = PickOne("This message is not saved", "", _LEAVING, self.action_emergency, back="back to the message")
        self.app.push_screen(window, self._leaving)

    def action_save(self) -> None:
        """Put the message into the queue, or say beside the fields what is still wrong."""
        if self._saving:
            return
        draft = self.unfinished()
        self._saving = True
        work = partial(self._source.ask, partial(_tag_of, draft, self._at))
        self.in_background("save", work, partial(self._check_and_save, draft), self._not_saved)

    def unfinished(self) -> Draft:
        """Return what was written so far."""
        values = {each.id or "": each.value for each in self.query(Input)}
        written = {name.removeprefix("field-"): value for name, value in values.items()}
        body = self.query_one("#field-body", TextArea).text
        return Draft(self._draft.begun_at, {**written, "body": body}, self._tier)

    def refused(self, error: DeskError) -> None:
        """Say why nothing is suggested; the message can be written all the same."""
        self.trouble(str(error))

    @property
    def _effective(self) -> Tier:
        suggested = Tier.ROUTINE if self._tag is None else self._tag.tier
        return self._tier or suggested

    def _line(self, each: FormField) -> ComposeResult:
        with Horizontal(classes="entry", id=f"line-{each.name}"):
            yield Label(each.label)
            yield Input(
                self._draft.values.get(each.name, ""),
                id=f"field-{each.name}",
                placeholder=each.hint,
                max_length=_LONGEST_LINE,
                select_on_focus=False,
            )
            yield Static(id=f"note-{each.name}", classes="note", markup=False)

    def _changed(self) -> None:
        self._show_notes()
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_REST_SECONDS, self._suggest)

    def _suggest(self) -> None:
        work = partial(self._source.ask, partial(_tag_of, self.unfinished(), self._at))
        self.in_background("suggest", work, self._suggested, exclusive=True)

    def _suggested(self, tag: Triage) -> None:
        self._tag = tag
        self._show_priority()

    def _show_notes(self, troubles: Mapping[str, str] | None = None) -> None:
        said = said_back_of(self.unfinished().values, self._at)
        for each in (*self._fields, _REASON, FormField("body", "Message")):
            trouble = (troubles or {}).get(each.name, "")
            note = plain_line(trouble or said.get(each.name, ""), "bold $late" if trouble else "$dim")
            self.query_one(f"#note-{each.name}", Static).update(note)

    def _show_priority(self) -> None:
        tag = self._tag
        lower = tag is not None and needs_reason(tag.tier, self._tier)
        self.query_one("#suggested", Static).update(_priority_words(tag, self._tier))
        self.query_one("#line-reason").display = lower
        self.query_one("#numbers").display = Tier.EMERGENT in (self._effective, None if tag is None else tag.tier)

    def _tier_picked(self, key: str | None) -> None:
        if key is not None:
            self._tier = TIER_OF_KEY[key]
            self._show_priority()
            if self.query_one("#line-reason").display:
                self.query_one("#field-reason").focus()

    def _leaving(self, key: str | None) -> None:
        if key == "2":
            self.dismiss(self.unfinished())
        elif key == "3":
            self.dismiss(None)

    def _check_and_save(self, draft: Draft, tag: Triage) -> None:
        self._suggested(tag)
        troubles = troubles_of(draft.values, self._at, tag.tier, draft.tier)
        self._show_notes(troubles)
        if troubles:
            self._saving = False
            self.query_one(f"#field-{next(iter(troubles))}").focus()
        else:
            work = partial(self._source.ask, partial(_take, draft, self._at))
            self.in_background("save", work, self._saved, self._not_saved)

    def _saved(self, item_id: int) -> None:
        self.dismiss(Taken(item_id))

    def _not_saved(self, error: DeskError) -> None:
        self._saving = False
        self.trouble(str(error))


def _tag_of(draft: Draft, at: TakenAt, desk: OpenDesk) -> Triage:
    from callback_tui.services.intake import suggested_tag

    return suggested_tag(desk, message_of(draft.values, at, draft.begun_at))


def _take(draft: Draft, at: TakenAt, desk: OpenDesk) -> int:
    from callback_tui.services.intake import take_message

    message = message_of(draft.values, at, draft.begun_at)
    return take_message(desk, message, tier=draft.tier, reason=draft.values.get(_REASON.name, ""))


def _priority_words(tag: Triage | None, chosen: Tier | None) -> Content:
    """Return what the words say and why, and the priority a person chose over it."""
    if tag is None or not (tag.hits or chosen):
        words, style = "Priority: routine, as far as the words say.", "$dim"
    else:
        why = fired_words(tag.hits)
        words = f"The words say: {TIER_WORDS[tag.tier]}{f', for {why}' if why else ''}."
        style = "bold $late" if tag.tier.always_on else "$dim"
    said = plain_line(words, style)
    if chosen is None or (tag is not None and chosen is tag.tier):
        return said
    return Content.assemble((f"You say: {TIER_WORDS[chosen]}.  ", "bold"), said)
