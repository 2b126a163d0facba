"""What leaves the desk after a call: the note for the chart, the words of a text or letter."""
