"""`python -m diagnostics --config FILE`, and `python -m diagnostics pin` for the staff file."""

import sys

from diagnostics.app import ask_technician, main

sys.exit(ask_technician() if sys.argv[1:] == ["pin"] else main(sys.argv[1:]))
