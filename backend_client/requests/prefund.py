"""Holds that end, and prepaid balances: terms, top-ups, and applications for money back."""

from __future__ import annotations

from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import reader
from core.billing import Hold
from core.prepay import (
    CASH,
    TRANSFER,
    CleanOut,
    CleanOutPlan,
    CleanOuts,
    HoldRelease,
    PrepayTerms,
    ToppedUp,
)
from core.steps.prefund import (
    ApplyForCleanOut,
    FetchCleanOutPlan,
    FetchCleanOuts,
    FetchHoldRelease,
    FetchPatientHolds,
    FetchPrepayTerms,
    Holds,
    Payee,
    ResubmitPayee,
    TellHoldReleased,
    TopUpBalance,
)


def patient_holds(backend: Exchange, step: FetchPatientHolds) -> Told[Holds]:
    """Newest first."""
    return backend.get(reader(Holds), "/v1/patients/{}/holds", step.patient_id)


def hold_release(backend: Exchange, step: FetchHoldRelease) -> Told[HoldRelease]:
    """Where it may be ended."""
    return backend.get(reader(HoldRelease), "/v1/holds/{}/release", step.hold_id)


def tell_hold_released(backend: Exchange, step: TellHoldReleased) -> Told[Hold]:
    """A key of its own each time: an answer of before would hide what has happened since."""
    return backend.post(
        reader(Hold, hold_id=step.hold_id),
        "/v1/holds/{}/released",
        step.hold_id,
        body={},
        key=fresh_key(),
    )


def prepay_terms(backend: Exchange, step: FetchPrepayTerms) -> Told[PrepayTerms]:
    """By which rule, and within which limits."""
    path = "/v1/patients/{}/prepay-terms"
    if step.declared_need:
        path += "?declared_need=true"
    return backend.get(reader(PrepayTerms), path, step.patient_id)


def top_up(backend: Exchange, step: TopUpBalance) -> Told[ToppedUp]:
    """Once under the operation's id, however often it is told."""
    sale = step.sale
    body = {
        "patient_id": step.patient_id,
        "method": CASH if sale is None else TRANSFER,
        "amount_fen": step.amount_fen,
        "notes": [{"value_fen": n.value_fen, "count": n.count} for n in step.notes],
        "sale": None
        if sale is None
        else {
            "reference": sale.reference,
            "auth_code": sale.auth_code,
            "rrn": sale.rrn,
            "masked_card": sale.masked_card,
        },
        "consent": step.consent,
        "declared_need": step.declared_need,
    }
    key = f"{step.operation_id}/top-up"
    read = reader(ToppedUp, amount_fen=step.amount_fen)
    return backend.post(read, "/v1/prepay/top-ups", body=body, key=key)


def clean_out_plan(backend: Exchange, step: FetchCleanOutPlan) -> Told[CleanOutPlan]:
    """What an application would do."""
    return backend.get(reader(CleanOutPlan), "/v1/patients/{}/prepay/clean-out", step.patient_id)


def apply_for_clean_out(backend: Exchange, step: ApplyForCleanOut) -> Told[CleanOut]:
    """The backend takes one at a time."""
    body = {
        "patient_id": step.patient_id,
        "warned": step.warned,
        "face_check_id": step.face_check_id,
        "payee": None if step.payee is None else _account(step.payee),
    }
    return backend.post(reader(CleanOut), "/v1/prepay/clean-outs", body=body, key=fresh_key())


def clean_outs(backend: Exchange, step: FetchCleanOuts) -> Told[CleanOuts]:
    """Of one patient."""
    return backend.get(reader(CleanOuts), "/v1/patients/{}/prepay/clean-outs", step.patient_id)


def resubmit_payee(backend: Exchange, step: ResubmitPayee) -> Told[CleanOut]:
    """Where the money shall go instead."""
    return backend.post(
        reader(CleanOut, clean_out_id=step.clean_out_id),
        "/v1/prepay/clean-outs/{}/payee",
        step.clean_out_id,
        body=_account(step.payee),
        key=fresh_key(),
    )


def _account(payee: Payee) -> dict[str, str]:
    account = {"account_no": payee.account_no, "bank": payee.bank}
    return {**account, "name": payee.name} if payee.name else account


REQUESTS: Requests = {
    FetchPatientHolds: patient_holds,
    FetchHoldRelease: hold_release,
    TellHoldReleased: tell_hold_released,
    FetchPrepayTerms: prepay_terms,
    TopUpBalance: top_up,
    FetchCleanOutPlan: clean_out_plan,
    ApplyForCleanOut: apply_for_clean_out,
    FetchCleanOuts: clean_outs,
    ResubmitPayee: resubmit_payee,
}
