"""`callback-tui policy`: show, check and apply the practice's policy, and try out its clock."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callback_tui.cli.session import DeskOption, JsonOption, PassphraseFileOption, UserOption, open_desk
from callback_tui.errors import DeskError, PolicyError
from callback_tui.models.vocabulary import ClockEventKind, Tier

if TYPE_CHECKING:
    from callback_tui.views.clock import ClockState
    from callback_tui.views.policy import Policy, SitePolicy

policy = typer.Typer(help="Hours, targets and limits of the practice.", no_args_is_help=True)

_YEARS = range(1970, 2200)

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A policy file (TOML).", show_default=False)]


@policy.command()
def show(desk: DeskOption = None, user: UserOption = None, passphrase_file: PassphraseFileOption = None) -> None:
    """Print the policy in force, as it was applied."""
    from callback_tui.services.policy import policy_text

    with open_desk(desk, user, passphrase_file) as opened:
        typer.echo(policy_text(opened), nl=False)


@policy.command()
def check(
    file: FileArgument,
    desk: DeskOption = None,  # noqa: ARG001 - every command takes the desk options
    user: UserOption = None,  # noqa: ARG001 - every command takes the desk options
    passphrase_file: PassphraseFileOption = None,  # noqa: ARG001 - every command takes the desk options
) -> None:
    """Say whether a policy file would be taken.

    Names everything that is wrong with it. Needs no desk.
    """
    read = _parsed(_text_of(file))
    sites = ", ".join(f"{site.name} ({site.hours.zone})" for site in read.sites)
    typer.echo(f"The policy is in order: {read.name}, {sites}.")
    _warn(read)


@policy.command()
def apply(
    file: FileArgument,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would do.")] = False,
    desk: DeskOption = None,
    user: UserOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Put a policy file in force from now on.

    It says what that does to what waits; calls already made keep their times.
    """
    from callback_tui.rules.closed_days import effect_words
    from callback_tui.services.policy import apply_policy, policy_text, preview_policy

    text = _text_of(file)
    _warn(_parsed(text))
    with open_desk(desk, user, passphrase_file) as opened:
        is_unchanged = policy_text(opened) == text
        effect = preview_policy(opened, text)
        version = effect.version_id if dry_run else apply_policy(opened, text)
    if is_unchanged:
        typer.echo(f"Nothing changed: this is policy version {version}, which is in force already.")
    else:
        done = f"Nothing was changed, policy version {version} stays" if dry_run else f"Policy version {version} is"
        typer.echo(f"{done} in force. {effect_words(effect)}")


@policy.command()
def due(
    received: Annotated[str, typer.Option("--received", help="When the patient left it: 2026-11-23T16:30, or with Z.")],
    priority: Annotated[Tier, typer.Option("--priority", help="How pressing it is.")],
    site: Annotated[str | None, typer.Option("--site", help="Which site; the first one unless named.")] = None,
    policy_file: Annotated[
        Path | None, typer.Option("--policy", help="A policy file; then no desk is needed.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    desk: DeskOption = None,
    user: UserOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Say when a message would be due. A time without an offset is read in the site's zone."""
    from callback_tui.rules.sla import derive
    from callback_tui.rules.speak import speak_due
    from callback_tui.views.clock import ClockEvent

    if policy_file is not None:
        in_force = _parsed(_text_of(policy_file))
    else:
        from callback_tui.services.policy import current_policy

        with open_desk(desk, user, passphrase_file) as opened:
            in_force = current_policy(opened)
    place = _site(in_force, site)
    at = _instant(received, place.hours.zone)
    state = derive([ClockEvent(ClockEventKind.STARTED, at, "", priority)], place, in_force)
    spoken = speak_due(state, place, at)
    typer.echo(_json(state, place, at, spoken) if as_json else _sentences(state, place, at, spoken))


def _json(state: "ClockState", site: "SitePolicy", at: datetime, spoken: str) -> str:
    import json

    from callback_tui.cli.records import instant
    from callback_tui.rules.policy_file import target_text

    return json.dumps(
        {
            "received_at": instant(at),
            "starts_at": instant(state.opens_at),
            "due_at": instant(state.due_at),
            "target": target_text(site.targets[state.tier]),
            "clock": state.clock.value,
            "speak": spoken,
        },
        ensure_ascii=False,
    )


def _sentences(state: "ClockState", site: "SitePolicy", at: datetime, spoken: str) -> str:
    from callback_tui.models.vocabulary import ClockKind
    from callback_tui.rules.policy_file import target_text
    from callback_tui.rules.speak import full_moment

    zone = site.hours.zone
    runs = f"only while {site.name} is open" if state.clock is ClockKind.OPEN else "day and night"
    return "\n".join(
        [
            f"Received {full_moment(at, zone)} ({zone}).",
            f"The clock starts {full_moment(state.opens_at, zone)} and runs {runs}.",
            f"Due {full_moment(state.due_at, zone)}: {target_text(site.targets[state.tier])} for {state.tier.value}.",
            f"At that moment: {spoken}.",
        ]
    )


def _site(in_force: "Policy", name: str | None) -> "SitePolicy":
    try:
        return in_force.site(name)
    except KeyError:
        names = ", ".join(site.name for site in in_force.sites)
        raise DeskError("site", names=names) from None


def _instant(text: str, zone: str) -> datetime:
    from zoneinfo import ZoneInfo

    try:
        read = datetime.fromisoformat(text)
        if read.year not in _YEARS:
            raise ValueError(read.year)
        return (read if read.tzinfo else read.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except ValueError as problem:
        raise typer.BadParameter(
            'write a time such as "2026-11-23T16:30" or "2026-11-23T21:30Z"', param_hint="--received"
        ) from problem


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise DeskError("policy_file", name=file.name) from None


def _warn(read: "Policy") -> None:
    """Say on standard error what the practice gives up with the triage rules it switched off."""
    if read.triage:
        from callback_tui.rules.triage.own_words import warnings

        for warning in warnings(read.triage):
            typer.echo(f"Warning: {warning}.", err=True)


def _parsed(text: str) -> "Policy":
    from callback_tui.rules.policy_file import parse_policy

    try:
        return parse_policy(text)
    except PolicyError as refusal:
        if len(refusal.problems) == 1:
            raise
        typer.echo(f"The policy was refused, {len(refusal.problems)} things to correct:", err=True)
        for path, remedy in refusal.problems:
            typer.echo(f"  {path}: {remedy}", err=True)
        raise typer.Exit(1) from None
