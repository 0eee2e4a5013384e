"""A day of the hospital beside its banks' files, the insurance, its terminals and its statement."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from backend_bench import PAY_CODE, Json, Line
from service_bench import ALIPAY_CODE, WANG_ID, WINDOW, House, new_key
from staff_bench import AUDITOR, CASHIER, FINANCE, SUPERVISOR, Desk, sign_in

from settlement_backend.cases.tables import Case
from settlement_backend.insurance.tables import InsuranceSettlement
from settlement_backend.ledger import ledger
from settlement_backend.reconciliation.tables import ReconciliationLine
from settlement_backend.settling.tables import Tender

pytestmark = pytest.mark.slow


@pytest.fixture
def dated(house: House) -> House:
    """The banks' clocks stand with the house's."""
    house.register_wang()
    set_clocks(house)
    return house


def set_clocks(house: House) -> None:
    now = house.clock.now().replace(tzinfo=None).isoformat(timespec="seconds")
    for bank in (house.platforms.acquirer, house.platforms.partner):
        bank.control("clock", now=now)


def next_morning(house: House, days: int = 1) -> None:
    """Eleven o'clock, so many days later."""
    moment = house.clock.now() + timedelta(days=days)
    house.clock.moment = moment.replace(hour=11, minute=0)
    set_clocks(house)


def pay(house: House, amount_fen: int = 12_000, code: str = PAY_CODE) -> str:
    """At the kiosk by a wallet; the order number."""
    person_id = house.person(WANG_ID)
    bill_id = house.bill(person_id, Line(amount_fen, "OWN"))
    told = house.commit(house.open(person_id, [bill_id]), auth_code=code)
    assert told["state"] == "COMPLETED", told
    with house.service.db.read() as session:
        (tender,) = session.query(Tender).filter(Tender.settlement_id == told["settlement_id"])
        return tender.id


def run(house: House, day: date) -> None:
    house.service.reconciliation.run(day)


def lines(house: House, day: date) -> dict[str, str]:
    with house.service.db.read() as session:
        found = session.query(ReconciliationLine).filter(ReconciliationLine.day == day.isoformat())
        return {line.number: line.verdict for line in found}


def finance(house: House) -> Desk:
    return sign_in(house, FINANCE)


def test_s44_day_without_faults_agrees_on_every_leg(dated: House) -> None:
    day = dated.clock.now().date()
    orders = [pay(dated), pay(dated, 7_700, ALIPAY_CODE)]
    dated.hold(dated.person(WANG_ID), 50_000)
    next_morning(dated)

    run(dated, day)
    desk = finance(dated)
    told = desk.get(f"/v1/reconciliation/days/{day}")

    assert lines(dated, day) == dict.fromkeys(orders, "MATCHED")
    assert told["verdicts"] == [{"verdict": "MATCHED", "count": 2, "apart_fen": 0}]
    assert told["insurance"]["state"] == "AGREES"
    files = {(c["bank"], c["channel"]): c for c in told["channels"]}
    assert files["lead", "WECHAT"]["file_in_fen"] == files["lead", "WECHAT"]["booked_in_fen"]
    assert files["lead", "UNIONPAY"]["file_state"] == "EMPTY"
    assert {c["file_state"] for c in told["channels"]} == {"READY", "EMPTY"}
    assert dated.books()["open_cases"] == []


def test_s11_completed_hold_stands_in_the_card_file_under_its_order(dated: House) -> None:
    day = dated.clock.now().date()
    person_id = dated.person(WANG_ID)
    dated.hold(person_id, 50_000)
    bill_id = dated.bill(person_id, Line(30_000, "OWN"))
    told = dated.commit(dated.open(person_id, [bill_id]))
    assert [tender["kind"] for tender in told["tenders"]] == ["PREAUTH"]
    next_morning(dated)

    run(dated, day)

    assert lines(dated, day) == {told["tenders"][0]["tender_id"]: "MATCHED"}


def test_s23_finance_closes_a_day_once_and_only_when_nothing_is_unknown(dated: House) -> None:
    day = dated.clock.now().date()
    pay(dated)
    desk = finance(dated)
    assert desk.refused(f"/v1/reconciliation/days/{day}/run", {}) == "day_not_over"
    assert desk.refused(f"/v1/reconciliation/days/{day}/close", {}) == "not_ready"
    next_morning(dated)
    run(dated, day)
    desk = finance(dated)

    closed = desk.done(f"/v1/reconciliation/days/{day}/close", {})

    assert closed["closed_by"] == FINANCE
    assert desk.refused(f"/v1/reconciliation/days/{day}/close", {}) == "day_closed"


