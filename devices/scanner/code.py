"""A code that was read from a picture, and the words for its kind.

What a reader would get wrong: this module loads no decoding library; the terminal's own process
needs these words and must not need those libraries.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

QR = "QR"
CODE128 = "Code128"


@dataclass(frozen=True, slots=True)
class Code:
    """One code that was read. `symbology`: QR or CODE128. `text` may be a payment code."""

    text: str
    symbology: str

    def __repr__(self) -> str:
        return f"Code({len(self.text)} characters, {self.symbology})"


def alike(one: str, other: str) -> bool:
    """Whether two texts may be two readings of one strip."""
    same = sum(a == b for a, b in zip(one, other, strict=False))
    return one != other and len(one) == len(other) and 2 * same >= len(one)
