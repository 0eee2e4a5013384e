"""The virtual receipt printer: bytes in, status out, and paper with ink on it."""

from pathlib import Path

import pytest
from PIL import Image
from units_bench import Bench, StartBench, Wire, vectors

from sandbox.units.escpos_tokens import LineFeed, StatusRequest, Text, Tokenizer

V = vectors("escpos")


def send(wire: Wire, *names: str) -> None:
    wire.write(b"".join(V[name].data for name in names))


def ask(wire: Wire, question: str, answer: str) -> None:
    wire.exchange(V[question].data, V[answer].data)


def prove_printed(wire: Wire) -> None:
    ask(wire, "ask_paper_in_order", "in_order_paper_full")


def papers(bench: Bench) -> list[dict[str, object]]:
    found = bench.control.books("printer")["papers"]
    assert isinstance(found, list)
    return found


def ink_dots(run_dir: Path, number: str = "0001") -> int:
    with Image.open(run_dir / "paper" / f"{number}.png") as picture:
        assert picture.width == 576
        return picture.convert("L").histogram()[0]


@pytest.mark.parametrize("which", ["path", "tcp", "file"])
def test_receipt_with_text_and_code_comes_out_on_every_wire(
    start: StartBench, run_dir: Path, which: str
) -> None:
    bench = start("printer")
    with bench.wire("printer", which) as wire:
        send(wire, "initialise", "chinese_on", "align_centre", "bold_on", "size_double")
        send(wire, "text_mixed", "bold_off", "size_normal", "align_left", "text_four_byte")
        wire.write(b"\n")
        send(wire, "qr_model_2", "qr_module_6", "qr_level_l", "qr_store_hello", "qr_print")
        send(wire, "raster_8_by_2", "feed_3_lines", "feed_24_dots", "drawer", "cut_feed_partial")
        prove_printed(wire)
    paper = papers(bench)[0]
    assert paper["lines"] == ["中文ABC", "𠮷㐀"]
    assert paper["qr"] == ["HELLO"]
    assert (paper["id"], paper["taken"], paper["complete"]) == ("0001", False, True)
    assert ink_dots(run_dir) > 5000


def test_code_in_the_picture_is_a_real_one(start: StartBench, run_dir: Path) -> None:
    bench = start("printer")
    with bench.wire("printer") as wire:
        send(wire, "initialise", "qr_module_6", "qr_level_l", "qr_store_hello", "qr_print")
        send(wire, "cut_full")
        prove_printed(wire)
    with Image.open(run_dir / "paper" / "0001.png") as picture:
        finder = [picture.getpixel((x * 6 + 3, 3)) for x in range(8)]
        assert picture.height == 21 * 6  # version 1: 21 modules of 6 dots
    assert finder == [0, 0, 0, 0, 0, 0, 0, 255]


def test_long_line_goes_on_after_48_columns(start: StartBench) -> None:
    bench = start("printer")
    with bench.wire("printer") as wire:
        wire.write(b"x" * 50 + b"\n" + "汉".encode("gb18030") * 25 + b"\n")
        send(wire, "cut_partial")
        prove_printed(wire)
    assert papers(bench)[0]["lines"] == ["x" * 48, "xx", "汉" * 24, "汉"]


def test_healthy_status_answers(start: StartBench) -> None:
    with start("printer").wire("printer") as wire:
        for question in ("ask_printer", "ask_offline_cause", "ask_error", "ask_paper"):
            ask(wire, question, "status_healthy")
        ask(wire, "ask_model", "model_answer")
        ask(wire, "asb_all", "asb_healthy")


def test_paper_states_show_in_every_status(start: StartBench) -> None:
    bench = start("printer")
    with bench.wire("printer") as wire:
        bench.control.ask("printer", "paper", left="near_end")
        ask(wire, "ask_paper", "paper_near_end")
        ask(wire, "ask_printer", "status_healthy")
        ask(wire, "ask_paper_in_order", "in_order_paper_near_end")
        bench.control.ask("printer", "paper", left="out")
        ask(wire, "ask_paper", "paper_out")
        ask(wire, "ask_offline_cause", "offline_paper_out")
        ask(wire, "ask_printer", "printer_offline")
        bench.control.ask("printer", "paper", left="full")
        ask(wire, "ask_paper", "status_healthy")


