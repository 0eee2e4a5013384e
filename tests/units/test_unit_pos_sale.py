"""The virtual card terminal: sale, void, refund, end of day, and the acquirer's own doings."""

import pytest
from pos_till import ACK, HELD, PAN, REFERENCE, Till, V, entries, held, last_asked, till
from units_bench import Acquirer, Bench, StartBench

from sandbox.units.json_files import Json
from sandbox.units.request import ControlError

REFUNDED: Json = {**HELD, "auth_code": "750072", "rrn": "025030700002"}


def sold(start: StartBench, acquirer: Acquirer) -> tuple[Bench, Till]:
    acquirer.answers["/pos/sales"] = dict(HELD)
    bench = start("pos", pos_host_url=acquirer.url)
    at_till = till(bench)
    at_till.with_card(bench, "sale", "status_information_sale")
    return bench, at_till


def state(bench: Bench) -> Json:
    found = bench.control.ask("pos", "state")["state"]
    assert isinstance(found, dict)
    return found


def wait_until_open_holds(bench: Bench, wanted: list[str]) -> None:
    for seen in bench.watcher():
        told = seen["state"]
        if seen["unit"] == "pos" and isinstance(told, dict) and told["open_holds"] == wanted:
            return


def test_sale_is_approved_by_the_acquirer_and_kept(start: StartBench, acquirer: Acquirer) -> None:
    bench, _till = sold(start, acquirer)
    asked = {"reference": REFERENCE, "terminal_id": "00004271", "amount_fen": 12850}
    assert acquirer.asked == [("/pos/sales", {**asked, "pan": PAN, "expiry": "2912"})]
    assert [(e["kind"], e["state"]) for e in entries(bench)] == [("sale", "completed")]


def test_sale_is_voided_once(start: StartBench, acquirer: Acquirer) -> None:
    bench, at_till = sold(start, acquirer)
    acquirer.answers["/pos/sales/void"] = {"result": "approved"}
    at_till.command("void_with_reference")
    at_till.expect("status_information_void", "completion")
    assert last_asked(acquirer) == ("/pos/sales/void", {"auth_code": "750071"})
    at_till.command("void")
    at_till.expect("abort_already_reversed")
    at_till.command("end_of_day")
    at_till.expect("status_information_end_of_day_empty", "completion")
    assert entries(bench)[0]["state"] == "voided"


def test_sale_of_an_earlier_batch_cannot_be_voided(start: StartBench, acquirer: Acquirer) -> None:
    _bench, at_till = sold(start, acquirer)
    at_till.command("end_of_day")
    at_till.wire.read(len(V["status_information_end_of_day_totals"].data))
    at_till.wire.write(ACK)
    at_till.expect("completion")
    at_till.command("void")
    at_till.expect("abort_reversal_impossible")


def test_void_that_the_acquirer_declines_leaves_the_sale(
    start: StartBench, acquirer: Acquirer
) -> None:
    bench, at_till = sold(start, acquirer)
    acquirer.answers["/pos/sales/void"] = {"result": "declined", "code": "05"}
    at_till.command("void")
    at_till.expect("abort_declined_05")
    assert [e["state"] for e in entries(bench)] == ["completed", "failed"]


def test_refund_goes_to_a_card(start: StartBench, acquirer: Acquirer) -> None:
    acquirer.answers["/pos/refunds"] = dict(REFUNDED)
    bench = start("pos", pos_host_url=acquirer.url)
    at_till = till(bench)
    at_till.with_card(bench, "refund", "status_information_refund")
    path, asked = last_asked(acquirer)
    assert (path, asked["amount_fen"]) == ("/pos/refunds", 3000)


def test_end_of_day_clears_the_books_but_not_the_open_hold(
    start: StartBench, acquirer: Acquirer
) -> None:
    bench, at_till = held(start, acquirer)
    at_till.command("end_of_day_no_password")
    at_till.expect("status_information_end_of_day_empty", "completion")
    at_till.command("repeat_receipt")
    at_till.expect("abort_nothing_to_repeat")
    at_till.command("open_holds_query")
    at_till.expect("open_holds_one")
    for _day in range(2):
        at_till.command("end_of_day")
        at_till.expect("status_information_end_of_day_empty", "completion")
    assert [e["state"] for e in entries(bench)] == ["held"]


