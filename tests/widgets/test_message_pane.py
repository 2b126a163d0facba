"""The message pane: what must be remembered of a patient's wish stands above the words of the message."""

from dataclasses import replace

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Tier
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
