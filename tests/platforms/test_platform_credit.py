"""Credit lines: signing, confirmation, what takes room of a line and what gives it back."""

import hashlib

import pytest
from platforms_bench import HTTP, WANG_ID, Json, Platform

CHILD_ID = "330302201805124529"
DIGEST = hashlib.sha256(WANG_ID.encode()).hexdigest()
CHILD_DIGEST = hashlib.sha256(CHILD_ID.encode()).hexdigest()


def refused(code: str) -> Json:
    return {"result": "FAIL", "code": code}


def line(acquirer: Platform, **more: object) -> None:
    order: Json = {"contract_no": "C1", "id_number": WANG_ID, "owner": "王建国", **more}
    acquirer.control("sign_credit", **{"limit_fen": 10_000, **order})


def confirm(acquirer: Platform, contract: str = "C1", id_number: str = WANG_ID) -> Json:
    return acquirer.ask("/credit/confirm", contract_no=contract, id_number=id_number)


def borrow(
    acquirer: Platform,
    order_no: str,
    amount_fen: int,
    contract: str = "C1",
    digest: str = DIGEST,
) -> Json:
    return acquirer.ask(
        "/credit/debit",
        contract_no=contract,
        order_no=order_no,
        amount_fen=amount_fen,
        patient_digest=digest,
    )


def available_fen(acquirer: Platform, contract: str = "C1") -> int:
    told = acquirer.ask("/credit/query", contract_no=contract)
    return int(told["contracts"][0]["available_fen"])


@pytest.mark.parametrize("form", ["CREDIT_CARD", "DIGITAL"])
def test_h07_both_forms_of_credit_are_told(acquirer: Platform, form: str) -> None:
    unsigned = {"signed": False, "contracts": []}
    assert acquirer.ask("/credit/query", id_number=WANG_ID) == unsigned
    line(acquirer, form=form)
    assert acquirer.ask("/credit/query", id_number=WANG_ID) == {
        "signed": True,
        "contracts": [
            {
                "contract_no": "C1",
                "signed": True,
                "product": "BANK_CREDIT_LINE",
                "form": form,
                "kind": "OWN",
                "risk_bearer": "BANK",
                "limit_fen": 10_000,
                "available_fen": 10_000,
                "owner_mask": "王**",
            }
        ],
    }


def test_a_b1_h32_only_the_confirmed_holder_spends_a_line(acquirer: Platform) -> None:
    line(acquirer)
    assert borrow(acquirer, "O1", 1) == refused("NOT_CONFIRMED")
    assert confirm(acquirer, id_number=CHILD_ID) == refused("NOT_THE_HOLDER")
    assert confirm(acquirer, "X") == refused("CONTRACT_NOT_FOUND")
    assert confirm(acquirer) == {"result": "CONFIRMED"}
    assert borrow(acquirer, "O1", 1, digest=CHILD_DIGEST) == refused("NOT_THE_HOLDER")
    assert borrow(acquirer, "O1", 1, "X") == refused("CONTRACT_NOT_FOUND")
    assert borrow(acquirer, "O1", 1)["channel"] == "CREDIT"


def test_h30_line_goes_down_with_a_debit_and_up_with_what_comes_back(acquirer: Platform) -> None:
    line(acquirer)
    confirm(acquirer)
    borrow(acquirer, "O1", 4_000)
    borrow(acquirer, "O2", 5_000)
    assert borrow(acquirer, "O3", 1_001) == refused("NOT_ENOUGH")
    assert available_fen(acquirer) == 1_000
    acquirer.ask("/pay/refund", order_no="O1", refund_no="R1", amount_fen=1_500)
    assert available_fen(acquirer) == 2_500
    acquirer.ask("/pay/reverse", order_no="O2")
    assert available_fen(acquirer) == 7_500
    acquirer.control("repay_credit", contract_no="C1", amount_fen=2_500)
    assert available_fen(acquirer) == 10_000
    assert borrow(acquirer, "O2", 5_000) == refused("ORDER_CLOSED")


