"""Runs all platforms on loopback in a thread of the test process and asks them over HTTP."""

import asyncio
import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from sandbox.platforms.program import Settings, serve

READY_LIMIT_S = 10.0
ANSWER_LIMIT_S = 5.0
WANG = "33030000000000000000000101"
WANG_ID = "330302195501123411"
WANG_CODE = "ECDEMO0000000000000000WANGJ1"
Json = dict[str, Any]
PAY: Json = {
    "order_no": "O1",
    "auth_code": "134500000000000001",
    "amount_fen": 5,
    "description": "",
}
# One client for all: each new one would load the certificates of the system first.
HTTP = httpx.Client(trust_env=False)


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform at its address."""

    url: str

    def ask(self, path: str, limit_s: float = ANSWER_LIMIT_S, **body: object) -> Json:
        """The JSON answer; httpx errors as they come."""
        answer = HTTP.post(self.url + path, json=body, timeout=limit_s)
        answer.raise_for_status()
        content: Json = answer.json()
        return content

    def control(self, do: str, **body: object) -> None:
        """Order something of the platform."""
        HTTP.post(f"{self.url}/control", json={"do": do, **body}).raise_for_status()

    def books(self) -> Json:
        """Everything it recorded."""
        content: Json = HTTP.get(f"{self.url}/books").json()
        return content


class Bench:
    """All platforms of one run folder; `stop` ends them, a new Bench on the folder restarts."""

    def __init__(self, run_dir: Path) -> None:
        self._run_dir = run_dir
        self._loop = asyncio.new_event_loop()
        self._end = asyncio.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._wait_until_ready()
        urls = json.loads((run_dir / "platforms.json").read_text("utf-8"))
        self.acquirer = Platform(urls["acquirer"])
        self.insurance = Platform(urls["insurance"])
        self.partner = Platform(urls["partner"])
        self.city = Platform(urls["city"])
        self.invoice = Platform(urls["invoice"])
        self.insurer = Platform(urls["insurer"])
        self.messages = Platform(urls["messages"])
        self.face = Platform(urls["face"])

    def stop(self) -> None:
        """End all; silent requests may take a second."""
        if not self._thread.is_alive():
            return
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(READY_LIMIT_S)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(serve(Settings(self._run_dir), self._end))
        finally:
            self._loop.close()

    def _wait_until_ready(self) -> None:
        waiter = threading.Event()
        for _ in range(int(READY_LIMIT_S / 0.01)):
            if (self._run_dir / "platforms.json").exists():
                return
            assert self._thread.is_alive(), "the platforms did not start"
            waiter.wait(0.01)
        raise AssertionError("the platforms are not ready in time")


def fsi(platform: Platform, infno: str, msgid: str = "M1", **fields: object) -> Json:
    """One transaction of the national envelope."""
    return platform.ask(
        "/fsi",
        infno=infno,
        msgid=msgid,
        mdtrtarea_admvs="330300",
        insuplc_admdvs="330300",
        opter_type="2",
        opter="K01",
        fixmedins_code="H33030200001",
        inf_time="2026-03-02 09:30:00",
        input=fields,
    )


def bill(*lines: tuple[str, str], total: str, account: str = "1") -> Json:
    """Input of 2206 and 2207 for 王建国; a line is (amount, class)."""
    return {
        "psn_no": WANG,
        "mdtrt_id": "V1",
        "chrg_bchno": "B1",
        "medfee_sumamt": total,
        "acct_used_flag": account,
        "feedetail": [
            {"feedetl_sn": str(number), "det_item_fee_sumamt": amount, "chrgitm_lv": fee_class}
            for number, (amount, fee_class) in enumerate(lines)
        ],
    }
