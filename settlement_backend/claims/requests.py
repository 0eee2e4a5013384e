"""What comes in about commercial claims."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictStr

from settlement_backend.base.shapes import Body, Ident


class Proof(Body):
    """The medium that proves who authorises (L12)."""

    kind: Literal["ID_CARD", "EC_CODE", "SS_CARD", "FACE"]
    value: Annotated[StrictStr, Field(min_length=1, max_length=512)]


class NewAuthorisation(Body):
    mode: Literal["DIRECT", "FAST"]
    proof: Proof
    version: Ident


class ChosenPolicy(Body):
    policy_no: Ident


class NewClaim(Body):
    settlement_id: Ident
    authorisation_id: Ident
    policy_no: Ident
