"""What comes in: strict types everywhere; `false`, "1" and 1.0 are no money (reliability 4.7)."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr

Fen = Annotated[StrictInt, Field(ge=0, le=10_000_000_00)]
Word = Annotated[StrictStr, Field(max_length=200)]
Ident = Annotated[StrictStr, Field(min_length=1, max_length=80)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SignOn(_Body):
    journal_seq: Annotated[StrictInt, Field(ge=0, le=2**62)]
    journal_head: Annotated[StrictStr, Field(max_length=64)]
    software: Word


class Medium(_Body):
    kind: Ident
    value: Annotated[StrictStr, Field(min_length=1, max_length=512)]


class Identify(_Body):
    medium: Medium


class DocumentBody(_Body):
    name: Annotated[StrictStr, Field(min_length=1, max_length=60)]
    sex: Annotated[StrictStr, Field(pattern="^[MF]?$")]
    ethnic: Word
    birth_date: Word
    address: Word
    id_number: Annotated[StrictStr, Field(max_length=18)]
    issuer: Word
    valid_from: Word
    valid_to: Word


class ConsentBody(_Body):
    notice_version: Word
    accepted_at: Word


class NewPerson(_Body):
    document: DocumentBody
    phone: Word
    consent: ConsentBody


class PatientRef(_Body):
    patient_id: Ident


class ActivateCard(_Body):
    uid: Word


class Reason(_Body):
    reason: Word


class NewRegistration(_Body):
    patient_id: Ident
    schedule_id: Ident


class BillRef(_Body):
    bill_id: Ident
    version: Annotated[StrictInt, Field(ge=1, le=1_000_000)]


class NewSettlement(_Body):
    patient_id: Ident
    bills: Annotated[list[BillRef], Field(min_length=1, max_length=50)]


class Commit(_Body):
    tender: Annotated[StrictStr, Field(pattern="^(NONE|SCAN|CASH)$")]
    auth_code: Annotated[StrictStr, Field(max_length=64)]
    amount_fen: Fen


class NewHold(_Body):
    patient_id: Ident
    reference: Ident
    amount_fen: Fen
    masked_card: Word
    auth_code: Ident
    rrn: Word
    trace: Word
    receipt: Word
    pos_terminal_id: Word
    merchant_id: Word


class NewReferral(_Body):
    patient_id: Ident
    bill_ids: Annotated[list[Ident], Field(max_length=50)]
    reason: Word


class SlipText(_Body):
    text: Annotated[StrictStr, Field(max_length=512)]


class NewSuspense(_Body):
    operation_kind: Ident
    operation_id: Ident
    amount_fen: Fen
    evidence: Annotated[StrictStr, Field(max_length=2000)]
    patient_id: Ident | None


class SignIn(_Body):
    operator: Ident
    password: Annotated[StrictStr, Field(min_length=1, max_length=200)]


class NewRefund(_Body):
    settlement_id: Ident
    line_ids: Annotated[list[Ident], Field(max_length=500)]
    reason: Word


class Review(_Body):
    operator: Ident
    password: Annotated[StrictStr, Field(min_length=1, max_length=200)]
    approve: StrictBool


class Nothing(_Body):
    pass


class OrderItem(_Body):
    code: Ident
    quantity: StrictInt


class OrderGroup(_Body):
    department_code: Ident
    items: Annotated[list[OrderItem], Field(max_length=100)]


class Orders(_Body):
    groups: Annotated[list[OrderGroup], Field(min_length=1, max_length=20)]
