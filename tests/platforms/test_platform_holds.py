"""Card holds: the terminal's side and the backend's side of every row of the contract."""

from datetime import date

from platforms_bench import Json, Platform

from sandbox.platforms.acquirer.holds import CompleteAnswer, HoldBooks

GOOD, POOR = "6217000000000000017", "6217000000000000051"


def hold(
    acquirer: Platform, reference: str = "REF1", amount_fen: int = 10_000, pan: str = GOOD
) -> Json:
    return acquirer.ask(
        "/pos/holds",
        reference=reference,
        terminal_id="T1",
        amount_fen=amount_fen,
        pan=pan,
        expiry="3012",
    )


def shown(acquirer: Platform, made: Json) -> Json:
    return acquirer.ask("/holds/query", auth_code=made["auth_code"], rrn=made["rrn"])


def complete(acquirer: Platform, made: Json, order_no: str, amount_fen: int) -> Json:
    return acquirer.ask(
        "/holds/complete", auth_code=made["auth_code"], order_no=order_no, amount_fen=amount_fen
    )


def release(acquirer: Platform, made: Json, amount_fen: int | None = None) -> Json:
    return acquirer.ask("/pos/holds/release", auth_code=made["auth_code"], amount_fen=amount_fen)


def undo(acquirer: Platform, reference: str) -> Json:
    return acquirer.ask("/pos/holds/release", auth_code=None, reference=reference, amount_fen=None)


def test_approved_hold_has_its_numbers_and_stands(acquirer: Platform) -> None:
    made = hold(acquirer)
    assert set(made) == {"result", "auth_code", "rrn", "bank"}
    assert (made["result"], len(made["auth_code"]), len(made["rrn"])) == ("approved", 6, 12)
    assert shown(acquirer, made) == {
        "state": "HELD",
        "amount_fen": 10_000,
        "taken_fen": 0,
        "completer": "ACQUIRER",
    }


def test_poor_card_is_declined_and_leaves_no_hold(acquirer: Platform) -> None:
    assert hold(acquirer, pan=POOR) == {"result": "declined", "code": "51"}
    assert acquirer.books()["holds"] == []


def test_same_reference_again_is_the_same_hold(acquirer: Platform) -> None:
    assert hold(acquirer) == hold(acquirer)
    assert hold(acquirer, amount_fen=9_999) == {"result": "declined", "code": "94"}
    assert len(acquirer.books()["holds"]) == 1


def test_hold_with_a_wrong_number_is_not_found(acquirer: Platform) -> None:
    made = hold(acquirer)
    assert shown(acquirer, {**made, "rrn": "000000000000"})["state"] == "NOTFOUND"


def test_released_hold_stays_released(acquirer: Platform) -> None:
    made = hold(acquirer)
    assert [release(acquirer, made) for _ in range(2)] == [{"result": "approved"}] * 2
    assert shown(acquirer, made)["state"] == "RELEASED"
    assert complete(acquirer, made, "C1", 1) == {"result": "FAIL", "code": "HOLD_RELEASED"}


def test_part_of_a_hold_is_released(acquirer: Platform) -> None:
    made = hold(acquirer)
    assert release(acquirer, made, 4_000) == {"result": "approved"}
    assert release(acquirer, made, 6_001) == {"result": "declined", "code": "13"}
    assert shown(acquirer, made)["amount_fen"] == 6_000
    assert release(acquirer, made, 6_000) == {"result": "approved"}
    assert shown(acquirer, made)["state"] == "RELEASED"


def test_unknown_hold_is_not_released(acquirer: Platform) -> None:
    answer = release(acquirer, {"auth_code": "999999"})
    assert answer == {"result": "declined", "code": "25"}


def test_hold_whose_answer_was_lost_is_undone_by_its_reference(acquirer: Platform) -> None:
    made = hold(acquirer)
    assert undo(acquirer, "REF1") == {"result": "approved"}
    assert shown(acquirer, made)["state"] == "RELEASED"
    assert hold(acquirer) == {"result": "declined", "code": "94"}


def test_reference_undone_before_it_arrived_is_refused_for_ever(acquirer: Platform) -> None:
    assert undo(acquirer, "REF1") == {"result": "approved"}
    assert hold(acquirer) == {"result": "declined", "code": "94"}
    assert acquirer.books()["holds"] == []


def test_terminal_completes_once_and_the_backend_no_more(acquirer: Platform) -> None:
    made = hold(acquirer)
    body: Json = {"auth_code": made["auth_code"], "amount_fen": 10_001}
    assert acquirer.ask("/pos/holds/complete", **body) == {"result": "declined", "code": "13"}
    body["amount_fen"] = 7_000
    for _ in range(2):
        assert acquirer.ask("/pos/holds/complete", **body) == {"result": "approved"}
    body["amount_fen"] = 6_000
    assert acquirer.ask("/pos/holds/complete", **body) == {"result": "declined", "code": "12"}
    assert complete(acquirer, made, "C1", 1) == {"result": "FAIL", "code": "HOLD_COMPLETED"}
    assert release(acquirer, made) == {"result": "declined", "code": "12"}
    assert acquirer.books()["holds"][0]["taken_fen"] == 7_000


