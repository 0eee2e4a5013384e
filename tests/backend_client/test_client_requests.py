"""Each method: the literal request it makes, its key, and what the answer becomes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from client_bench import Bench
from contract_answers import (
    BILL,
    BILL_JSON,
    DEPARTMENT,
    DEPARTMENTS_JSON,
    HOLD,
    HOLD_JSON,
    HOLD_TERMS,
    HOLD_TERMS_JSON,
    OPERATOR,
    OPERATOR_JSON,
    PATIENT,
    PATIENT_JSON,
    QUEUE_ENTRY,
    QUEUE_JSON,
    REFUND,
    REFUND_JSON,
    REGISTRATION,
    REGISTRATION_JSON,
    SETTLEMENT,
    SETTLEMENT_JSON,
    SIGN_ON_JSON,
    SIGNED_ON,
    SLIP_JSON,
    SLIP_MEANING,
    Json,
    body,
    text,
)
from scripted_backend import Turn, answer

from backend_client.client import BackendClient
from backend_client.requests import REQUESTS
from core.billing import Slip, TenderKind, Text
from core.flow import Act
from core.identity import IdDocument, Medium, MediumKind
from core.operation import OperationKind
from core.ports import Done, HoldApproved
from core.slips import ReferralSlip
from core.steps import (
    ActivateCard,
    Bills,
    CancelRegistration,
    CancelSettlement,
    CardReserved,
    CaseOpened,
    CommitSettlement,
    Departments,
    FetchBills,
    FetchDepartments,
    FetchHoldTerms,
    FetchRegistration,
    FindPatient,
    MakeReferral,
    OpenSettlement,
    Referral,
    RegisterHold,
    RegisterPerson,
    RegisterVisit,
    ReportSuspense,
    ReserveCard,
    VoidCard,
)
from core.window_steps import (
    ConfirmRefund,
    FetchOperator,
    FetchPatient,
    FetchQueue,
    FetchSettlements,
    Queue,
    RequestRefund,
    ResolveSlip,
    ReviewRefund,
    Settlements,
    SignInOperator,
)

DOCUMENT = IdDocument(
    name="王建国",
    sex="M",
    ethnic="汉",
    birth_date="1955-01-12",
    address="示范路1号",
    id_number="330302195501123419",
    issuer="示范公安局",
    valid_from="2015-01-01",
    valid_to="",
)
DOCUMENT_JSON: Json = {
    "name": "王建国",
    "sex": "M",
    "ethnic": "汉",
    "birth_date": "1955-01-12",
    "address": "示范路1号",
    "id_number": "330302195501123419",
    "issuer": "示范公安局",
    "valid_from": "2015-01-01",
    "valid_to": "",
}
APPROVED = HoldApproved(
    reference="op-1",
    masked_card="622202******1234",
    auth_code="A1",
    rrn="R1",
    trace="000001",
    receipt="0007",
    pos_terminal_id="P1",
    merchant_id="M1",
    amount_fen=50000,
)
APPROVED_JSON: Json = {
    "patient_id": "p-1",
    "reference": "op-1",
    "masked_card": "622202******1234",
    "auth_code": "A1",
    "rrn": "R1",
    "trace": "000001",
    "receipt": "0007",
    "pos_terminal_id": "P1",
    "merchant_id": "M1",
    "amount_fen": 50000,
}


FRESH = "a fresh key"


@dataclass(frozen=True, slots=True)
class Case:
    """One request. `sends` None: a GET without a body. `key` FRESH: one that nobody used."""

    asks: Act[Any] | Callable[[BackendClient], object]
    line: str
    sends: Json | None
    key: str
    told: Json
    reply: object
    status: int = 200

    def ask(self, client: BackendClient) -> object:
        """Once."""
        return client.ask(self.asks) if isinstance(self.asks, Act) else self.asks(client)


CASES: dict[str, Case] = {
    "sign_on": Case(
        lambda c: c.sign_on(17, "ab12", "0.1.0"),
        "POST /v1/terminals/sign-on",
        {"journal_seq": 17, "journal_head": "ab12", "software": "0.1.0"},
        "",
        SIGN_ON_JSON,
        SIGNED_ON,
    ),
    "find_patient": Case(
        FindPatient(Medium(MediumKind.EC_CODE, "E" * 28)),
        "POST /v1/people/identify",
        {"medium": {"kind": "EC_CODE", "value": "E" * 28}},
        "",
        PATIENT_JSON,
        PATIENT,
    ),
    "patient": Case(
        FetchPatient("p-1"),
        "GET /v1/patients/p-1",
        None,
        "",
        PATIENT_JSON,
        PATIENT,
    ),
    "register_person": Case(
        RegisterPerson(DOCUMENT, "13800000000", "2026-1"),
        "POST /v1/people",
        {
            "document": DOCUMENT_JSON,
            "phone": "13800000000",
            "consent": {
                "notice_version": "2026-1",
                "accepted_at": "2026-03-05T09:02:03+08:00",
            },
        },
        FRESH,
        PATIENT_JSON,
        PATIENT,
        201,
    ),
    "reserve_card": Case(
        ReserveCard("op-1", "p-1"),
        "POST /v1/cards",
        {"patient_id": "p-1"},
        "op-1/reserve",
        {"card_number": "260000000033", "state": "RESERVED"},
        CardReserved("260000000033"),
        201,
    ),
    "activate_card": Case(
        ActivateCard("op-1", "260000000033", "04C0FFEE"),
        "POST /v1/cards/260000000033/activate",
        {"uid": "04C0FFEE"},
        "op-1/activate",
        {"card_number": "260000000033", "state": "ACTIVE"},
        Done(),
    ),
    "void_card": Case(
        VoidCard("op-1", "260000000033", "jam"),
        "POST /v1/cards/260000000033/void",
        {"reason": "jam"},
        "op-1/void",
        {"card_number": "260000000033", "state": "VOID"},
        Done(),
    ),
    "departments": Case(
        FetchDepartments(),
        "GET /v1/departments",
        None,
        "",
        DEPARTMENTS_JSON,
        Departments((DEPARTMENT,)),
    ),
    "register_visit": Case(
        RegisterVisit("p-1", "d-1"),
        "POST /v1/registrations",
        {"patient_id": "p-1", "schedule_id": "d-1"},
        FRESH,
        REGISTRATION_JSON,
        REGISTRATION,
        201,
    ),
    "registration": Case(
        FetchRegistration("g-1"),
        "GET /v1/registrations/g-1",
        None,
        "",
        REGISTRATION_JSON,
        REGISTRATION,
    ),
    "cancel_registration": Case(
        CancelRegistration("g-1", "left"),
        "POST /v1/registrations/g-1/cancel",
        {"reason": "left"},
        "g-1/cancel",
        {"registration_id": "g-1", "state": "CANCELLED"},
        Done(),
    ),
    "bills": Case(
        FetchBills("p-1"),
        "GET /v1/patients/p-1/bills",
        None,
        "",
        {"bills": [{**BILL_JSON, "state": "OPEN", "paying": ""}]},
        Bills((BILL,)),
    ),
    "make_referral": Case(
        MakeReferral(PATIENT, (BILL,), "window_only"),
        "POST /v1/referrals",
        {"patient_id": "p-1", "bill_ids": ["b-1"], "reason": "window_only"},
        FRESH,
        {
            "slip": {"slip_id": "s-2", "qr_text": "ZF1.R.s-2.MAC"},
            "window": text("7号窗口", "Window 7"),
        },
        Referral(
            ReferralSlip(
                PATIENT,
                (BILL,),
                Slip("s-2", "ZF1.R.s-2.MAC"),
                Text("7号窗口", "Window 7"),
                "window_only",
            )
        ),
        201,
    ),
    "open_settlement": Case(
        OpenSettlement("op-1", "p-1", (BILL,)),
        "POST /v1/settlements",
        {"patient_id": "p-1", "bills": [{"bill_id": "b-1", "version": 3}]},
        "op-1",
        SETTLEMENT_JSON,
        SETTLEMENT,
        201,
    ),
    "commit_settlement": Case(
        CommitSettlement("op-1", 2, TenderKind.SCAN, "134500000000000001", 200),
        "POST /v1/settlements/op-1/commit",
        {"tender": "SCAN", "auth_code": "134500000000000001", "amount_fen": 200},
        "op-1/commit/2",
        SETTLEMENT_JSON,
        SETTLEMENT,
    ),
    "commit_settlement without a tender": Case(
        CommitSettlement("op-1", 1, None, "", 0),
        "POST /v1/settlements/op-1/commit",
        {"tender": "NONE", "auth_code": "", "amount_fen": 0},
        "op-1/commit/1",
        SETTLEMENT_JSON,
        SETTLEMENT,
    ),
    "settlement": Case(
        lambda c: c.settlement("op-1"),
        "GET /v1/settlements/op-1",
        None,
        "",
        SETTLEMENT_JSON,
        SETTLEMENT,
    ),
    "cancel_settlement": Case(
        CancelSettlement("op-1", "left"),
        "POST /v1/settlements/op-1/cancel",
        {"reason": "left"},
        "op-1/cancel",
        SETTLEMENT_JSON,
        SETTLEMENT,
    ),
    "settlements": Case(
        FetchSettlements("p-1"),
        "GET /v1/patients/p-1/settlements",
        None,
        "",
        {"settlements": [SETTLEMENT_JSON]},
        Settlements((SETTLEMENT,)),
    ),
    "hold_terms": Case(
        FetchHoldTerms("p-1"),
        "GET /v1/patients/p-1/hold-terms",
        None,
        "",
        HOLD_TERMS_JSON,
        HOLD_TERMS,
    ),
    "register_hold": Case(
        RegisterHold("op-1", "p-1", APPROVED),
        "POST /v1/holds",
        APPROVED_JSON,
        "op-1/hold",
        HOLD_JSON,
        HOLD,
        201,
    ),
    "report_suspense": Case(
        ReportSuspense("op-1", OperationKind.HOLD, 50000, "pos silent"),
        "POST /v1/suspense",
        {
            "operation_kind": "hold",
            "operation_id": "op-1",
            "amount_fen": 50000,
            "evidence": "pos silent",
            "patient_id": None,
        },
        "op-1/suspense",
        {"case_id": "c-1", "owner": "supervisor", "due_at": "2026-03-06T09:00:00+08:00"},
        CaseOpened("c-1", "supervisor"),
        201,
    ),
    "resolve_slip": Case(
        ResolveSlip("ZF1.R.s-2.MAC"),
        "POST /v1/slips/resolve",
        {"text": "ZF1.R.s-2.MAC"},
        "",
        SLIP_JSON,
        SLIP_MEANING,
    ),
    "sign_in_operator": Case(
        SignInOperator("2107", "secret"),
        "POST /v1/operators/sign-in",
        {"operator": "2107", "password": "secret"},
        "",
        OPERATOR_JSON,
        OPERATOR,
    ),
    "operator": Case(FetchOperator(), "GET /v1/operators/me", None, "", OPERATOR_JSON, OPERATOR),
    "queue": Case(FetchQueue(), "GET /v1/queue", None, "", QUEUE_JSON, Queue((QUEUE_ENTRY,))),
    "request_refund": Case(
        RequestRefund("op-1", "op-0", ("l-1",), "not done"),
        "POST /v1/refunds",
        {"settlement_id": "op-0", "line_ids": ["l-1"], "reason": "not done"},
        "op-1/refund",
        REFUND_JSON,
        REFUND,
        201,
    ),
    "review_refund": Case(
        ReviewRefund("op-1", 2, "r-1", "2101", "secret", True),
        "POST /v1/refunds/r-1/review",
        {"operator": "2101", "password": "secret", "approve": True},
        "op-1/review/2",
        REFUND_JSON,
        REFUND,
    ),
    "confirm_refund": Case(
        ConfirmRefund("op-1", "r-1"),
        "POST /v1/refunds/r-1/confirm",
        {},
        "op-1/confirm",
        REFUND_JSON,
        REFUND,
    ),
    "refund": Case(lambda c: c.refund("r-1"), "GET /v1/refunds/r-1", None, "", REFUND_JSON, REFUND),
}


def test_every_request_has_a_case() -> None:
    assert {type(case.asks) for case in CASES.values()} >= set(REQUESTS)


@pytest.mark.parametrize("name", CASES)
def test_request_and_reply(bench: Bench, name: str) -> None:
    case = CASES[name]
    backend = bench.backend([Turn(answer(case.status, body(case.told)))])

    assert case.ask(bench.client(backend.url)) == case.reply

    heard = backend.heard[0]
    sent: Any = json.loads(heard.body) if heard.body else None
    assert heard.line == f"{case.line} HTTP/1.1"
    assert sent == case.sends
    key = heard.headers.get("idempotency-key", "")
    assert (uuid.UUID(key).version == 4) if case.key == FRESH else (key == case.key)
    assert heard.headers["authorization"] == "Bearer terminal-token"
    assert heard.headers["x-journal-seq"] == "17"
    assert heard.headers["x-journal-head"] == "ab12"


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if case.key not in ("", FRESH)]
)
def test_same_operation_makes_the_same_request_again(bench: Bench, name: str) -> None:
    case = CASES[name]
    turn = Turn(answer(case.status, body(case.told)))
    backend = bench.backend([turn, turn])
    client = bench.client(backend.url)

    case.ask(client)
    bench.clock.now = bench.clock.now.replace(hour=23)
    case.ask(client)

    first, second = backend.heard
    assert first == second


def test_id_cannot_reach_another_address(bench: Bench) -> None:
    backend = bench.backend([Turn(answer(200, body(PATIENT_JSON)))])

    bench.client(backend.url).ask(FetchPatient("p/../../v1?x={}#王"))

    assert backend.heard[0].line == (
        "GET /v1/patients/p%2F..%2F..%2Fv1%3Fx%3D%7B%7D%23%E7%8E%8B HTTP/1.1"
    )


def test_operator_is_named_from_sign_in_to_sign_out(bench: Bench) -> None:
    queue = Turn(answer(200, body(QUEUE_JSON)))
    signed_in = Turn(answer(200, body(OPERATOR_JSON)))
    signed_out = Turn(answer(200, b'{"signed_out": true}'))
    backend = bench.backend([queue, signed_in, queue, signed_out, queue])
    client = bench.client(backend.url)

    client.ask(FetchQueue())
    client.ask(SignInOperator("2107", "secret"))
    client.ask(FetchQueue())
    client.sign_out_operator()
    client.ask(FetchQueue())

    tokens = [heard.headers.get("x-operator-token") for heard in backend.heard]
    assert tokens == [None, None, "staff-token", "staff-token", None]