def test_debit_in_progress_takes_up_room_of_the_line(acquirer: Platform) -> None:
    line(acquirer)
    confirm(acquirer)
    acquirer.control("next_pay", outcome="systemerror", then="never")
    assert borrow(acquirer, "O1", 9_000) == {"result": "SYSTEMERROR"}
    assert available_fen(acquirer) == 1_000
    assert acquirer.ask("/pay/reverse", order_no="O1") == {"result": "CLOSED"}
    assert available_fen(acquirer) == 10_000


def test_h28_h31_c03_relative_spends_the_owners_line(acquirer: Platform) -> None:
    line(acquirer)
    acquirer.control("share_credit", contract_no="C1", id_number=CHILD_ID, family_contract_no="F1")
    told = acquirer.ask("/credit/query", id_number=CHILD_ID)["contracts"][0]
    assert (told["kind"], told["owner_mask"]) == ("FAMILY", "王**")
    confirm(acquirer, "F1", CHILD_ID)
    assert borrow(acquirer, "O1", 4_000, "F1", CHILD_DIGEST)["result"] == "SUCCESS"
    assert acquirer.ask("/pay/query", order_no="O1")["payer_mask"] == "王**"
    assert (available_fen(acquirer), available_fen(acquirer, "F1")) == (6_000, 6_000)
    acquirer.control("cancel_credit", contract_no="C1")
    assert borrow(acquirer, "O2", 1, "F1", CHILD_DIGEST) == refused("CONTRACT_CANCELLED")
    assert acquirer.ask("/credit/query", id_number=CHILD_ID)["signed"] is False
    assert confirm(acquirer) == refused("CONTRACT_CANCELLED")


@pytest.mark.parametrize(
    ("product", "bearer"),
    [("BANK_CREDIT_LINE", "BANK"), ("BANK_LOAN", "BANK"), ("PLATFORM_CREDIT", "PLATFORM")],
)
def test_l13_l14_product_tells_who_bears_the_risk(
    acquirer: Platform, product: str, bearer: str
) -> None:
    shown = acquirer.ask("/credit/enrol", reference="E1", product=product, id_number=WANG_ID)
    assert set(shown) == {"code_url"}
    line(acquirer, product=product)
    told = acquirer.ask("/credit/query", contract_no="C1")["contracts"][0]
    assert (told["product"], told["risk_bearer"]) == (product, bearer)
    assert acquirer.books()["enrolments"] == [{"reference": "E1", "hint": product}]


def test_l15_platform_credit_is_debited_once_for_the_whole_visit(acquirer: Platform) -> None:
    line(acquirer, product="PLATFORM_CREDIT")
    confirm(acquirer)
    assert borrow(acquirer, "O1", 5_000)["result"] == "SUCCESS"
    assert borrow(acquirer, "O1", 5_000) == refused("ORDER_PAID")
    assert available_fen(acquirer) == 5_000


def test_h32_transaction_confirmed_and_abuse_recorded_once(acquirer: Platform) -> None:
    line(acquirer)
    confirm(acquirer)
    borrow(acquirer, "O1", 500)
    path = "/credit/confirm_debit"
    assert acquirer.ask(path, order_no="O1", amount_fen=499) == refused("AMOUNT_DIFFERS")
    assert acquirer.ask(path, order_no="O9", amount_fen=500) == refused("ORDER_NOT_FOUND")
    assert acquirer.ask(path, order_no="O1", amount_fen=500) == {"result": "CONFIRMED"}
    order = acquirer.books()["orders"][0]
    assert (order["confirmed"], order["patient_digest"]) == (True, DIGEST)
    report: Json = {"reference": "A1", "contract_no": "C1", "reason": "sold the medicine"}
    for _ in range(2):
        assert acquirer.ask("/credit/report_abuse", **report) == {"result": "RECORDED"}
    assert acquirer.books()["abuse_reports"] == [report]
    unknown = acquirer.ask("/credit/report_abuse", **{**report, "contract_no": "X"})
    assert unknown == refused("CONTRACT_NOT_FOUND")


def test_number_is_signed_once(acquirer: Platform) -> None:
    line(acquirer)
    again = {"do": "sign_credit", "contract_no": "C1", "id_number": "1", "owner": "X"}
    url = f"{acquirer.url}/control"
    assert HTTP.post(url, json={**again, "limit_fen": 1}).status_code == 409
