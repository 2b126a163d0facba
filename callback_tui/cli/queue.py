"""`callback-tui queue`: the queue as text or JSON, in the order of the screen."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from callback_tui.cli.session import DeskOption, PassphraseFileOption, UserOption
from callback_tui.views.day_list import DayListKind

if TYPE_CHECKING:
    from callback_tui.views.follow_up import FollowUpsView
    from callback_tui.views.queue import QueueRow, QueueSnapshot


def queue(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON list, in calling order.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Text for paper or a screen reader (the default).")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Asleep messages too.")] = False,
    day_list: Annotated[
        DayListKind | None, typer.Option("--list", help="A list of the day instead, ready for paper.")
    ] = None,
    desk: DeskOption = None,
    user: UserOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Print the queue in calling order."""
    import json

    from callback_tui.cli.session import open_desk
    from callback_tui.rules.queue_order import what_stands_before
    from callback_tui.services.day_lists import print_list
    from callback_tui.services.follow_up_list import follow_up_list
    from callback_tui.services.queue import export

    if as_json and plain:
        raise typer.BadParameter("choose --json or --plain, not both")
    if day_list is not None and (as_json or everything):
        raise typer.BadParameter("--list is text, and says itself what it holds: leave --json and --all out")
    with open_desk(desk, user, passphrase_file) as opened:
        if day_list is not None:
            typer.echo(print_list(opened, day_list), nl=False)
            return
        snapshot = export(opened, "json" if as_json else "plain")
        to_do = None if as_json else follow_up_list(opened)
        now = opened.clock.now()
    if to_do is None:
        rows = (*snapshot.rows, *snapshot.asleep) if everything else snapshot.rows
        before = what_stands_before(snapshot.rows)
        records = [_record(row, snapshot, now, before.get(row.item_id, "")) for row in rows]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
    else:
        typer.echo(plain_queue(snapshot, now, everything=everything) + "\n" + plain_follow_ups(to_do, now))


def plain_queue(snapshot: "QueueSnapshot", now: datetime, *, everything: bool = False) -> str:
    """Return the queue as text: a heading, what brings messages in, one line a message, what sleeps."""
    from callback_tui.rules.feeds import feed_words, nothing_waiting
    from callback_tui.rules.speak import clock_time, moment

    zone = snapshot.policy.sites[0].hours.zone
    newest = snapshot.newest_message_at
    lines = [
        f"{snapshot.policy.name}, queue as of {clock_time(now, zone)} ({zone})"
        + (", made-up people" if snapshot.is_demo else ""),
        f"{len(snapshot.rows)} waiting, {len(snapshot.asleep)} asleep"
        + ("" if newest is None else f", newest message {moment(newest, zone, now)}"),
        *(feed_words(feed, zone, now) for feed in sorted(snapshot.feeds, key=lambda feed: not feed.silent)),
        *_pace(snapshot, now),
        "",
    ]
    if not snapshot.rows:
        lines.append(nothing_waiting(snapshot.feeds, zone, now))
    lines += _lines(snapshot.rows, snapshot, now)
    if everything and snapshot.asleep:
        lines += ["", "Asleep:", *_lines(snapshot.asleep, snapshot, now)]
    return "\n".join(lines)


def _pace(snapshot: "QueueSnapshot", now: datetime) -> list[str]:
    """Return whether every call will begin in time, and where not what that was worked out from."""
    from callback_tui.rules.forecast import one_more
    from callback_tui.rules.forecast_words import pace_assumptions, pace_sentence

    seen = snapshot.forecast
    if seen is None:
        return []
    if not seen.misses:
        return [pace_sentence(seen, None, snapshot.policy, now)]
    more = one_more(snapshot.rows, snapshot.people, seen.handling, snapshot.policy, snapshot.as_of)
    assumed = "; ".join(pace_assumptions(seen, snapshot.policy))
    return [pace_sentence(seen, more, snapshot.policy, now), f"That goes by: {assumed}."]


def plain_follow_ups(view: "FollowUpsView", now: datetime) -> str:
    """Return what is still to be done after calls as text, part by part; what sleeps is told with the queue."""
    from callback_tui.rules.follow_up_words import heading_words, is_late, said_at
    from callback_tui.rules.speak import desk_zone_of
    from callback_tui.views.follow_up import TaskSection

    zone = desk_zone_of(view.policy)
    lines: list[str] = []
    for group in view.groups:
        if not group.tasks or group.section is TaskSection.ASLEEP:
            continue
        lines += ["", f"{heading_words(group.section)}: {group.count}{' or more' if group.more else ''}"]
        for task in group.tasks:
            late = "late, " if is_late(task, now) else ""
            whose = f" ({task.whose})" if task.whose else ""
            text = "" if task.text == task.what else " ".join(task.text.split())
            about = f"{task.what} for {task.who}{whose}{': ' if text else ''}{text}"
            lines.append(f"  {late}{said_at(task, zone, now)}: {about}")
    return "\n".join(lines)


def _lines(rows: "Iterable[QueueRow]", snapshot: "QueueSnapshot", now: datetime) -> list[str]:
    from callback_tui.rules.assignment import given_words
    from callback_tui.rules.phone import national
    from callback_tui.rules.sla import countdown
    from callback_tui.rules.speak import speak_due

    zone = snapshot.policy.sites[0].hours.zone
    lines = []
    for place, row in enumerate(rows, start=1):
        site = snapshot.policy.site_of(row.site)
        word = countdown(row.clock, site, snapshot.policy, now).urgency.value.upper()
        number = national(row.phone_e164) if row.phone_e164 else row.phone_raw or "no number"
        held = f", with {row.holder.name}" if row.holder else ""
        given = given_words(row, site.hours.zone, now, zone)
        held += f", given to {given}" if given else ""
        lines.append(
            f"{place:>3}. {word:<6} {row.who}, {number}, {row.summary} ({row.channel.value}), "
            f"{speak_due(row.clock, site, now, zone)}, tries {row.attempts}{held}"
        )
    return lines


def _record(row: "QueueRow", snapshot: "QueueSnapshot", now: datetime, before: str) -> dict[str, Any]:
    from callback_tui.cli.records import instant
    from callback_tui.rules.queue_order import why_first

    return {
        "id": row.item_id,
        "priority": row.priority.value,
        "emergent": row.emergent,
        "check": row.check,
        "received_at": None if row.received_at is None else instant(row.received_at),
        "due_at": instant(row.clock.next_due_at),
        "late": now > row.clock.late_after,
        "site": row.site,
        "patient": row.who,
        "phone": row.phone_e164,
        "phone_raw": row.phone_raw,
        "channel": row.channel.value,
        "reason": row.reason.value,
        "state": row.state.value,
        "attempts": row.attempts,
        "holder": row.holder.name if row.holder else None,
        "bundle": row.bundle,
        "why": why_first(
            row,
            snapshot.policy,
            now,
            before=before,
        ),
    }
