"""What is kept: the servers' own answers with their history, settings, and which reply showed what."""
