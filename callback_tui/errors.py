"""Every refusal: one sentence a nurse understands, and what to do next."""

from collections.abc import Sequence


class DeskError(Exception):
    """A refusal or failure that a person can act on.

    `code` is a stable lower-case word for scripts and tests; `sentence` says what and why; `next_step` says what now.
    Neither may hold a patient's name or number: both may reach a log.
    """

    def __init__(self, code: str, sentence: str, next_step: str = "") -> None:
        """Keep the parts; the text of the exception is both sentences."""
        self.code = code
        self.sentence = sentence
        self.next_step = next_step
        super().__init__(f"{sentence} {next_step}".strip())


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
        tail = f" ({more} more)" if more else ""
        super().__init__(
            "policy", f"The policy was refused at {path}: {remedy}.{tail}", "Correct it and check it again."
        )


class ImportRefused(DeskError):
    """A file cannot be read as a message export at all."""


class CallRefused(DeskError):
    """A call may not start or go on: opted out, held by somebody else, no number, claim lost."""


class NotAllowed(DeskError):
    """The person's role does not cover what they asked for."""
