"""Every way to pay: taken, declined, silent, given back; the platforms' books agree afterwards."""

from __future__ import annotations

import pytest
from backend_bench import Json, Line, Platforms
from people_bench import ACCEPTED, DAUGHTER_ID
from service_bench import LI_CODE, LI_ID, WINDOW, House, commit_body, components, tenders
from tender_bench import (
    AT_ONCE,
    CARD,
    CREDIT,
    DEBIT,
    FAMILY,
    MOBILE,
    ONE_CODE,
    REMOTE,
    WAYS,
    Way,
    bind,
    commit,
    due,
    pay,
    pos_sells,
    pos_word,
    prepare,
)

pytestmark = pytest.mark.slow

SILENCE = pytest.mark.expects_warnings("settlement_backend")
BY_KIND = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.kind)
AT_ONCE_BY_KIND = pytest.mark.parametrize("way", AT_ONCE, ids=lambda way: way.kind)
PATHS = {
    DEBIT: "/agreements/debit",
    CREDIT: "/credit/debit",
    FAMILY: "/credit/debit",
    ONE_CODE: "/pay/micropay",
    CARD: "/sales/query",
    REMOTE: "/pay/precreate",
}


def ready(house: House, way: Way, amount_fen: int = 2000) -> Json:
    """A quote, with everything signed that this way needs."""
    prepare(house, house.person(LI_ID), way.kind)
    return due(house, amount_fen, way.token)


def assert_nothing_kept(house: House, quoted: Json) -> None:
    """As if nobody had tried."""
    assert house.bill_state(quoted["bills"][0]["bill_id"]) == "OPEN"
    assert house.prepaid_fen(house.person(LI_ID)) == 8000
    assert house.books()["settled_fen"] == 0
    assert all(sale["state"] == "VOIDED" for sale in house.platforms.acquirer.books()["sales"])
    house.assert_world_agrees()


@BY_KIND
def test_tender_pays_what_is_due_once(house: House, way: Way) -> None:
    quoted = ready(house, way)

    told = pay(house, quoted, way)

    assert (told["state"], told["trouble"]) == ("COMPLETED", "")
    assert tenders(told) == [("PREPAY_BALANCE", 8000, "TAKEN"), (way.kind, 2000, "TAKEN")]
    assert components(told)["SELF_PAY"] == 10000
    assert house.books()["money_in_fen"][way.kind] == 2000
    house.assert_world_agrees()


@BY_KIND
def test_tender_is_offered_with_the_rule_that_allows_it(house: House, way: Way) -> None:
    option = next(o for o in ready(house, way)["options"] if o["kind"] == way.kind)

    assert (option["allowed"], option["reason"]) == (True, "")
    assert option["rule_id"]


@SILENCE
@pytest.mark.parametrize("fault", ["answer_lost", "silent"])
@BY_KIND
def test_tender_whose_word_is_lost_is_asked_about_and_paid_once(
    house: House, platforms: Platforms, way: Way, fault: str
) -> None:
    """A one-time code that never arrived cannot be sent again: then everything goes back."""
    quoted = ready(house, way)
    platforms.acquirer.fault(PATHS[way.kind], fault)

    told = commit(house, quoted, way)
    assert told["state"] == "PAYING"
    if way.kind == CARD:
        pos_sells(platforms.acquirer, told["pos"]["reference"], 2000)
        pos_word(house, told, "UNKNOWN")
    if way.kind == REMOTE:
        house.later(1.0)
        platforms.acquirer.control(
            "scan_qr", order_no=told["tenders"][-1]["tender_id"], payer="李明"
        )
    ended = house.to_the_end(quoted["settlement_id"])

    lost = way.kind == ONE_CODE and fault == "silent"
    assert ended["state"] == ("REVERSED" if lost else "COMPLETED")
    assert len(platforms.acquirer.books()["orders"]) <= 1
    house.assert_world_agrees()


