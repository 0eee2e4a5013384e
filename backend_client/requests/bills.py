"""What is to be paid, and the slip that sends a patient to a window with it."""

from __future__ import annotations

from backend_client import shapes
from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import reader
from core.billing import GiveUp
from core.slips import ReferralSlip
from core.steps import Bills, FetchBills, MakeReferral, Referral
from core.steps.paying import GiveUpItems


def bills(backend: Exchange, step: FetchBills) -> Told[Bills]:
    """What may be paid now."""
    return backend.get(shapes.open_bills, "/v1/patients/{}/bills", step.patient_id)


def make_referral(backend: Exchange, step: MakeReferral) -> Told[Referral]:
    """A slip to the window; nothing of money happens (S20)."""
    body = {
        "patient_id": step.patient.patient_id,
        "bill_ids": [bill.bill_id for bill in step.bills],
        "reason": step.reason,
    }
    read = reader(shapes.ReferralMade)
    match backend.post(read, "/v1/referrals", body=body, key=fresh_key()):
        case shapes.ReferralMade(slip, window):
            content = ReferralSlip(step.patient, step.bills, slip, window, step.reason)
            return Referral(content)
        case other:
            return other


def give_up_items(backend: Exchange, step: GiveUpItems) -> Told[GiveUp]:
    """A slip that asks a window to cancel them; another one does no harm, the window decides."""
    return backend.post(
        reader(GiveUp),
        "/v1/bills/{}/give-ups",
        step.bill.bill_id,
        body={"line_ids": list(step.line_ids)},
        key=fresh_key(),
    )


REQUESTS: Requests = {
    FetchBills: bills,
    GiveUpItems: give_up_items,
    MakeReferral: make_referral,
}
