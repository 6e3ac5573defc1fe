"""`python -m bot`: everything begins here."""

import os
import signal
import sys

if __name__ == "__main__":
    # Ctrl-C while the program is still being loaded ends it, and nothing more: there is nothing to tell or to close.
    # Each word decides from where on it is told of one instead.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if os.getpid() == 1:
        # The first process of a container gets no signal that it does not handle: a stop that came now would be lost.
        signal.signal(signal.SIGTERM, lambda *_: os._exit(128 + signal.SIGTERM))
    from bot.cli.app import main

    sys.exit(main())
