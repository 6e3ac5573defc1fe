"""`python -m bot`: everything begins here."""

import sys

from bot.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
