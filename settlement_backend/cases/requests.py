"""What comes in for cases, enquiries and complaints."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictStr

from settlement_backend.base.shapes import Body, Fen, Ident, Word
from settlement_backend.cases.rules import VerdictWord
from settlement_backend.staff.requests import SecretBody

Text = Annotated[StrictStr, Field(min_length=1, max_length=2000)]
Outcome = Literal["RETURNED", "BOOKED", "NOTHING_MOVED", "OTHER"]


class NewSuspense(Body):
    operation_kind: Ident
    operation_id: Ident
    amount_fen: Fen
    evidence: Annotated[StrictStr, Field(max_length=2000)]
    patient_id: Ident | None


class Evidence(Body):
    text: Text


class NewOwner(Body):
    owner: Ident
    reason: Text


class Vouched(SecretBody):
    """`second_…`: the second person, where the profile asks for one."""

    reason: Text
    second_operator: Word = ""
    second_password: Word = ""


class Resolution(Vouched):
    outcome: Outcome


class Judgement(Vouched):
    """`proof`: the platform's transaction number; of a tender or of a part of a refund."""

    decision: VerdictWord
    tender_id: Word = ""
    part_id: Word = ""
    proof: Word = ""


class NewEnquiry(Body):
    """`patient_id`: "" for somebody who is no patient here."""

    kind: Literal["ENQUIRY", "COMPLAINT"]
    name: Annotated[StrictStr, Field(min_length=1, max_length=40)]
    contact: Annotated[StrictStr, Field(min_length=1, max_length=80)]
    content: Text
    patient_id: Word = ""


class Handling(Body):
    text: Text


class Reply(Body):
    answer: Text


class MoneySearch(Body):
    """One of them: a slip's text, a case's number, the last digits of a phone with the name, or an
    amount with its day."""

    slip: Word = ""
    case_id: Word = ""
    phone_tail: Annotated[StrictStr, Field(pattern=r"^(\d{4})?$")] = ""
    name: Word = ""
    amount_fen: Fen = 0
    day: Annotated[StrictStr, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = ""
