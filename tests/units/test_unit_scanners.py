"""The commanded scanners: answers to the host's commands, and codes only while they look."""

import pytest
from units_bench import StartBench, Vector, Wire, vectors

GM65, NEWLAND = vectors("gm65"), vectors("newland")
ALIPAY = "281234567890123456"
CODE = GM65["code_cr"].data
BOTH = [("scanner_gm65", GM65, "ok"), ("scanner_newland", NEWLAND, "trigger_ok")]
KINDS = pytest.mark.parametrize(("unit", "golden", "ok"), BOTH)


def ask(wire: Wire, golden: dict[str, Vector], question: str, answer: str) -> None:
    wire.exchange(golden[question].data, golden[answer].data)


@KINDS
def test_code_before_the_window_is_read_by_the_next_look(
    start: StartBench, unit: str, golden: dict[str, Vector], ok: str
) -> None:
    bench = start(unit)
    with bench.wire(unit) as wire:
        bench.control.ask(unit, "show", text=ALIPAY)
        assert wire.quiet()
        wire.exchange(golden["trigger"].data, golden["answer_then_code"].data)
        assert wire.quiet()
        assert bench.control.state()[unit] == {"text": ALIPAY, "looking": False, "read": 1}


@KINDS
def test_code_shown_during_a_look_ends_it(
    start: StartBench, unit: str, golden: dict[str, Vector], ok: str
) -> None:
    bench = start(unit)
    with bench.wire(unit) as wire:
        ask(wire, golden, "trigger", ok)
        bench.control.ask(unit, "show", text=golden["chinese_code"].fields["text"])
        assert wire.read(len(golden["chinese_code"].data)) == golden["chinese_code"].data
        bench.control.ask(unit, "show", text=ALIPAY)
        assert wire.quiet()
        bench.control.ask(unit, "hide")
        ask(wire, golden, "trigger", ok)
        assert wire.quiet()


@KINDS
def test_stop_ends_a_look(start: StartBench, unit: str, golden: dict[str, Vector], ok: str) -> None:
    bench = start(unit)
    with bench.wire(unit) as wire:
        ask(wire, golden, "trigger", ok)
        ask(wire, golden, "stop", "ok" if golden is GM65 else "stop_ok")
        bench.control.ask(unit, "show", text=ALIPAY, ending="crlf")
        assert wire.quiet()
        wire.exchange(golden["trigger"].data, golden["answer_then_code"].data + b"\n")


@KINDS
def test_fault_waits_for_a_code_unless_a_command_is_named(
    start: StartBench, unit: str, golden: dict[str, Vector], ok: str
) -> None:
    bench = start(unit)
    bench.control.ask(unit, "fault", kind="drop_byte")
    bench.control.ask(unit, "fault", kind="silent", on="trigger")
    with bench.wire(unit) as wire:
        wire.write(golden["trigger"].data)
        assert wire.quiet()
        ask(wire, golden, "trigger", ok)
        bench.control.ask(unit, "show", text=ALIPAY)
        assert len(wire.read(len(CODE) - 1)) == len(CODE) - 1
        assert wire.quiet()


@KINDS
def test_code_before_the_window_survives_a_power_cut_and_the_look_does_not(
    start: StartBench, unit: str, golden: dict[str, Vector], ok: str
) -> None:
    bench = start(unit)
    with bench.wire(unit) as wire:
        ask(wire, golden, "trigger", ok)
        bench.control.ask(unit, "power", on=False)
        bench.control.ask(unit, "show", text=ALIPAY)
        assert wire.is_cut()
    bench.control.ask(unit, "power", on=True)
    with bench.wire(unit) as wire:
        assert wire.quiet()
        wire.exchange(golden["trigger"].data, golden["answer_then_code"].data)


def test_gm65_answers_every_command_vector(start: StartBench) -> None:
    with start("scanner_gm65").wire("scanner_gm65") as wire:
        for question in ("trigger_crc", "stop_crc", "save", "baud_9600"):
            ask(wire, GM65, question, "ok")
        ask(wire, GM65, "unknown_type", "unknown_command")
        ask(wire, GM65, "trigger_wrong_crc", "crc_error")
        ask(wire, GM65, "read_baud", "baud_answer")
        ask(wire, GM65, "read_mode", "mode_command_answer")


def test_gm65_in_continuous_mode_reads_unasked_until_it_is_set_back(start: StartBench) -> None:
    bench = start("scanner_gm65")
    with bench.wire("scanner_gm65") as wire:
        ask(wire, GM65, "mode_continuous", "ok")
        bench.control.ask("scanner_gm65", "show", text=ALIPAY)
        assert wire.read(len(CODE)) == CODE
        ask(wire, GM65, "mode_command", "ok")
        bench.control.ask("scanner_gm65", "show", text=ALIPAY)
        assert wire.quiet()


def test_gm65_keeps_only_saved_zones_without_power(start: StartBench) -> None:
    bench = start("scanner_gm65")
    for question, saves in (("mode_continuous", False), ("mode_continuous", True)):
        with bench.wire("scanner_gm65") as wire:
            ask(wire, GM65, "read_mode", "mode_command_answer")
            ask(wire, GM65, question, "ok")
            if saves:
                ask(wire, GM65, "save", "ok")
        bench.control.ask("scanner_gm65", "power", on=False)
        bench.control.ask("scanner_gm65", "power", on=True)
    with bench.wire("scanner_gm65") as wire:
        bench.control.ask("scanner_gm65", "show", text=ALIPAY)
        assert wire.read(len(CODE)) == CODE


def test_newland_tells_unknown_commands_and_wrong_data(start: StartBench) -> None:
    with start("scanner_newland").wire("scanner_newland") as wire:
        ask(wire, NEWLAND, "unknown", "unknown_answer")
        ask(wire, NEWLAND, "trigger_out_of_range", "out_of_range")


@KINDS
def test_command_in_pieces_among_noise_is_understood(
    start: StartBench, unit: str, golden: dict[str, Vector], ok: str
) -> None:
    with start(unit).wire(unit) as wire:
        wire.write(b"\x00\x7e\xff" + golden["trigger"].data[:5])
        assert wire.quiet()
        wire.write(golden["trigger"].data[5:])
        assert wire.read(len(golden[ok].data)) == golden[ok].data
