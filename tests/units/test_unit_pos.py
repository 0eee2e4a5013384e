"""The virtual card terminal against the golden frames of its protocol."""

import pytest
from pos_till import ACK, HELD, PAN, REFERENCE, Till, V, entries, held, last_asked, till
from units_bench import Acquirer, StartBench

from sandbox.units.request import ControlError


def test_status_enquiry_and_unknown_command(start: StartBench) -> None:
    at_till = Till(start("pos").wire("pos"))
    for name in ("status_enquiry", "status_enquiry_password"):
        at_till.command(name)
        at_till.expect("status_enquiry_completion_identity")
    at_till.wire.exchange(bytes.fromhex("06 C0 00"), V["unknown_command"].data)


def test_registration_of_the_capture_is_accepted(start: StartBench) -> None:
    at_till = Till(start("pos").wire("pos"))
    at_till.command("registration_capture")
    at_till.expect("registration_completion")


def test_hold_without_registration_is_refused(start: StartBench) -> None:
    at_till = Till(start("pos").wire("pos"))
    at_till.command("reservation")
    at_till.expect("abort_not_registered")


def test_hold_in_a_foreign_currency_is_refused(start: StartBench) -> None:
    at_till = till(start("pos"))
    at_till.command("reservation_capture")
    at_till.expect("abort_wrong_currency")


def test_hold_is_approved_by_the_acquirer_and_kept(start: StartBench, acquirer: Acquirer) -> None:
    bench, at_till = held(start, acquirer)
    asked = {"reference": REFERENCE, "terminal_id": "00004271", "amount_fen": 50000}
    assert acquirer.asked == [("/pos/holds", {**asked, "pan": PAN, "expiry": "2912"})]
    entry = entries(bench)[0]
    assert entry["state"] == "held"
    assert entry["masked_pan"] == "622202EEEEEEEEE4567"
    assert PAN not in str(bench.control.books("pos"))
    at_till.command("open_holds_query")
    at_till.expect("open_holds_one")


def test_hold_of_a_card_with_sixteen_digits(start: StartBench, acquirer: Acquirer) -> None:
    acquirer.answers["/pos/holds"] = {**HELD, "bank": "MasterCard"}
    bench = start("pos", pos_host_url=acquirer.url)
    at_till = till(bench)
    at_till.command("reservation")
    at_till.expect("intermediate_insert_card")
    bench.control.ask("pos", "present_card", pan="5200830000001234")
    at_till.expect("intermediate_waiting_for_host", "status_information_hold_16_digits")


def test_terminal_that_does_not_echo_leaves_the_reference_out(
    start: StartBench, acquirer: Acquirer
) -> None:
    acquirer.answers["/pos/holds"] = dict(HELD)
    bench = start("pos", pos_host_url=acquirer.url)
    bench.control.ask("pos", "echoes_reference", on=False)
    till(bench).hold(bench, "status_information_no_reference")


def test_declined_hold_tells_the_code_twice_and_holds_nothing(
    start: StartBench, acquirer: Acquirer
) -> None:
    acquirer.answers["/pos/holds"] = dict(HELD)
    bench = start("pos", pos_host_url=acquirer.url)
    at_till = till(bench)
    at_till.hold(bench)
    acquirer.answers["/pos/holds"] = {"result": "declined", "code": "51"}
    at_till.command("reservation")
    at_till.expect("intermediate_insert_card")
    bench.control.ask("pos", "present_card", pan=PAN)
    at_till.expect("intermediate_waiting_for_host")
    at_till.expect("status_information_declined_51", "abort_declined_51")
    assert [e["state"] for e in entries(bench)] == ["held", "failed"]


def test_ordered_decline_needs_no_acquirer(start: StartBench) -> None:
    bench = start("pos")
    bench.control.ask("pos", "fault", kind="decline", code="51")
    at_till = till(bench)
    at_till.command("reservation")
    at_till.expect("intermediate_insert_card")
    bench.control.ask("pos", "present_card", pan=PAN)
    at_till.expect("intermediate_waiting_for_host")
    declined = at_till.wire.read(len(V["status_information_declined_51"].data))
    assert declined[3:5].hex() == "2733"
    at_till.wire.write(ACK)
    at_till.expect("abort_declined_51")


@pytest.mark.parametrize(
    ("outcome", "refusal"),
    [("unreadable", "abort_card_unreadable"), ("cancel", "abort_timeout_or_cancel")],
)
def test_card_that_leads_to_nothing(start: StartBench, outcome: str, refusal: str) -> None:
    bench = start("pos")
    at_till = till(bench)
    at_till.command("reservation")
    at_till.expect("intermediate_insert_card")
    bench.control.ask("pos", "present_card", pan=PAN, outcome=outcome)
    at_till.expect(refusal)


