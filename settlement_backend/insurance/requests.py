"""What comes in about the insurance."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictStr

from settlement_backend.base.shapes import Body, Day, Ident


class NewReferral(Body):
    slip_no: Ident
    from_region: Annotated[StrictStr, Field(pattern=r"^\d{6}$")]
    valid_from: Day
    valid_to: Day


class SpecialDisease(Body):
    disease_code: Annotated[StrictStr, Field(max_length=30)]


class NewFundClaim(Body):
    month: Annotated[StrictStr, Field(pattern=r"^\d{4}-\d{2}$")]
    clearing_type: Annotated[StrictStr, Field(pattern=r"^\d{2}$")]
