"""Steps of the contract stories that take several requests."""

from __future__ import annotations

import random
import threading
from uuid import uuid4

from contract_people import new_patient

from backend_client.client import BackendClient
from core.billing import Bill, Doctor, Refund, Registration, Settlement, TenderKind
from core.identity import Patient
from core.steps import (
    CommitSettlement,
    Departments,
    FetchDepartments,
    OpenSettlement,
    RegisterVisit,
)

_POLLS = 100
_LOOK_S = 0.1


def pay_code(ending: str) -> str:
    """A fresh WeChat code; the ending chooses what the simulated wallet does."""
    return f"13{random.randrange(10**12):012d}{ending}"


def free_doctor(client: BackendClient) -> Doctor:
    """Some doctor who still takes patients today."""
    told = client.ask(FetchDepartments())
    assert isinstance(told, Departments), told
    doctors = (doctor for row in told.departments for doctor in row.doctors)
    return next(doctor for doctor in doctors if doctor.remaining)


def visit(client: BackendClient, patient: Patient) -> Registration:
    """A place with a free doctor."""
    doctor = free_doctor(client)
    kept = client.ask(RegisterVisit(patient.patient_id, doctor.schedule_id))
    assert isinstance(kept, Registration), kept
    assert kept.bill.total_fen == doctor.fee_fen
    return kept


def quote(client: BackendClient, patient: Patient, bill: Bill) -> Settlement:
    """Opened and not paid."""
    told = client.ask(OpenSettlement(uuid4().hex, patient.patient_id, (bill,)))
    assert isinstance(told, Settlement), told
    return told


def pay(client: BackendClient, quoted: Settlement, ending: str = "4321") -> Settlement:
    """Committed with a wallet and followed to its end."""
    scan = TenderKind.SCAN if quoted.due_fen else None
    code = pay_code(ending) if quoted.due_fen else ""
    told = client.ask(CommitSettlement(quoted.settlement_id, 1, scan, code, quoted.due_fen))
    assert isinstance(told, Settlement), told
    return follow(client, told)


def follow(client: BackendClient, settlement: Settlement) -> Settlement:
    """Looked at until nothing more can change."""
    told: object = settlement
    for _ in range(_POLLS):
        assert isinstance(told, Settlement), told
        if told.final:
            return told
        threading.Event().wait(_LOOK_S)
        told = client.settlement(settlement.settlement_id)
    raise AssertionError(f"never final: {told}")


def follow_refund(client: BackendClient, refund: Refund) -> Refund:
    """Looked at until it is paid."""
    told: object = refund
    for _ in range(_POLLS):
        assert isinstance(told, Refund), told
        if told.state == "PAID":
            return told
        threading.Event().wait(_LOOK_S)
        told = client.refund(refund.refund_id)
    raise AssertionError(f"never paid: {told}")


def paid_visit(client: BackendClient) -> tuple[Patient, Registration, Settlement]:
    """A new patient's registration fee, paid with a wallet."""
    patient = new_patient(client)
    kept = visit(client, patient)
    return patient, kept, pay(client, quote(client, patient, kept.bill))
