"""Card sales and refunds: every row of the contract the card terminal uses."""

from datetime import date
from pathlib import Path

from platforms_bench import Bench, Json, Platform

from sandbox.platforms.acquirer.pos_wire import PosAnswer, PosCharge
from sandbox.platforms.acquirer.sales import PosRefund, SaleBooks
from sandbox.units.pos_host import CardCharge, PosHost

GOOD, POOR, OTHER = "6217000000000000017", "6217000000000000051", "6217000000000000022"
APPROVED = {"result": "approved"}
INVALID, TOO_MUCH, UNKNOWN, DUPLICATE = (
    {"result": "declined", "code": code} for code in ("12", "13", "25", "94")
)
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def card(reference: str, amount_fen: int, pan: str) -> Json:
    return {
        "reference": reference,
        "terminal_id": "T1",
        "amount_fen": amount_fen,
        "pan": pan,
        "expiry": "3012",
    }


def sell(
    acquirer: Platform, reference: str = "S1", amount_fen: int = 10_000, pan: str = GOOD
) -> Json:
    return acquirer.ask("/pos/sales", **card(reference, amount_fen, pan))


def refund(
    acquirer: Platform,
    original: str | None,
    reference: str = "R1",
    amount_fen: int = 4_000,
    pan: str = GOOD,
) -> Json:
    body = card(reference, amount_fen, pan)
    return acquirer.ask("/pos/refunds", **body, original_auth_code=original)


def void(acquirer: Platform, auth_code: str) -> Json:
    return acquirer.ask("/pos/sales/void", auth_code=auth_code)


def undo(acquirer: Platform, what: str, reference: str) -> Json:
    return acquirer.ask(f"/pos/{what}/undo", reference=reference)


def sale_state(acquirer: Platform, number: int = 0) -> tuple[str, int]:
    sale = acquirer.books()["sales"][number]
    return sale["state"], sale["refunded_fen"]


def test_approved_sale_has_its_numbers_and_is_listed(acquirer: Platform) -> None:
    made = sell(acquirer)
    assert set(made) == {"result", "auth_code", "rrn", "bank"}
    assert (made["result"], len(made["auth_code"]), len(made["rrn"])) == ("approved", 6, 12)
    assert acquirer.books()["sales"] == [
        {
            "auth_code": made["auth_code"],
            "rrn": made["rrn"],
            "reference": "S1",
            "amount_fen": 10_000,
            "refunded_fen": 0,
            "state": "DONE",
        }
    ]


def test_poor_card_is_declined_and_leaves_no_sale(acquirer: Platform) -> None:
    assert sell(acquirer, pan=POOR) == {"result": "declined", "code": "51"}
    assert acquirer.books()["sales"] == []


def test_same_reference_again_is_the_same_sale(acquirer: Platform) -> None:
    assert sell(acquirer) == sell(acquirer)
    assert sell(acquirer, amount_fen=9_999) == DUPLICATE
    assert sell(acquirer, pan=OTHER) == DUPLICATE
    assert len(acquirer.books()["sales"]) == 1


def test_numbers_of_holds_sales_and_refunds_never_meet(acquirer: Platform) -> None:
    held = acquirer.ask("/pos/holds", **card("H1", 10_000, GOOD))
    sold = sell(acquirer)
    back = refund(acquirer, sold["auth_code"])
    for name in ("auth_code", "rrn"):
        assert len({made[name] for made in (held, sold, back)}) == 3


def test_voided_sale_stays_voided_and_its_reference_used(acquirer: Platform) -> None:
    made = sell(acquirer)
    assert [void(acquirer, made["auth_code"]) for _ in range(2)] == [APPROVED] * 2
    assert sale_state(acquirer) == ("VOIDED", 0)
    assert refund(acquirer, made["auth_code"]) == INVALID
    assert sell(acquirer) == DUPLICATE


def test_unknown_sale_is_neither_voided_nor_refunded(acquirer: Platform) -> None:
    assert void(acquirer, "999999") == UNKNOWN
    assert refund(acquirer, "999999") == UNKNOWN


def test_hold_is_not_voided_as_a_sale(acquirer: Platform) -> None:
    held = acquirer.ask("/pos/holds", **card("H1", 10_000, GOOD))
    assert void(acquirer, held["auth_code"]) == UNKNOWN


def test_sale_of_yesterday_is_not_voided_but_refunded_and_undone() -> None:
    books = SaleBooks()
    made = books.sell(PosCharge(**card("S1", 10_000, GOOD)), MONDAY)
    assert made.auth_code is not None
    assert books.void(made.auth_code, TUESDAY) == PosAnswer("declined", code="12")
    again = books.sell(PosCharge(**card("S2", 10_000, GOOD)), MONDAY)
    asked = PosRefund(**card("R1", 1, GOOD), original_auth_code=again.auth_code)
    assert books.refund(asked).result == "approved"
    assert books.undo_sale("S1") == PosAnswer("approved")
    assert [sale.state for sale in books.sales.values()] == ["VOIDED", "DONE"]


