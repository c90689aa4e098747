"""`python -m checking`: see `command`."""

import sys

from checking.command import main

if __name__ == "__main__":
    sys.exit(main())