def test_hold_completed_by_the_acquirer_leaves_the_list(
    start: StartBench, acquirer: Acquirer
) -> None:
    bench, at_till = held(start, acquirer)
    acquirer.answers["/holds/query"] = {"state": "COMPLETED", "taken_fen": 37655}
    at_till.command("open_holds_query")
    at_till.expect("open_holds_none")
    hold = entries(bench)[0]
    assert (hold["state"], hold["taken_fen"], hold["by_acquirer"]) == ("completed", 37655, True)
    at_till.command("book_total")
    at_till.expect("abort_already_reversed")
    at_till.command("end_of_day")
    at_till.expect("status_information_end_of_day_empty", "completion")


def test_completion_that_the_acquirer_cancels_opens_the_hold_again(
    start: StartBench, acquirer: Acquirer
) -> None:
    _bench, at_till = held(start, acquirer)
    for told, answer in (("COMPLETED", "open_holds_none"), ("HELD", "open_holds_one")):
        acquirer.answers["/holds/query"] = {"state": told, "taken_fen": 0}
        at_till.command("open_holds_query")
        at_till.expect(answer)


@pytest.mark.slow
def test_list_follows_the_acquirer_without_being_asked(
    start: StartBench, acquirer: Acquirer
) -> None:
    bench, _till = held(start, acquirer)
    acquirer.answers["/holds/query"] = {"state": "RELEASED", "taken_fen": 0}
    wait_until_open_holds(bench, [])
    assert entries(bench)[0]["state"] == "released"


def test_another_serial_number_is_told_and_kept(start: StartBench) -> None:
    bench = start("pos")
    bench.control.ask("pos", "serial", text="0020250099")
    bench.control.ask("pos", "power", on=False)
    bench.control.ask("pos", "power", on=True)
    wanted = V["status_enquiry_completion_identity"].data.replace(
        bytes.fromhex("0020250007"), bytes.fromhex("0020250099")
    )
    at_till = Till(bench.wire("pos"))
    at_till.command("status_enquiry")
    assert at_till.wire.read(len(wanted)) == wanted
    with pytest.raises(ControlError, match="even number of digits"):
        bench.control.ask("pos", "serial", text="A1")


def test_power_lost_after_approval_keeps_the_sale_for_the_repetition(
    start: StartBench, acquirer: Acquirer
) -> None:
    acquirer.answers["/pos/sales"] = dict(HELD)
    bench = start("pos", pos_host_url=acquirer.url)
    bench.control.ask("pos", "fault", kind="power_off", on="sale")
    at_till = till(bench)
    at_till.command("sale")
    at_till.expect("intermediate_insert_card")
    bench.control.ask("pos", "present_card", pan=PAN)
    at_till.expect("intermediate_waiting_for_host")
    assert at_till.wire.is_cut()
    bench.control.ask("pos", "power", on=True)
    again = till(bench)
    again.command("repeat_receipt")
    again.expect("status_information_sale", "completion")


def test_power_lost_before_the_acquirer_answers_undoes_the_hold_later(
    start: StartBench, acquirer: Acquirer
) -> None:
    bench = start("pos", pos_host_url=acquirer.url)
    at_till = till(bench)
    at_till.command("reservation")
    at_till.expect("intermediate_insert_card")
    bench.control.ask("pos", "present_card", pan=PAN)
    at_till.expect("intermediate_waiting_for_host")
    bench.control.ask("pos", "power", on=False)
    acquirer.answers["/pos/holds/release"] = {"result": "approved"}
    bench.control.ask("pos", "power", on=True)
    for _seen in bench.watcher():
        if not any(entry["reversal_owed"] for entry in entries(bench)):
            break
    assert last_asked(acquirer)[1]["reference"] == REFERENCE
    assert state(bench)["open_holds"] == []


def test_duplicated_result_is_told_twice(start: StartBench, acquirer: Acquirer) -> None:
    _bench, at_till = sold(start, acquirer)
    _bench.control.ask("pos", "fault", kind="duplicate", on="repeat_receipt")
    at_till.command("repeat_receipt")
    at_till.expect("status_information_sale", "status_information_sale", "completion")