def test_files_come_late_and_the_day_is_run_until_the_next_one_is_read(dated: House) -> None:
    day, service = dated.clock.now().date(), dated.service.reconciliation
    order = pay(dated)
    assert service.due() == []
    dated.clock.moment += timedelta(days=1)
    service.run_due()
    assert lines(dated, day) == {order: "NOT_READY"}
    assert service.due() == [day.isoformat()]

    set_clocks(dated)
    dated.platforms.acquirer.fault(f"/files/WECHAT/{day:%Y%m%d}", "http_500")
    service.run_due()
    assert lines(dated, day) == {order: "NOT_READY"}
    service.run_due()
    assert lines(dated, day) == {order: "MATCHED"}
    assert service.due() == [day.isoformat()]

    next_morning(dated)
    service.run_due()
    assert day.isoformat() not in service.due()


def test_s44_every_difference_has_a_case_and_the_same_day_again_adds_none(dated: House) -> None:
    day, bank = dated.clock.now().date(), dated.platforms.acquirer
    codes = (f"1345678901234567{place:02d}" for place in range(4))
    lost, other, late, right = (pay(dated, code=code) for code in codes)
    bank.control("drop_row", number=lost)
    bank.control("change_amount", number=other, amount_fen=11_999)
    bank.control("move_to_next_day", number=late)
    bank.control(
        "add_row", channel="ALIPAY", day=f"{day:%Y%m%d}", number="FOREIGN1", amount_fen=900
    )
    next_morning(dated)

    run(dated, day)
    found = {
        **{lost: "ONLY_HERE", other: "AMOUNT_DIFF", late: "ONLY_HERE", right: "MATCHED"},
        "FOREIGN1": "ONLY_THERE",
    }
    assert lines(dated, day) == found
    amounts = sorted(case["amount_fen"] for case in dated.books()["open_cases"])
    assert amounts == [1, 900, 12_000, 12_000]
    run(dated, day)
    assert lines(dated, day) == found
    assert len(dated.books()["open_cases"]) == 4

    next_morning(dated)
    run(dated, day)
    assert lines(dated, day) == {**found, late: "MATCHED"}
    with dated.service.db.read() as session:
        (agreed,) = session.query(Case).filter(Case.state == "RESOLVED")
        assert (agreed.outcome, agreed.resolved_by) == ("AGREES", "")


def corrected(desk: Desk, line: Json, **more: str) -> tuple[str, Json]:
    body = {"reason": "the bank's statement shows it", **more}
    return f"/v1/reconciliation/lines/{line['line_id']}/correct", body


def test_i1_ledger_is_corrected_by_one_posting_that_two_persons_order(dated: House) -> None:
    day, bank = dated.clock.now().date(), dated.platforms.acquirer
    order = pay(dated)
    bank.control("change_amount", number=order, amount_fen=12_300)
    next_morning(dated)
    run(dated, day)
    desk = finance(dated)
    (line,) = desk.get(f"/v1/reconciliation/lines?day={day}&verdict=AMOUNT_DIFF")["lines"]
    path, body = corrected(desk, line)

    assert desk.refused(path, body) == "second_person_needed"
    own = {"second_operator": FINANCE, "second_password": f"demo-{FINANCE}"}
    assert desk.refused(path, {**body, **own}) == "same_person"
    second = {"second_operator": SUPERVISOR, "second_password": f"demo-{SUPERVISOR}"}
    done = desk.done(path, {**body, **second})

    assert done["correction"] == f"correct/{line['line_id']}"
    assert desk.refused(path, {**body, **second}) == "corrected"
    with dated.service.db.read() as session:
        assert ledger.balance(session, f"difference:{line['line_id']}") == 300
        case = session.get_one(Case, line["case_id"])
        ended = (case.state, case.outcome, case.resolved_by, case.second_by)
        assert ended == ("RESOLVED", "CORRECTED", FINANCE, SUPERVISOR)
    run(dated, day)
    assert lines(dated, day) == {order: "AMOUNT_DIFF"}
    assert dated.books()["open_cases"] == []


def test_refund_is_found_under_its_own_number_and_a_reversal_by_its_order(dated: House) -> None:
    day = dated.clock.now().date()
    order = pay(dated)
    with dated.service.db.read() as session:
        settlement_id = session.get_one(Tender, order).settlement_id
    bill = dated.settlement(settlement_id)["bills"][0]
    desk = sign_in(dated, CASHIER)
    asked = desk.done(
        "/v1/refunds",
        {
            "settlement_id": settlement_id,
            "line_ids": [bill["lines"][0]["line_id"]],
            "reason": "not done",
        },
    )
    reviewer = {"operator": "2102", "password": "demo-2102", "approve": True}
    desk.done(f"/v1/refunds/{asked['refund_id']}/review", reviewer)
    paid = desk.done(f"/v1/refunds/{asked['refund_id']}/confirm", {})
    assert paid["state"] == "PAID"
    next_morning(dated)

    run(dated, day)

    assert sorted(lines(dated, day).values()) == ["MATCHED", "MATCHED"]
    told = finance(dated).get(f"/v1/reconciliation/days/{day}")
    (wechat,) = [c for c in told["channels"] if (c["bank"], c["channel"]) == ("lead", "WECHAT")]
    assert wechat["file_in_fen"] == wechat["file_out_fen"] == wechat["booked_out_fen"]


