"""What comes in for people."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictStr

from settlement_backend.base.shapes import Body, Ident, Word

Name = Annotated[StrictStr, Field(min_length=1, max_length=60)]
Number = Annotated[StrictStr, Field(max_length=18)]
Purpose = Annotated[StrictStr, Field(pattern=r"^(\d{5})?$")]
Kinds = Annotated[tuple[Ident, ...], Field(max_length=20)]
ConsentKind = Literal["E_CERTIFICATE", "FACE"]
WithdrawnKind = Literal["E_CERTIFICATE", "FACE", "FACE_MEDIUM"]


class Medium(Body):
    kind: Ident
    value: Annotated[StrictStr, Field(min_length=1, max_length=512)]


class Identify(Body):
    medium: Medium
    purpose: Purpose = ""


class DocumentBody(Body):
    name: Name
    sex: Annotated[StrictStr, Field(pattern="^[MF]?$")]
    ethnic: Word
    birth_date: Word
    address: Word
    id_number: Number
    issuer: Word
    valid_from: Word
    valid_to: Word


class ConsentBody(Body):
    notice_version: Word
    accepted_at: Word


class NewPerson(Body):
    document: DocumentBody
    phone: Word
    consent: ConsentBody


class FirstVisit(Body):
    medium: Medium
    purpose: Purpose = ""
    phone: Word
    consent: ConsentBody
    permission: ConsentBody | None = None


class UnknownPerson(Body):
    card: Literal["HEALTH_CARD_ANON", "GREEN_CHANNEL"]
    called: Name
    sex: Annotated[StrictStr, Field(pattern="^[MF]?$")]
    birth_date: Word


class NameAndNumber(Body):
    name: Name
    id_number: Number


class PhoneNumber(Body):
    phone: Annotated[StrictStr, Field(pattern="^1[3-9][0-9]{9}$")]


class Reveal(Body):
    field: Literal["name", "id_number", "phone", "address", "card_number"]
    reason: Literal["ASKED_BY_PATIENT", "CORRECTION", "CONTACT", "INSURANCE", "LAW"]


class PatientRef(Body):
    patient_id: Ident


class ActivateCard(Body):
    uid: Word


class WithDocument(Body):
    """The number that stands on the document in the operator's hand."""

    id_number: Number


class NewMedium(Body):
    medium: Medium
    id_number: Number


class EndMedium(Body):
    medium: Medium
    reason: Word


class GiveConsent(Body):
    kind: ConsentKind
    consent: ConsentBody


class WithdrawConsent(Body):
    kind: WithdrawnKind


class FaceToken(Body):
    token: Ident
    consent: ConsentBody


class Assist(Body):
    patient_id: Ident
    staff: Ident
    consent: ConsentBody


class NewRelative(Body):
    kind: Literal["PARENT", "CHILD", "SPOUSE", "OTHER", "GUARDIAN"]
    name: Name
    id_number: Number
    phone: Word
    proof: Word
    may_see: StrictBool
    may_pay: StrictBool


class Agree(Body):
    """`guardian`: the guardian's relation, "" when the patient agrees."""

    consent: ConsentBody
    guardian: Annotated[StrictStr, Field(max_length=80)] = ""


class Contact(Body):
    name: Name
    id_number: Number
    phone: Word


class RelativeNumber(Body):
    id_number: Number


class Identities(Body):
    identities: Kinds


class Death(Body):
    died_on: Word
    documents: Kinds


class Transfer(Body):
    patient_id: Ident
    reason: Word


class Merge(Body):
    from_id: Ident
    patient_id: Ident
    reason: Annotated[StrictStr, Field(min_length=1, max_length=200)]