def test_sale_whose_answer_was_lost_is_undone_by_its_reference(acquirer: Platform) -> None:
    sell(acquirer)
    assert undo(acquirer, "sales", "S1") == APPROVED
    assert sale_state(acquirer) == ("VOIDED", 0)
    assert sell(acquirer) == DUPLICATE


def test_sale_undone_before_it_arrived_is_refused_for_ever(acquirer: Platform) -> None:
    assert undo(acquirer, "sales", "S1") == APPROVED
    assert sell(acquirer) == DUPLICATE
    assert acquirer.books()["sales"] == []


def test_refunds_give_back_at_most_the_sale(acquirer: Platform) -> None:
    original = sell(acquirer)["auth_code"]
    assert refund(acquirer, original, "R1", 10_001) == TOO_MUCH
    assert refund(acquirer, original, "R1", 6_000)["result"] == "approved"
    assert refund(acquirer, original, "R2", 4_001) == TOO_MUCH
    assert refund(acquirer, original, "R3", 4_000)["result"] == "approved"
    assert sale_state(acquirer) == ("DONE", 10_000)
    assert void(acquirer, original) == INVALID
    assert undo(acquirer, "sales", "S1") == INVALID


def test_same_reference_again_is_the_same_refund(acquirer: Platform) -> None:
    original = sell(acquirer)["auth_code"]
    first = refund(acquirer, original)
    assert first["result"] == "approved"
    assert refund(acquirer, original) == first
    assert refund(acquirer, None) == first
    assert refund(acquirer, original, amount_fen=4_001) == DUPLICATE
    assert refund(acquirer, "999999") == DUPLICATE
    assert sale_state(acquirer) == ("DONE", 4_000)


def test_refund_goes_to_no_other_card(acquirer: Platform) -> None:
    original = sell(acquirer)["auth_code"]
    assert refund(acquirer, original, pan=OTHER) == INVALID
    assert refund(acquirer, None, pan=OTHER) == UNKNOWN


def test_refund_without_a_number_falls_on_the_newest_fitting_sale(acquirer: Platform) -> None:
    sell(acquirer, "S1", 10_000)
    sell(acquirer, "S2", 5_000)
    void(acquirer, sell(acquirer, "S3", 9_000)["auth_code"])
    assert refund(acquirer, None, "R1", 4_000)["result"] == "approved"
    assert refund(acquirer, None, "R2", 4_000)["result"] == "approved"
    assert [sale_state(acquirer, number)[1] for number in range(3)] == [4_000, 4_000, 0]
    assert refund(acquirer, None, "R3", 6_001) == UNKNOWN


def test_undone_refund_gives_nothing_and_makes_room_again(acquirer: Platform) -> None:
    original = sell(acquirer)["auth_code"]
    refund(acquirer, original, "R1", 10_000)
    assert [undo(acquirer, "refunds", "R1") for _ in range(2)] == [APPROVED] * 2
    assert refund(acquirer, original, "R1", 10_000) == DUPLICATE
    assert refund(acquirer, original, "R2", 10_000)["result"] == "approved"
    states = [entry["state"] for entry in acquirer.books()["card_refunds"]]
    assert (states, sale_state(acquirer)) == (["UNDONE", "DONE"], ("DONE", 10_000))


def test_refund_undone_before_it_arrived_is_refused_for_ever(acquirer: Platform) -> None:
    original = sell(acquirer)["auth_code"]
    assert undo(acquirer, "refunds", "R1") == APPROVED
    assert refund(acquirer, original) == DUPLICATE
    assert sale_state(acquirer) == ("DONE", 0)


def test_sales_and_refused_references_survive_a_restart(bench: Bench, tmp_path: Path) -> None:
    original = sell(bench.acquirer)["auth_code"]
    refund(bench.acquirer, original)
    undo(bench.acquirer, "sales", "S2")
    before = bench.acquirer.books()
    bench.stop()
    again = Bench(tmp_path)
    try:
        assert again.acquirer.books() == before
        assert sell(again.acquirer, "S2") == DUPLICATE
        assert refund(again.acquirer, original, "R2", 6_001) == TOO_MUCH
        assert void(again.acquirer, original) == INVALID
    finally:
        again.stop()


def test_virtual_terminal_sells_refunds_and_undoes(acquirer: Platform) -> None:
    host = PosHost(acquirer.url)
    sale = host.charge(CardCharge("sale", "S1", "T1", 10_000, GOOD, "3012"))
    assert sale is not None
    back = CardCharge("refund", "R1", "T1", 4_000, GOOD, "3012", sale.auth_code)
    answers = [host.charge(back), host.void(sale.auth_code), host.reverse("refund", "R1")]
    answers += [host.reverse("sale", "S1"), host.reverse("sale", "S2")]
    told = [(answer.approved, answer.code) for answer in answers if answer is not None]
    assert told == [(True, ""), (False, "12"), (True, ""), (True, ""), (True, "")]
    assert sale_state(acquirer) == ("VOIDED", 0)
