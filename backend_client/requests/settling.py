"""Settlements, and doubts handed to a person."""

from __future__ import annotations

from backend_client import shapes
from backend_client.exchange import Exchange, Requests, Told
from backend_client.shapes import reader
from core.billing import Settlement
from core.ports import NotSent, Refused, Unknown
from core.prepay import Residual
from core.steps import (
    CancelSettlement,
    CaseOpened,
    CommitSettlement,
    OpenSettlement,
    ReportSuspense,
)
from core.steps.paying import FetchResidual, TellPosWord


def open_settlement(backend: Exchange, step: OpenSettlement) -> Told[Settlement]:
    """Lock the bills and quote; the settlement's id is the operation's."""
    named = [{"bill_id": bill.bill_id, "version": bill.version} for bill in step.bills]
    return backend.post(
        shapes.settlement_of(step.operation_id),
        "/v1/settlements",
        body={"patient_id": step.patient_id, "bills": named, "with_pos": step.with_pos},
        key=step.operation_id,
    )


def commit_settlement(backend: Exchange, step: CommitSettlement) -> Told[Settlement]:
    """Pay. `tender` None: existing money covers it. `attempt` counts refused tries."""
    kind = "NONE" if step.tender is None else step.tender.value
    return backend.post(
        shapes.settlement_of(step.operation_id),
        "/v1/settlements/{}/commit",
        step.operation_id,
        body={
            "tender": kind,
            "auth_code": step.auth_code,
            "amount_fen": step.due_fen,
            "handed_fen": step.handed_fen,
            "change_fen": step.change_fen,
            "part_cash_fen": step.part_cash_fen,
        },
        key=f"{step.operation_id}/commit/{step.attempt}",
    )


def tell_pos_word(backend: Exchange, step: TellPosWord) -> Told[Settlement]:
    """What the card terminal said; told once for a tender, whatever comes to be known later."""
    return backend.post(
        shapes.settlement_of(step.operation_id),
        "/v1/settlements/{}/pos-word",
        step.operation_id,
        body={"tender_id": step.tender_id, "word": step.word.value},
        key=f"{step.tender_id}/word/{step.word.value}",
    )


def residual(backend: Exchange, step: FetchResidual) -> Told[Residual]:
    """Unused money after it, and what the profile says about that."""
    return backend.get(reader(Residual), "/v1/settlements/{}/residual", step.settlement_id)


def cancel_settlement(backend: Exchange, step: CancelSettlement) -> Told[Settlement]:
    """Undo, in reverse order; answers with what is true afterwards."""
    return backend.post(
        shapes.settlement_of(step.operation_id),
        "/v1/settlements/{}/cancel",
        step.operation_id,
        body={"reason": step.reason},
        key=f"{step.operation_id}/cancel",
    )


def look_at_settlement(backend: Exchange, operation_id: str) -> Settlement | NotSent | Unknown:
    """Once, for FollowSettlement.

    NotSent has that Act's meaning and comes only from the backend's own word that it knows no
    such settlement; a backend that cannot be reached is Unknown.
    """
    read = shapes.settlement_of(operation_id)
    match backend.get(read, "/v1/settlements/{}", operation_id):
        case Refused("unknown_settlement" as reason):
            return NotSent(reason)
        case Refused(reason) | NotSent(reason):
            return Unknown(reason)
        case told:
            return told


def report_suspense(backend: Exchange, step: ReportSuspense) -> Told[CaseOpened]:
    """Hand a doubt to a person, with the evidence there is."""
    body = {
        "operation_kind": step.kind.value,
        "operation_id": step.operation_id,
        "amount_fen": step.amount_fen,
        "evidence": step.evidence,
        "patient_id": None,
    }
    key = f"{step.operation_id}/suspense"
    return backend.post(reader(CaseOpened), "/v1/suspense", body=body, key=key)


REQUESTS: Requests = {
    OpenSettlement: open_settlement,
    CommitSettlement: commit_settlement,
    TellPosWord: tell_pos_word,
    FetchResidual: residual,
    CancelSettlement: cancel_settlement,
    ReportSuspense: report_suspense,
}
