"""Visits, settlements, holds and doubts: the client against the real backend."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import httpx
import pytest
from contract_money import free_doctor, paid_visit, pay, quote, visit
from contract_people import known_patient, new_patient
from house_of_processes import Addresses

from backend_client.client import BackendClient
from core.billing import Hold, HoldTerms, Registration, Settlement, SettlementState, TenderKind
from core.identity import Patient
from core.operation import OperationKind
from core.ports import Done, HoldApproved, NotSent, Refused
from core.slips import ReferralSlip
from core.steps import (
    Bills,
    CancelRegistration,
    CancelSettlement,
    CaseOpened,
    CommitSettlement,
    FetchBills,
    FetchHoldTerms,
    FetchRegistration,
    MakeReferral,
    OpenSettlement,
    Referral,
    RegisterHold,
    RegisterVisit,
    ReportSuspense,
    ReserveCard,
)
from core.window_steps import FetchQueue, Queue, ResolveSlip, SignInOperator, SlipMeaning

pytestmark = pytest.mark.slow


def test_visit_is_kept_paid_and_gets_its_number(kiosk: BackendClient) -> None:
    patient, kept, paid = paid_visit(kiosk)

    assert paid.state is SettlementState.COMPLETED
    assert (paid.due_fen, paid.total_fen) == (0, kept.bill.total_fen)
    assert paid.slip is not None
    assert kept.queue_number == ""
    told = kiosk.ask(FetchRegistration(kept.registration_id))
    assert isinstance(told, Registration)
    assert told.queue_number
    assert kiosk.ask(FetchBills(patient.patient_id)) == Bills(())
    assert kiosk.ask(CancelRegistration(kept.registration_id, "left")) == Refused(
        "bill_paid", "S29"
    )
    meant = kiosk.ask(ResolveSlip(paid.slip.qr_text))
    assert isinstance(meant, SlipMeaning)
    assert (meant.kind, meant.settlement_id) == ("S", paid.settlement_id)


def test_unpaid_place_is_replaced_and_one_being_paid_is_refused(
    kiosk: BackendClient, operation_id: str
) -> None:
    patient = new_patient(kiosk)
    schedule_id = free_doctor(kiosk).schedule_id
    first = kiosk.ask(RegisterVisit(patient.patient_id, schedule_id))
    assert isinstance(first, Registration)

    second = kiosk.ask(RegisterVisit(patient.patient_id, schedule_id))
    assert isinstance(second, Registration)
    assert second.registration_id != first.registration_id
    opened = kiosk.ask(OpenSettlement(uuid4().hex, patient.patient_id, (second.bill,)))
    assert isinstance(opened, Settlement)

    told = kiosk.ask(RegisterVisit(patient.patient_id, schedule_id))

    assert isinstance(told, Refused)
    assert told.reason == "already_registered"


def test_place_that_is_not_paid_can_be_given_back(kiosk: BackendClient) -> None:
    patient = new_patient(kiosk)
    kept = visit(kiosk, patient)
    assert kiosk.ask(CancelRegistration(kept.registration_id, "left")) == Done()
    assert kiosk.ask(CancelRegistration(kept.registration_id, "left")) == Done()
    lost = kiosk.ask(OpenSettlement(uuid4().hex, patient.patient_id, (kept.bill,)))
    assert isinstance(lost, Refused)
    assert lost.reason == "bill_changed"


def test_repeated_opening_is_the_same_settlement(kiosk: BackendClient, operation_id: str) -> None:
    patient = new_patient(kiosk)
    bill = visit(kiosk, patient).bill

    first = kiosk.ask(OpenSettlement(operation_id, patient.patient_id, (bill,)))

    assert isinstance(first, Settlement)
    assert first.state is SettlementState.QUOTED
    assert first.settlement_id == operation_id
    assert kiosk.ask(OpenSettlement(operation_id, patient.patient_id, (bill,))) == first
    other = kiosk.ask(OpenSettlement(uuid4().hex, patient.patient_id, (bill,)))
    assert isinstance(other, Refused)
    assert other.reason == "bill_locked"


def test_changed_bill_is_refused(kiosk: BackendClient, operation_id: str) -> None:
    patient = new_patient(kiosk)
    older = replace(visit(kiosk, patient).bill, version=999)

    told = kiosk.ask(OpenSettlement(operation_id, patient.patient_id, (older,)))

    assert isinstance(told, Refused)
    assert told.reason == "bill_changed"


@pytest.mark.parametrize(
    ("tender", "code", "more_fen", "reason"),
    [
        (TenderKind.SCAN, "134500000000000001", 1, "amount_changed"),
        (None, "", 0, "needs_tender"),
        (TenderKind.SCAN, "not a code", 0, "code_not_payment"),
        (TenderKind.CASH, "", 0, "tender_not_allowed"),
    ],
)
def test_commit_that_cannot_be_paid_is_refused_by_name_and_may_be_tried_again(
    kiosk: BackendClient, tender: TenderKind | None, code: str, more_fen: int, reason: str
) -> None:
    patient = new_patient(kiosk)
    quoted = quote(kiosk, patient, visit(kiosk, patient).bill)
    operation_id, due_fen = quoted.settlement_id, quoted.due_fen

    told = kiosk.ask(CommitSettlement(operation_id, 9, tender, code, due_fen + more_fen))

    assert isinstance(told, Refused)
    assert told.reason == reason
    assert pay(kiosk, quoted).state is SettlementState.COMPLETED


def test_slow_wallet_is_followed_to_its_end(kiosk: BackendClient) -> None:
    patient = new_patient(kiosk)

    paid = pay(kiosk, quote(kiosk, patient, visit(kiosk, patient).bill), "2222")

    assert paid.state is SettlementState.COMPLETED


def test_empty_wallet_is_reversed_with_a_reason(kiosk: BackendClient) -> None:
    patient = new_patient(kiosk)

    told = pay(kiosk, quote(kiosk, patient, visit(kiosk, patient).bill), "1111")

    assert told.state in (SettlementState.REVERSED, SettlementState.CANCELLED)
    assert told.trouble == "pay_not_enough"


def test_cancelled_quote_frees_its_bill_and_a_paid_one_is_not_cancelled(
    kiosk: BackendClient,
) -> None:
    patient = new_patient(kiosk)
    bill = visit(kiosk, patient).bill
    quoted = quote(kiosk, patient, bill)

    cancelled = kiosk.ask(CancelSettlement(quoted.settlement_id, "left"))

    assert isinstance(cancelled, Settlement)
    assert cancelled.state is SettlementState.CANCELLED
    late = kiosk.ask(
        CommitSettlement(
            quoted.settlement_id, 1, TenderKind.SCAN, "134500000000000001", quoted.due_fen
        )
    )
    assert late == Refused("not_open")
    paid = pay(kiosk, quote(kiosk, patient, bill))
    assert kiosk.ask(CancelSettlement(paid.settlement_id, "left")) == Refused("completed")
    again = kiosk.ask(OpenSettlement(uuid4().hex, patient.patient_id, (bill,)))
    assert isinstance(again, Refused)
    assert again.reason == "bill_paid"


def test_settlement_nobody_opened_was_not_sent(kiosk: BackendClient, operation_id: str) -> None:
    assert kiosk.settlement(operation_id) == NotSent("unknown_settlement")


@pytest.mark.expects_warnings("backend_client.exchange")
def test_key_with_another_body_changes_nothing(kiosk: BackendClient, operation_id: str) -> None:
    patient, other = new_patient(kiosk), new_patient(kiosk)
    kiosk.ask(ReserveCard(operation_id, patient.patient_id))

    assert kiosk.ask(ReserveCard(operation_id, other.patient_id)) == Refused("other")


def test_special_identity_is_sent_to_a_window_with_a_slip(
    kiosk: BackendClient, window: BackendClient, operation_id: str
) -> None:
    patient = known_patient(kiosk, "260000000017")
    told = kiosk.ask(FetchBills(patient.patient_id))
    assert isinstance(told, Bills)
    assert told.bills

    refused = kiosk.ask(OpenSettlement(operation_id, patient.patient_id, told.bills))
    assert isinstance(refused, Refused)
    assert refused.reason == "window_only"
    referral = kiosk.ask(MakeReferral(patient, told.bills, refused.reason))
    assert isinstance(referral, Referral)
    assert isinstance(referral.content, ReferralSlip)
    slip = referral.content.slip
    assert not isinstance(window.ask(SignInOperator("2107", "demo-2107")), Refused)
    meant = window.ask(ResolveSlip(slip.qr_text))
    assert isinstance(meant, SlipMeaning)
    assert isinstance(meant.patient, Patient)
    assert meant.patient.patient_id == patient.patient_id
    assert meant.bill_ids == tuple(bill.bill_id for bill in told.bills)
    queue = window.ask(FetchQueue())
    assert isinstance(queue, Queue)
    assert slip.slip_id in [entry.reference for entry in queue.entries]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("ZF1.R.none.AAAAAAAAAAAAAAAAAAAAAAAAAA", "slip_forged"), ("ZF1.R", "slip_forged")],
)
def test_forged_slip_is_refused(window: BackendClient, text: str, reason: str) -> None:
    window.ask(SignInOperator("2107", "demo-2107"))

    assert window.ask(ResolveSlip(text)) == Refused(reason)


def test_hold_the_bank_approved_is_registered_once(
    kiosk: BackendClient, addresses: Addresses, operation_id: str
) -> None:
    patient = new_patient(kiosk)
    terms = kiosk.ask(FetchHoldTerms(patient.patient_id))
    assert isinstance(terms, HoldTerms)
    assert terms.allowed
    assert terms.min_fen <= terms.suggestions_fen[0] <= terms.max_fen
    approved = _approved(addresses, operation_id, terms.max_fen)

    hold = kiosk.ask(RegisterHold(operation_id, patient.patient_id, approved))

    assert isinstance(hold, Hold)
    assert (hold.amount_fen, hold.remaining_fen, hold.state) == (
        terms.max_fen,
        terms.max_fen,
        "HELD",
    )
    assert kiosk.ask(RegisterHold(operation_id, patient.patient_id, approved)) == hold


def test_hold_that_must_not_be_is_refused_by_name(
    kiosk: BackendClient, addresses: Addresses, operation_id: str
) -> None:
    patient_id = new_patient(kiosk).patient_id
    terms = kiosk.ask(FetchHoldTerms(patient_id))
    assert isinstance(terms, HoldTerms)
    approved = _approved(addresses, operation_id, terms.min_fen)
    over = _approved(addresses, operation_id + "x", terms.max_fen + 1)
    told = {
        "full_card_number": replace(approved, masked_card="6222021234561234"),
        "not_at_acquirer": replace(approved, auth_code="000000", rrn="000000000000"),
        "limits": over,
    }

    for reason, asked in told.items():
        refused = kiosk.ask(RegisterHold(uuid4().hex, patient_id, asked))
        assert isinstance(refused, Refused)
        assert refused.reason == reason


def test_doubt_gets_an_owner_once(kiosk: BackendClient, operation_id: str) -> None:
    told = kiosk.ask(ReportSuspense(operation_id, OperationKind.HOLD, 50000, "the POS was silent"))

    assert isinstance(told, CaseOpened)
    assert told.owner
    again = kiosk.ask(ReportSuspense(operation_id, OperationKind.HOLD, 50000, "the POS was silent"))
    assert again == told


def _approved(addresses: Addresses, reference: str, amount_fen: int) -> HoldApproved:
    """What a POS would tell after the acquirer approved."""
    asked = {
        "reference": reference,
        "terminal_id": "12345678",
        "amount_fen": amount_fen,
        "pan": "6222021234561234",
        "expiry": "3012",
    }
    told = httpx.post(f"{addresses.acquirer}/pos/holds", json=asked).json()
    assert told["result"] == "approved"
    return HoldApproved(
        reference=reference,
        masked_card="622202******1234",
        auth_code=told["auth_code"],
        rrn=told["rrn"],
        trace="000001",
        receipt="0001",
        pos_terminal_id="12345678",
        merchant_id="898330280000001",
        amount_fen=amount_fen,
    )
