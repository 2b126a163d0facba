"""Every command of the screens once: id, key, label, help. Footers, bindings and the help screen come from here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do. `id` names the action; `key` is Textual's name of the key, several joined by commas.

    `label` is the footer's word, `help` the sentence of the help screen, `footer` whether it is among the six keys
    of its footer.
    """

    id: str
    key: str
    label: str
    help: str
    footer: bool = False
    shown: str = ""

    @property
    def shown_key(self) -> str:
        """How the key is written for people: the first of several, F-keys in capitals."""
        if self.shown:
            return self.shown
        first = self.key.split(",")[0]
        return first.upper() if first.startswith("f") and first[1:].isdigit() else first


EVERYWHERE = (
    Command("help", "f1,question_mark", "keys", "Show the keys and what they do.", footer=True, shown="?"),
    Command("curtain", "f9", "curtain", "Hide names, numbers and reasons; clocks run on."),
    Command("next_theme", "t", "colours", "Change the colours: dark, light, high contrast."),
    Command("leave", "q", "leave", "Leave the desk; asks while a call is unfinished."),
)

QUEUE = (
    Command("call", "enter", "call", "Ring the selected patient; the script opens.", footer=True),
    Command("message", "m", "message", "Read the selected message full width.", footer=True),
    Command("why", "w", "why first", "Say why the selected message stands where it stands.", footer=True),
    Command("search", "slash", "search", "Show only what fits a name, number or reason.", footer=True, shown="/"),
    Command("asleep", "a", "asleep", "Show or hide the messages that sleep until later."),
    Command("undo", "u", "undo", "Take back the last outcome, within a minute.", footer=True),
)

CALL = (
    Command("next_step", "f4", "next step", "Go on to the next step of the script.", footer=True),
    Command("who_answered", "f5", "who", "Say who answered.", footer=True),
    Command("voicemail", "f6", "voicemail", "Write the voicemail that may be left.", footer=True),
    Command("emergency", "f7", "EMERGENCY", "Message and emergency numbers, whoever answered.", footer=True),
    Command("outcome", "f8", "outcome", "Log how the call ended.", footer=True),
    Command("park", "f12", "park", "Leave the call for later; its notes are kept.", footer=True),
    Command("card", "f2", "card", "Show the patient's card."),
    Command("copy_number", "f3", "copy number", "Copy the number to the clipboard."),
    Command("curtain", "f9", "curtain", "Hide names, numbers and the message; clocks run on."),
)

SIGN_IN = (
    Command("sign_in", "enter", "sign in", "Sign in with name and passphrase.", footer=True),
    Command("next_field", "tab", "next field", "Go to the other field.", footer=True),
    Command("help", "f1", "help", "Show the keys and what they do.", footer=True),
    Command("leave", "ctrl+q", "leave", "Leave the program.", footer=True),
)
