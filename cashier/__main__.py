"""`python -m cashier --config FILE`."""

import sys

from cashier.app import main

sys.exit(main(sys.argv[1:]))
