"""Writes the pages of docs/ that are made from the program; with --check it only says which are not current."""

import sys

# Everything above this line and in it must be readable by any Python, so that an old one gets a sentence.
if sys.version_info < (3, 11):  # noqa: UP036  # an older Python does reach this line
    sys.exit("Python 3.11 or newer is needed; this is Python %d.%d. Get one from python.org." % sys.version_info[:2])  # noqa: UP031  # as above

from environment import run_script

run_script("page_texts.py", sys.argv[1:], lock_name="dev")
