"""Starts callback-tui from this checkout, installing what it needs the first time; takes the program's arguments."""

import sys

# Everything above this line and in it must be readable by any Python, so that an old one gets a sentence.
if sys.version_info < (3, 11):  # noqa: UP036  # an older Python does reach this line
    sys.exit("Python 3.11 or newer is needed; this is Python %d.%d. Get one from python.org." % sys.version_info[:2])  # noqa: UP031  # as above

from environment import run_module

run_module("callback_tui", sys.argv[1:])
