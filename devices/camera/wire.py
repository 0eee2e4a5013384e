"""What passes between the terminal and its decoding program.

A frame is HEAD (height, width, rung) and its grey bytes; the answer is one line of JSON, a list of
[symbology, text]. What a reader would get wrong: both ends run at the same time in two processes,
so nothing here may need a decoding library.
"""

from __future__ import annotations

import struct

HEAD = struct.Struct("<HHB")
MOST_PIXELS = 2_100_000
LONGEST_ANSWER = 65_536
FRAME_ONLY = 0
FURTHER_RUNGS = 3
