"""What the fork server has loaded before it is asked for a process: our programs' modules.

What a reader would get wrong: without `freeze` every process would look for garbage among all of
it again and again, and get a copy of what it looks at.
"""

import gc

import sandbox.platforms.program
import sandbox.units.program
import settlement_backend.app
import settlement_backend.demo.plant
import tests.crash.life

gc.collect()
gc.freeze()

__all__ = ["sandbox", "settlement_backend", "tests"]