def test_no_card_in_time_ends_with_6c_and_the_repetition_says_so(start: StartBench) -> None:
    at_till = till(start("pos", card_wait_s=0.05))
    at_till.command("repeat_receipt")
    at_till.expect("abort_nothing_to_repeat")
    at_till.command("reservation")
    at_till.expect("intermediate_insert_card", "abort_timeout_or_cancel")
    at_till.command("repeat_receipt_password")
    at_till.expect("status_information_no_card", "completion")


def test_abort_while_waiting_for_the_card_ends_with_6c(start: StartBench) -> None:
    bench = start("pos")
    at_till = till(bench)
    at_till.command("reservation")
    at_till.expect("intermediate_insert_card")
    at_till.command("abort_command")
    at_till.expect("abort_timeout_or_cancel")
    with pytest.raises(ControlError, match="does not wait for a card"):
        bench.control.ask("pos", "present_card", pan=PAN)


def test_second_command_during_a_hold_is_refused_as_busy(start: StartBench) -> None:
    at_till = till(start("pos"))
    at_till.command("reservation")
    at_till.expect("intermediate_insert_card")
    at_till.wire.exchange(V["status_enquiry"].data, V["busy"].data)


def test_command_in_the_same_packet_as_the_last_ack_is_not_refused(start: StartBench) -> None:
    at_till = till(start("pos"))
    at_till.command("status_enquiry")
    completion = V["status_enquiry_completion_identity"].data
    assert at_till.wire.read(len(completion)) == completion
    at_till.wire.exchange(ACK + V["status_enquiry"].data, ACK + completion)


def test_booking_takes_the_final_amount_once(start: StartBench, acquirer: Acquirer) -> None:
    bench, at_till = held(start, acquirer)
    acquirer.answers["/pos/holds/complete"] = {"result": "approved"}
    at_till.command("book_total")
    booked = at_till.wire.read(len(V["status_information_booked"].data))
    assert booked[3:12] == V["status_information_booked"].data[3:12]
    assert booked.endswith(b"ZF20250307000043")
    at_till.wire.write(ACK)
    at_till.expect("completion")
    asked = {"auth_code": "750071", "amount_fen": 37655}
    assert last_asked(acquirer) == ("/pos/holds/complete", asked)
    at_till.command("book_total")
    at_till.expect("abort_already_reversed")
    at_till.command("open_holds_query")
    at_till.expect("open_holds_none")
    at_till.command("end_of_day")
    at_till.expect("status_information_end_of_day_totals", "completion")
    hold = entries(bench)[0]
    assert (hold["state"], hold["taken_fen"]) == ("completed", 37655)


def test_partial_release_books_the_rest(start: StartBench, acquirer: Acquirer) -> None:
    bench, at_till = held(start, acquirer)
    acquirer.answers["/pos/holds/complete"] = {"result": "approved"}
    at_till.command("partial_reversal")
    information = at_till.wire.read(len(V["status_information_booked"].data))
    assert information[5:12].hex() == "04000000037655"
    assert last_asked(acquirer)[1] == {"auth_code": "750071", "amount_fen": 50000 - 12345}
    assert entries(bench)[0]["state"] == "completed"


def test_whole_hold_is_released(start: StartBench, acquirer: Acquirer) -> None:
    bench, at_till = held(start, acquirer)
    acquirer.answers["/pos/holds/release"] = {"result": "approved"}
    at_till.command("preauth_reversal")
    information = at_till.wire.read(len(V["status_information_booked"].data))
    assert information[3:5].hex() == "2700"
    at_till.wire.write(ACK)
    at_till.expect("completion")
    assert last_asked(acquirer)[1] == {"auth_code": "750071", "amount_fen": None}
    assert entries(bench)[0]["state"] == "released"


def test_release_of_a_hold_that_never_was(start: StartBench) -> None:
    at_till = till(start("pos"))
    for name in ("preauth_reversal_capture", "partial_reversal_capture", "book_total"):
        at_till.command(name)
        at_till.expect("abort_reversal_impossible")


def test_booking_above_the_limit_is_refused(start: StartBench, acquirer: Acquirer) -> None:
    _bench, at_till = held(start, acquirer)
    too_much = bytes.fromhex("06 24 0A 87 00 01 04 00 00 00 05 75 01")
    at_till.wire.exchange(too_much, ACK)
    at_till.expect("abort_amount_too_high")


