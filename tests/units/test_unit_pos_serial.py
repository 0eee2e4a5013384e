"""The virtual card terminal on its serial line: blocks, their acknowledgements and repetitions."""

from dataclasses import dataclass

import pytest
from pos_till import ACK as UNIT_ACK
from pos_till import PAN, V, without_clock
from units_bench import Bench, StartBench, Wire, vectors

B = vectors("zvt_serial")
ACK, NAK = B["block_ack"].data, B["block_nak"].data


def crc(data: bytes) -> bytes:
    """CRC-16/KERMIT by the nibble, written apart from both ends."""
    rest = 0
    for byte in data:
        for nibble in (byte & 0x0F, byte >> 4):
            rest = (rest >> 4) ^ (((rest ^ nibble) & 0x0F) * 0x1081)
    return bytes([rest & 0xFF, rest >> 8])


def in_block(unit: bytes) -> bytes:
    return b"\x10\x02" + unit.replace(b"\x10", b"\x10\x10") + b"\x10\x03" + crc(unit + b"\x03")


@dataclass(frozen=True, slots=True)
class SerialTill:
    """Answers each block with 06 and each unit with 80 00 00 in a block of its own."""

    wire: Wire

    def command(self, unit: bytes) -> None:
        self.wire.exchange(in_block(unit), ACK + B["ack"].data)
        self.wire.write(ACK)

    def expect(self, *names: str) -> None:
        for name in names:
            wanted = V[name].data
            size = len(in_block(wanted))
            got = without_clock(self.wire.read(size)[2:-4].replace(b"\x10\x10", b"\x10"), wanted)
            assert got.hex(" ") == wanted.hex(" "), name
            self.wire.write(ACK)
            self.wire.exchange(in_block(UNIT_ACK), ACK)


def registered(bench: Bench) -> SerialTill:
    at_till = SerialTill(bench.wire("pos", "serial"))
    at_till.command(V["registration_cny"].data)
    at_till.expect("registration_completion")
    return at_till


@pytest.mark.parametrize(
    "name",
    [
        "registration_cny",
        "ack",
        "sale",
        "sale_with_doubled_bytes",
        "partial_reversal_with_doubled_bytes",
    ],
)
def test_block_of_the_test_is_the_vector(name: str) -> None:
    assert in_block(bytes.fromhex(str(B[name].fields["apdu"]))) == B[name].data


def test_registration_and_sale_with_doubled_bytes(start: StartBench) -> None:
    bench = start("pos")
    at_till = SerialTill(bench.wire("pos", "serial"))
    at_till.wire.exchange(B["registration_cny"].data, ACK + B["ack"].data)
    at_till.wire.write(ACK)
    at_till.expect("registration_completion")
    at_till.wire.exchange(B["sale_with_doubled_bytes"].data, ACK + B["ack"].data)
    at_till.wire.write(ACK)
    at_till.expect("intermediate_insert_card")
    bench.control.ask("pos", "present_card", pan=PAN)
    at_till.expect("intermediate_waiting_for_host")
    entry = bench.control.books("pos")["entries"]
    assert isinstance(entry, list)
    assert entry[0]["amount_fen"] == 1010


def test_block_with_wrong_crc_is_refused_and_its_repetition_is_heard(start: StartBench) -> None:
    with start("pos").wire("pos", "serial") as wire:
        wire.exchange(B["status_enquiry_bad_crc"].data, NAK)
        wire.exchange(B["status_enquiry"].data, ACK + B["ack"].data)


def test_half_a_block_and_noise_do_not_hide_the_next_one(start: StartBench) -> None:
    with start("pos").wire("pos", "serial") as wire:
        wire.write(B["status_enquiry"].data[:4])
        wire.exchange(b"\x10\x10" + B["status_enquiry"].data, ACK + B["ack"].data)


def test_block_refused_by_the_till_is_sent_again_three_times_in_all(start: StartBench) -> None:
    with start("pos").wire("pos", "serial") as wire:
        wire.exchange(B["status_enquiry"].data, ACK + B["ack"].data)
        for _again in range(2):
            wire.exchange(NAK, B["ack"].data)
        wire.write(NAK)
        assert wire.quiet()


def test_garbled_result_is_repaired_by_the_block_layer(start: StartBench) -> None:
    bench = start("pos")
    at_till = registered(bench)
    bench.control.ask("pos", "fault", kind="garble", on="repeat_receipt")
    at_till.command(V["repeat_receipt"].data)
    wanted = in_block(V["abort_nothing_to_repeat"].data)
    spoilt = at_till.wire.read(len(wanted))
    assert spoilt != wanted
    at_till.wire.exchange(NAK, wanted)


def test_network_till_is_busy_while_the_serial_one_waits_for_a_card(start: StartBench) -> None:
    bench = start("pos")
    at_till = registered(bench)
    at_till.command(V["reservation"].data)
    at_till.expect("intermediate_insert_card")
    with bench.wire("pos") as network:
        network.exchange(V["status_enquiry"].data, V["busy"].data)
    at_till.command(V["abort_command"].data)
    at_till.expect("abort_timeout_or_cancel")


def test_cut_serial_line_leads_to_a_new_one(start: StartBench) -> None:
    bench = start("pos")
    bench.control.ask("pos", "fault", kind="cut", on="repeat_receipt")
    at_till = registered(bench)
    at_till.wire.write(in_block(V["repeat_receipt"].data))
    assert at_till.wire.read(1) in (ACK, b"")  # the 06 may be lost with the line
    assert at_till.wire.is_cut()
    with bench.wire("pos", "serial") as again:
        again.exchange(B["status_enquiry"].data, ACK + B["ack"].data)
