"""The message pane: what must be remembered of a patient's wish stands above the words of the message."""

from dataclasses import replace
from datetime import date

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Channel, ReviewFlag, Tier
from callback_tui.views.triage import Hit, ReadAs
from callback_tui.widgets.message_pane import message_content
from tests.screens.made_up import MadeUpQueue


def test_the_note_of_a_late_time_is_shown_where_there_is_one(clock: FixedClock) -> None:
    view = MadeUpQueue(clock).peek(1)
    noted = replace(view, noted="asked for a time later than 24 h; was unable to reach us earlier")
    shown, plain = (
        message_content(each, "America/New_York", clock.now(), body_limit=400).plain for each in (noted, view)
    )
    assert "note        asked for a time later than 24 h; was unable to reach us earlier" in shown
    assert "unable to reach us" not in plain


def test_the_evidence_names_words_rule_and_tier_and_what_was_set_aside(clock: FixedClock) -> None:
    body = "My dad had chest pain last year. I passed out and feel feverish."
    fired = Hit("mind.passed_out", "mind", Tier.EMERGENT, 35, 45, body[35:45], ReadAs.PRESENT)
    aside = Hit("chest.pain", "chest", Tier.EMERGENT, 11, 21, body[11:21], ReadAs.OTHER_PERSON)
    view = replace(MadeUpQueue(clock).peek(1), body=body, hits=(aside, fired, aside._replace(rule="chest.twice")))
    narrow, wide = (
        message_content(view, "America/New_York", clock.now(), body_limit=400, words_cells=cells) for cells in (28, 60)
    )
    lines = [line.rstrip() for line in narrow.plain.splitlines()]
    first = lines.index("why first   passed out")
    assert lines[first + 1 : first + 4] == [
        "            911 tier: mind, passed out",
        "set aside   chest pain: read as somebody",
        "            else's",
    ]
    assert lines[first + 4].startswith(("please look", "age"))
    assert "why first   passed out  911 tier: mind, passed out" in wide.plain
    start = narrow.plain.index('"My dad') + 1
    spans = [span for span in narrow.spans if span.start >= start]
    marks = {body[span.start - start : span.end - start]: str(span.style) for span in spans}
    assert (marks["passed out"], marks["chest pain"]) == ("bold underline $late", "$dim")


def test_what_was_only_heard_is_marked_beside_the_number_and_in_the_words(clock: FixedClock) -> None:
    words = "this is Ana Lima, born 5/3/71, call me at 212-555-0147"
    view = replace(MadeUpQueue(clock, bodies=(words,)).peek(1), hits=(), number="(212) 555-0147", number_kind="")
    heard = replace(
        view, flags=(ReviewFlag.NUMBER_HEARD,), born_heard=date(1971, 5, 3), heard_at=((42, 54),), provisional=False
    )
    shown, plain = (message_content(each, "America/New_York", clock.now(), body_limit=400) for each in (heard, view))
    assert shown.plain.startswith("(212) 555-0147\nfrom the transcript, verify\n")
    assert "born        3 May 1971, from the transcript, verify" in shown.plain
    assert "from the transcript" not in plain.plain
    assert [shown.plain[span.start : span.end] for span in shown.spans if span.style == "underline"] == [words[42:54]]


def test_who_should_look_is_told_to_listen_where_there_is_a_recording(clock: FixedClock) -> None:
    voicemail = replace(MadeUpQueue(clock).peek(1), hits=(), check=True)
    portal = replace(voicemail, channel=Channel.PORTAL)
    shown = [
        message_content(each, "America/New_York", clock.now(), body_limit=400).plain for each in (voicemail, portal)
    ]
    assert ["please look listen to the recording" in each for each in shown] == [True, False]
    assert "please look the words alone do not decide" in shown[1]
