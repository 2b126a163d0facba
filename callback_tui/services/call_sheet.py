"""Builds the sheet of a call from what is stored: one frozen view, made anew after each step."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import CallStep, IdentityKind, IdentityResult, SafeContactKind, Tier, WhoAnswered
from callback_tui.rules.identity import check_identity, message_visible
from callback_tui.rules.outcome_choices import voicemail_words
from callback_tui.rules.phone import spoken
from callback_tui.rules.retries import next_try, when_words
from callback_tui.rules.script import ScriptFields, outcome_choices, script_text, who_choices
from callback_tui.rules.site_hours import said_hours
from callback_tui.rules.speak import desk_zone_of
from callback_tui.rules.tries import unanswered_tries
from callback_tui.rules.voicemail import minimum_message
from callback_tui.services.bundle import alike_cards, along_with, most_pressing
from callback_tui.services.desk import OpenDesk
from callback_tui.services.dialling import Dialling, gather
from callback_tui.services.message_pane import bundled_words, message_view
from callback_tui.services.patient_card import (
    age_years,
    language_words,
    opt_out_words,
    safe_contact_card,
    shown_name,
)
from callback_tui.services.queue_row import item_tier, stored_clock
from callback_tui.store import calls, follow_on, queue
from callback_tui.store import policy as policies
from callback_tui.store.one_person import cards_of
from callback_tui.views.call import AlongMessage, CallSheet, DialDecision, DialVerdict, IdentityCheck, NumberChoice
from callback_tui.views.policy import Policy, SitePolicy

_ADULT_FROM_YEARS = 18
_THEY_RANG_US = DialDecision(DialVerdict.BLOCKED, "came_in", "They rang us, so there is no voicemail to leave.")
_NO_NUMBER = NumberChoice(0, "", "", "", on_file=False, decision=_THEY_RANG_US)
_ANSWERED_BY_A_PERSON = frozenset(
    {
        WhoAnswered.PATIENT,
        WhoAnswered.REPRESENTATIVE,
        WhoAnswered.SOMEONE_ELSE,
        WhoAnswered.WRONG_NUMBER,
        WhoAnswered.REFUSED,
        WhoAnswered.CUT_OFF,
    }
)


def build_sheet(desk: OpenDesk, connection: Any, attempt_id: int, token: int, *, resumed: bool = False) -> CallSheet:
    """Return the sheet of a running call. Raises CallRefused when the call, or its claim, is no longer the caller's."""
    now = desk.clock.now()
    attempt, item = attempt_and_item(desk, connection, attempt_id)
    policy = policies.current(connection)[1]
    site = policy.site_of(item.site_name)
    cards = cards_of(connection, attempt.patient_id)
    waiting = queue.waiting_of_patient(connection, attempt.patient_id, cards)
    along = along_with(desk, connection, item, waiting)
    first = most_pressing(item, along)
    tier = min(tier_now(attempt, item), item_tier(first), key=lambda tier: tier.rank)
    dialling = gather_for(connection, item, policy, site, now, tier=tier, cards=cards)
    came_in = attempt.dialled_at is None
    chosen = _NO_NUMBER if came_in else dialling.best(attempt.contact_point_id)
    if chosen is None:
        raise CallRefused("number_gone")
    identity = stored_identity(attempt, item, policy)
    emergency_open = follow_on.open_incident(connection, attempt_id) is not None
    answered = attempt.who_answered in _ANSWERED_BY_A_PERSON
    visible = message_visible(answered=answered, identity=identity.result, emergency_open=emergency_open)
    who = shown_name(item.patient_name, item.caller_name, item.phone_e164 or item.phone_raw)
    ask_for = person_to_ask_for(item, now.astimezone(ZoneInfo(site.hours.zone)))
    wishes = dialling.wishes
    fields = ScriptFields(
        caller_first_name=desk.actor.name.split()[0],
        short_name=policy.short_name,
        ask_for=ask_for,
        patient_name=item.patient_name or ask_for,
        reason=item.reason,
        left_on=_left_on(item.received_at, site, now),
        asks=identity.asked,
        names_practice=all(wish.kind is not SafeContactKind.NO_PRACTICE_NAME for wish in wishes),
        number=spoken(site.callback_number) if site.callback_number else "",
    )
    tries = (*tries_so_far(connection, attempt.item_id), attempt.started_at)
    alternates = dialling.alternates(attempt.contact_point_id)
    again, busy = (
        next_try(
            tier_now(attempt, item),
            tries,
            policy,
            site,
            now,
            busy=is_busy,
            alternates_left=alternates,
            ringing=dialling.ringing,
        )
        for is_busy in (False, True)
    )
    note = calls.note(connection, attempt_id)
    return CallSheet(
        attempt_id=attempt_id,
        item_id=attempt.item_id,
        patient_id=attempt.patient_id,
        claim_token=token,
        who=who,
        ask_for=ask_for,
        number=chosen,
        numbers=dialling.choices(),
        attempt_number=calls.attempts_of_item(connection, attempt.item_id),
        tier=tier,
        clock=stored_clock(first, policy.site_of(first.site_name), policy),
        site=site.name,
        started_at=attempt.started_at,
        step=attempt.step,
        done_steps=_done_steps(calls.steps_entered(connection, attempt_id), attempt.step),
        who_answered=attempt.who_answered,
        identity=identity,
        recording=attempt.recording,
        records_calls=site.records_calls,
        script=script_text(
            attempt.step,
            fields,
            who=attempt.who_answered,
            records_calls=site.records_calls,
            tier=tier,
            identity=identity.result,
        ),
        who_choices=who_choices(
            next_try_at=when_words(again.at, site, policy, now) if again.at > now else "now",
            busy_try_at=when_words(busy.at, site, policy, now) if busy.at > now else "now",
            voicemail=voicemail_words(
                tier,
                try_number=len(tries),
                offered_from=policy.retries.voicemail_from_try,
                left_today=policy.dialling.voicemails_per_day - dialling.facts.voicemails_today,
            ),
            came_in=came_in,
        ),
        outcome_choices=outcome_choices(
            who=attempt.who_answered, identity=identity.result, tier=tier_now(attempt, item), came_in=came_in
        ),
        safe_contact=safe_contact_card(
            wishes,
            dialling.on_card,
            language_words(
                item.patient_language,
                needs_interpreter=item.patient_needs_interpreter,
                uses_tty=item.patient_uses_tty,
            ),
            prefers=item.prefers_channel,
            no_calls=opt_out_words(dialling.facts.opt_outs, chosen.e164, policy, now),
        ),
        message=(
            message_view(
                desk,
                connection,
                item,
                policy,
                on_card=dialling.on_card,
                wishes=wishes,
                asked=dialling.facts.opt_outs,
                waiting=waiting,
            )
            if visible
            else None
        ),
        emergency_open=emergency_open,
        notes="" if note is None else note.text,
        notes_saved_at=None if note is None else note.saved_at,
        voicemail_text=minimum_message(
            caller_first_name=fields.caller_first_name,
            short_name=fields.short_name if fields.names_practice else "",
            ask_for=ask_for,
            number=fields.number,
            hours_words=said_hours(site.hours, now),
            tier=tier,
        ),
        voicemail_allowed=_THEY_RANG_US if came_in else dialling.voicemail(attempt.contact_point_id),
        bundled_item_ids=tuple(
            other.id for other in waiting if other.id != attempt.item_id and other.patient_id == item.patient_id
        ),
        resumed=resumed,
        came_in=came_in,
        along=tuple(
            AlongMessage(other.id, bundled_words(other, site, desk_zone_of(policy)) if visible else "")
            for other in along
        ),
        alike=alike_cards(connection, item) if identity.result is IdentityResult.PASSED else (),
    )


