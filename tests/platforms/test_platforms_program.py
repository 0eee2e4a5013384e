"""The program: announcement, books across a restart and a kill, and its end by SIGTERM."""

import http.client
import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from platforms_bench import PAY, WANG_CODE, Bench, Json, Platform, bill, fsi

ROOT = Path(__file__).resolve().parents[2]


def test_books_survive_a_restart_and_plans_do_not(bench: Bench, tmp_path: Path) -> None:
    bench.acquirer.ask("/pay/micropay", **PAY)
    hold: Json = {"reference": "R1", "terminal_id": "T1", "amount_fen": 900, "expiry": "3012"}
    made = bench.acquirer.ask("/pos/holds", pan="6217000000000000017", **hold)
    completion: Json = {"auth_code": made["auth_code"], "order_no": "C1", "amount_fen": 700}
    bench.acquirer.ask("/holds/complete", **completion)
    bench.insurance.ask("/ecquery", ecCode=WANG_CODE, businessType="01301")
    settlement = fsi(bench.insurance, "2207", **bill(("1.00", "01"), total="1.00"))
    bench.acquirer.control("next_pay", outcome="fail:NOT_ENOUGH")
    before = bench.acquirer.books(), bench.insurance.books()
    bench.stop()
    assert not (tmp_path / "platforms.json").exists()

    again = Bench(tmp_path)
    assert (again.acquirer.books(), again.insurance.books()) == before
    assert again.acquirer.ask("/pay/micropay", **PAY)["code"] == "ORDER_PAID"
    assert again.acquirer.ask("/holds/complete", **completion) == {"result": "SUCCESS"}
    fresh = {**PAY, "order_no": "O2", "auth_code": "134500000000000002"}
    assert again.acquirer.ask("/pay/micropay", **fresh)["result"] == "SUCCESS"
    repeated = fsi(again.insurance, "2207", **bill(("1.00", "01"), total="1.00"))
    assert repeated["output"] == settlement["output"]
    used = again.insurance.ask("/ecquery", ecCode=WANG_CODE, businessType="01301")
    assert used == {"code": -1, "msg": "used"}
    again.stop()


def test_books_of_every_platform_survive_a_restart(bench: Bench, tmp_path: Path) -> None:
    repair: Json = {"id_number": "330302197905168818", "hospital": "H33030200007"}
    bench.city.ask("/credit/repair", **repair, reference="H7-2025-0042")
    action: Json = {"operator": "2107", "bus_date_time": "20260302094500000", "reason": "卡纸"}
    sheet = bench.invoice.ask("/invoice/paper/next", place_code="W07")
    del sheet["result"]
    bench.invoice.ask("/invoice/paper/invalidate_blank", place_code="W07", **sheet, **action)
    bench.insurer.ask("/claims/direct/cancel", claim_no="C1", reason="无应答")
    text: Json = {"channel": "SMS", "to": "13900001234", "template": "paid", "text": "已缴费"}
    bench.messages.ask("/send", message_no="M1", **text)
    before = _all_books(bench)
    bench.stop()

    again = Bench(tmp_path)
    assert _all_books(again) == before
    assert before[0]["entries"][0]["state"] == "REPAIRED"
    assert again.insurer.ask("/claims/query", claim_no="C1")["state"] == "CANCELLED"
    again.stop()


def _all_books(bench: Bench) -> list[Json]:
    return [p.books() for p in (bench.city, bench.invoice, bench.insurer, bench.messages)]


def test_s49_partner_bank_keeps_books_of_its_own(bench: Bench) -> None:
    assert bench.partner.ask("/pay/micropay", **PAY)["result"] == "SUCCESS"
    assert bench.acquirer.ask("/pay/query", order_no="O1")["state"] == "NOTFOUND"
    assert bench.partner.ask("/pay/query", order_no="O1")["state"] == "SUCCESS"


def test_card_number_is_not_written_down(bench: Bench, tmp_path: Path) -> None:
    hold: Json = {"reference": "R1", "terminal_id": "T1", "amount_fen": 900, "expiry": "3012"}
    bench.acquirer.ask("/pos/holds", pan="6217000000000000017", **hold)
    written = (tmp_path / "state" / "acquirer.json").read_text("utf-8")
    assert "6217000000000000017" not in written
    assert "621700*********0017" in written


def _start(run_dir: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "sandbox.platforms", "--run-dir", str(run_dir), *arguments],
        cwd=ROOT,
    )


def _announced(process: "subprocess.Popen[bytes]", run_dir: Path) -> Platform:
    waiter, limit = threading.Event(), time.monotonic() + 15
    while not (run_dir / "platforms.json").exists():
        assert process.poll() is None and time.monotonic() < limit
        waiter.wait(0.02)
    return Platform(json.loads((run_dir / "platforms.json").read_text("utf-8"))["acquirer"])


@pytest.mark.slow
def test_killed_program_kept_what_it_answered_and_ends_within_two_seconds(
    tmp_path: Path,
) -> None:
    first = _start(tmp_path)
    acquirer = _announced(first, tmp_path)
    assert acquirer.ask("/pay/micropay", **PAY)["result"] == "SUCCESS"
    first.kill()
    first.wait(5)
    (tmp_path / "platforms.json").unlink()

    port = acquirer.url.rsplit(":", 1)[1]
    second = _start(tmp_path, "--acquirer-port", port)
    again = _announced(second, tmp_path)
    assert again.url == acquirer.url
    assert again.ask("/pay/query", order_no="O1")["state"] == "SUCCESS"
    again.control("fault", path="/pay/query", kind="silent")
    held_open = http.client.HTTPConnection("127.0.0.1", int(port), timeout=0.3)
    kind = {"Content-Type": "application/json"}
    held_open.request("POST", "/pay/query", '{"order_no": "O1"}', kind)
    with pytest.raises(TimeoutError):
        held_open.getresponse()
    begun = time.monotonic()
    second.send_signal(signal.SIGTERM)
    assert second.wait(5) == 0
    assert time.monotonic() - begun < 2
    held_open.close()
    assert not (tmp_path / "platforms.json").exists()
