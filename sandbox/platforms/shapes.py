"""Shapes that the wires of several platforms share (docs/platforms/*.md).

Talks to nothing. What a reader would get wrong: an amount is a strict integer, so `"1"`, `1.0` and
`true` are refused as HTTP 422.
"""

import hashlib
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


Text = Annotated[str, Field(min_length=1, max_length=128)]
Fen = Annotated[int, Field(ge=0, strict=True)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_day)]
IdNumber = Annotated[str, Field(pattern=r"^\d{17}[\dX]$")]
BillBatchCode = Annotated[str, Field(pattern=r"^\d{8}$")]
BillNo = Annotated[str, Field(pattern=r"^\d{10}$")]


def digest_of(asked: BaseModel) -> str:
    """What tells a request sent again from another one under the same number."""
    return hashlib.sha256(asked.model_dump_json().encode()).hexdigest()
