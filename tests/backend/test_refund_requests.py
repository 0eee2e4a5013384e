"""Refunds by every tender and channel: asked at kiosk, ward or window, reviewed, carried out."""

from __future__ import annotations

import pytest
from backend_bench import CASHIER, SUPERVISOR, Backend, Json, Line, Platforms
from service_bench import KIOSK, LI_ID, WINDOW, House
from sqlalchemy import select
from staff_bench import Desk, sign_in
from tender_bench import CREDIT, DEBIT, FAMILY, REMOTE, WAYS, Way, due, pay, prepare
from visit_bench import WARD, admitted, asked_deposit, charged, notice, settle

from settlement_backend.base.errors import Refused
from settlement_backend.base.steps import Actor
from settlement_backend.inpatient import deposits
from settlement_backend.ledger import ledger
from settlement_backend.notices.tables import Notice
from settlement_backend.refunds.payouts import Payee
from settlement_backend.settling.tables import Tender

pytestmark = pytest.mark.slow

AT_KIOSK = Actor("", "K01", "kiosk")


def line_ids(told: Json) -> list[str]:
    return [line["line_id"] for bill in told["bills"] for line in bill["lines"]]


def agree(desk: Desk, refund: Json, reviewer: str = "2101") -> Json:
    """Reviewed by a second person, and confirmed here."""
    path = f"/v1/refunds/{refund['refund_id']}"
    review = {"operator": reviewer, "password": f"demo-{reviewer}", "approve": True}
    assert desk.done(f"{path}/review", review)["state"] == "REVIEWED"
    return desk.done(f"{path}/confirm", {})


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.kind)
def test_a_b4_every_tender_is_given_back_by_its_own_way(house: House, way: Way) -> None:
    prepare(house, house.person(LI_ID), way.kind)
    settled = pay(house, due(house, 2000), way)
    desk = sign_in(house, "2107")
    body = {
        "settlement_id": settled["settlement_id"],
        "line_ids": line_ids(settled),
        "reason": "not done",
    }

    told = agree(desk, desk.done("/v1/refunds", body))

    assert told["state"] == "PAID"
    assert [(part["route"], part["amount_fen"]) for part in told["parts"]] == [
        (way.kind, 2000),
        ("PREPAY_BALANCE", 8000),
    ]
    assert house.get(f"/v1/patients/{house.person(LI_ID)}/prepay")["balance_fen"] == 8000
    books = house.platforms.acquirer.books()
    refunded = sum(entry["refunded_fen"] for entry in books["orders"] + books["sales"])
    assert refunded == 2000


@pytest.mark.parametrize("kind", [DEBIT, FAMILY, REMOTE])
def test_w04_w31_payer_is_named_to_windows_only(house: House, kind: str) -> None:
    prepare(house, house.person(LI_ID), kind)
    settled = pay(house, due(house, 2000), next(way for way in WAYS if way.kind == kind))
    desk = sign_in(house, "2107")
    body = {
        "settlement_id": settled["settlement_id"],
        "line_ids": line_ids(settled),
        "reason": "not done",
    }
    refund_id = desk.done("/v1/refunds", body)["refund_id"]

    at_window = desk.get(f"/v1/refunds/{refund_id}")
    at_kiosk = house.get(f"/v1/refunds/{refund_id}")

    assert at_window["parts"][0]["payer"].startswith("李")
    assert at_kiosk["parts"][0]["payer"] == ""
    assert at_kiosk["warning"]["zh"]


def test_h20_kiosk_asks_and_a_window_reviews_and_pays(house: House) -> None:
    settled = pay_by_code(house)
    body = {
        "settlement_id": settled["settlement_id"],
        "line_ids": line_ids(settled),
        "reason": "not done",
    }
    asked = house.done("/v1/refunds", body)
    assert (asked["state"], asked["steps"][0]["operator"]) == ("ACCEPTED", "")
    li = house.person(LI_ID)
    mine = house.get(f"/v1/patients/{li}/refunds")["refunds"]
    assert [entry["refund_id"] for entry in mine] == [asked["refund_id"]]
    assert house.post(f"/v1/refunds/{asked['refund_id']}/confirm", {}).status_code == 401

    desk = sign_in(house, "2107")
    waiting = desk.get("/v1/refunds?state=ACCEPTED")["refunds"]
    assert [entry["refund_id"] for entry in waiting] == [asked["refund_id"]]
    told = agree(desk, asked, reviewer="2201")

    assert told["state"] == "PAID"
    assert [(step["step"], step["operator"]) for step in told["steps"]] == [
        ("ACCEPTED", ""),
        ("REVIEWED", "2201"),
        ("CONFIRMED", "2107"),
        ("PAID", ""),
    ]
    with house.service.db.read() as session:
        kinds = set(session.scalars(select(Notice.kind).where(Notice.person_id == li)))
    assert {"refund_accepted", "refund_paid"} <= kinds


