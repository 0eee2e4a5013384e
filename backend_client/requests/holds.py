"""Pre-authorisations: their limits, and what the POS approved."""

from __future__ import annotations

from dataclasses import asdict

from backend_client.exchange import Exchange, Requests, Told
from backend_client.shapes import reader
from core.billing import Hold, HoldTerms
from core.steps import FetchHoldTerms, RegisterHold


def hold_terms(backend: Exchange, step: FetchHoldTerms) -> Told[HoldTerms]:
    """May this patient place a hold, and between which limits (S10, S16)."""
    return backend.get(reader(HoldTerms), "/v1/patients/{}/hold-terms", step.patient_id)


def register_hold(backend: Exchange, step: RegisterHold) -> Told[Hold]:
    """Tell the backend what the POS approved."""
    body = {"patient_id": step.patient_id, **asdict(step.approved)}
    return backend.post(reader(Hold), "/v1/holds", body=body, key=f"{step.operation_id}/hold")


REQUESTS: Requests = {FetchHoldTerms: hold_terms, RegisterHold: register_hold}
