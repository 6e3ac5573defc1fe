"""The knowledge files: read, judged, followed while the bot runs, and their owners told."""
