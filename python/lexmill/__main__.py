"""`python -m lexmill`: the command line."""

import sys

from lexmill.cli import main

if __name__ == "__main__":
    sys.exit(main())
