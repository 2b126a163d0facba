"""The bench of the tagger measures texts that differ, and names how many it did in a second."""

from bench_files import made_texts
from bench_triage import measure_triage


def test_every_text_is_another_one_and_long_enough() -> None:
    texts = made_texts(300, at_least=200)
    assert len(set(texts)) == 300
    assert min(map(len, texts)) >= 200
    assert texts == made_texts(300, at_least=200)


def test_both_rows_have_a_yardstick_of_the_same_run() -> None:
    rows = list(measure_triage(messages=20, rounds=1))
    assert [row.what for row in rows] == ["triage, a message of 200 characters", "triage, import of the tagger"]
    assert all(row.ours > 0 and row.yardstick for row in rows)
    assert "messages a second" in rows[0].note
