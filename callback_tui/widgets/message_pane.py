"""The message pane: how to reach the patient, what they said, which words fired, what was tried before."""

from collections.abc import Sequence
from datetime import datetime
from textwrap import wrap
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from callback_tui.models.vocabulary import Channel, ReviewFlag
from callback_tui.rules.chaser import chaser_words, ordinal
from callback_tui.rules.clean import clean, clean_line
from callback_tui.rules.evidence_words import read_words, rule_words, set_aside
from callback_tui.rules.heard import VERIFY
from callback_tui.rules.speak import duration, moment
from callback_tui.views.queue import MessageView
from callback_tui.widgets.plain import DOT, fit
from callback_tui.widgets.quoted_message import mark_of, telling_hits, worth_marking
from callback_tui.widgets.titled_pane import ScrollPane

BODY_IN_PANE = 4_000
_LABEL_CELLS = 12
_WORDS_SHOWN = 3
_WORDS_CELLS = 28
_LISTEN = "listen to the recording"
_CURTAIN_ROW = f"{DOT} " * 16
_FLAG_WORDS = {
    ReviewFlag.NO_NUMBER: "no number in the message",
    ReviewFlag.NUMBER_UNREADABLE: "the number cannot be read",
    ReviewFlag.NUMBER_HEARD: f"the number is {VERIFY}",
    ReviewFlag.TIME_UNKNOWN: "time unknown, clocked from import",
    ReviewFlag.TIME_AMBIGUOUS: "the time could be one of two",
    ReviewFlag.TIME_IN_FUTURE: "its time lies in the future",
    ReviewFlag.NO_TEXT: "no words in the message",
    ReviewFlag.NO_NAME: "no name in the message",
    ReviewFlag.NAME_HEARD: f"the name is {VERIFY}",
    ReviewFlag.TEXT_CUT: "the message was cut, it was too long",
    ReviewFlag.TEXT_CHANGED: "the words changed in a later import",
    ReviewFlag.ROW_REPAIRED: "its row in the file was damaged, compare with the source",
}
_Part = str | Content | tuple[str, str]


class MessagePane(ScrollPane):
    """Shows one message, a sentence while there is none, or dots behind the curtain."""

    can_focus = False
    _sentence: str | None = None

    def compose(self) -> ComposeResult:
        """One text that scrolls."""
        yield Static(markup=False)

    def show_sentence(self, sentence: str) -> None:
        """Show one sentence of ours instead of a message; showing it again costs nothing."""
        if sentence == self._sentence:
            return
        self._sentence = sentence
        self.set_titles(left="Message", right="")
        self.query_one(Static).update(Content.styled(sentence, "$dim"))

    def show_curtain(self) -> None:
        """Show dots that tell neither name nor length."""
        self._sentence = None
        self.set_titles(left="Message", right="curtain, F9")
        rows = "\n".join([_CURTAIN_ROW] * 6)
        self.query_one(Static).update(Content.styled(rows, "$line"))

    def show(
        self, view: MessageView, zone: str, now: datetime, *, desk_zone: str = "", with_earlier: bool = True
    ) -> None:
        """Show a message and start at its top."""
        self._sentence = None
        self.set_titles(left=view.who, right=contact_words(view, now))
        text = message_content(view, zone, now, body_limit=BODY_IN_PANE, desk_zone=desk_zone)
        earlier = earlier_content(view, desk_zone or zone)
        if with_earlier and earlier:
            text = Content.assemble(text, "\n\n", ("Earlier", "bold $foreground"), "\n", earlier)
        self.query_one(Static).update(text)
        self.scroll_home(animate=False)


class HistoryPane(ScrollPane):
    """The patient's earlier calls, where the terminal is wide enough for a pane of their own."""

    can_focus = False
    _view: MessageView | None = None

    def compose(self) -> ComposeResult:
        """One text that scrolls."""
        yield Static(markup=False)

    def show(self, view: MessageView | None, zone: str) -> None:
        """Show the earlier calls of a patient; nothing without a message."""
        if view is self._view:
            return
        self._view = view
        self.set_titles(left="History", right=f"{len(view.earlier)} calls" if view and view.earlier else "")
        text = earlier_content(view, zone) if view else Content.empty()
        if view and not text:
            text = Content.styled("No earlier call.", "$dim")
        self.query_one(Static).update(text)


def contact_words(view: MessageView, now: datetime) -> str:
    """Return "2nd contact, waiting 3 h 5 min" while they wait, else "2nd contact today"; nothing for the first one."""
    today = f"{ordinal(view.contacts_today)} contact today" if view.contacts_today > 1 else ""
    return chaser_words(view.contacts_open, view.waiting_since, now) or today


