"""The platforms as a real process, and one database with a person whose bill can be paid."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from settlement_backend.acquirer import Acquirer
from settlement_backend.clock import CHINA, stamp
from settlement_backend.database import Database
from settlement_backend.insurance import Insurance
from settlement_backend.models import Bill, BillLine, Person, Terminal
from settlement_backend.policy import Policy, load_policy
from settlement_backend.quoting import Wish
from settlement_backend.refunds import Refunds
from settlement_backend.saga import Saga

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT_S = 20.0
LOOK_S = 0.02
ANSWER_LIMIT_S = 0.4
WANG = "33030000000000000000000101"
WANG_ID = "330302195501123411"
PAY_CODE = "134567890123456789"
SLIP_KEY = b"slip key of the tests, 32 bytes!"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform at its address, as a tester sees it."""

    url: str

    def control(self, do: str, **body: object) -> None:
        """Order something of it."""
        told = requests.post(f"{self.url}/control", json={"do": do, **body}, timeout=5)
        told.raise_for_status()

    def fault(self, path: str, kind: str, count: int = 1) -> None:
        """The next requests of a path meet a fault."""
        self.control("fault", path=path, kind=kind, count=count)

    def books(self) -> Json:
        """Everything it recorded."""
        content: Json = requests.get(f"{self.url}/books", timeout=5).json()
        return content


@dataclass(frozen=True, slots=True)
class Platforms:
    """Both of them."""

    acquirer: Platform
    insurance: Platform

    def place_hold(self, reference: str, amount_fen: int) -> Json:
        """What a card terminal does for a hold."""
        body = {"reference": reference, "terminal_id": "P1", "amount_fen": amount_fen}
        card = {"pan": "6222020000000017", "expiry": "3012"}
        told = requests.post(f"{self.acquirer.url}/pos/holds", json={**body, **card}, timeout=5)
        content: Json = told.json()
        assert content["result"] == "approved"
        return content


@contextmanager
def running_platforms(run_dir: Path) -> Iterator[Platforms]:
    """Both platforms from their start to their end."""
    ready = run_dir / "platforms.json"
    process = subprocess.Popen(
        [sys.executable, "-m", "sandbox.platforms", "--run-dir", str(run_dir)], cwd=ROOT
    )
    try:
        waiter = threading.Event()
        for _ in range(int(START_LIMIT_S / LOOK_S)):
            if ready.exists():
                break
            assert process.poll() is None, "the platforms did not start"
            waiter.wait(LOOK_S)
        urls = json.loads(ready.read_text("utf-8"))
        yield Platforms(Platform(urls["acquirer"]), Platform(urls["insurance"]))
    finally:
        process.terminate()
        process.wait(START_LIMIT_S)


@dataclass(slots=True)
class HandClock:
    """A clock that moves when it is told to."""

    moment: datetime = field(
        default_factory=lambda: datetime.now(CHINA).replace(hour=10, minute=0, second=0)
    )

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment

    def pass_seconds(self, seconds: float) -> None:
        """Later."""
        self.moment += timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bill of the tests."""

    amount_fen: int
    insurance_class: str
    executed: bool = False


class Backend:
    """The parts under test around one database: one person and one window."""

    def __init__(self, db: Database, clock: HandClock, platforms: Platforms) -> None:
        self.db, self.clock = db, clock
        self.policy: Policy = load_policy(ROOT / "resources/profiles/demo-2026.toml")
        self.acquirer = Acquirer(platforms.acquirer.url, read_s=ANSWER_LIMIT_S)
        self.insurance = Insurance(
            platforms.insurance.url, "H33030200001", "330302", read_s=ANSWER_LIMIT_S
        )
        self.saga = Saga(db, clock, self.policy, self.acquirer, self.insurance, SLIP_KEY)
        self.refunds = self.restarted_refunds()
        self.person_id = "P-WANG"
        with db.write() as session:
            session.add(person(self.person_id, WANG_ID))
            session.add(window())

    def restarted_refunds(self) -> Refunds:
        """What a new process would start with."""
        return Refunds(self.db, self.clock, self.acquirer, self.insurance, SLIP_KEY)

    def bill(self, *lines: Line) -> str:
        """An open bill; its lines are `<bill>-0`, `<bill>-1`, …"""
        bill_id = uuid.uuid4().hex
        with self.db.write() as session:
            session.add(bill_row(bill_id, self.person_id, lines, stamp(self.clock.now())))
            session.flush()
            for place, line in enumerate(lines):
                session.add(line_row(bill_id, place, line))
        return bill_id

    def pay(self, bill_id: str, tender: str = "SCAN", auth_code: str = PAY_CODE) -> str:
        """Settle one bill wholly; `tender` takes what is due after existing money."""
        settlement_id = uuid.uuid4().hex
        with self.db.read() as session:
            terminal = session.get_one(Terminal, "W07")
        quoted = self.saga.open(settlement_id, self.person_id, [(bill_id, 1)], terminal)
        due_fen = quoted["due_fen"]
        tender = tender if due_fen else "NONE"
        code = auth_code if tender == "SCAN" else ""
        wish = Wish(key="K1/commit", tender=tender, auth_code=code, amount_fen=due_fen)
        told = self.saga.commit(settlement_id, wish, terminal)
        assert told["state"] == "COMPLETED", told
        return settlement_id

    def agreed_refund(self, settlement_id: str, line_ids: Sequence[str]) -> str:
        """Requested and reviewed."""
        told = self.refunds.request("K1/refund", settlement_id, line_ids, "not done", "2107")
        refund_id: str = told["refund_id"]
        self.refunds.review(refund_id, "2101", True)
        return refund_id


def person(person_id: str, id_number: str) -> Person:
    """Somebody registered."""
    return Person(
        id=person_id,
        id_number=id_number,
        name="王建国",
        sex="M",
        birth_date="1955-01-12",
        address="",
        phone="13800000000",
        insurance=None,
        consent_version="1",
        consent_at="2026-03-02T09:00:00.000+08:00",
    )


def window() -> Terminal:
    """Terminal W07."""
    return Terminal(
        id="W07",
        token_hash="w07",
        kind="window",
        name_zh="七号窗口",
        name_en="Window 7",
        place_zh="门诊一楼",
        place_en="Ground floor",
        slip_key="",
    )


def bill_row(bill_id: str, person_id: str, lines: Sequence[Line], issued_at: str) -> Bill:
    return Bill(
        id=bill_id,
        person_id=person_id,
        version=1,
        kind="OUTPATIENT",
        department_zh="心内科",
        department_en="Cardiology",
        doctor_zh="陈医生",
        doctor_en="Dr Chen",
        issued_at=issued_at,
        total_fen=sum(line.amount_fen for line in lines),
        state="OPEN",
    )


def line_row(bill_id: str, place: int, line: Line) -> BillLine:
    return BillLine(
        id=f"{bill_id}-{place}",
        bill_id=bill_id,
        place=place,
        name_zh="心电图",
        name_en="Electrocardiogram",
        insurance_class=line.insurance_class,
        quantity=1,
        unit_zh="次",
        unit_en="time",
        unit_price_fen=line.amount_fen,
        amount_fen=line.amount_fen,
        executed=line.executed,
    )
