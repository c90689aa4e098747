"""`python -m sealing`: see `command`."""

import sys

from sealing.command import main

if __name__ == "__main__":
    sys.exit(main())
