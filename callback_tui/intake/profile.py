"""Mapping profiles: what each known export calls its columns, which rows are no messages, how it writes dates."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from callback_tui.models.vocabulary import Channel
from callback_tui.rules.date_order import date_order

PROFILE_VERSION = 1
GENERIC = "generic"
FIELDS = frozenset(
    {
        *("source_id", "received", "date", "time", "phone", "caller_name", "patient_name", "first_name", "last_name"),
        *("date_of_birth", "record_number", "site", "channel", "subject", "body", "transcript", "duration"),
    }
)


@dataclass(frozen=True, slots=True)
class SkipRule:
    """Rows that are no message to us: every named column holds one of its words (folded)."""

    code: str
    words: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Profile:
    """One version-1 profile. Column names and words are folded; `columns` lists names for a field, best first."""

    name: str
    label: str
    source: str
    signature: frozenset[str]
    columns: Mapping[str, tuple[str, ...]]
    skip: tuple[SkipRule, ...]
    channel: Channel
    channel_columns: tuple[str, ...]
    channel_words: Mapping[str, Channel]
    zone: str
    date_order: str
    date_formats: tuple[str, ...]
    ids_are_stable: bool
    names_from_caller_id: bool

    def order_of_dates(self, region: str) -> str:
        """Return "mdy", "dmy" or "" (undecided); a profile that says "region" leaves it to the practice's region."""
        return date_order(region) if self.date_order == "region" else self.date_order


def fold_column(name: str) -> str:
    """Return a column name for comparing: "Received_At" and "received at" are one."""
    return " ".join(re.sub(r"[_\-./:#]+", " ", name.casefold()).split())


@lru_cache(maxsize=1)
def profiles() -> Mapping[str, Profile]:
    """Return the built-in profiles by name, the generic one last. Raises ValueError for one that is malformed."""
    folder = files("callback_tui.intake") / "profiles"
    texts = [entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".json")]
    found = sorted((read_profile(text) for text in texts), key=lambda profile: (profile.name == GENERIC, profile.name))
    return {profile.name: profile for profile in found}


def read_profile(text: str) -> Profile:
    """Return the profile a JSON text describes. Raises ValueError when a field or version is not known."""
    raw = json.loads(text)
    if raw["version"] != PROFILE_VERSION or not raw["columns"].keys() <= FIELDS:
        raise ValueError(f"profile {raw['name']}: version or fields not known")
    channel = raw["channel"]
    return Profile(
        name=raw["name"],
        label=raw["label"],
        source=raw["source"],
        signature=frozenset(map(fold_column, raw["signature"])),
        columns={field: tuple(map(fold_column, names)) for field, names in raw["columns"].items()},
        skip=tuple(
            SkipRule(
                rule["code"],
                {
                    fold_column(column): frozenset(word.casefold() for word in words)
                    for column, words in rule["words"].items()
                },
            )
            for rule in raw["skip"]
        ),
        channel=Channel(channel["default"]),
        channel_columns=tuple(map(fold_column, channel["columns"])),
        channel_words={word.casefold(): Channel(value) for word, value in channel["words"].items()},
        zone=raw["zone"],
        date_order=raw["date_order"],
        date_formats=tuple(raw["date_formats"]),
        ids_are_stable=raw["ids_are_stable"],
        names_from_caller_id=raw["names_from_caller_id"],
    )


def choose_profile(columns: Collection[str], wanted: str | None) -> Profile:
    """Return the profile for a header: the wanted one, else the largest signature that is in it, else the generic one.

    Raises KeyError for a name that is not known.
    """
    known = profiles()
    if wanted is not None:
        return known[wanted]
    folded = set(map(fold_column, columns))
    fitting = [profile for profile in known.values() if profile.signature and profile.signature <= folded]
    return max(fitting, key=lambda profile: len(profile.signature), default=known[GENERIC])


def known_columns() -> frozenset[str]:
    """Return every column name of every profile, folded: what tells a header from other lines."""
    names: set[str] = set()
    for profile in profiles().values():
        names |= profile.signature
        for columns in profile.columns.values():
            names.update(columns)
    return frozenset(names)
