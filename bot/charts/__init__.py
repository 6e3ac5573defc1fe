"""The chart of what was asked, drawn in a process of its own."""
