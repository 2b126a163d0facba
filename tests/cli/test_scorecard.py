"""`callback-tui scorecard`: the contracted JSON, CSV, plain text, periods by name and by day."""

import csv
import io
from pathlib import Path

from callback_tui.models.vocabulary import Outcome, WhoAnswered
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.outcomes import log_outcome
from callback_tui.views.call import OutcomeEntry
from tests.cli.desk_command import run, signed_in
from tests.services.made_up import audited, leave

METRICS = ["call_back_in_office", "call_back_after_hours", "first_call_resolution", "satisfaction"]
FIELDS = ["key", "label", "unit", "target", "current", "previous", "trend", "met", "n", "note"]
# The command line reads the machine's clock, so the days of the test desk are named.
DAYS = ("--from", "2026-11-01", "--to", "2026-11-23")


def ring(desk: OpenDesk) -> None:
    """Call about a message that is half an hour old."""
    sheet = start_call(desk, leave(desk, minutes_ago=30))
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))


def test_the_json_has_the_contracted_fields(desk: OpenDesk, desk_folder: Path) -> None:
    ring(desk)
    who = signed_in(desk_folder, "supervisor")
    card = run("scorecard", "--json", *DAYS, *who).document()
    assert list(card) == ["period", "site", "metrics"]
    assert card["period"] == {
        "from": "2026-11-01T04:00:00Z",
        "to": "2026-11-24T05:00:00Z",
        "label": "1 Nov - 23 Nov",
    }
    assert [metric["key"] for metric in card["metrics"]] == METRICS
    assert all(list(metric) == FIELDS for metric in card["metrics"])
    first, *rest = card["metrics"]
    assert (first["current"], first["target"], first["met"], first["n"]) == (1800, 7200, True, 1)
    assert [(metric["current"], metric["met"], metric["n"]) for metric in rest] == [(None, None, 0)] * 3
    assert audited(desk, "scorecard_exported")[0].entity_id == "json"


def test_csv_and_plain_text_say_the_same(desk: OpenDesk, desk_folder: Path) -> None:
    ring(desk)
    who = signed_in(desk_folder, "nurse")
    rows = list(csv.DictReader(io.StringIO(run("scorecard", "--csv", *DAYS, *who).stdout)))
    assert [row["metric"] for row in rows] == METRICS
    assert (rows[0]["current"], rows[0]["met"], rows[1]["current"]) == ("1800", "yes", "")
    plain = run("scorecard", *DAYS, *who).stdout
    assert "call-back time, in office      <= 2 h       30 min  nothing before    yes            1" in plain
    assert "median 30 min, 90 % within 30 min" in plain
    assert "Tom Reid" not in plain


def test_periods_and_sites_that_cannot_be_are_refused(desk_folder: Path) -> None:
    who = signed_in(desk_folder, "nurse")
    assert run("scorecard", "--period", "today", "--site", "Riverside", *who).status == 0
    assert run("scorecard", "--from", "2026-11-01", *who).status == 2
    assert run("scorecard", "--period", "today", *DAYS, *who).status == 2
    assert run("scorecard", "--json", "--csv", *who).status == 2
    for first, last in (("0001-01-01", "2026-11-01"), ("2026-11-01", "9999-12-31")):
        assert run("scorecard", "--from", first, "--to", last, *who).status == 2
    backwards = run("scorecard", "--from", "2026-11-02", "--to", "2026-11-01", *who)
    assert (backwards.status, backwards.stdout) == (1, "")
    assert "before the first one" in backwards.stderr
    assert run("scorecard", "--site", "Elsewhere", *who).status == 1