def test_cover_and_cutter_show_in_status_and_automatic_status(start: StartBench) -> None:
    bench = start("printer")
    with bench.wire("printer") as wire:
        ask(wire, "asb_all", "asb_healthy")
        bench.control.ask("printer", "cover", position="open")
        assert wire.read(4) == V["asb_cover_open"].data
        ask(wire, "ask_offline_cause", "offline_cover_open")
        bench.control.ask("printer", "cover", position="closed")
        assert wire.read(4) == V["asb_healthy"].data
        bench.control.ask("printer", "cutter_jam")
        assert wire.read(4) == V["asb_cutter"].data
        ask(wire, "ask_error", "error_cutter")
        ask(wire, "ask_offline_cause", "offline_error")
        bench.control.ask("printer", "cutter_jam", on=False)
        assert wire.read(4) == V["asb_healthy"].data
        bench.control.ask("printer", "paper", left="near_end")
        assert wire.read(4) == V["asb_paper_near_end"].data
        bench.control.ask("printer", "paper", left="out")
        assert wire.read(4) == V["asb_paper_out"].data


def test_paper_that_ends_in_the_middle_leaves_a_piece_and_the_rest_waits(
    start: StartBench,
) -> None:
    bench = start("printer")
    bench.control.ask("printer", "paper", left=2)
    with bench.wire("printer") as wire:
        wire.write(b"one\ntwo\nthree\n")
        send(wire, "cut_full", "ask_paper_in_order")
        ask(wire, "ask_paper", "paper_out")
        assert wire.quiet()
        assert [p["lines"] for p in papers(bench)] == [["one", "two"]]
        assert papers(bench)[0]["complete"] is False
        bench.control.ask("printer", "paper", left="full")
        assert wire.read(1) == V["in_order_paper_full"].data
    assert [p["lines"] for p in papers(bench)] == [["one", "two"], ["three"]]


def test_waiting_job_is_dropped_by_recover_clear(start: StartBench) -> None:
    bench = start("printer")
    bench.control.ask("printer", "cover", position="open")
    with bench.wire("printer") as wire:
        wire.write(b"old\n")
        send(wire, "cut_full", "recover_clear")
        ask(wire, "ask_printer", "printer_offline")
        bench.control.ask("printer", "cover", position="closed")
        wire.write(b"new\n")
        send(wire, "cut_full")
        prove_printed(wire)
    assert [p["lines"] for p in papers(bench)] == [["new"]]


def test_torn_paper_is_taken(start: StartBench) -> None:
    bench = start("printer")
    with bench.wire("printer") as wire:
        wire.write(b"receipt\n")
        send(wire, "cut_full")
        prove_printed(wire)
    assert bench.control.ask("printer", "tear", id="0001")["id"] == "0001"
    assert papers(bench)[0]["taken"] is True


def test_roll_and_paper_numbers_survive_a_restart(start: StartBench) -> None:
    bench = start("printer")
    bench.control.ask("printer", "paper", left=300)
    with bench.wire("printer") as wire:
        wire.write(b"one\n")
        send(wire, "cut_full")
        prove_printed(wire)
    before = (bench.control.state()["printer"], bench.path("printer", "tcp"))
    bench.stop()
    again = start("printer")
    assert (again.control.state()["printer"], again.path("printer", "tcp")) == before
    with again.wire("printer") as wire:
        wire.write(b"two\n")
        send(wire, "cut_full")
        prove_printed(wire)
    assert [p["id"] for p in papers(again)] == ["0001", "0002"]


def test_silent_status_is_not_answered_and_printing_goes_on(start: StartBench) -> None:
    bench = start("printer")
    bench.control.ask("printer", "fault", kind="silent", on="status")
    with bench.wire("printer") as wire:
        send(wire, "ask_paper")
        assert wire.quiet()
        ask(wire, "ask_paper", "status_healthy")


def test_ordered_silence_swallows_the_cut(start: StartBench) -> None:
    bench = start("printer")
    bench.control.ask("printer", "fault", kind="silent", on="cut")
    with bench.wire("printer") as wire:
        wire.write(b"one\n")
        send(wire, "cut_full")
        prove_printed(wire)
        assert papers(bench) == []
        send(wire, "cut_full")
        prove_printed(wire)
    assert [p["lines"] for p in papers(bench)] == [["one"]]


def test_text_vectors_decode_in_any_pieces() -> None:
    for name in ("text_full_width_yen", "text_four_byte", "yen_four_byte"):
        tokenizer = Tokenizer()
        tokens = [t for byte in V[name].data for t in tokenizer.feed(bytes([byte]))]
        text = "".join(token.text for token in tokens if isinstance(token, Text))
        assert text == V[name].fields["text"]


