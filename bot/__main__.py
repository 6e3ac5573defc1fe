"""`python -m bot`: everything begins here."""

import signal
import sys

if __name__ == "__main__":
    # Ctrl-C while the program is still being loaded ends it, and nothing more: there is nothing to tell or to close.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from bot.cli.app import main

    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main())
