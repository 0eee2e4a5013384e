"""An open CCNET host works against the virtual CCNET acceptor."""

from collections.abc import Iterator
from typing import cast

import pytest
from foreign_judge import Judge, node_judge
from units_bench import Bench, StartBench, fulfilled

from sandbox.units.json_files import Json

ALL, NONE = "enable 255", "enable 0"

pytestmark = pytest.mark.slow


@pytest.fixture
def bench(start: StartBench) -> Bench:
    return start("cash_ccnet")


@pytest.fixture
def host(bench: Bench) -> Iterator[Judge]:
    with node_judge("ccnet_host.cjs", bench.path("cash_ccnet").removeprefix("serial:")) as judge:
        yield judge


def done(host: Judge, command: str) -> Json:
    answer = host.ask(command)
    assert answer["ok"] is True, answer
    return answer


def ready(host: Judge) -> None:
    done(host, "connect")
    host.event("disabled")
    done(host, ALL)
    host.event("idling")


def offer(bench: Bench, host: Judge, denomination_fen: int) -> None:
    answer = bench.control.ask("cash_ccnet", "insert", denomination_fen=denomination_fen)
    assert answer["drawn_in"] is True
    escrow = host.event("escrow")
    assert (escrow["amount"], escrow["code"]) == (denomination_fen // 100, "CHN")


def box(bench: Bench) -> object:
    return cast(Json, bench.control.state()["cash_ccnet"])["box"]


def test_host_connects_and_reads_the_bill_table(host: Judge) -> None:
    answer = done(host, "connect")
    info = cast(dict[str, str], answer["info"])
    assert (info["model"], info["serial"]) == ("SM-CN2007", "000013572648")
    bills = cast(list[dict[str, object]], answer["bills"])
    assert [bill["amount"] for bill in bills[:9]] == [0, 0, 1, 5, 10, 20, 50, 100, 0]
    assert {bill["code"] for bill in bills[2:8]} == {"CHN"}


def test_host_stacks_a_bill_and_hears_of_it_once(bench: Bench, host: Judge) -> None:
    ready(host)
    offer(bench, host, 2000)
    done(host, "hold")
    host.event("holding")
    done(host, "stack")
    assert host.event("stacked")["amount"] == 20
    host.event("idling")
    assert "stacked" not in host.heard()
    assert box(bench) == {"2000": 1}


def test_host_returns_a_bill(bench: Bench, host: Judge) -> None:
    ready(host)
    offer(bench, host, 10000)
    done(host, "return")
    assert host.event("returned")["amount"] == 100
    host.event("idling")
    assert box(bench) == {}


def test_host_closes_the_slot(bench: Bench, host: Judge) -> None:
    ready(host)
    done(host, NONE)
    host.event("disabled")
    answer = bench.control.ask("cash_ccnet", "insert", denomination_fen=1000)
    assert answer["drawn_in"] is False


def test_host_hears_of_jam_and_missing_cassette(bench: Bench, host: Judge) -> None:
    ready(host)
    bench.control.ask("cash_ccnet", "jam")
    host.event("jammed")
    bench.control.ask("cash_ccnet", "unjam")
    bench.control.ask("cash_ccnet", "remove_box")
    host.event("cassette-out-of-position")


def test_host_hears_of_a_bill_inside_at_power_up(bench: Bench, host: Judge) -> None:
    ready(host)
    offer(bench, host, 1000)
    for on in (False, True):
        bench.control.ask("cash_ccnet", "power", on=on)
    with node_judge("ccnet_host.cjs", bench.path("cash_ccnet").removeprefix("serial:")) as again:
        done(again, "connect")
        assert again.event("returned")["amount"] == 10
    fulfilled(lambda: box(bench) == {})
