"""The platforms as a real process, and one database with a person whose bill can be paid."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from settlement_backend.acquirers.acquirer import Acquirer
from settlement_backend.acquirers.banks import Banks
from settlement_backend.acquirers.means import MeansTable
from settlement_backend.acquirers.ways import all_ways
from settlement_backend.base.clock import CHINA, stamp
from settlement_backend.base.context import Context
from settlement_backend.base.database import Database
from settlement_backend.base.steps import Actor
from settlement_backend.holds.holds import Holds
from settlement_backend.insurance.envelope import Institution
from settlement_backend.insurance.insurance import Insurance
from settlement_backend.people.tables import Person
from settlement_backend.policy.profile import Policy, load_policy
from settlement_backend.refunds.payouts import Payouts
from settlement_backend.refunds.refunds import Refunds
from settlement_backend.refunds.transfers import Transfers
from settlement_backend.settling.saga import Saga
from settlement_backend.settling.wish import Wish
from settlement_backend.terminals.tables import Terminal
from tests.helpers.backend_rows import Line as Line
from tests.helpers.backend_rows import bill_row as bill_row
from tests.helpers.backend_rows import line_row as line_row
from tests.helpers.programs import Program

# One connection for all: a new one for each order would take longer than the order.
HTTP = requests.Session()
HTTP.trust_env = False
ROOT = Path(__file__).resolve().parents[2]
INSTITUTION = Institution("H33030200001", "330302")
ANSWER_LIMIT_S = 0.4
WANG = "33030000000000000000000101"
WANG_ID = "330302195501123411"
PAY_CODE = "134567890123456789"
CASHIER, SUPERVISOR = Actor("2107", "W07", "window"), Actor("2101", "W07", "window")
SLIP_KEY = b"slip key of the tests, 32 bytes!"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform at its address, as a tester sees it."""

    url: str

    def control(self, do: str, **body: object) -> None:
        """Order something of it."""
        told = HTTP.post(f"{self.url}/control", json={"do": do, **body}, timeout=5)
        told.raise_for_status()

    def fault(self, path: str, kind: str, count: int = 1) -> None:
        """The next requests of a path meet a fault."""
        self.control("fault", path=path, kind=kind, count=count)

    def books(self) -> Json:
        """Everything it recorded."""
        content: Json = HTTP.get(f"{self.url}/books", timeout=5).json()
        return content


@dataclass(frozen=True, slots=True)
class Platforms:
    """All of them."""

    acquirer: Platform
    partner: Platform
    insurance: Platform
    city: Platform
    invoice: Platform
    insurer: Platform
    messages: Platform
    face: Platform

    def reset(self) -> None:
        """Empty books everywhere."""
        for each in fields(self):
            getattr(self, each.name).control("reset")

    def place_hold(self, reference: str, amount_fen: int) -> Json:
        """What a card terminal does for a hold."""
        body = {"reference": reference, "terminal_id": "P1", "amount_fen": amount_fen}
        card = {"pan": "6222020000000017", "expiry": "3012"}
        told = HTTP.post(f"{self.acquirer.url}/pos/holds", json={**body, **card}, timeout=5)
        content: Json = told.json()
        assert content["result"] == "approved"
        return content


@contextmanager
def running_platforms(run_dir: Path) -> Iterator[Platforms]:
    """All platforms from their start to their end."""
    behind = Program("sandbox.platforms", ("--run-dir", str(run_dir)), run_dir / "platforms.json")
    with behind.running() as urls:
        yield Platforms(**{name: Platform(url) for name, url in urls.items()})


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


def insurance_of(db: Database, clock: HandClock, platforms: Platforms) -> Insurance:
    """The adapter, impatient."""
    rules = load_policy(ROOT / "resources/profiles/demo-2026.toml").insurance
    url = platforms.insurance.url
    return Insurance(db, clock, rules, url, INSTITUTION, read_s=ANSWER_LIMIT_S)


class Backend:
    """The parts under test around one database: one person and one window."""

    def __init__(self, db: Database, clock: HandClock, platforms: Platforms) -> None:
        self.db, self.clock = db, clock
        self.policy: Policy = load_policy(ROOT / "resources/profiles/demo-2026.toml")
        self.acquirer_url = platforms.acquirer.url
        self.acquirer = Acquirer(platforms.acquirer.url, read_s=ANSWER_LIMIT_S)
        self.insurance = insurance_of(db, clock, platforms)
        self.context = Context(db, clock, self.policy, SLIP_KEY)
        self.banks = Banks(self.acquirer)
        self.means = MeansTable(all_ways(self.banks, db))
        self.saga = Saga(self.context, self.means, self.banks, self.insurance)
        self.holds = Holds(self.context, self.banks)
        self.refunds = self.restarted_refunds()
        self.person_id = "P-WANG"
        with db.write() as session:
            session.add(person(self.person_id, WANG_ID))
            session.add(window())

    def restarted_refunds(self) -> Refunds:
        """What a new process would start with."""
        transfers = Transfers(self.acquirer_url, read_s=ANSWER_LIMIT_S)
        self.payouts = Payouts(self.context, transfers)
        return Refunds(self.context, self.means, self.insurance, self.payouts)

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
        due_fen = quoted.due_fen
        tender = tender if due_fen else "NONE"
        code = auth_code if tender == "SCAN" else ""
        wish = Wish(key="K1/commit", tender=tender, auth_code=code, amount_fen=due_fen)
        told = self.saga.commit(settlement_id, wish, terminal)
        assert told.state == "COMPLETED", told
        return settlement_id

    def send_transfers(self, looks: int) -> None:
        """What is queued goes to the bank, which is then asked so often."""
        self.payouts.gather()
        for _ in range(1 + looks):
            self.clock.pass_seconds(self.policy.doubt.ask_every)
            for batch_no in self.payouts.unfinished():
                self.payouts.advance(batch_no)

    def agreed_refund(self, settlement_id: str, line_ids: Sequence[str]) -> str:
        """Requested and reviewed."""
        told = self.refunds.request("K1/refund", settlement_id, line_ids, "not done", CASHIER)
        self.refunds.review(told.refund_id, SUPERVISOR, True)
        return told.refund_id


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
