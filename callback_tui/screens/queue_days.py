"""From the queue to the days a site is closed, to the triage rules and to the sources of messages."""

from functools import partial

from callback_tui.screens.confirm import SentenceScreen
from callback_tui.screens.queue_base import QueueBase
from callback_tui.views.closed_days import PolicyEdits
from callback_tui.views.triage import OwnRules
from callback_tui.views.triage_rules import RulesInForce
from callback_tui.widgets.feed_lines import feeds_content
from callback_tui.widgets.key_footer import key_of


class DaysFromQueue(QueueBase):
    """Opens these windows; changes of days and rules that were not saved stay while the desk is open."""

    _day_edits = PolicyEdits()
    _own_rules: tuple[OwnRules, OwnRules] | None = None

    def action_days_closed(self) -> None:
        """Show the days a site is closed."""
        from callback_tui.screens.days_closed import DaysClosedScreen

        self.app.push_screen(DaysClosedScreen(self.desk, self._day_edits), self._days_left)

    def _days_left(self, edits: PolicyEdits | None) -> None:
        self._day_edits = edits or PolicyEdits()
        if self._day_edits:
            self.say("Days were changed and not saved; , shows them.")

    def action_triage_rules(self) -> None:
        """Show the triage rules to whom they are for; say to others who may look."""
        from callback_tui.services.triage_rules import rules_in_force

        self.in_background("rules", partial(self.source.ask, rules_in_force), self._show_rules)

    def _show_rules(self, in_force: RulesInForce) -> None:
        from callback_tui.screens.triage_rules import TriageRulesScreen

        before, own = self._own_rules or (None, None)
        # What was not saved was made from rules that somebody has changed since: saved now, it would undo theirs.
        own = own if before == in_force.own else None
        self.app.push_screen(TriageRulesScreen(self.desk, in_force, own), partial(self._rules_left, in_force.own))

    def _rules_left(self, before: OwnRules, own: OwnRules | None) -> None:
        self._own_rules = None if own is None else (before, own)
        if own is not None:
            self.say(f"Triage rules were changed and not saved; {key_of('queue.triage_rules', self.app)} shows them.")

    def action_feeds(self) -> None:
        """Say where messages come from, when last, and what fell silent."""
        if self.snapshot is not None:
            text = feeds_content(self.snapshot, self.source.clock.now())
            self.app.push_screen(SentenceScreen("Where messages come from", text))