@pytest.mark.parametrize(
    ("kind", "code", "trouble"),
    [
        (DEBIT, "NOT_ENOUGH", "pay_not_enough"),
        (DEBIT, "OVER_LIMIT", "daily_limit"),
        (DEBIT, "AGREEMENT_CANCELLED", "agreement_ended"),
        (CREDIT, "NOT_ENOUGH", "pay_not_enough"),
        (FAMILY, "CONTRACT_CANCELLED", "agreement_ended"),
        (ONE_CODE, "NOT_ENOUGH", "pay_not_enough"),
        (ONE_CODE, "AUTH_CODE_EXPIRED", "pay_code_expired"),
    ],
)
def test_declined_tender_reverses_and_says_what_to_try(
    house: House, platforms: Platforms, kind: str, code: str, trouble: str
) -> None:
    way = next(way for way in WAYS if way.kind == kind)
    quoted = ready(house, way)
    platforms.acquirer.control("next_pay", outcome=f"fail:{code}")

    told = commit(house, quoted, way)

    assert (told["state"], told["trouble"]) == ("REVERSED", trouble)
    assert "SCAN" in told["try_next"]
    assert kind not in told["try_next"]
    assert_nothing_kept(house, quoted)


@SILENCE
@AT_ONCE_BY_KIND
def test_tender_nobody_confirms_is_taken_back_at_its_limit(
    house: House, platforms: Platforms, way: Way
) -> None:
    quoted = ready(house, way)
    platforms.acquirer.control("next_pay", outcome="systemerror", polls=99, then="never")

    ended = None if commit(house, quoted, way)["state"] != "PAYING" else house
    told = house.to_the_end(quoted["settlement_id"])

    assert ended is house
    assert (told["state"], told["trouble"]) == ("REVERSED", "pay_not_confirmed")
    assert_nothing_kept(house, quoted)


@pytest.mark.parametrize("kind", [CARD, REMOTE])
def test_tender_somebody_else_never_pays_ends_by_itself(house: House, kind: str) -> None:
    way = next(way for way in WAYS if way.kind == kind)
    quoted = ready(house, way)
    told = commit(house, quoted, way)
    assert told["state"] == "PAYING"

    ended = house.to_the_end(quoted["settlement_id"], seconds=20)

    assert (ended["state"], ended["trouble"]) == ("REVERSED", "pay_not_confirmed")
    assert (ended["pos"], ended["remote"]) == (None, None)
    assert_nothing_kept(house, quoted)


@BY_KIND
def test_patient_who_leaves_while_it_is_paid_gets_everything_back(
    house: House, platforms: Platforms, way: Way
) -> None:
    quoted = ready(house, way)
    if way in AT_ONCE:
        platforms.acquirer.control("next_pay", outcome="userpaying", polls=3)
    told = commit(house, quoted, way)
    assert told["state"] == "PAYING"

    house.done(f"/v1/settlements/{quoted['settlement_id']}/cancel", {"reason": "left"})
    ended = house.to_the_end(quoted["settlement_id"])

    assert (ended["state"], ended["trouble"]) == ("REVERSED", "left")
    assert_nothing_kept(house, quoted)


@pytest.mark.parametrize("kind", [CARD, REMOTE])
def test_payment_that_arrives_after_leaving_goes_back(
    house: House, platforms: Platforms, kind: str
) -> None:
    way = next(way for way in WAYS if way.kind == kind)
    quoted = ready(house, way)
    told = commit(house, quoted, way)
    if kind == CARD:
        pos_sells(platforms.acquirer, told["pos"]["reference"], 2000)
    else:
        number = told["tenders"][-1]["tender_id"]
        platforms.acquirer.control("scan_qr", order_no=number, payer="李明")

    house.done(f"/v1/settlements/{quoted['settlement_id']}/cancel", {"reason": "left"})
    ended = house.to_the_end(quoted["settlement_id"])

    assert ended["state"] == "REVERSED"
    assert_nothing_kept(house, quoted)


def test_same_commitment_again_pays_once(house: House, platforms: Platforms) -> None:
    way = WAYS[0]
    quoted = ready(house, way)

    told = [commit(house, quoted, way, key="commit-1") for _ in range(2)]

    assert told[0] == told[1]
    assert len(platforms.acquirer.books()["orders"]) == 1


# --- one-code (W12-W14)


