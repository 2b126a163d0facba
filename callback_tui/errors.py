"""Every refusal: one sentence a nurse understands, and what to do next."""

from collections.abc import Sequence

from callback_tui.error_table import error_words


class DeskError(Exception):
    """A refusal or failure that a person can act on.

    `code` is a stable lower-case word for scripts and tests, and names a row of `error_table`, which holds the words;
    `fields` fill that row. `sentence` says what and why; `next_step` says what now.
    Neither may hold a patient's name or number: both may reach a log.
    """

    def __init__(self, code: str, /, **fields: object) -> None:
        """Look the words up; the text of the exception is both sentences."""
        self.code = code
        self.sentence, self.next_step = error_words(code, **fields)
        super().__init__(f"{self.sentence} {self.next_step}")


class StoreError(DeskError):
    """The desk's files cannot be opened, read or written."""


class KeyRefused(DeskError):
    """A name, passphrase or recovery code did not open the desk."""


class PolicyError(DeskError):
    """A policy file was refused; `problems` are pairs of dotted path and what would be right."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        """Build the sentence from the first problem; the rest stay readable in `problems`."""
        self.problems = tuple(problems)
        path, remedy = self.problems[0]
        more = len(self.problems) - 1
        super().__init__("policy", path=path, remedy=remedy, more=f" ({more} more)" if more else "")


class ImportRefused(DeskError):
    """A file cannot be read as a message export at all."""


class CallRefused(DeskError):
    """A call may not start or go on: opted out, held by somebody else, no number, claim lost."""


class NotAllowed(DeskError):
    """The person's role does not cover what they asked for."""