def test_completion_takes_at_most_the_hold_and_once(acquirer: Platform) -> None:
    made = hold(acquirer)
    assert complete(acquirer, made, "C1", 10_001) == {"result": "FAIL", "code": "AMOUNT_TOO_HIGH"}
    for _ in range(2):
        assert complete(acquirer, made, "C1", 8_000) == {"result": "SUCCESS"}
    assert complete(acquirer, made, "C1", 7_000) == {"result": "FAIL", "code": "ORDER_NO_USED"}
    assert complete(acquirer, made, "C2", 8_000) == {"result": "FAIL", "code": "HOLD_COMPLETED"}
    found = shown(acquirer, made)
    assert (found["state"], found["amount_fen"], found["taken_fen"]) == ("COMPLETED", 10_000, 8_000)
    assert acquirer.ask("/holds/complete/query", order_no="C1") == {"state": "SUCCESS"}
    assert acquirer.ask("/holds/complete/query", order_no="C2") == {"state": "NOTFOUND"}


def test_unknown_hold_is_not_completed(acquirer: Platform) -> None:
    answer = complete(acquirer, {"auth_code": "999999"}, "C1", 1)
    assert answer == {"result": "FAIL", "code": "HOLD_NOT_FOUND"}


def test_cancelled_completion_makes_the_hold_stand_again(acquirer: Platform) -> None:
    made = hold(acquirer)
    complete(acquirer, made, "C1", 8_000)
    for _ in range(2):
        assert acquirer.ask("/holds/complete/cancel", order_no="C1") == {"result": "SUCCESS"}
    assert acquirer.ask("/holds/complete/query", order_no="C1") == {"state": "CANCELLED"}
    assert (shown(acquirer, made)["state"], shown(acquirer, made)["taken_fen"]) == ("HELD", 0)
    assert complete(acquirer, made, "C1", 8_000) == {"result": "FAIL", "code": "ORDER_NO_USED"}
    assert complete(acquirer, made, "C2", 10_000) == {"result": "SUCCESS"}


def test_completion_cancelled_before_it_arrived_is_refused(acquirer: Platform) -> None:
    made = hold(acquirer)
    assert acquirer.ask("/holds/complete/cancel", order_no="C1") == {"result": "SUCCESS"}
    assert complete(acquirer, made, "C1", 8_000) == {"result": "FAIL", "code": "ORDER_NO_USED"}
    assert shown(acquirer, made)["state"] == "HELD"


def test_completion_of_yesterday_is_not_cancelled() -> None:
    books = HoldBooks()
    made = books.hold("REF1", "T1", 10_000, GOOD, "ACQUIRER")
    assert made.auth_code is not None
    books.complete(made.auth_code, "C1", 8_000, date(2026, 3, 1))
    answer = books.cancel_completion("C1", date(2026, 3, 2))
    assert answer == CompleteAnswer("FAIL", "NOT_SAME_DAY")
    assert books.completion("C1").state == "SUCCESS"


def test_hold_of_one_terminal_is_completed_there_alone(acquirer: Platform) -> None:
    acquirer.control("next_hold", completer="THIS_POS")
    made, other = hold(acquirer), hold(acquirer, "REF2")
    assert shown(acquirer, made)["completer"] == "THIS_POS"
    assert shown(acquirer, other)["completer"] == "ACQUIRER"
    assert complete(acquirer, made, "C1", 1) == {"result": "FAIL", "code": "ONLY_THIS_POS"}
    body: Json = {"auth_code": made["auth_code"], "amount_fen": 1}
    assert acquirer.ask("/pos/holds/complete", **body) == {"result": "approved"}


def test_completion_is_refunded_up_to_what_was_taken(acquirer: Platform) -> None:
    made = hold(acquirer)
    complete(acquirer, made, "C1", 8_000)
    for refund_no, amount_fen, state in [
        ("R1", 5_000, "SUCCESS"),
        ("R1", 5_000, "SUCCESS"),
        ("R2", 3_001, "FAIL"),
        ("R3", 3_000, "SUCCESS"),
    ]:
        answer = acquirer.ask(
            "/holds/refund", order_no="C1", refund_no=refund_no, amount_fen=amount_fen
        )
        assert answer == {"state": state}
    assert acquirer.ask("/pay/refund/query", refund_no="R1")["state"] == "SUCCESS"
    assert acquirer.books()["holds"][0]["refunded_fen"] == 8_000
    answer = acquirer.ask("/holds/complete/cancel", order_no="C1")
    assert answer == {"result": "FAIL", "code": "REFUNDED"}
