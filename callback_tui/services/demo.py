"""A made-up practice to try the desk on: real services, an encrypted folder of its own, nothing to keep."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from callback_tui.clock import Clock, FixedClock, ShiftedClock
from callback_tui.models.vocabulary import Channel, OptOutScope, Priority, Role, SafeContactKind
from callback_tui.services.demo_calls import STORIES, call_instants, play
from callback_tui.services.demo_people import PRACTICE_FOLDER, MadeUpMessage, cards_of, made_up_messages
from callback_tui.services.desk import OpenDesk
from callback_tui.views.desk import Actor
from callback_tui.views.intake import NewMessage
from callback_tui.views.patient import PatientCard
from callback_tui.views.policy import Policy

_ADMIN = ("alex", "Alex Kim")
_STAFF = (
    ("dana", "Dana Ruiz", Role.NURSE),
    ("anjali", "Anjali Patel", Role.CLINICIAN),
    ("lee", "Lee Tran", Role.STAFF),
    ("maria", "Maria Gomez", Role.SUPERVISOR),
    ("sam", "Sam Okoye", Role.NURSE),
)
_WHO_RANG = "sam"
_OPEN_AT_LEAST = timedelta(hours=2)
_MORNING = timedelta(hours=2, minutes=42)
_SET_UP_BEFORE = timedelta(days=30)
_LEFT_BEFORE_FIRST_CALL = timedelta(minutes=20)
_OPT_OUTS: Mapping[str, tuple[OptOutScope, Channel | None]] = {
    "all": (OptOutScope.ALL, None),
    "channel": (OptOutScope.CHANNEL, Channel.PHONE),
}


def in_office_hours(clock: Clock) -> Clock:
    """Return the clock itself while the made-up practice is open for some hours yet, else one in its next morning."""
    from callback_tui.rules.open_time import closing_instant, opening_instant

    hours = _policy().sites[0].hours
    now = clock.now()
    opens_at = opening_instant(hours, now)
    if opens_at == now and closing_instant(hours, now) - now >= _OPEN_AT_LEAST:
        return clock
    tomorrow = opening_instant(hours, closing_instant(hours, opens_at)) if opens_at == now else opens_at
    return ShiftedClock(clock, tomorrow + _MORNING - now)


def open_demo(clock: Clock, *, role: Role, messages: int, seed: int, folder: Path) -> OpenDesk:
    """Make a practice with `messages` waiting messages in an empty folder and sign in somebody with the role.

    The same seed at the same instant gives the same practice. Nobody else can sign in: the passphrase is made up and
    forgotten. Raises StoreError when the folder cannot be used.
    """
    from callback_tui.services.sign_in import sign_in, sign_off

    now = clock.now()
    passphrase = secrets.token_urlsafe()
    past = FixedClock(now - _SET_UP_BEFORE)
    admin = _set_up(folder, passphrase, past)
    try:
        _fill(admin, past, now, messages, seed)
    finally:
        sign_off(admin)
    username = next((username for username, _, theirs in _STAFF if theirs is role), _ADMIN[0])
    return sign_in(folder, username, passphrase, clock)


def _set_up(folder: Path, passphrase: str, clock: Clock) -> OpenDesk:
    from callback_tui.services.policy import apply_policy
    from callback_tui.services.setup import init_desk
    from callback_tui.services.sign_in import sign_in
    from callback_tui.services.staff import add_staff
    from callback_tui.store.keys import KeyCost

    policy = _policy()
    init_desk(
        folder,
        practice=policy.name,
        short_name=policy.short_name,
        zone=policy.sites[0].hours.zone,
        region=policy.region,
        callback_number=policy.sites[0].callback_number,
        admin_username=_ADMIN[0],
        admin_name=_ADMIN[1],
        passphrase=passphrase,
        clock=clock,
        # A random passphrase cannot be guessed, so a guess need not be dear and the demo starts at once.
        key_cost=KeyCost(memory_kib=64, passes=1, lanes=1),
    )
    admin = sign_in(folder, _ADMIN[0], passphrase, clock)
    apply_policy(admin, _policy_text())
    for username, name, role in _STAFF:
        add_staff(admin, username=username, name=name, role=role, passphrase=passphrase)
    _mark_as_demo(admin)
    return admin


def _policy_text() -> str:
    return (PRACTICE_FOLDER / "policy.toml").read_text(encoding="utf-8")


def _policy() -> Policy:
    from callback_tui.rules.policy_file import parse_policy

    return parse_policy(_policy_text())


def _mark_as_demo(admin: OpenDesk) -> None:
    from callback_tui.services.desk import verb
    from callback_tui.store import practice

    with verb(admin, "marked_as_demo", "practice", "") as work:
        practice.mark_as_demo(work.connection)


def _fill(admin: OpenDesk, clock: FixedClock, now: datetime, count: int, seed: int) -> None:
    from callback_tui.services.policy import current_policy
    from callback_tui.services.staff import list_staff

    policy = current_policy(admin)
    zones = {site.name: site.hours.zone for site in policy.sites}
    messages = made_up_messages(count, seed, now.date(), zones)
    _save_cards(admin, messages)
    person = next(line for line in list_staff(admin) if line.username == _WHO_RANG)
    nurse = OpenDesk(admin.store, clock, Actor(person.staff_id, person.username, person.name, person.role))
    events = [event for message in messages for event in _events(message, nurse, clock, policy, now)]
    for at, happens in sorted(events, key=lambda event: event[0]):
        clock.set_wall(at)
        happens()


def _save_cards(admin: OpenDesk, messages: Sequence[MadeUpMessage]) -> None:
    from callback_tui.services.patients import add_instruction, add_opt_out, save_cards

    cards = cards_of(messages)
    ids: Mapping[PatientCard, int] = dict(zip(cards, save_cards(admin, cards), strict=True))
    for message in messages:
        if message.card is None:
            continue
        for kind, value in message.wishes:
            add_instruction(admin, ids[message.card], SafeContactKind(kind), value)
        if message.opt_out:
            scope, channel = _OPT_OUTS[message.opt_out]
            add_opt_out(
                admin, ids[message.card], scope, channel=channel, said_by="the patient", how="said on the phone"
            )


def _events(
    message: MadeUpMessage, nurse: OpenDesk, clock: FixedClock, policy: Policy, now: datetime
) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Say what happens to a message and when: it comes in, then the calls of its story."""
    from callback_tui.rules.triage import tag
    from callback_tui.services.intake import take_message

    site = policy.site(message.site)
    received_at = now - timedelta(minutes=message.minutes_ago)
    story = STORIES.get(message.story)
    instants: list[datetime] = []
    if story is not None:
        triage = tag(message.body, age_years=message.age_years)
        is_urgent = triage.emergent or triage.priority is Priority.URGENT
        instants = call_instants(story, site, now, around_the_clock=is_urgent)
        received_at = min(received_at, instants[0] - _LEFT_BEFORE_FIRST_CALL)
    item_ids: list[int] = []

    def come_in() -> None:
        taken = NewMessage(
            channel=message.channel,
            body=message.body,
            received_at=received_at,
            caller_name=message.caller_name,
            patient_name=message.patient_name,
            phone=message.phone,
            site_name=message.site,
            subject=message.subject,
            duration_seconds=message.seconds,
            machine_transcript=message.channel is Channel.VOICEMAIL,
        )
        item_ids.append(take_message(nurse, taken))

    yield received_at, come_in
    for at, one_try in zip(instants, story.tries if story else (), strict=True):
        yield at, partial(play, nurse, clock, item_ids, one_try, site)
