"""The virtual line scanner: what it is shown arrives as UTF-8 and CR LF."""

import pytest
from units_bench import StartBench, vectors

V = vectors("line_scanner")


@pytest.mark.parametrize("name", ["wechat_code", "alipay_code", "chinese_utf8"])
def test_shown_code_arrives_with_its_line_end(start: StartBench, name: str) -> None:
    bench = start("scanner")
    with bench.wire("scanner") as wire:
        bench.control.ask("scanner", "show", text=V[name].fields["text"])
        assert wire.read(len(V[name].data)) == V[name].data


def test_scanner_survives_the_host_closing_and_opening_its_line(start: StartBench) -> None:
    bench = start("scanner")
    for _turn in range(3):
        with bench.wire("scanner") as wire:
            bench.control.ask("scanner", "show", text=V["wechat_code"].fields["text"])
            assert wire.read(20) == V["wechat_code"].data


def test_code_shown_while_no_host_listens_is_lost(start: StartBench) -> None:
    bench = start("scanner")
    bench.control.ask("scanner", "show", text="lost")
    with bench.wire("scanner") as wire:
        bench.control.ask("scanner", "show", text="281234567890123456")
        assert wire.read(20) == V["alipay_code"].data
        assert wire.quiet()


def test_scanner_echoes_nothing(start: StartBench) -> None:
    with start("scanner").wire("scanner") as wire:
        wire.write(b"hello\r\n")
        assert wire.quiet()


def test_shown_count_survives_a_restart(start: StartBench) -> None:
    bench = start("scanner")
    bench.control.ask("scanner", "show", text="one")
    bench.stop()
    assert start("scanner").control.state()["scanner"] == {"shown": 1}
