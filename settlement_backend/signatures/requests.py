"""A drawn signature as it comes in."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictStr

from settlement_backend.base.shapes import Body

MOST_BYTES = 64 * 1024
_MOST_LETTERS = (MOST_BYTES + 2) // 3 * 4


class DrawnSignature(Body):
    """`png`: the picture in base64; `sha256`: of its bytes, as the terminal made them."""

    png: Annotated[StrictStr, Field(min_length=1, max_length=_MOST_LETTERS)]
    sha256: Annotated[StrictStr, Field(pattern="^[0-9a-f]{64}$")]

    def __repr__(self) -> str:
        return f"DrawnSignature({self.sha256})"