def test_w12_one_code_pays_with_the_scanned_e_code(house: House, platforms: Platforms) -> None:
    way = next(way for way in WAYS if way.kind == ONE_CODE)

    told = pay(house, ready(house, way), way)

    assert told["state"] == "COMPLETED"
    order = platforms.acquirer.books()["orders"][0]
    assert (order["amount_fen"], order["channel"]) == (2000, "WECHAT")


@SILENCE
def test_w13_credential_is_got_before_the_insurance_settles(
    house: House, platforms: Platforms
) -> None:
    way = next(way for way in WAYS if way.kind == ONE_CODE)
    quoted = ready(house, way)
    platforms.acquirer.fault("/onecode/credential", "silent")

    path = f"/v1/settlements/{quoted['settlement_id']}/commit"
    body = {"tender": ONE_CODE, "auth_code": LI_CODE, "amount_fen": 2000}

    assert house.refused(path, body) == "one_code_silent"
    assert platforms.insurance.books()["settlements"] == []
    assert house.settlement(quoted["settlement_id"])["state"] == "QUOTED"


def test_w14_one_code_that_is_not_signed_is_refused_before_anything_moves(
    house: House, platforms: Platforms
) -> None:
    quoted = due(house)
    path = f"/v1/settlements/{quoted['settlement_id']}/commit"
    body = {"tender": ONE_CODE, "auth_code": LI_CODE, "amount_fen": 2000}

    assert house.refused(path, body) == "one_code_not_signed"

    assert platforms.acquirer.books()["orders"] == []
    assert house.commit(quoted)["state"] == "COMPLETED"


def test_e_code_of_somebody_else_pays_nothing(house: House, platforms: Platforms) -> None:
    platforms.acquirer.control("one_code", signed=True, channel="WECHAT")
    quoted = due(house)
    path = f"/v1/settlements/{quoted['settlement_id']}/commit"
    body = {"tender": ONE_CODE, "auth_code": "ECDEMO0000000000000000WANGJ1", "amount_fen": 2000}

    assert house.refused(path, body) == "not_found"


# --- a relative pays on the phone (N18)


def relative(house: House, patient: str) -> str:
    """Somebody whom the patient lets pay."""
    asked = {"kind": "CHILD", "name": "李明", "id_number": DAUGHTER_ID, "phone": "13900000000"}
    body = {**asked, "proof": "", "may_see": True, "may_pay": True}
    told = house.done(f"/v1/patients/{patient}/relatives", body, token=MOBILE)
    house.done(f"/v1/relatives/{told['relation_id']}/agree", {"consent": ACCEPTED})
    return str(told["relation_id"])


def test_n18_bill_a_relative_pays_is_locked_and_then_paid_by_him(
    house: House, platforms: Platforms
) -> None:
    way = next(way for way in WAYS if way.kind == REMOTE)
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(10_000, "OWN"))
    body = {"patient_id": patient, "bills": [{"bill_id": bill_id, "version": 1}]}
    by_relative = {**body, "relation_id": relative(house, patient)}
    quoted = house.done("/v1/settlements", by_relative, token=MOBILE)
    told = commit(house, quoted, way)

    meanwhile = house.post("/v1/settlements", body).json()
    assert told["remote"]["code_url"].startswith("https://")
    assert meanwhile == {"refused": "bill_locked", "detail": "being_paid_by_relative"}

    number = told["tenders"][-1]["tender_id"]
    platforms.acquirer.control("scan_qr", order_no=number, payer="李明")
    ended = house.to_the_end(quoted["settlement_id"])

    assert (ended["state"], ended["tenders"][-1]["payer"]) == ("COMPLETED", "李*")
    again = house.post("/v1/settlements", body).json()
    assert again == {"refused": "bill_paid", "detail": "paid_by_relative"}


def test_remote_payment_is_not_for_kiosks(house: House) -> None:
    quoted = due(house)
    body = {"tender": REMOTE, "auth_code": "WECHAT", "amount_fen": 2000}
    path = f"/v1/settlements/{quoted['settlement_id']}/commit"

    assert house.refused(path, body) == "tender_not_allowed"


# --- card sales of the terminal (S49)


def test_sale_that_the_acquirer_does_not_know_is_not_believed(house: House) -> None:
    quoted = due(house)
    told = commit(house, quoted, Way(CARD))

    assert pos_word(house, told, "DONE")["state"] == "PAYING"
    house.later(1.0)
    assert house.settlement(quoted["settlement_id"])["state"] == "PAYING"


