"""Pre-authorisations: their limits, and what the POS approved."""

from __future__ import annotations

from dataclasses import asdict

from backend_client.exchange import Exchange, Requests, Told
from backend_client.shapes import reader
from core.billing import Hold, HoldTerms, Reauthorisation
from core.operation import pos_reference
from core.steps import FetchHoldTerms, RegisterHold
from core.steps.paying import AnnounceHold, FetchReauthorisation, TellOldReleased


def hold_terms(backend: Exchange, step: FetchHoldTerms) -> Told[HoldTerms]:
    """May this patient place a hold, and between which limits (S10, S16)."""
    return backend.get(reader(HoldTerms), "/v1/patients/{}/hold-terms", step.patient_id)


def register_hold(backend: Exchange, step: RegisterHold) -> Told[Hold]:
    """Tell the backend what the POS approved."""
    body = {"patient_id": step.patient_id, **asdict(step.approved)}
    return backend.post(reader(Hold), "/v1/holds", body=body, key=f"{step.operation_id}/hold")


def announce_hold(backend: Exchange, step: AnnounceHold) -> Told[Reauthorisation]:
    """The operation's id is the re-authorisation's, its reference the coming hold's."""
    return backend.post(
        reader(Reauthorisation, reauthorisation_id=step.operation_id),
        "/v1/holds/{}/reauthorise",
        step.hold_id,
        body={"reference": pos_reference(step.operation_id), "amount_fen": step.amount_fen},
        key=step.operation_id,
    )


def reauthorisation(backend: Exchange, step: FetchReauthorisation) -> Told[Reauthorisation]:
    """How far it is."""
    read = reader(Reauthorisation, reauthorisation_id=step.reauthorisation_id)
    return backend.get(read, "/v1/reauthorisations/{}", step.reauthorisation_id)


def tell_old_released(backend: Exchange, step: TellOldReleased) -> Told[Reauthorisation]:
    """The card terminal released the old hold."""
    return backend.post(
        reader(Reauthorisation, reauthorisation_id=step.reauthorisation_id),
        "/v1/reauthorisations/{}/old-released",
        step.reauthorisation_id,
        body={},
        key=f"{step.operation_id}/released",
    )


REQUESTS: Requests = {
    FetchHoldTerms: hold_terms,
    RegisterHold: register_hold,
    AnnounceHold: announce_hold,
    FetchReauthorisation: reauthorisation,
    TellOldReleased: tell_old_released,
}
