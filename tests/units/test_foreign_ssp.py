"""The acceptor maker's own host code works against the virtual SSP acceptor."""

from collections.abc import Iterator
from typing import cast

import pytest
from foreign_judge import Judge, python_judge
from units_bench import Bench, StartBench, fulfilled

from sandbox.units.json_files import Json

READ, CREDIT, STACKING, STACKED = 0xEF, 0xEE, 0xCC, 0xEB
REJECTING, REJECTED, RESET, DISABLED = 0xED, 0xEC, 0xF1, 0xE8
CLEARED_FROM_FRONT = 0xE1
LET_IN_ALL, LET_IN_UP_TO_TEN = "255", "7"
CHANNELS_FEN = (100, 500, 1000, 2000, 5000, 10000)

pytestmark = pytest.mark.slow


@pytest.fixture
def bench(start: StartBench) -> Bench:
    return start("cash")


@pytest.fixture
def host(bench: Bench) -> Iterator[Judge]:
    with python_judge("ssp_host.py", bench.path("cash").removeprefix("serial:")) as judge:
        yield judge


def done(host: Judge, command: str) -> None:
    answer = host.ask(command)
    assert answer["ok"] is True, answer


def polled(host: Judge) -> list[tuple[int, int]]:
    """Event codes of one poll, each with the channel it names."""
    answer = host.ask("poll")
    assert answer["ok"] is True, answer
    events = cast(list[dict[str, int]], answer["events"])
    return [(event["event"], event["value"]) for event in events]


def ready(host: Judge) -> None:
    for command in ("sync", "host_protocol 7", "setup"):
        done(host, command)
    assert [code for code, _value in polled(host)] == [RESET, DISABLED]
    done(host, f"inhibits {LET_IN_ALL}")
    done(host, "enable")
    assert polled(host) == []


def place(bench: Bench) -> str:
    note = cast(Json, bench.control.state()["cash"])["note"]
    return str(cast(Json, note)["place"]) if note else "none"


def offer(bench: Bench, host: Judge, denomination_fen: int) -> None:
    """Insert a note and poll until the host reads its value in escrow."""
    bench.control.ask("cash", "insert", denomination_fen=denomination_fen)
    fulfilled(lambda: place(bench) == "escrow")
    assert polled(host) == [(READ, CHANNELS_FEN.index(denomination_fen) + 1)]


def test_host_reads_the_six_channels(host: Judge) -> None:
    done(host, "sync")
    done(host, "host_protocol 7")
    setup = host.ask("setup")
    assert setup["values"] == [1, 5, 10, 20, 50, 100]
    assert setup["currencies"] == ["CNY"] * 6
    assert (setup["firmware"], setup["protocol"], setup["multiplier"]) == ("0418", 7, 100)


def test_host_holds_a_note_and_takes_it_with_one_credit(bench: Bench, host: Judge) -> None:
    ready(host)
    offer(bench, host, 5000)
    done(host, "hold")
    done(host, "hold")
    assert [code for code, _value in polled(host)] == [STACKING]
    fulfilled(lambda: place(bench) == "none")
    assert polled(host) == [(CREDIT, 5), (STACKED, 0)]
    assert polled(host) == []
    assert cast(Json, bench.control.state()["cash"])["box"] == {"5000": 1}


def test_host_gives_a_note_back(bench: Bench, host: Judge) -> None:
    ready(host)
    offer(bench, host, 10000)
    done(host, "reject")
    fulfilled(lambda: place(bench) == "bezel")
    assert [code for code, _value in polled(host)] == [REJECTED]
    assert host.ask("hold")["ok"] is False


def test_host_lets_only_small_notes_in(bench: Bench, host: Judge) -> None:
    ready(host)
    done(host, f"inhibits {LET_IN_UP_TO_TEN}")
    bench.control.ask("cash", "insert", denomination_fen=2000)
    fulfilled(lambda: place(bench) == "bezel")
    assert [code for code, _value in polled(host)] == [REJECTED]


@pytest.mark.parametrize("kind", ["answer_lost", "garble", "drop_byte", "duplicate"])
def test_spoilt_credit_is_asked_again_and_counted_once(
    bench: Bench, host: Judge, kind: str
) -> None:
    ready(host)
    offer(bench, host, 1000)
    assert [code for code, _value in polled(host)] == [STACKING]
    fulfilled(lambda: place(bench) == "none")
    bench.control.ask("cash", "fault", kind=kind)
    assert polled(host) == [(CREDIT, 3), (STACKED, 0)]
    assert polled(host) == []


def test_host_hears_that_a_note_came_back_after_a_power_cut(bench: Bench, host: Judge) -> None:
    ready(host)
    offer(bench, host, 1000)
    for on in (False, True):
        bench.control.ask("cash", "power", on=on)
    fulfilled(lambda: place(bench) == "bezel")
    with python_judge("ssp_host.py", bench.path("cash").removeprefix("serial:")) as again:
        done(again, "sync")
        done(again, "host_protocol 7")
        done(again, "setup")
        events = polled(again)
    assert [code for code, _value in events] == [RESET, CLEARED_FROM_FRONT, DISABLED]