@SILENCE
def test_sale_of_another_amount_is_a_doubt_and_goes_back(
    house: House, platforms: Platforms
) -> None:
    quoted = due(house)
    told = commit(house, quoted, Way(CARD))
    pos_sells(platforms.acquirer, told["pos"]["reference"], 1)

    pos_word(house, told, "DONE")
    ended = house.to_the_end(quoted["settlement_id"], seconds=20)

    assert ended["state"] == "REVERSED"
    assert_nothing_kept(house, quoted)


def test_card_the_terminal_refused_reverses_at_once(house: House, platforms: Platforms) -> None:
    quoted = due(house)
    told = commit(house, quoted, Way(CARD))
    declined = pos_sells(platforms.acquirer, told["pos"]["reference"], 2000, "6222020000000051")
    assert declined["result"] == "declined"

    ended = pos_word(house, told, "REFUSED")

    assert (ended["state"], ended["trouble"]) == ("REVERSED", "pay_not_confirmed")
    assert_nothing_kept(house, quoted)


def test_word_of_another_terminal_is_not_heard(house: House) -> None:
    told = commit(house, due(house), Way(CARD))
    body = {"tender_id": told["pos"]["tender_id"], "word": "REFUSED"}
    path = f"/v1/settlements/{told['settlement_id']}/pos-word"

    assert house.refused(path, body, token=WINDOW) == "tender_not_allowed"
    assert house.post(path, {**body, "tender_id": "none"}).status_code == 404


# --- where and for whom


def test_quote_names_every_way_and_why_not(house: House) -> None:
    options = {o["kind"]: (o["allowed"], o["reason"]) for o in due(house)["options"]}

    assert options == {
        "SCAN": (True, ""),
        "CASH": (False, "window_only"),
        "CREDIT_LINE": (False, "no_agreement"),
        "FAMILY_CREDIT_LINE": (False, "no_agreement"),
        "BOUND_DEBIT": (False, "no_agreement"),
        "ONE_CODE": (True, ""),
        "BANK_CARD": (True, ""),
        "REMOTE": (False, "not_offered"),
    }


def test_phone_pays_by_what_is_signed_and_by_a_relative(house: House) -> None:
    options = {o["kind"]: o["allowed"] for o in due(house, token=MOBILE)["options"]}

    assert [kind for kind, allowed in options.items() if allowed] == ["REMOTE"]


def test_n06_bills_of_a_day_are_paid_together_by_one_tender(house: House) -> None:
    patient = house.person(LI_ID)
    bind(house, patient)
    bills = [house.bill(patient, Line(9000, "OWN")) for _ in range(3)]
    quoted = house.open(patient, bills)

    told = house.commit(quoted, DEBIT, "")

    assert (told["state"], told["total_fen"]) == ("COMPLETED", 27000)
    assert [house.bill_state(bill) for bill in bills] == ["PAID"] * 3


def test_n11_bill_paid_early_leaves_only_the_others_open(house: House) -> None:
    patient = house.person(LI_ID)
    early, later = (house.bill(patient, Line(9000, "OWN")) for _ in range(2))
    house.commit(house.open(patient, [early]))

    told = house.commit(house.open(patient, [later]), auth_code="134567890123000001")

    assert [bill["bill_id"] for bill in told["bills"]] == [later]


def test_w07_bill_settled_in_the_clinic_is_not_charged_again(house: House) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(9000, "OWN"))
    quoted = house.open(patient, [bill_id], token="demo-clinic")
    house.commit(quoted, token="demo-clinic")

    body = {"patient_id": patient, "bills": [{"bill_id": bill_id, "version": 1}]}

    assert house.refused("/v1/settlements", body) == "bill_paid"
    assert house.refused("/v1/settlements", body, token=WINDOW) == "bill_paid"


def test_unknown_way_is_malformed(house: House) -> None:
    quoted = due(house)
    body = {**commit_body(quoted), "tender": "GOLD"}

    answer = house.post(f"/v1/settlements/{quoted['settlement_id']}/commit", body)

    assert answer.status_code == 422
