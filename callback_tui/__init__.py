"""The call-back desk of a medical practice, in a terminal."""

__version__ = "0.1.0"
