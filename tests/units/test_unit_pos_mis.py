"""The virtual MIS-TLV card terminal against the golden frames of its protocol."""

import pytest
from pos_till import HELD, PAN, REFERENCE, entries, last_asked
from units_bench import Acquirer, Bench, StartBench, Wire, vectors

from sandbox.units.json_files import Json

V = vectors("mis_tlv")
ACK, NAK, EOT = V["ack"].data, V["nak"].data, V["eot"].data
DATE_TAG, TIME_TAG = bytes.fromhex("DF1C04"), bytes.fromhex("DF1D06")


class MisTill:
    """Sends golden requests and insists on golden results but for date, time and their LRC."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.wire: Wire = bench.wire("pos_mis")

    def ask(self, request: str, result: str) -> None:
        self.wire.exchange(V[request].data, ACK)
        self.expect(result)

    def expect(self, result: str) -> None:
        wanted = V[result].data
        got = self.wire.read(len(wanted))
        assert timeless(got).hex(" ") == timeless(wanted).hex(" "), result
        assert lrc(got) == 0

    def with_card(self, request: str, result: str, **card: object) -> None:
        """The terminal says ACK again while it waits for the card and for the host."""
        self.wire.exchange(V[request].data, ACK + ACK)
        self.bench.control.ask("pos_mis", "present_card", **{"pan": PAN, **card})
        assert self.wire.read(1) == ACK
        self.expect(result)


def timeless(frame: bytes) -> bytes:
    """Date and time as zeros and the LRC left out."""
    body = frame[:-1]
    for tag, size in ((DATE_TAG, 4), (TIME_TAG, 6)):
        at = body.find(tag)
        if at >= 0:
            start = at + len(tag)
            assert body[start : start + size].isdigit()
            body = body[:start] + b"0" * size + body[start + size :]
    return body


def lrc(frame: bytes) -> int:
    """Zero when the last byte is the XOR of everything behind the 02."""
    check = 0
    for byte in frame[1:]:
        check ^= byte
    return check


def terminal(start: StartBench, acquirer: Acquirer) -> MisTill:
    acquirer.answers["/pos/holds"] = dict(HELD)
    acquirer.answers["/pos/sales"] = dict(HELD)
    return MisTill(start("pos_mis", pos_host_url=acquirer.url))


def state(bench: Bench) -> Json:
    found = bench.control.ask("pos_mis", "state")["state"]
    assert isinstance(found, dict)
    return found


def test_status_and_sign_in_tell_the_terminal(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    at_till.ask("status", "status_result")
    at_till.ask("sign_in", "sign_in_result")
    at_till.ask("unknown_type_request", "unknown_type")


def test_settings_name_protocol_and_type_codes(start: StartBench) -> None:
    settings = start("pos_mis").wires["pos_mis"]["settings"]  # type: ignore[index]
    assert settings["protocol"] == "mis_tlv"
    assert "hold=06" in settings["mis_types"].split()


def test_hold_is_approved_and_kept(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    at_till.with_card("hold", "hold_result")
    path, asked = last_asked(acquirer)
    assert (path, asked["amount_fen"], asked["reference"]) == ("/pos/holds", 50000, REFERENCE)
    assert state(at_till.bench)["open_holds"] == ["0001"]
    assert PAN not in str(at_till.bench.control.books("pos_mis"))
    at_till.ask("reprint_last", "reprint_result")
    at_till.ask("reprint_receipt", "reprint_result")
    at_till.ask("journal", "journal_result_only")


def test_terminal_that_does_not_echo_leaves_the_order_number_out(
    start: StartBench, acquirer: Acquirer
) -> None:
    at_till = terminal(start, acquirer)
    at_till.bench.control.ask("pos_mis", "echoes_reference", on=False)
    at_till.with_card("hold", "hold_result_no_reference")


def test_journal_is_told_entry_by_entry(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    at_till.with_card("hold", "hold_result")
    at_till.with_card("sale", "second_sale_result")
    at_till.ask("journal", "journal_result_more")
    at_till.ask("journal", "journal_result_last")
    at_till.ask("journal", "journal_result_more")


def test_hold_without_order_number_echoes_none(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    at_till.with_card("hold_without_reference", "hold_result_no_reference")


def test_hold_is_completed_once_and_settled(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    acquirer.answers["/pos/holds/complete"] = {"result": "approved"}
    at_till.ask("hold_complete", "hold_complete_unknown")
    at_till.with_card("hold", "hold_result")
    at_till.ask("hold_complete", "hold_complete_result")
    assert last_asked(acquirer)[1] == {"auth_code": "750071", "amount_fen": 37655}
    at_till.ask("hold_complete", "hold_complete_twice")
    at_till.ask("totals", "totals_result")
    at_till.ask("settle", "settle_result")
    at_till.ask("reprint_last", "reprint_nothing")
    at_till.ask("journal", "journal_empty")


def test_hold_is_cancelled(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    acquirer.answers["/pos/holds/release"] = {"result": "approved"}
    at_till.ask("hold_cancel", "hold_cancel_unknown")
    at_till.with_card("hold", "hold_result")
    at_till.ask("hold_cancel", "hold_cancel_result")
    assert state(at_till.bench)["open_holds"] == []


def test_completion_above_the_limit_is_refused(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    at_till.with_card("hold", "hold_result")
    request = V["hold_complete"].data
    much = request.replace(bytes.fromhex("000000037655"), bytes.fromhex("000000057501"))
    at_till.wire.exchange(much[:-1] + bytes([much[-1] ^ lrc(much)]), ACK)
    at_till.expect("hold_complete_too_high")


def test_sale_is_voided_once(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    acquirer.answers["/pos/sales/void"] = {"result": "approved"}
    at_till.ask("void", "void_unknown")
    at_till.with_card("sale", "sale_result")
    at_till.ask("void", "void_result")
    at_till.ask("void", "void_twice")


def test_refund_names_its_sale_and_cannot_exceed_it(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    acquirer.answers["/pos/refunds"] = {**HELD, "auth_code": "750072", "rrn": "025030700002"}
    at_till.with_card("sale", "sale_result")
    at_till.with_card("refund", "refund_result")
    assert last_asked(acquirer)[1]["original_auth_code"] == "750071"
    assert entries(at_till.bench, "pos_mis")[0]["refunded_fen"] == 3000


def test_declined_hold_tells_the_banks_code(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    acquirer.answers["/pos/holds"] = {"result": "declined", "code": "51"}
    at_till.with_card("hold", "hold_declined_51")


def test_unreadable_card_may_be_tried_again(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    at_till.wire.exchange(V["hold"].data, ACK + ACK)
    at_till.bench.control.ask("pos_mis", "present_card", pan=PAN, outcome="unreadable")
    at_till.expect("hold_card_error_keep_waiting")
    assert at_till.wire.read(1) == ACK
    at_till.bench.control.ask("pos_mis", "present_card", pan=PAN)
    assert at_till.wire.read(1) == ACK
    at_till.expect("hold_result")


@pytest.mark.parametrize("by", ["key", "till"])
def test_hold_given_up_while_waiting_for_the_card(
    start: StartBench, acquirer: Acquirer, by: str
) -> None:
    at_till = terminal(start, acquirer)
    at_till.wire.exchange(V["hold"].data, ACK + ACK)
    if by == "key":
        at_till.bench.control.ask("pos_mis", "present_card", pan=PAN, outcome="cancel")
    else:
        at_till.wire.write(EOT)
    at_till.expect("hold_cancelled")


def test_silent_acquirer_is_code_68(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    del acquirer.answers["/pos/holds"]
    at_till.with_card("hold", "hold_host_silent")


def test_signed_off_terminal_wants_a_sign_in_first(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    at_till.bench.control.ask("pos_mis", "sign_off")
    at_till.ask("hold", "hold_sign_in_first")
    at_till.ask("sign_in", "sign_in_result")
    at_till.with_card("hold", "hold_result")


def test_packet_for_the_bank_is_carried_by_the_till(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    at_till.bench.control.ask("pos_mis", "forwards", on=True)
    at_till.wire.exchange(V["hold"].data, ACK + V["forward_request"].data)
    at_till.wire.exchange(V["forward_answer"].data, ACK + ACK)
    at_till.bench.control.ask("pos_mis", "present_card", pan=PAN)
    assert at_till.wire.read(1) == ACK
    at_till.expect("hold_result")


def test_result_replaced_by_a_confirmation(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    at_till.bench.control.ask("pos_mis", "fault", kind="confirm_only", on="hold")
    at_till.with_card("hold", "unasked_confirmation")
    at_till.ask("reprint_last", "reprint_result")


def test_damaged_request_gets_15_and_a_refused_result_is_repeated(
    start: StartBench, acquirer: Acquirer
) -> None:
    at_till = terminal(start, acquirer)
    at_till.wire.exchange(V["status_bad_lrc"].data, NAK)
    at_till.ask("status", "status_result")
    at_till.wire.exchange(NAK, V["status_result"].data)
    at_till.wire.exchange(b"\x00" + V["status"].data, ACK)
    at_till.expect("status_result")


def test_request_during_a_hold_is_not_answered(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    at_till.wire.exchange(V["hold"].data, ACK + ACK)
    at_till.wire.write(V["status"].data)
    assert at_till.wire.quiet()


def test_published_sample_is_a_sale(start: StartBench) -> None:
    bench = start("pos_mis")
    with bench.wire("pos_mis") as wire:
        wire.exchange(V["qr_sale_sample"].data, ACK + ACK)
    assert state(bench)["waiting_for_card"] is True


@pytest.mark.parametrize("kind", ["answer_lost", "power_off", "cut_after_execution"])
def test_hold_whose_result_was_lost_stands_in_the_books(
    start: StartBench, acquirer: Acquirer, kind: str
) -> None:
    at_till = terminal(start, acquirer)
    bench = at_till.bench
    bench.control.ask("pos_mis", "fault", kind=kind, on="hold")
    at_till.wire.exchange(V["hold"].data, ACK + ACK)
    bench.control.ask("pos_mis", "present_card", pan=PAN)
    for seen in bench.watcher():
        if state(bench)["open_holds"] == ["0001"]:
            break
        assert seen
    at_till.wire.close()
    if kind == "power_off":
        bench.control.ask("pos_mis", "power", on=True)
    again = MisTill(bench)  # opening the line anew drops the ACK that was not read
    again.ask("reprint_last", "reprint_result")


@pytest.mark.parametrize("kind", ["silent", "cut"])
def test_hold_that_the_fault_stops_is_never_begun(
    start: StartBench, acquirer: Acquirer, kind: str
) -> None:
    at_till = terminal(start, acquirer)
    at_till.bench.control.ask("pos_mis", "fault", kind=kind)
    at_till.wire.write(V["hold"].data)
    assert at_till.wire.quiet() if kind == "silent" else at_till.wire.is_cut()
    assert entries(at_till.bench, "pos_mis") == []


def test_books_and_sign_in_survive_a_restart(start: StartBench, acquirer: Acquirer) -> None:
    at_till = terminal(start, acquirer)
    at_till.with_card("hold", "hold_result")
    at_till.bench.control.ask("pos_mis", "sign_off")
    before = state(at_till.bench)
    at_till.bench.stop()
    again = start("pos_mis", pos_host_url=acquirer.url)
    assert state(again) == before
