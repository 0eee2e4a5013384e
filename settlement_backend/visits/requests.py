"""What comes in for visits."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from settlement_backend.base.shapes import Body, Ident, Word, Words
from settlement_backend.bills.requests import OrderItem


class NewRegistration(Body):
    patient_id: Ident
    schedule_id: Ident


class NewAppointment(Body):
    """`relation_id`: the relative who books for the patient, or "" (N26)."""

    patient_id: Ident
    schedule_id: Ident
    relation_id: Word = ""


class OrderGroup(Body):
    department_code: Ident
    items: Annotated[list[OrderItem], Field(max_length=100)]
    exclusion: Word = ""


class Orders(Body):
    groups: Annotated[list[OrderGroup], Field(min_length=1, max_length=20)]


class Facts(Body):
    """`liability`: one of the profile's exclusions, or ""."""

    scene: Literal[
        "OUTPATIENT",
        "EMERGENCY",
        "EMERGENCY_OBSERVATION",
        "OUTPATIENT_SURGERY",
        "EMERGENCY_SURGERY",
    ]
    liability: Word


class FactWord(Body):
    """One fact of a visit's liability: it is so, or it is not."""

    fact: Ident
    stands: StrictBool


class LiabilityWords(Body):
    """What a cashier learned. `reason`: from whom or from which paper."""

    words: Annotated[list[FactWord], Field(min_length=1, max_length=20)]
    reason: Annotated[Word, Field(min_length=1)]


class CheckIn(Body):
    """The text of a visit slip's QR, or the number of a registration or an exam appointment."""

    text: Word = ""
    about: Word = ""


class Call(Body):
    """Where the called one goes."""

    place: Words


class Seen(Body):
    """Whether the called one came."""

    outcome: Literal["SEEN", "PASSED"]
