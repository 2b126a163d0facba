"""Judges the facts of an open desk: what is in order, what wants a look, what is wrong, and what to do about it."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from callback_tui.models.vocabulary import Tier
from callback_tui.rules.feeds import silence_words
from callback_tui.rules.speak import desk_zone_of, duration, moment
from callback_tui.views.doctor import Check, CheckState, DeskFacts, OnCallFacts
from callback_tui.views.policy import Policy

LATELY_DAYS = 7
"""How far back runs of the roster's command and messages left alone are counted."""

_CLOCK_TOLERANCE_SECONDS = 60


def desk_checks(facts: DeskFacts, policy: Policy, now: datetime) -> tuple[Check, ...]:
    """Return every check of an open desk, the store first, then the policy, then the work."""
    return (
        Check("schema", CheckState.OK, f"The database has schema {facts.schema_version}, as this program expects."),
        _integrity(facts),
        _audit(facts),
        _clock(facts, policy, now),
        Check("policy", CheckState.OK, f"The policy in force can be read: {_sites(policy)}."),
        _holidays(policy, now),
        _feeds(facts, policy, now),
        _on_call(facts.on_call, policy),
        _sessions(facts),
        _calls(facts),
        _overdue(facts),
    )


def worst(checks: Iterable[Check]) -> CheckState:
    """Return how the worst of the checks ended."""
    order = tuple(CheckState)
    return max((check.state for check in checks), key=order.index, default=CheckState.OK)


def _integrity(facts: DeskFacts) -> Check:
    if not facts.damage:
        return Check("integrity", CheckState.OK, "Every page of the database can be read and fits the others.")
    return Check(
        "integrity",
        CheckState.WRONG,
        "The database is damaged.",
        "Keep the folder as it is, save nothing more, and restore the latest backup.",
    )


def _audit(facts: DeskFacts) -> Check:
    verdict = facts.verdict
    if verdict is None:
        sentence = "The audit was not checked: only a supervisor or an admin may."
        return Check("audit", CheckState.LOOK, sentence, "Run doctor as one of them.")
    if verdict.sound:
        sentence = f"The audit is whole: {verdict.entries:,} entries, each following the one before it."
        return Check("audit", CheckState.OK, sentence)
    sentence = f"The audit is not sound at entry {verdict.first_bad_seq}: {verdict.problem}."
    return Check("audit", CheckState.WRONG, sentence, "Keep the desk as it is and find out who had the folder.")


def _clock(facts: DeskFacts, policy: Policy, now: datetime) -> Check:
    behind = 0 if facts.newest_at is None else int((facts.newest_at - now).total_seconds())
    if behind > _CLOCK_TOLERANCE_SECONDS:
        sentence = f"The machine's clock is {duration(behind)} behind what the desk wrote last."
        return Check("clock", CheckState.WRONG, sentence, "Set the clock; due times are wrong until then.")
    if abs(facts.drift_seconds) > _CLOCK_TOLERANCE_SECONDS:
        way = "forward" if facts.drift_seconds > 0 else "back"
        sentence = f"The machine's clock was set {way} by {duration(abs(facts.drift_seconds))} since it started."
        return Check("clock", CheckState.LOOK, sentence, "Check that it is right now; let the machine keep it.")
    at = moment(now, desk_zone_of(policy), now)
    return Check(
        "clock", CheckState.OK, f"It is {at} at the desk, and the clock was not set since the machine started."
    )


def _holidays(policy: Policy, now: datetime) -> Check:
    without = []
    for site in policy.sites:
        year = now.astimezone(ZoneInfo(site.hours.zone)).year
        if not any(day.year == year for day in (*site.hours.holidays, *site.hours.special)):
            without.append(f"{site.name} ({year})")
    if not without:
        return Check("holidays", CheckState.OK, "Every site has holidays or special days this year.")
    sentence = f"No holiday of this year is in the policy: {', '.join(without)}."
    next_step = "Tick them with , on the queue: until then due times count those days as open."
    return Check("holidays", CheckState.LOOK, sentence, next_step)


def _feeds(facts: DeskFacts, policy: Policy, now: datetime) -> Check:
    if not facts.feeds:
        return Check("feeds", CheckState.LOOK, "Nothing was imported yet.", "Run `callback-tui import FILE`.")
    zone = desk_zone_of(policy)
    told = [silence_words(feed, zone, now) for feed in facts.feeds if feed.silent]
    if told:
        next_step = "Look whether the export still runs; a quiet feed is not a calm day."
        return Check("feeds", CheckState.LOOK, f"Messages may be missing: {', '.join(told)}.", next_step)
    return Check("feeds", CheckState.OK, f"Every source was imported within its limit: {len(facts.feeds)} of them.")


def _on_call(facts: OnCallFacts, policy: Policy) -> Check:
    roster = policy.on_call.roster
    if not roster:
        sentence = "There is no on-call roster: nobody is fetched when something urgent comes with nobody at the desk."
        if facts.left_alone:
            sentence += f" {facts.left_alone:,} came so in the last {LATELY_DAYS} days."
        return Check(
            "on_call", CheckState.LOOK, sentence, "Write an [on_call] roster into the policy (docs/policy.md)."
        )
    if not facts.is_found:
        sentence = f"The on-call command {policy.on_call.command[0]} cannot be found, so nobody can be fetched."
        return Check("on_call", CheckState.WRONG, sentence, "Install it here, or correct the policy.")
    if facts.failed or facts.unanswered:
        sentence = (
            f"In the last {LATELY_DAYS} days the on-call command failed {facts.failed:,} times, and nobody came for"
            f" {facts.unanswered:,} of its alerts."
        )
        next_step = "Run the command by hand, and see `callback-tui audit list --action on_call_ran`."
        return Check("on_call", CheckState.LOOK, sentence, next_step)
    if not facts.is_watched:
        sentence = f"The on-call roster has {len(roster)} on it, but only an open desk looks after it now."
        return Check(
            "on_call", CheckState.LOOK, sentence, "Let `callback-tui watch DIR` run when all desks are closed."
        )
    return Check("on_call", CheckState.OK, f"The on-call roster has {len(roster)} on it, and its command is there.")


def _sessions(facts: DeskFacts) -> Check:
    if not facts.lost_sessions:
        return Check("sessions", CheckState.OK, "Every sign-in of the past was ended.")
    sentence = f"{facts.lost_sessions:,} sign-ins were never ended: a window was closed or a machine went down."
    return Check("sessions", CheckState.LOOK, sentence, "Nothing is lost by it; ask people to leave with q.")


def _calls(facts: DeskFacts) -> Check:
    if not facts.open_calls:
        return Check("calls", CheckState.OK, "Every call that is over has its outcome.")
    sentence = f"{facts.open_calls:,} calls are over without an outcome."
    return Check("calls", CheckState.LOOK, sentence, "Whoever made them is asked for it at their next sign-in.")


def _overdue(facts: DeskFacts) -> Check:
    late = {tier: count for tier, count in facts.overdue.items() if count}
    if not late:
        return Check("overdue", CheckState.OK, "Nothing waits past its due time.")
    told = ", ".join(f"{late[tier]:,} {tier}" for tier in Tier if tier in late)
    return Check(
        "overdue", CheckState.LOOK, f"Past their due time: {told}.", "Open the queue; the latest stand on top."
    )


def _sites(policy: Policy) -> str:
    return f"{len(policy.sites)} site{'' if len(policy.sites) == 1 else 's'}"
