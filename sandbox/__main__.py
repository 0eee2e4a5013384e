"""`python -m sandbox demo | units | hand`: what `./run` starts by these names."""

import sys

from sandbox import hand, virtual_machine
from sandbox.player import demo

COMMANDS = {"demo": demo.main, "units": virtual_machine.main, "hand": hand.main}

if sys.argv[1:2] and sys.argv[1] in COMMANDS:
    sys.exit(COMMANDS[sys.argv[1]](sys.argv[2:]))
sys.exit("usage: python -m sandbox demo | units | hand ...")
