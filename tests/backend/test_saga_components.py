"""Components and tenders always sum, whoever bears a part; the ledger has an account for each."""

from __future__ import annotations

import random
import uuid

import pytest
from backend_bench import Backend, Line
from sqlalchemy.orm import Session

from settlement_backend.ledger import ledger
from settlement_backend.settling import books, planning, settling
from settlement_backend.settling.shapes import SettlementShape
from settlement_backend.settling.tables import Settlement
from settlement_backend.settling.view import settlement_shape
from settlement_backend.terminals.tables import Terminal

pytestmark = pytest.mark.slow

ACCOUNTS = {
    "INSURANCE_FUND": "outside:insurance:fund",
    "PERSONAL_ACCOUNT": "outside:insurance:account",
    "MUTUAL_AID": "outside:insurance:mutual",
    "HOSPITAL": "borne:hospital",
}


def shares(chance: random.Random, total_fen: int) -> list[int]:
    """Fund, account, mutual aid, hospital: parts of the total, some of them zero."""
    cuts = sorted(chance.randint(0, total_fen) for _ in range(4))
    parts = [b - a for a, b in zip([0, *cuts], cuts, strict=False)]
    return [part if chance.random() < 0.7 else 0 for part in parts]


def assert_sums(told: SettlementShape) -> None:
    components = {part.kind: part.amount_fen for part in told.components}
    assert sum(components.values()) == told.total_fen
    self_pay_fen = sum(tender.amount_fen for tender in told.tenders) + told.due_fen
    assert components["SELF_PAY"] == self_pay_fen
    assert {"INSURANCE_FUND", "PERSONAL_ACCOUNT", "SUBSIDY", "SELF_PAY"} <= set(components)
    assert all(components[kind] for kind in ("MUTUAL_AID", "HOSPITAL") if kind in components)


def settled(backend: Backend, session: Session, row: Settlement, terminal: Terminal) -> None:
    """Everything of a planned settlement is taken, the due part in cash."""
    now = backend.clock.now()
    if row.due_fen:
        planning.add_tender(session, row, planning.Planned("CASH", row.due_fen), terminal)
    row.state, row.due_fen = "PAYING", 0
    books.insured(session, row, f"SETL-{row.id}", now)
    for tender in settling.tenders_of(session, row.id):
        assert books.take(session, row, tender, backend.context.slip_key, now)
    books.complete(session, row, backend.context.slip_key, now)


def test_components_and_tenders_sum_in_every_state(backend: Backend) -> None:
    chance = random.Random(20260302)
    borne_fen = dict.fromkeys(ACCOUNTS, 0)
    with backend.db.read() as session:
        terminal = session.get_one(Terminal, "W07")
    for _ in range(12):
        total_fen = chance.randint(1, 50_000)
        settlement_id, bill_id = uuid.uuid4().hex, backend.bill(Line(total_fen, "OWN"))
        backend.saga.open(settlement_id, backend.person_id, [(bill_id, 1)], terminal)
        with backend.db.write() as session:
            row = settling.settlement_of(session, settlement_id)
            parts = shares(chance, total_fen)
            row.fund_fen, row.account_fen, row.mutual_fen, row.hospital_fen = parts
            row.due_fen = total_fen - sum(parts)
            assert_sums(settlement_shape(session, row, terminal, backend.context))
            settled(backend, session, row, terminal)
            session.refresh(row)
            told = settlement_shape(session, row, terminal, backend.context)
            assert told.state == "COMPLETED"
            assert_sums(told)
        for kind, part in zip(ACCOUNTS, parts, strict=True):
            borne_fen[kind] += part

    with backend.db.read() as session:
        assert ledger.balanced(session)
        assert {
            kind: -ledger.balance(session, name) for kind, name in ACCOUNTS.items()
        } == borne_fen


def test_insurance_taken_back_empties_every_account(backend: Backend) -> None:
    with backend.db.read() as session:
        terminal = session.get_one(Terminal, "W07")
    settlement_id, bill_id = uuid.uuid4().hex, backend.bill(Line(1000, "OWN"))
    backend.saga.open(settlement_id, backend.person_id, [(bill_id, 1)], terminal)
    with backend.db.write() as session:
        row = settling.settlement_of(session, settlement_id)
        row.fund_fen, row.account_fen, row.mutual_fen, row.hospital_fen = 400, 300, 200, 100
        for _ in range(2):
            books.insured(session, row, "SETL-1", backend.clock.now())
        assert ledger.balance(session, f"settling:{settlement_id}") == 1000
        for _ in range(2):
            books.uninsured(session, row, backend.clock.now())

        assert [ledger.balance(session, name) for name in ACCOUNTS.values()] == [0, 0, 0, 0]
        assert ledger.balance(session, f"settling:{settlement_id}") == 0