def pay_by_code(house: House) -> Json:
    quoted = due(house, 2000)
    house.commit(quoted)
    return house.to_the_end(quoted["settlement_id"])


def test_w20_reviewer_does_not_confirm_alone_what_a_patient_asked_for(house: House) -> None:
    settled = pay_by_code(house)
    body = {
        "settlement_id": settled["settlement_id"],
        "line_ids": line_ids(settled),
        "reason": "not done",
    }
    asked = house.done("/v1/refunds", body)
    desk = sign_in(house, "2101")
    path = f"/v1/refunds/{asked['refund_id']}"
    desk.done(f"{path}/review", {"operator": "2101", "password": "demo-2101", "approve": True})

    assert desk.refused(f"{path}/confirm", {}) == "same_person"


def test_h26_a_b6_credit_refund_is_asked_for_at_a_window_only(house: House) -> None:
    prepare(house, house.person(LI_ID), CREDIT)
    settled = pay(house, due(house, 2000), Way(CREDIT))
    body = {
        "settlement_id": settled["settlement_id"],
        "line_ids": line_ids(settled),
        "reason": "not done",
    }

    assert house.refused("/v1/refunds", body) == "refund.elsewhere"
    assert sign_in(house, "2107").done("/v1/refunds", body)["state"] == "ACCEPTED"


def test_a_b6_credit_that_paid_a_stay_gets_its_money_back_at_the_window(house: House) -> None:
    patient = house.person(LI_ID)
    prepare(house, patient, CREDIT)
    admission_id = admitted(house, patient)
    charged(house, admission_id, "HYAL", "HYAL")
    body = {"patient_id": patient, "bills": [noticed_bill(house, admission_id)]}
    quoted = house.done("/v1/settlements", body, token=WINDOW)
    settled = house.commit(quoted, CREDIT, "", token=WINDOW)
    paid_fen = settled["tenders"][-1]["amount_fen"]
    desk = sign_in(house, "2107")
    asked = {
        "settlement_id": settled["settlement_id"],
        "line_ids": line_ids(settled),
        "reason": "not used",
    }
    assert house.refused("/v1/refunds", asked) == "refund.elsewhere"

    told = agree(desk, desk.done("/v1/refunds", asked))

    assert (told["state"], told["parts"][0]["route"]) == ("PAID", CREDIT)
    (order,) = house.platforms.acquirer.books()["orders"]
    assert order["refunded_fen"] == told["parts"][0]["amount_fen"] == paid_fen


def noticed_bill(house: House, admission_id: str) -> Json:
    """The bill of a stay that is over."""
    bill = notice(house, admission_id)["bill"]
    return {"bill_id": bill["bill_id"], "version": bill["version"]}


def test_h26_a_a11_rest_of_a_deposit_goes_back_after_discharge(house: House) -> None:
    li = house.person(LI_ID)
    admission_id = admitted(house, li)
    for amount_fen in (60000, 30000):
        settle(house, li, asked_deposit(house, admission_id, amount_fen))
    desk = sign_in(house, "2107")
    body = {"admission_id": admission_id, "reason": "discharged"}
    assert desk.refused("/v1/refunds/deposits", body) == "not_settled"
    charged(house, admission_id, "ECHO")
    stay = notice(house, admission_id)
    settle(house, li, stay["bill"], token=WINDOW)
    with house.service.db.read() as session:
        rest_fen = deposits.balance_fen(session, admission_id)
    assert 30000 < rest_fen < 90000
    assert house.post("/v1/refunds/deposits", body, token=KIOSK).json()["refused"] == (
        "refund.elsewhere"
    )

    asked = desk.done("/v1/refunds/deposits", body, key="K1")["refunds"]

    assert sum(refund["total_fen"] for refund in asked) == rest_fen
    assert desk.refused("/v1/refunds/deposits", body) == "nothing_to_refund"
    for refund in asked:
        assert agree(desk, refund)["state"] == "PAID"
    with house.service.db.read() as session:
        assert deposits.balance_fen(session, admission_id) == 0


