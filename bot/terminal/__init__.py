"""Chat in a terminal: the first adapter that a newcomer meets."""
