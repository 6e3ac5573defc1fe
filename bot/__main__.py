"""`python -m bot`: everything begins here."""

import signal
import sys

if __name__ == "__main__":
    # Ctrl-C while the program is still being loaded ends it, and nothing more: there is nothing to tell or to close.
    # Each word decides from where on it is told of one instead.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from bot.cli.app import main

    sys.exit(main())