def test_s44_insurance_line_that_differs_gets_a_case(dated: House) -> None:
    day = dated.clock.now().date()
    person_id = dated.person(WANG_ID)
    bill_id = dated.bill(person_id, Line(10_000, "A"))
    dated.commit(dated.open(person_id, [bill_id]))
    with dated.service.db.write() as session:
        (row,) = session.query(InsuranceSettlement)
        row.total_fen, row.fund_fen = row.total_fen + 100, row.fund_fen + 100
        setl_id = row.setl_id
    next_morning(dated)

    run(dated, day)

    told = finance(dated).get(f"/v1/reconciliation/days/{day}")["insurance"]
    assert (told["state"], told["our_fen"] - told["their_fen"]) == ("DIFFERS", 100)
    assert lines(dated, day)[setl_id] == "AMOUNT_DIFF"
    with dated.service.db.write() as session:
        (row,) = session.query(InsuranceSettlement)
        row.total_fen, row.fund_fen = row.total_fen - 100, row.fund_fen - 100
    run(dated, day)
    assert setl_id not in lines(dated, day)
    assert dated.books()["open_cases"] == []


def test_s23_what_the_bank_credited_is_held_against_its_file(dated: House) -> None:
    day = dated.clock.now().date()
    pay(dated)
    next_morning(dated)
    run(dated, day)
    desk = finance(dated)
    body = {
        "day": day.isoformat(),
        "bank": "lead",
        "channel": "WECHAT",
        "amount_fen": 12_000,
        "reference": "STATEMENT-1",
    }

    def credit() -> str:
        told = desk.get(f"/v1/reconciliation/days/{day}")
        found = {(c["bank"], c["channel"]): c["credit"] for c in told["channels"]}
        return str(found["lead", "WECHAT"])

    assert credit() == "NOT_READY"
    desk.done("/v1/reconciliation/credits", body)
    assert credit() == "MATCHED"
    assert desk.done("/v1/reconciliation/credits", body, key=new_key())["amount_fen"] == 12_000
    assert credit() == "MATCHED"
    assert desk.post("/v1/reconciliation/credits", {**body, "amount_fen": 1}).status_code == 422
    desk.done("/v1/reconciliation/credits", {**body, "amount_fen": -5, "reference": "STATEMENT-2"})
    assert credit() == "AMOUNT_DIFF"


def test_i1_terminal_journal_beside_the_ledger(dated: House) -> None:
    day = dated.clock.now().date().isoformat()
    pay(dated)
    right = {"kind": "SCAN", "taken_fen": 12_000, "given_fen": 0}
    cash = {"kind": "CASH", "taken_fen": 5_000, "given_fen": 0}

    first = dated.done("/v1/reconciliation/terminal-totals", {"day": day, "totals": [right]})
    second = dated.done("/v1/reconciliation/terminal-totals", {"day": day, "totals": [right, cash]})

    assert [t["verdict"] for t in first["totals"]] == ["MATCHED"]
    assert {t["kind"]: t["verdict"] for t in second["totals"]} == {
        "SCAN": "MATCHED",
        "CASH": "ONLY_THERE",
    }
    (case,) = dated.books()["open_cases"]
    assert (case["operation_id"], case["amount_fen"]) == (f"K01/{day}/CASH", 5_000)


def test_s45_report_has_its_fixed_form_and_balances_sum_to_nothing(dated: House) -> None:
    day = dated.clock.now().date()
    order = pay(dated)
    dated.platforms.acquirer.control("drop_row", number=order)
    next_morning(dated)
    run(dated, day)
    desk = sign_in(dated, AUDITOR)

    headers = {"X-Operator-Token": desk.operator_token}
    path = f"/v1/reconciliation/days/{day}/report.csv"
    rows = dated.ask("GET", path, token=WINDOW, headers=headers).content.decode("utf-8-sig")
    told = desk.get(f"/v1/reconciliation/days/{day}")

    listed = rows.splitlines()
    assert listed[0] == "section,name,detail,ours,theirs,credited,state,reference"
    assert any(row.startswith("CHANNEL,lead:WECHAT,READY,120.00,0.00,0.00,") for row in listed)
    assert any(f"LINE,lead:WECHAT,PAY {order},120.00,0.00,,ONLY_HERE,C" in row for row in listed)
    assert sum(balance["amount_fen"] for balance in told["balances"]) == 0
    campuses = {campus["campus"]: campus["receivable_fen"] for campus in told["campuses"]}
    assert campuses == {"": 12_000, "MAIN": 12_000}
    assert told["receivable_fen"] == 12_000