def test_ward_without_an_operator_asks_for_nothing(house: House) -> None:
    body = {"settlement_id": "none", "line_ids": [], "reason": "x"}

    assert house.post("/v1/refunds", body, token=WARD).status_code == 401


# --- transfers of single parts


def paid(backend: Backend, *lines: Line) -> tuple[str, str]:
    bill_id = backend.bill(*lines)
    return bill_id, backend.pay(bill_id)


def age(backend: Backend, settlement_id: str, days: int) -> None:
    with backend.db.write() as session:
        for tender in session.scalars(select(Tender).where(Tender.settlement_id == settlement_id)):
            tender.taken_at = _days_ago(backend, days)


def _days_ago(backend: Backend, days: int) -> str:
    moment = backend.clock.moment
    backend.clock.pass_seconds(-days * 24 * 3600)
    then = backend.clock.now().isoformat(timespec="milliseconds")
    backend.clock.moment = moment
    return then


@pytest.mark.parametrize(
    ("days", "route", "rule"),
    [(365, "SCAN", "RF-ORIGINAL"), (366, "TRANSFER", "RF-CHANNEL-LIMIT")],
)
def test_plan_shows_the_day_from_which_money_is_transferred(
    backend: Backend, days: int, route: str, rule: str
) -> None:
    bill_id, settlement_id = paid(backend, Line(5000, "OWN"))
    age(backend, settlement_id, days)

    told = backend.refunds.request("K1", settlement_id, [f"{bill_id}-0"], "", CASHIER)

    part = told.parts[0]
    assert (part.route, part.rule_id) == (route, rule)
    assert part.why.zh and part.why.en
    assert told.needs == (("PAYEE",) if route == "TRANSFER" else ())


def test_account_told_before_the_review_is_paid_at_once(
    backend: Backend, platforms: Platforms
) -> None:
    bill_id, settlement_id = paid(backend, Line(5000, "OWN"))
    age(backend, settlement_id, 400)
    told = backend.refunds.request("K1", settlement_id, [f"{bill_id}-0"], "", CASHIER)
    account = Payee("", "6222021234567890123", "ICBC")

    told = backend.refunds.pay_to(told.refund_id, told.parts[0].part_id, account, CASHIER)
    assert (told.state, told.needs) == ("ACCEPTED", ())
    backend.refunds.review(told.refund_id, SUPERVISOR, True)
    assert backend.refunds.confirm(told.refund_id, CASHIER).state == "CONFIRMED"
    assert backend.refunds.unfinished() == []
    backend.send_transfers(looks=2)

    assert backend.refunds.view(told.refund_id, CASHIER).state == "PAID"
    assert [item["amount_fen"] for item in platforms.acquirer.books()["transfers"]] == [5000]
    with backend.db.read() as session:
        assert ledger.balance(session, f"refunding:{told.refund_id}") == 0
        assert ledger.balance(session, "outside:transfer") == 5000


def test_returned_transfer_of_a_refund_is_asked_for_again(backend: Backend) -> None:
    bill_id, settlement_id = paid(backend, Line(5000, "OWN"))
    age(backend, settlement_id, 400)
    refund_id = backend.agreed_refund(settlement_id, [f"{bill_id}-0"])
    part_id = backend.refunds.confirm(refund_id, CASHIER).parts[0].part_id
    wrong = Payee("", "6222021234567890404", "ICBC")
    backend.refunds.pay_to(refund_id, part_id, wrong, CASHIER)
    backend.send_transfers(looks=2)
    told = backend.refunds.view(refund_id, CASHIER)
    assert (told.state, told.needs) == ("NEED_REALNAME_RESUBMIT", ("PAYEE",))

    right = Payee("", "6222021234567890123", "ICBC")
    backend.refunds.pay_to(refund_id, part_id, right, CASHIER)
    with pytest.raises(Refused, match="not_a_transfer"):
        backend.refunds.pay_to(refund_id, part_id, right, CASHIER)
    backend.send_transfers(looks=2)

    assert backend.refunds.view(refund_id, CASHIER).state == "PAID"


def test_kiosk_hides_what_a_window_shows(backend: Backend) -> None:
    bill_id, settlement_id = paid(backend, Line(5000, "OWN"))

    told = backend.refunds.request("K1", settlement_id, [f"{bill_id}-0"], "", AT_KIOSK)

    assert told.warning is not None
    assert {part.payer for part in told.parts} == {""}
