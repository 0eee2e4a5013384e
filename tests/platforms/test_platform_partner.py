"""Two acquirers side by side: the lead bank and a partner (S49)."""

import asyncio
from pathlib import Path

import httpx
from platforms_bench import Bench, Json, Platform

from sandbox.platforms.acquirer.acquirer import Acquirer

CARD: Json = {
    "reference": "H1",
    "terminal_id": "T1",
    "amount_fen": 10_000,
    "pan": "6217000000000000017",
    "expiry": "3012",
}


def both(bench: Bench) -> tuple[Platform, Platform]:
    for platform in (bench.acquirer, bench.partner):
        platform.control("reset")
    return bench.acquirer, bench.partner


def test_s49_hold_at_the_partner_is_unknown_to_the_lead(shared_bench: Bench) -> None:
    lead, partner = both(shared_bench)
    made = partner.ask("/pos/holds", **CARD)
    numbers = {"auth_code": made["auth_code"], "rrn": made["rrn"]}
    assert partner.ask("/holds/query", **numbers)["state"] == "HELD"
    assert lead.ask("/holds/query", **numbers)["state"] == "NOTFOUND"
    answer = lead.ask("/holds/complete", auth_code=made["auth_code"], order_no="C1", amount_fen=1)
    assert answer == {"result": "FAIL", "code": "HOLD_NOT_FOUND"}
    assert lead.books()["holds"] == []


def test_s49_both_may_give_the_same_number_to_different_holds(shared_bench: Bench) -> None:
    lead, partner = both(shared_bench)
    mine = lead.ask("/pos/holds", **CARD)
    other = partner.ask("/pos/holds", **{**CARD, "amount_fen": 70})
    assert mine["auth_code"] == other["auth_code"]
    query = {"auth_code": mine["auth_code"], "rrn": mine["rrn"]}
    assert lead.ask("/holds/query", **query)["amount_fen"] == 10_000
    assert partner.ask("/holds/query", **query)["amount_fen"] == 70


def test_s49_fault_and_clock_of_one_spare_the_other(shared_bench: Bench) -> None:
    lead, partner = both(shared_bench)
    partner.control("refuse", path="/pay/query", code="MAINTENANCE")
    partner.control("clock", now="2020-01-01T00:00:00")
    assert lead.ask("/pay/query", order_no="O1")["state"] == "NOTFOUND"
    assert partner.ask("/pay/query", order_no="O1")["result"] == "FAIL"


def answers(acquirer: Acquirer) -> tuple[Json, bytes]:
    """Of a card sale, and of the request for a file."""

    async def ask() -> tuple[Json, bytes]:
        transport = httpx.ASGITransport(acquirer.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://acquirer") as client:
            sold = await client.post("/pos/sales", json=CARD)
            file = await client.get("/files/ALIPAY/20260302")
            return sold.json(), file.content

    return asyncio.run(ask())


def test_s49_each_names_its_own_bank_and_merchant(tmp_path: Path) -> None:
    sold, file = answers(Acquirer(tmp_path / "lead.json"))
    sold_there, file_there = answers(Acquirer(tmp_path / "partner.json", "partner", "中信银行"))
    assert (sold["bank"], sold_there["bank"]) == ("中国银行", "中信银行")
    assert file != file_there
