"""Made-up message exports of any size, the same for a seed; every name and number in them is synthetic."""

import csv
import random
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

_FIRST = ("Ana", "Ben", "Carla", "Dev", "Ella", "Farid", "Grace", "Hugo", "Ines", "Jon", "Kira", "Luis", "Mona", "Noor")
_LAST = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple")
_OPENINGS = (
    "Hi,",
    "Hello, this is for the nurse.",
    "Good morning, this is {first}.",
    "Hi there, it's me again.",
    "Hola, buenos días.",
    "Hi, {first} here, I saw {doctor} {day}.",
    "Calling for my {who}.",
    "Sorry to bother you again,",
)
_MATTERS = (
    "I need a refill of my {drug}, I have about {n} days left.",
    "I am calling about my lab results from {day}, has anybody looked at them?",
    "could you move my appointment to the {n}th, any time after {p} works.",
    "my {part} has been hurting for {n} days, the pain is maybe {p} out of 10.",
    "the referral to the {part} clinic has not arrived, they ask for it by the {n}th.",
    "there is a charge of ${n}5 on my bill of {day} that I do not understand.",
    "my {who} has had a cough for {n} days, no fever, and is eating fine.",
    "what are your opening hours on {day}, and do you give flu shots?",
    "I have had chest tightness since {day} and my {part} feels heavy.",
    "I feel dizzy since I started the {drug}, should I stop taking them?",
    "please send the school form for my {who}, the deadline is in {n} days.",
    "gracias por todo, solo quería confirmar mi cita del día {n}.",
    "the pharmacy says the {drug} need a prior authorization.",
    "my {who} fell {day} and the {part} is swollen, {p} out of 10 for pain, can somebody look at it?",
)
_MORE = (
    "",
    "",
    "I tried {drug} and it did not help.",
    "{doctor} asked me to call after {n} days.",
    "It got a little better {day} but my {part} is still sore.",
    "My {who} can bring me in after {p}.",
)
_CLOSINGS = ("Thanks.", "Please call me back after {p}.", "You can leave a message.", "Bye.", "My number is the same.")
_WORDS = {
    "drug": ("blood pressure pills", "metformin", "inhalers", "statins", "water pills", "thyroid tablets", "eye drops"),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "last week", "yesterday", "this morning"),
    "part": ("knee", "eye", "shoulder", "back", "hip", "wrist", "foot", "elbow", "arm", "neck"),
    "who": ("son", "daughter", "mother", "husband", "wife", "father", "sister"),
    "doctor": ("Dr. Reed", "Dr. Okoye", "the new doctor", "the nurse", "Dr. Lind"),
    "first": _FIRST,
    "n": tuple(map(str, range(2, 28))),
    "p": tuple(map(str, range(1, 10))),
}
_SLOT = re.compile(r"\{(\w+)\}")
_ROWS_PER_CALLER = 4
_AREAS = (201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 301, 302, 303, 304, 305)
_RECEIVED_UNTIL = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)


def write_csv(path: Path, rows: int, *, seed: int = 7) -> None:
    """Write an export of so many messages, newest first, with a header that is recognised by itself.

    There is a caller for every four messages, and 2,200 different numbers, as only those for fiction are used. The
    texts are put together from parts, some 29 words each; of 100,000 texts nine in ten stand there once.
    """
    made = random.Random(seed)  # noqa: S311  # made-up data, no secret
    callers = [_caller(made) for _ in range(max(1, rows // _ROWS_PER_CALLER))]
    received_at = _RECEIVED_UNTIL
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "received", "name", "phone", "message"))
        for number in range(rows):
            received_at -= timedelta(seconds=made.randrange(5, 200))
            name, phone = made.choice(callers)
            writer.writerow((f"m{number}", received_at.isoformat(), name, phone, _text(made)))


def made_texts(count: int, *, at_least: int, seed: int = 7) -> list[str]:
    """Return so many texts of messages, each another one and of so many characters or more."""
    made = random.Random(seed)  # noqa: S311  # made-up data, no secret
    texts: dict[str, None] = {}
    while len(texts) < count:
        text = _text(made)
        while len(text) < at_least:
            text = f"{text} {_text(made)}"
        texts[text] = None
    return list(texts)


def _caller(made: random.Random) -> tuple[str, str]:
    name = f"{made.choice(_FIRST)} {made.choice(_LAST)}"
    return name, f"({made.choice(_AREAS)}) 555-{made.randrange(100, 200):04d}"


def _text(made: random.Random) -> str:
    parts = (made.choice(part) for part in (_OPENINGS, _MATTERS, _MORE, _CLOSINGS))
    return _SLOT.sub(lambda slot: made.choice(_WORDS[slot[1]]), " ".join(filter(None, parts)))
