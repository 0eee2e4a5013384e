"""Arrears, repaired credit and findings of malice (docs/backend_api/deferral.md).

What a reader would get wrong: keys are fresh, because the backend keeps one standing finding for a
visit and confirms a repair once, whatever is repeated.
"""

from __future__ import annotations

from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import reader
from core.deferral import Suspension
from core.steps.window_later import (
    ConfirmRepair,
    FetchArrears,
    FetchFindings,
    FindMalicious,
    WithdrawFinding,
)
from core.window_later import ArrearsList, Finding, Findings


def arrears(backend: Exchange, _step: FetchArrears) -> Told[ArrearsList]:
    """The oldest first."""
    return backend.get(reader(ArrearsList), "/v1/deferral/arrears")


def confirm_repair(backend: Exchange, step: ConfirmRepair) -> Told[Suspension]:
    """Refused `not_paid` while anything is open."""
    path = "/v1/deferral/suspensions/{}/confirm-repair"
    read = reader(Suspension, reference=step.reference)
    return backend.post(read, path, step.reference, body={}, key=fresh_key())


def findings(backend: Exchange, step: FetchFindings) -> Told[Findings]:
    """The newest first."""
    return backend.get(reader(Findings), "/v1/patients/{}/deferral/flags", step.patient_id)


def find_malicious(backend: Exchange, step: FindMalicious) -> Told[Finding]:
    """The second person proves it with the own password."""
    body = {
        "evidence": step.evidence,
        "operator": step.second_operator,
        "password": step.second_password,
    }
    read = reader(Finding, registration_id=step.registration_id)
    path = "/v1/deferral/visits/{}/malicious"
    return backend.post(read, path, step.registration_id, body=body, key=fresh_key())


def withdraw(backend: Exchange, step: WithdrawFinding) -> Told[Finding]:
    """As it stands then."""
    read = reader(Finding, flag_id=step.flag_id, state="WITHDRAWN")
    path = "/v1/deferral/flags/{}/withdraw"
    return backend.post(read, path, step.flag_id, body={"reason": step.reason}, key=fresh_key())


REQUESTS: Requests = {
    FetchArrears: arrears,
    ConfirmRepair: confirm_repair,
    FetchFindings: findings,
    FindMalicious: find_malicious,
    WithdrawFinding: withdraw,
}
