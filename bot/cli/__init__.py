"""The command line, one word a file."""
