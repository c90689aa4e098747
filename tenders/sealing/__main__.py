"""`python -m tenders.sealing`: see `command`."""

import sys

from tenders.sealing.command import main

if __name__ == "__main__":
    sys.exit(main())
