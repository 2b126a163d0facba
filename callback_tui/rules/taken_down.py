"""A message taken over the counter or by phone: what its fields mean, said back, and what is still wrong in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from callback_tui.models.vocabulary import Channel, Tier
from callback_tui.rules.age import age_years
from callback_tui.rules.heard import written_birth
from callback_tui.rules.phone import NO_NUMBER_NOTE, read_phone, said_back
from callback_tui.views.intake import NewMessage

_NO_NUMBER = "none"
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TakenAt:
    """Where and when a message is taken: the country whose numbers need no code, today there, the sites' names."""

    region: str
    today: date
    sites: Sequence[str]


def said_back_of(values: Mapping[str, str], at: TakenAt) -> dict[str, str]:
    """Return what each field was understood as, by its name: the number in groups, the date of birth with the age."""
    said: dict[str, str] = {}
    number = read_phone(values.get("phone", "").strip(), at.region)
    if number.e164 is not None:
        said["phone"] = said_back(number.e164) + (f", extension {number.extension}" if number.extension else "")
    elif values.get("phone", "").strip() and number.note == NO_NUMBER_NOTE:
        said["phone"] = "no number to ring"
    born_on = written_birth(values.get("born", ""), region=at.region, today=at.today)
    if born_on is not None:
        years = age_years(born_on, at.today)
        said["born"] = f"{born_on.day} {born_on:%b %Y}, " + (f"{years} years" if years else "under 1 year")
    site = _site_of(values, at)
    if values.get("site", "").strip() and site:
        said["site"] = site
    return said


def troubles_of(values: Mapping[str, str], at: TakenAt, suggested: Tier | None, chosen: Tier | None) -> dict[str, str]:
    """Return what keeps a message from being saved, by the name of the field; empty when nothing does."""
    said = said_back_of(values, at)
    troubles: dict[str, str] = {}
    if not values.get("caller", "").strip():
        troubles["caller"] = f'Write who it is, or "{_UNKNOWN}".'
    if "phone" not in said:
        troubles["phone"] = f'Write it whole, or "{_NO_NUMBER}".'
    if values.get("born", "").strip() and "born" not in said:
        troubles["born"] = "No such day, or no whole year."
    if values.get("site", "").strip() and "site" not in said:
        troubles["site"] = f"One of {', '.join(at.sites)}."
    if not values.get("body", "").strip():
        troubles["body"] = "Write what they said."
    if needs_reason(suggested, chosen) and not values.get("reason", "").strip():
        troubles["reason"] = "Write why it can wait."
    return troubles


def needs_reason(suggested: Tier | None, chosen: Tier | None) -> bool:
    """Return whether a person chose less than the words of the message say."""
    return suggested is not None and chosen is not None and chosen.rank > suggested.rank


def message_of(values: Mapping[str, str], at: TakenAt, received_at: datetime) -> NewMessage:
    """Return the message the fields make, whatever may still be wrong in them."""
    best = " ".join(values.get("best", "").split())
    return NewMessage(
        channel=Channel.PHONE,
        body=values.get("body", ""),
        received_at=received_at,
        caller_name=values.get("caller", ""),
        patient_name=values.get("patient", ""),
        phone=values.get("phone", ""),
        site_name=_site_of(values, at) or None,
        date_of_birth=written_birth(values.get("born", ""), region=at.region, today=at.today),
        subject=f"best time to call: {best}" if best else "",
    )


def _site_of(values: Mapping[str, str], at: TakenAt) -> str:
    """Return the one site whose name begins as the field does."""
    written = values.get("site", "").strip().casefold()
    fitting = [name for name in at.sites if written and name.casefold().startswith(written)]
    whole = [name for name in fitting if name.casefold() == written]
    return (whole or fitting)[0] if len(fitting) == 1 or whole else ""
