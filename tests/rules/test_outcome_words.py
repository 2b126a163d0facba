"""Short words of an outcome: one for each, all different, none too long for its column."""

from callback_tui.models.vocabulary import Outcome
from callback_tui.rules.outcome_words import OUTCOME_CELLS, short_outcome


def test_every_outcome_has_words_of_its_own_that_fit() -> None:
    words = {short_outcome(outcome) for outcome in Outcome}
    assert len(words) == len(Outcome)
    assert max(map(len, words)) == OUTCOME_CELLS
