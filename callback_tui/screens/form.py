"""A window with the few fields an outcome needs; what is written survives closing it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static, TextArea

from callback_tui.commands import FORM, WINDOW
from callback_tui.errors import DeskError
from callback_tui.rules.when import parse_when, speak_when
from callback_tui.screens.call_modal import CallModal
from callback_tui.widgets.key_footer import bindings_of, hint
from callback_tui.widgets.plain import plain_block
from callback_tui.widgets.titled_pane import ScrollPane


class FieldKind(Enum):
    """How a field is written."""

    LINE = auto()
    TEXT = auto()
    WHEN = auto()


@dataclass(frozen=True, slots=True)
class FormField:
    """One field. `name` is the key of its value; a required field must not be blank."""

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    required: bool = True
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What was written, and whether it is meant to be saved or the window was just closed."""

    values: dict[str, str]
    ready: bool


class FormScreen(CallModal[FormAnswer]):
    """Enter goes to the next field and saves from the last line; F4 saves from anywhere."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(FORM)]
    commands = (*FORM, *WINDOW)

    def __init__(
        self,
        heading: str,
        fields: Sequence[FormField],
        values: dict[str, str],
        *,
        now: Callable[[], datetime],
        zone: str,
        on_emergency: Callable[[], None],
        verb: str = "log it",
        say_back: Callable[[datetime], str] | None = None,
    ) -> None:
        """Show the fields with what was written before; times are read in `zone` and said back by `say_back`."""
        super().__init__(on_emergency)
        self._heading = heading
        self._fields = tuple(fields)
        self._values = values
        self._now = now
        self._zone = zone
        self._verb = verb
        self._say_back = say_back

    def compose(self) -> ComposeResult:
        """A label and a field each; under a time, the time as it was understood."""
        with ScrollPane(classes="overlay"):
            for field in self._fields:
                label = field.label if field.required else f"{field.label} (may stay empty)"
                yield Static(plain_block(label, "$dim"), classes="label", markup=False)
                value = self._values.get(field.name, "")
                if field.kind is FieldKind.TEXT:
                    yield TextArea(value, id=f"field-{field.name}", compact=True, placeholder=field.hint)
                else:
                    yield Input(value, id=f"field-{field.name}", placeholder=field.hint, select_on_focus=False)
                if field.kind is FieldKind.WHEN:
                    yield Static(id=f"spoken-{field.name}", classes="spoken", markup=False)
            yield Static(classes="trouble", markup=False)

    def on_mount(self) -> None:
        """Put the caret into the first field."""
        pane = self.query_one(ScrollPane)
        pane.can_focus = False
        self.trouble("")
        self._field(self._fields[0]).focus()
        bottom = hint(self.app, ("form.save", self._verb), ("window.go_back", "back, what you wrote stays"))
        self.call_after_refresh(pane.set_titles, self._heading, "", bottom)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say a time back as it is understood."""
        field = next(field for field in self._fields if event.input.id == f"field-{field.name}")
        if field.kind is FieldKind.WHEN:
            self.query_one(f"#spoken-{field.name}", Static).update(plain_block(self._spoken(event.value), "$dim"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field, or save from the last."""
        if event.input.id == f"field-{self._fields[-1].name}":
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        """Give the values back if nothing is missing."""
        values = self._written()
        for field in self._fields:
            value = values[field.name].strip()
            if field.required and not value:
                self._stop_at(field, f"Still needed: {field.label.lower()}.")
                return
            if field.kind is FieldKind.WHEN and value:
                try:
                    parse_when(value, self._now(), self._zone)
                except DeskError as refusal:
                    self._stop_at(field, str(refusal))
                    return
        self.dismiss(FormAnswer(values, ready=True))

    def unfinished(self) -> FormAnswer:
        """Return what was written so far."""
        return FormAnswer(self._written(), ready=False)

    def _stop_at(self, field: FormField, sentence: str) -> None:
        self.trouble(sentence)
        self._field(field).focus()

    def _spoken(self, words: str) -> str:
        if not words.strip():
            return ""
        try:
            at = parse_when(words, self._now(), self._zone)
        except DeskError:
            return "..."
        return self._say_back(at) if self._say_back else speak_when(at, self._now(), self._zone)

    def _written(self) -> dict[str, str]:
        return {field.name: _text_of(self._field(field)) for field in self._fields}

    def _field(self, field: FormField) -> Input | TextArea:
        if field.kind is FieldKind.TEXT:
            return self.query_one(f"#field-{field.name}", TextArea)
        return self.query_one(f"#field-{field.name}", Input)


def _text_of(widget: Input | TextArea) -> str:
    return widget.value if isinstance(widget, Input) else widget.text