def test_status_request_inside_a_picture_is_picture_data() -> None:
    picture = bytes.fromhex("1D 76 30 00 03 00 01 00 10 04 01")
    assert Tokenizer().feed(picture + b"\n")[1:] == [LineFeed()]
    assert Tokenizer().feed(V["ask_printer"].data) == [StatusRequest(1)]


def test_bytes_outside_chinese_mode_are_code_page_characters() -> None:
    assert Tokenizer().feed(V["chinese_off"].data + b"\x82A")[1:] == [Text("éA")]


def test_job_number_is_echoed_when_everything_before_it_was_printed(start: StartBench) -> None:
    bench = start("printer")
    with bench.wire("printer") as wire:
        bench.control.ask("printer", "cover", position="open")
        wire.write(b"one\n")
        send(wire, "cut_full", "ask_response_wrong_length", "ask_response_67")
        assert wire.quiet()
        bench.control.ask("printer", "cover", position="closed")
        assert wire.read(7) == V["response_67"].data
        assert wire.quiet()
    assert len(papers(bench)) == 1


def test_pictures_of_both_kinds_are_on_the_paper(start: StartBench, run_dir: Path) -> None:
    bench = start("printer")
    with bench.wire("printer") as wire:
        send(wire, "raster_16_by_2", "graphics_print", "graphics_store_8_by_2", "graphics_print")
        send(wire, "cut_full")
        prove_printed(wire)
    assert papers(bench)[0]["pictures"] == 2
    assert ink_dots(run_dir) == 16 + 10  # FF 00 / 00 FF, then FF / 81


def test_books_tell_how_each_paper_came_off_and_which_are_copies(start: StartBench) -> None:
    bench = start("printer")
    with bench.wire("printer") as wire:
        for text, cut in (
            (b"one\n", "cut_full"),
            (b"one\n", "cut_partial"),
            (b"two\n", "cut_full"),
        ):
            wire.write(text)
            send(wire, cut)
        prove_printed(wire)
        bench.control.ask("printer", "paper", left=1)
        wire.write(b"three\nfour\n")
        ask(wire, "ask_paper", "paper_out")
    told = [(p["cut"], p["same_as"], p["complete"]) for p in papers(bench)]
    assert told == [
        ("full", None, True),
        ("partial", "0001", True),
        ("full", None, True),
        ("torn", None, False),
    ]


def test_power_cut_loses_what_waits_and_keeps_the_paper(start: StartBench) -> None:
    bench = start("printer")
    with bench.wire("printer") as wire:
        wire.write(b"one\n")
        send(wire, "ask_paper_in_order")
        assert wire.read(1) == V["in_order_paper_full"].data
        bench.control.ask("printer", "cover", position="open")
        wire.write(b"two\n")
        send(wire, "cut_full")
        ask(wire, "ask_printer", "printer_offline")
        bench.control.ask("printer", "power", on=False)
        assert wire.is_cut()
    bench.control.ask("printer", "cover", position="closed")
    bench.control.ask("printer", "power", on=True)
    with bench.wire("printer") as wire:
        prove_printed(wire)
    assert [(p["lines"], p["cut"]) for p in papers(bench)] == [(["one"], "torn")]


def test_jammed_drawer_stays_shut_at_a_pulse(start: StartBench) -> None:
    bench = start("printer")
    bench.control.ask("printer", "drawer_jam", on=True)
    with bench.wire("printer") as wire:
        send(wire, "drawer")
        ask(wire, "ask_printer", "status_healthy")
    state = bench.control.state()["printer"]
    assert isinstance(state, dict)
    assert (state["drawer"], state["drawer_pulses"]) == ("closed", 1)


def test_pulse_opens_the_drawer_once_everything_before_it_was_printed(start: StartBench) -> None:
    bench = start("printer")
    with bench.wire("printer") as wire:
        ask(wire, "ask_printer", "status_healthy")
        bench.control.ask("printer", "paper", left="out")
        send(wire, "drawer")
        ask(wire, "ask_printer", "printer_offline")
        bench.control.ask("printer", "paper", left="full")
        ask(wire, "ask_printer", "printer_with_drawer")
        bench.control.ask("printer", "drawer", position="closed")
        ask(wire, "ask_printer", "status_healthy")
    state = bench.control.state()["printer"]
    assert isinstance(state, dict)
    assert state["drawer_pulses"] == 1
