"""Runs a simulated practice for as many days as asked and prints what happened; `--help` says what can be chosen."""

import argparse
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from callback_tui.services.desk import OpenDesk
from callback_tui.services.sign_in import sign_in
from callback_tui.store import tables as t
from tests.services.simulated_practice import PASSPHRASE
from tests.services.simulated_week import Week


def main() -> None:
    """Run and print; a broken promise ends it with the step it was found at."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=date.fromisoformat, default=date(2026, 10, 29))
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--a-day", type=int, default=400, help="messages on a weekday")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "desk"
        week = Week(folder, seed=options.seed, first=options.first, days=options.days, a_day=options.a_day)
        week.run()
        desk = sign_in(folder, "admin", PASSPHRASE, week.clock)
        week.summary.counts.update(_lateness(desk))
        desk.store.close()
    sys.stdout.write("\n".join(week.summary.lines()) + "\n")


def _lateness(desk: OpenDesk) -> Counter[str]:
    """Return how many first calls were in time, late and still to come, by tier."""
    item = t.queue_item.c
    late = (item.first_attempt_at > item.due_at).label("late")
    with desk.store.read() as connection:
        rows = connection.execute(select(item.tier_rank, late, func.count()).group_by(item.tier_rank, late))
        words = {None: "no call yet", False: "in time", True: "late"}
        return Counter({f"tier {rank}, {words[is_late]}": count for rank, is_late, count in rows})


if __name__ == "__main__":
    main()
