"""Measures every budget of the project beside its yardstick; `--help` says what can be chosen."""

import sys

# Everything above this line and in it must be readable by any Python, so that an old one gets a sentence.
if sys.version_info < (3, 11):  # noqa: UP036  # an older Python does reach this line
    sys.exit("Python 3.11 or newer is needed; this is Python %d.%d. Get one from python.org." % sys.version_info[:2])  # noqa: UP031  # as above

from environment import run_script

if not sys.platform.startswith("linux"):
    sys.exit("The bench reads the figures of a process from /proc, so it runs on Linux only.")
run_script("bench_budgets.py", sys.argv[1:], lock_name="bench")
