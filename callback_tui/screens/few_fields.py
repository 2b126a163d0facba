"""A window with one or two lines to write, said back as they are understood; what cannot be read stays in it."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from callback_tui.commands import FEW_FIELDS
from callback_tui.errors import DeskError
from callback_tui.screens.form import FormField
from callback_tui.widgets.key_footer import bindings_of, hint
from callback_tui.widgets.plain import plain_block, plain_line
from callback_tui.widgets.titled_pane import TitledPane

Value = TypeVar("Value")
_MOST_CHARACTERS = 120


class FewFields(ModalScreen[Value | None]):
    """Gives back what the lines mean, or None when it was closed; it starts nothing itself."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(FEW_FIELDS)]
    commands = FEW_FIELDS

    def __init__(
        self,
        heading: str,
        fields: Sequence[FormField],
        values: Mapping[str, str],
        read: Callable[[Mapping[str, str]], Value],
        say_back: Callable[[Value], str],
    ) -> None:
        """`read` makes the value of the lines or raises DeskError; `say_back` puts it in words while it is written."""
        super().__init__()
        self._heading = heading
        self._fields = tuple(fields)
        self._values = values
        self._read = read
        self._say_back = say_back

    def compose(self) -> ComposeResult:
        """A label and a line each, and what they mean."""
        with TitledPane(classes="overlay"):
            for field in self._fields:
                yield Static(plain_block(field.label, "$dim"), classes="label", markup=False)
                value = self._values.get(field.name, "")
                yield Input(
                    value,
                    id=f"field-{field.name}",
                    placeholder=field.hint,
                    max_length=_MOST_CHARACTERS,
                    select_on_focus=False,
                )
            yield Static(id="said-back", classes="label", markup=False)

    def on_mount(self) -> None:
        """Put the caret into the first line that is empty."""
        fields = list(self.query(Input))
        next((field for field in fields if not field.value), fields[0]).focus()
        pane = self.query_one(TitledPane)
        bottom = hint(self.app, ("few_fields.next", "take it"), ("few_fields.close", "leave it as it was"))
        self.call_after_refresh(pane.set_titles, left=self._heading, bottom=bottom)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say back what is written as it is understood."""
        event.stop()
        try:
            said = plain_line(self._say_back(self._value()), "$dim") if self._written else plain_line("")
        except DeskError:
            said = plain_line("...", "$dim")
        self.query_one("#said-back", Static).update(said)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the next line; from the last one give the value back, or say why it cannot be read."""
        event.stop()
        if event.input is not self.query(Input).last():
            self.focus_next()
            return
        try:
            value = self._value()
        except DeskError as refusal:
            self.query_one("#said-back", Static).update(plain_line(str(refusal), "bold $late"))
        else:
            self.dismiss(value)

    def action_close(self) -> None:
        """Close without a value."""
        self.dismiss(None)

    @property
    def _written(self) -> bool:
        return any(field.value.strip() for field in self.query(Input))

    def _value(self) -> Value:
        return self._read({field.name: self.query_one(f"#field-{field.name}", Input).value for field in self._fields})
