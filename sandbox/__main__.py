"""`python -m sandbox demo [--headless] [--out DIR]`."""

import sys

from sandbox.player.demo import main

if sys.argv[1:2] != ["demo"]:
    sys.exit("usage: python -m sandbox demo [--headless] [--out DIR]")
sys.exit(main(sys.argv[2:]))
