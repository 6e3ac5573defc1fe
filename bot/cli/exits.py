"""The exit codes, for whoever calls the program."""

from enum import IntEnum


class Exit(IntEnum):
    """How the program ended, for whoever called it."""

    DONE = 0
    FAULTS = 1  # in what was read: knowledge files, pages
    USAGE = 2  # a wrong word or option, or faulty settings
    CANNOT_RUN = 3  # token, intents, lock, database, gateway; or a crash
    INTERRUPTED = 130  # Ctrl-C
