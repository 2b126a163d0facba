"""Made-up message exports of any size, the same for a seed; every name and number in them is synthetic."""

import csv
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

_FIRST = ("Ana", "Ben", "Carla", "Dev", "Ella", "Farid", "Grace", "Hugo", "Ines", "Jon", "Kira", "Luis", "Mona", "Noor")
_LAST = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple")
_OPENINGS = ("Hi,", "Hello, this is for the nurse.", "Good morning.", "Hi there, it's me again.", "Hola, buenos días.")
_MATTERS = (
    "I need a refill of my blood pressure pills, I have about {n} days left.",
    "I am calling about my lab results from last week, has anybody looked at them?",
    "could you move my appointment to the {n}th, any time after lunch works.",
    "my knee has been hurting for {n} days, the pain is maybe {p} out of 10.",
    "the referral to the eye clinic has not arrived, they ask for it by the {n}th.",
    "there is a charge of ${n}5 on my bill that I do not understand.",
    "my son has had a cough for {n} days, no fever, he is eating fine.",
    "what are your opening hours around the holiday, and do you give flu shots?",
    "I have had chest tightness since this morning and my arm feels heavy.",
    "I feel dizzy since I started the new tablets, should I stop taking them?",
    "please send the school form, the deadline is in {n} days.",
    "gracias por todo, solo quería confirmar mi cita del día {n}.",
)
_CLOSINGS = ("Thanks.", "Please call me back after {p}.", "You can leave a message.", "Bye.", "My number is the same.")
_AREAS = (201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 301, 302, 303, 304, 305)
_RECEIVED_UNTIL = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)


def write_csv(path: Path, rows: int, *, seed: int = 7) -> None:
    """Write an export of so many messages, newest first, with a header that is recognised by itself."""
    made = random.Random(seed)  # noqa: S311  # made-up data, no secret
    received_at = _RECEIVED_UNTIL
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "received", "name", "phone", "message"))
        for number in range(rows):
            received_at -= timedelta(seconds=made.randrange(5, 200))
            name = f"{made.choice(_FIRST)} {made.choice(_LAST)}"
            phone = f"({made.choice(_AREAS)}) 555-{made.randrange(100, 200):04d}"
            words = " ".join(made.choice(part) for part in (_OPENINGS, _MATTERS, _CLOSINGS))
            words = words.replace("{n}", str(made.randrange(1, 28))).replace("{p}", str(made.randrange(1, 10)))
            writer.writerow((f"m{number}", received_at.isoformat(), name, phone, words))