def message_content(
    view: MessageView,
    zone: str,
    now: datetime,
    *,
    body_limit: int,
    desk_zone: str = "",
    words_cells: int = _WORDS_CELLS,
) -> Content:
    """Return the message as text; of its words at most `body_limit` characters, and a sentence about the rest.

    Words that fired are broken into lines of `words_cells`.

    Times are the site's, in `zone`, which is named where the desk's clock shows another.
    """
    kind = f"  {clean_line(view.number_kind)}" if view.number_kind else ""
    number = clean_line(view.number, limit=40) or "no number"
    parts: list[_Part] = [(number, "bold $foreground"), (kind, "$dim"), "\n"]
    if ReviewFlag.NUMBER_HEARD in view.flags:
        parts += [(VERIFY, "$soon"), "\n"]
    if view.provisional:
        parts += [("not matched to a patient on file", "$dim"), "\n"]
    card = view.safe_contact
    parts.append("\n")
    parts += _fact("may leave", card.may_leave, "bold $foreground")
    for label, value in (("never", card.never), ("may hear", card.may_hear), ("language", card.language)):
        parts += _fact(label, value)
    parts += _fact("prefers", card.prefers)
    parts.append("\n")
    parts += _fact("came in", _came_in(view, zone, now, desk_zone))
    parts += _fact("due", view.due)
    parts += _fact("note", view.noted, "$soon")
    parts += _fact("given to", view.given_to)
    for line in view.bundled:
        parts += _fact("with it", line)
    parts += _why_words(view, words_cells)
    if view.age_years is not None:
        parts += _fact("age", "under 1 year" if view.age_years == 0 else str(view.age_years))
    parts += _fact("DOB", "on file" if view.date_of_birth_on_file else "not on file")
    if view.born_heard is not None:
        day = view.born_heard
        parts += _fact("born", f"{day.day} {day:%b %Y}, {VERIFY}", "$soon")
    parts += _fact("last visit", view.last_visit)
    for flag in view.flags:
        parts += _fact("look at", _FLAG_WORDS[flag], "$soon")
    parts += ["\n", (_heading(view), "bold $foreground"), "\n", *_body(view, body_limit)]
    if view.machine_transcript:
        parts += ["\n", ("heard by machine, not checked", "$dim")]
    return Content.assemble(*parts)


def earlier_content(view: MessageView, zone: str) -> Content:
    """Return the earlier calls, one line each; empty where there were none."""
    lines = [
        Content.assemble(
            (_day_and_time(call.at, zone), "$dim"),
            f"  {fit(call.outcome, 19):<19} ",
            (fit(call.who.split(" ")[0], 7), "$dim"),
        )
        for call in view.earlier
    ]
    return Content("\n").join(lines)


def _fact(label: str, value: str, style: str = "$foreground") -> list[_Part]:
    if not value:
        return []
    return [(f"{label:<{_LABEL_CELLS}}", "$dim"), (clean_line(value, limit=400), style), "\n"]


def _came_in(view: MessageView, zone: str, now: datetime, desk_zone: str) -> str:
    since = view.received_at or view.imported_at
    waited = duration(max(int((now - since).total_seconds()), 0))
    at = moment(since, zone, now, desk_zone)
    known = at if view.received_at else f"time unknown, imported {at}"
    return f"{known}, waiting {waited}"


def _why_words(view: MessageView, cells: int) -> list[_Part]:
    look = _LISTEN if view.channel is Channel.VOICEMAIL and not view.hits else "the words alone do not decide"
    check = _fact("please look", look, "$soon") if view.check else []
    parts: list[_Part] = []
    for hit in telling_hits(view.hits)[:_WORDS_SHOWN]:
        lines, rule = wrap(clean_line(hit.text), cells), clean_line(rule_words(hit))
        parts += _evidence("" if parts else "why first", lines, mark_of(hit))
        if len(lines) == 1 and len(lines[0]) + len(rule) + 2 <= cells:
            parts[-1:] = [(f"  {rule}", "$dim"), "\n"]
        else:
            parts += _evidence("", wrap(rule, cells), "$dim")
    for number, hit in enumerate(set_aside(view.hits)[:_WORDS_SHOWN]):
        lines = wrap(f"{clean_line(hit.text)}: {read_words(hit.read_as)}", cells)
        parts += _evidence("" if number else "set aside", lines, "$foreground")
    return [*parts, *check]


def _evidence(label: str, lines: Sequence[str], style: str) -> list[_Part]:
    labels = (label, *[""] * len(lines))
    return [
        part
        for line, before in zip(lines, labels, strict=False)
        for part in ((f"{before:<{_LABEL_CELLS}}", "$dim"), (line, style), "\n")
    ]


def _heading(view: MessageView) -> str:
    words = {
        Channel.VOICEMAIL: "Voicemail",
        Channel.TEXT: "Text message",
        Channel.EMAIL: "E-mail",
        Channel.PORTAL: "Portal message",
        Channel.PHONE: "Taken by phone",
    }[view.channel]
    if view.duration_seconds is not None:
        words += f" {view.duration_seconds // 60}:{view.duration_seconds % 60:02}"
    return f"{words}: {clean_line(view.subject, limit=200)}" if view.subject else words


def _body(view: MessageView, limit: int) -> list[_Part]:
    body = clean(view.body)
    if not body.strip():
        return [("No words were left.", "$dim")]
    shown = Content(f'"{body[:limit]}"')
    for hit in worth_marking(view.hits):
        if 0 <= hit.start < hit.end <= min(len(body), limit) and body[hit.start : hit.end] == clean(hit.text):
            shown = shown.stylize(mark_of(hit), hit.start + 1, hit.end + 1)
    for start, end in view.heard_at:
        if end <= min(len(body), limit):
            shown = shown.stylize("underline", start + 1, end + 1)
    left = len(body) - limit
    return [shown] if left <= 0 else [shown, "\n", (f"{left:,} more characters are kept in the desk.", "$dim")]


def _day_and_time(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day:>2} {local:%b %H:%M}"
