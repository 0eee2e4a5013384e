"""Stays: admission, daily lists, the signed sheet, the rest of a deposit, the contact."""

from __future__ import annotations

from dataclasses import dataclass

from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.requests.drawn import drawn_body
from backend_client.shapes import read, reader
from core.inpatient import (
    Admission,
    Admissions,
    Contact,
    Contacts,
    DailyList,
    SignedSheet,
    StayList,
)
from core.steps.inpatient import (
    Admit,
    AskRestBack,
    FetchAdmissions,
    FetchContact,
    FetchDailyList,
    FetchStayList,
    NameContact,
    RestAsked,
    SignSheet,
)

_WHY_BACK = "discharged"


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str
    display_name: str
    display_phone: str


@dataclass(frozen=True, slots=True)
class _Relations:
    relations: tuple[_Relation, ...]


def admissions(backend: Exchange, step: FetchAdmissions) -> Told[Admissions]:
    """A person's stays, newest first."""
    return backend.get(reader(Admissions), "/v1/patients/{}/admissions", step.patient_id)


def admit(backend: Exchange, step: Admit) -> Told[Admission]:
    """Once at the backend, whoever asks and however often (H22)."""
    read_one = reader(Admission, admission_id=step.admission_id)
    path = "/v1/admissions/{}/admit"
    return backend.post(read_one, path, step.admission_id, body={}, key=fresh_key())


def contact(backend: Exchange, step: FetchContact) -> Told[Contacts]:
    """Among those who act for a person: the one of kind CONTACT."""
    return backend.get(_contact, "/v1/patients/{}/relatives", step.patient_id)


def name_contact(backend: Exchange, step: NameContact) -> Told[Contacts]:
    """The one before is ended by the backend; the same again changes nothing that is seen."""
    body = {"name": step.name, "id_number": "", "phone": step.phone}
    path = "/v1/patients/{}/contact"
    return backend.post(_named, path, step.patient_id, body=body, key=fresh_key())


def daily_list(backend: Exchange, step: FetchDailyList) -> Told[DailyList]:
    """As it stands this moment (S40, L04)."""
    path = "/v1/admissions/{}/daily-list?day={}"
    read_one = reader(DailyList, admission_id=step.admission_id, day=step.day)
    return backend.get(read_one, path, step.admission_id, step.day)


def stay_list(backend: Exchange, step: FetchStayList) -> Told[StayList]:
    """Everything that was charged."""
    read_one = reader(StayList, admission_id=step.admission_id)
    return backend.get(read_one, "/v1/admissions/{}/charges", step.admission_id)


def sign_sheet(backend: Exchange, step: SignSheet) -> Told[SignedSheet]:
    """A picture goes along, and its digest comes back."""
    drawn = step.drawn
    way, digest = ("PAD", drawn.digest) if drawn else ("PAPER", "")
    return backend.post(
        reader(SignedSheet, settlement_id=step.settlement_id, way=way, image_sha256=digest),
        "/v1/settlements/{}/signature",
        step.settlement_id,
        body={"signature": drawn_body(drawn) if drawn else None},
        key=f"{step.settlement_id}/signature",
    )


def ask_rest_back(backend: Exchange, step: AskRestBack) -> Told[RestAsked]:
    """Where the profile lets patients ask (C05). What was asked before is `nothing_to_refund`."""
    body = {"admission_id": step.admission_id, "reason": _WHY_BACK}
    path = "/v1/refunds/deposits"
    return backend.post(reader(RestAsked), path, body=body, key=fresh_key())


def _contact(body: bytes) -> Contacts:
    found = (one for one in read(_Relations, body).relations if one.kind == "CONTACT")
    return Contacts(next((Contact(one.display_name, one.display_phone) for one in found), None))


def _named(body: bytes) -> Contacts:
    one = read(_Relation, body)
    return Contacts(Contact(one.display_name, one.display_phone))


REQUESTS: Requests = {
    FetchAdmissions: admissions,
    Admit: admit,
    FetchContact: contact,
    NameContact: name_contact,
    FetchDailyList: daily_list,
    FetchStayList: stay_list,
    SignSheet: sign_sheet,
    AskRestBack: ask_rest_back,
}