def test_silent_acquirer_ends_with_a1_and_the_hold_is_reversed_later(
    start: StartBench, acquirer: Acquirer
) -> None:
    bench = start("pos", pos_host_url=acquirer.url)
    at_till = till(bench)
    at_till.command("reservation")
    at_till.expect("intermediate_insert_card")
    bench.control.ask("pos", "present_card", pan=PAN)
    at_till.expect("intermediate_waiting_for_host", "abort_host_silent")
    acquirer.answers["/pos/holds/release"] = {"result": "approved"}
    watcher = bench.watcher()
    for _message in watcher:
        if not any(entry["reversal_owed"] for entry in entries(bench)):
            break
    assert last_asked(acquirer)[1]["reference"] == REFERENCE


def test_lost_answer_leaves_a_hold_that_the_repetition_tells(
    start: StartBench, acquirer: Acquirer
) -> None:
    acquirer.answers["/pos/holds"] = dict(HELD)
    bench = start("pos", pos_host_url=acquirer.url)
    bench.control.ask("pos", "fault", kind="answer_lost")
    at_till = till(bench)
    at_till.command("reservation")
    at_till.expect("intermediate_insert_card")
    bench.control.ask("pos", "present_card", pan=PAN)
    at_till.expect("intermediate_waiting_for_host")
    assert at_till.wire.quiet()
    at_till.command("repeat_receipt")
    at_till.expect("status_information_hold", "completion")


def test_connection_lost_after_the_hold_leaves_it_in_the_books(
    start: StartBench, acquirer: Acquirer
) -> None:
    acquirer.answers["/pos/holds"] = dict(HELD)
    bench = start("pos", pos_host_url=acquirer.url)
    bench.control.ask("pos", "fault", kind="cut_after_execution")
    at_till = till(bench)
    at_till.command("reservation")
    at_till.expect("intermediate_insert_card")
    bench.control.ask("pos", "present_card", pan=PAN)
    at_till.expect("intermediate_waiting_for_host")
    assert at_till.wire.is_cut()
    again = Till(bench.wire("pos"))
    again.command("open_holds_query")
    again.expect("open_holds_one")


@pytest.mark.parametrize("kind", ["silent", "cut"])
def test_hold_that_the_fault_stops_is_never_begun(start: StartBench, kind: str) -> None:
    bench = start("pos")
    bench.control.ask("pos", "fault", kind=kind)
    at_till = till(bench)
    at_till.wire.write(V["reservation"].data)
    assert at_till.wire.quiet() if kind == "silent" else at_till.wire.is_cut()
    assert bench.control.state()["pos"] == {
        "waiting_for_card": False,
        "registered": True,
        "echoes_reference": True,
        "open_holds": [],
        "serial": "0020250007",
    }


def test_garbled_result_is_followed_by_the_completion(
    start: StartBench, acquirer: Acquirer
) -> None:
    acquirer.answers["/pos/holds"] = dict(HELD)
    bench = start("pos", pos_host_url=acquirer.url)
    bench.control.ask("pos", "fault", kind="garble")
    at_till = till(bench)
    at_till.command("reservation")
    at_till.expect("intermediate_insert_card")
    bench.control.ask("pos", "present_card", pan=PAN)
    at_till.expect("intermediate_waiting_for_host")
    wanted = V["status_information_hold"].data
    got = at_till.wire.read(len(wanted))
    middle = len(wanted) // 2
    assert got[middle] == wanted[middle] ^ 0x21
    at_till.wire.write(ACK)
    at_till.expect("completion")


def test_delayed_result_comes_after_the_quiet_time(start: StartBench) -> None:
    bench = start("pos")
    bench.control.ask("pos", "fault", kind="delay", seconds=0.3, on="repeat_receipt")
    at_till = till(bench)
    at_till.command("repeat_receipt")
    assert at_till.wire.quiet()
    at_till.expect("abort_nothing_to_repeat")


def test_open_hold_port_and_counters_survive_a_restart(
    start: StartBench, acquirer: Acquirer
) -> None:
    bench, at_till = held(start, acquirer)
    at_till.wire.close()
    before = (bench.control.books("pos"), bench.path("pos"))
    bench.stop()
    again = start("pos", pos_host_url=acquirer.url)
    assert (again.control.books("pos"), again.path("pos")) == before
    at_new_till = till(again)
    at_new_till.command("repeat_receipt")
    at_new_till.expect("status_information_hold", "completion")


def test_long_unit_is_understood(start: StartBench) -> None:
    at_till = till(start("pos"))
    long_reservation = b"\x06\x22" + V["long_frame"].data[2:5] + V["long_frame"].data[5:]
    at_till.wire.exchange(long_reservation, ACK)
    at_till.expect("intermediate_insert_card")