def attempt_and_item(desk: OpenDesk, connection: Any, attempt_id: int) -> tuple[Any, Any]:
    """Return the stored attempt and its item. Raises CallRefused when it is not this person's unfinished call."""
    attempt = calls.attempt(connection, attempt_id)
    if attempt is None or attempt.staff_id != desk.actor.staff_id:
        raise CallRefused("not_your_call")
    return attempt, queue.item(connection, attempt.item_id)


def gather_for(
    connection: Any,
    item: Any,
    policy: Policy,
    site: SitePolicy,
    now: datetime,
    *,
    tier: Tier | None = None,
    cards: Sequence[int] = (),
) -> Dialling:
    """Return what decides about ringing the patient of an item, in the name of `tier` where others go along."""
    return gather(
        connection,
        patient_id=item.patient_id,
        zone=item.patient_zone,
        address=item.patient_address,
        tier=tier or item_tier(item),
        policy=policy,
        site=site,
        now=now,
        cards=cards,
    )


def stored_identity(attempt: Any, item: Any, policy: Policy) -> IdentityCheck:
    """Return where the identity gate of a call stands."""
    return check_identity(
        result=attempt.identity,
        matched=matched_kinds(attempt),
        failures=attempt.identity_failures,
        on_file=kinds_on_file(item),
        policy=policy,
    )


def matched_kinds(attempt: Any) -> tuple[IdentityKind, ...]:
    """Return the kinds of identifier that matched so far."""
    return tuple(IdentityKind(word) for word in attempt.identity_kinds.split(",") if word)


def kinds_on_file(item: Any) -> tuple[IdentityKind, ...]:
    """Return which identifiers the patient's card can be compared with; SSN digits are never kept."""
    held = {
        IdentityKind.DATE_OF_BIRTH: item.date_of_birth,
        IdentityKind.ADDRESS: item.patient_address,
        IdentityKind.RECORD_NUMBER: item.patient_record_number,
    }
    return tuple(kind for kind, value in held.items() if value)


def tier_now(attempt: Any, item: Any) -> Tier:
    """Return the more pressing of the tier at the dial and the tier now: a message may turn urgent during its call."""
    tiers: tuple[Tier, ...] = (attempt.tier, item_tier(item))
    return min(tiers, key=lambda tier: tier.rank)


def tries_so_far(connection: Any, item_id: int) -> tuple[datetime, ...]:
    """Return the item's unanswered dials since it was last reached, oldest first."""
    return unanswered_tries(queue.dials(connection, item_id), queue.clock_events(connection, item_id))


def person_to_ask_for(item: Any, local_now: datetime) -> str:
    """Return whom the greeting asks for: the caller of a child's message, else the patient (domain section 4)."""
    age = age_years(item.date_of_birth, local_now.date())
    if age is not None and age < _ADULT_FROM_YEARS:
        return str(item.caller_name or f"a parent or guardian of {item.patient_name}")
    return str(item.patient_name or item.caller_name or "the person who left us a message")


def _done_steps(entered: tuple[CallStep, ...], step: CallStep) -> tuple[CallStep, ...]:
    order = tuple(CallStep)
    return tuple(one for one in order if one in entered and order.index(one) < order.index(step))


def _left_on(received_at: datetime | None, site: SitePolicy, now: datetime) -> str:
    if received_at is None:
        return ""
    zone = ZoneInfo(site.hours.zone)
    local = received_at.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return "today"
    return f"{local:%A} {local.day} {local:%b}"
