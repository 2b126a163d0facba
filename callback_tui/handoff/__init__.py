"""What leaves the desk after a call: the note for the chart."""
