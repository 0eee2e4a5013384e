"""Who takes patients, and places with a doctor."""

from __future__ import annotations

from backend_client import shapes
from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import reader
from core.billing import Registration
from core.ports import Done
from core.steps import (
    CancelRegistration,
    Departments,
    FetchDepartments,
    FetchRegistration,
    RegisterVisit,
)


def departments(backend: Exchange, _step: FetchDepartments) -> Told[Departments]:
    """Today's schedule (S29)."""
    return backend.get(reader(Departments), "/v1/departments")


def register_visit(backend: Exchange, step: RegisterVisit) -> Told[Registration]:
    """A place kept 15 minutes, its bill settled like any other; unanswered, it falls free."""
    body = {"patient_id": step.patient_id, "schedule_id": step.schedule_id}
    return backend.post(reader(Registration), "/v1/registrations", body=body, key=fresh_key())


def registration(backend: Exchange, step: FetchRegistration) -> Told[Registration]:
    """As it stands: with a queue number once paid."""
    read = reader(Registration, registration_id=step.registration_id)
    return backend.get(read, "/v1/registrations/{}", step.registration_id)


def cancel_registration(backend: Exchange, step: CancelRegistration) -> Told[Done]:
    """Give an unpaid place back."""
    return backend.post(
        shapes.registration_cancelled(step.registration_id),
        "/v1/registrations/{}/cancel",
        step.registration_id,
        body={"reason": step.reason},
        key=f"{step.registration_id}/cancel",
    )


REQUESTS: Requests = {
    FetchDepartments: departments,
    RegisterVisit: register_visit,
    FetchRegistration: registration,
    CancelRegistration: cancel_registration,
}
