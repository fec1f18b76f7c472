"""`python -m verify`: the command line.  Exit status: 0 holds, 1 refuted, 2 bad input, 3 open."""

from __future__ import annotations

import sys

from verify.cli import main

if __name__ == "__main__":
    sys.exit(main())
