"""Budgets of the tagger: a message of 200 characters, and the import of the module, each beside plain Python."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from bench_files import made_texts
from bench_result import Budget
from callback_tui.rules.triage import tag
from environment import surroundings

_CHARACTERS = 200
_MOST_IMPORT_RATIO = 4.0
_MOST_TAG_RATIO = 3.0
_WORDS = re.compile(r"\w+")


def measure_triage(*, messages: int, rounds: int) -> Iterator[Budget]:
    """Yield the budgets; every text is another one, and the words are known from a first round."""
    texts = [text[:_CHARACTERS] for text in made_texts(messages, at_least=_CHARACTERS)]
    ours, theirs = _fastest(tag, texts, rounds), _fastest(_plain_words, texts, rounds)
    note = f"{len(texts):,} texts, processor time, fastest of {rounds}: {1e6 / ours:,.0f} messages a second on one core"
    yield Budget(
        f"triage, a message of {_CHARACTERS} characters",
        ours,
        "µs",
        _MOST_TAG_RATIO,
        theirs,
        "the words, lower case",
        note,
    )
    loads = ("import callback_tui.rules.triage", "import json")
    imported = [min(_run_seconds(code) for _ in range(rounds)) for code in loads]
    yield Budget(
        "triage, import of the tagger",
        imported[0],
        "s",
        _MOST_IMPORT_RATIO,
        imported[1],
        "`import json`",
        "whole processes",
    )


def _plain_words(text: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(text)]


def _fastest(read: Callable[[str], object], texts: Sequence[str], rounds: int) -> float:
    """Return the microseconds of one text in the fastest round."""
    figures = []
    for _ in range(rounds + 1):
        at = time.process_time()
        for text in texts:
            read(text)
        figures.append(time.process_time() - at)
    return min(figures[1:]) / len(texts) * 1e6


def _run_seconds(code: str) -> float:
    program = subprocess.Popen([sys.executable, "-c", code], env=surroundings())
    _, status, used = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode != 0:
        raise RuntimeError(f"{code} ended with {program.returncode}")
    return used.ru_utime + used.ru_stime
