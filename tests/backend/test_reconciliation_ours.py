"""Our movements as they are looked up: by day, by the numbers a file names, by their state."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from backend_bench import WANG_ID, Backend, Line, person
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.database import Database
from settlement_backend.cases.cases import cases
from settlement_backend.cleanout.tables import CleanOut, CleanOutPart
from settlement_backend.ledger import ledger
from settlement_backend.ledger.ledger import Move
from settlement_backend.policy.profile import Doubt
from settlement_backend.prepay.tables import PrepayLot
from settlement_backend.reconciliation import books, our_lots, ours
from settlement_backend.reconciliation.compare import Ours
from settlement_backend.reconciliation.fetching import Empty, NotYet, Read
from settlement_backend.reconciliation.files.rows import DailyFile, Moved
from settlement_backend.refunds.tables import Payout
from settlement_backend.settling.tables import Tender

DAY = date(2026, 3, 2)
DOUBT = Doubt(ask_every=1.0, give_up_after=120.0, owner="cashier-office", due_hours=24)
AT, LATER = "2026-03-02T10:00:00.000+08:00", "2026-03-02T18:00:00.000+08:00"
LONG_AGO = "2026-01-05T10:00:00.000+08:00"
BANKS = ("lead", "partner")


def told(found: list[Ours]) -> list[tuple[str, str, str, str, str, int]]:
    return [
        (o.key.bank, o.key.channel, o.key.kind, o.key.number, o.state, o.amount_fen)
        for o in sorted(found, key=lambda o: (o.key.number, o.key.kind))
    ]


def posted(session: Session, name: str, at: str, account: str) -> None:
    ledger.post(session, name, at, [Move(account, "prepaid:P1", 500)])


@pytest.fixture
def lots(db: Database) -> Database:
    """A card top-up of the day at the partner, notes, one of long ago whose balance goes back."""
    common = {"person_id": "P1", "amount_fen": 500, "left_fen": 500, "day": "2026-03-02"}
    with db.write() as session:
        session.add(person("P1", WANG_ID))
        session.flush()
        card = {"channel": "BANKCARD_TRANSFER", "acquirer": "partner"}
        session.add(PrepayLot(id="topup/a", order_no="REF-A", **card, **common))
        session.add(PrepayLot(id="topup/b", channel="CASH", **common))
        session.add(PrepayLot(id="topup/c", order_no="REF-C", **card, **common))
        row = {"person_id": "P1", "amount_fen": 500, "state": "CONFIRMED", "channel": "kiosk"}
        more = {"asked_by": "", "warned": True, "face_check_id": "", "at": AT}
        session.add(CleanOut(id="K1", **row, **more))
        session.flush()
        part = {"clean_out_id": "K1", "place": 0, "rule_id": "RF", "amount_fen": 500}
        session.add(
            CleanOutPart(id="K1-0", lot_id="topup/c", route="ORIGINAL", state="DONE", **part)
        )
        session.add(
            CleanOutPart(id="K1-1", lot_id="topup/a", route="ORIGINAL", state="ASKED", **part)
        )
        session.add(CleanOutPart(id="K1-2", lot_id="topup/b", route="CASH", state="DONE", **part))
        posted(session, "topup/a", AT, "outside:card")
        posted(session, "topup/b", AT, "outside:cash")
        posted(session, "topup/c", LONG_AGO, "outside:card")
        posted(session, "cleaned/K1-0", LATER, "outside:card")
    return db


def test_top_ups_by_card_are_found_by_day_or_by_number_and_notes_never(lots: Database) -> None:
    with lots.read() as session:
        of_day = list(our_lots.top_ups(session, ours.window(session, DAY, (), BANKS)))
        named = list(our_lots.top_ups(session, ours.window(session, DAY, ("REF-C",), ("lead",))))

    assert told(of_day) == [("partner", "CARD", "PAY", "REF-A", "BOOKED", 500)]
    assert {(o.key.bank, o.key.number) for o in named} == {("lead", "REF-A"), ("lead", "REF-C")}


def test_clean_outs_go_back_to_the_order_they_came_from(lots: Database) -> None:
    with lots.read() as session:
        found = list(our_lots.clean_outs(session, ours.window(session, DAY, (), BANKS)))

    assert told(found) == [
        ("partner", "CARD", "REFUND", "K1-0", "BOOKED", 500),
        ("partner", "CARD", "REFUND", "K1-1", "UNKNOWN", 500),
    ]
    assert {o.key.number: o.originals for o in found} == {"K1-0": ("REF-C",), "K1-1": ("REF-A",)}


def test_transfers_are_paid_sent_back_or_still_unknown(db: Database) -> None:
    common = {"of_kind": "refund", "of": "R1", "part_id": "R1-0", "account": "refunding:R1"}
    payee = {"payee_name": "", "account_no": "", "bank": "", "amount_fen": 500}
    with db.write() as session:
        for number, state in (("T1", "PAID"), ("T2", "RETURNED"), ("T3", "SENT"), ("T4", "QUEUED")):
            session.add(Payout(id=number, state=state, at=AT, **common, **payee))
        for name in ("payout/T1", "payout/T2", "payback/T2"):
            posted(session, name, AT, "outside:transfer")
    with db.read() as session:
        found = list(ours.transfers(session, ours.window(session, DAY, ("T4",), BANKS)))

    assert told(found) == [
        ("lead", "TRANSFER", "REFUND", "T1", "BOOKED", 500),
        ("lead", "TRANSFER", "PAY", "T2", "BOOKED", 500),
        ("lead", "TRANSFER", "REFUND", "T2", "BOOKED", 500),
        ("lead", "TRANSFER", "REFUND", "T3", "UNKNOWN", 500),
        ("lead", "TRANSFER", "REFUND", "T4", "NOT_ASKED", 500),
    ]


@pytest.mark.parametrize(
    ("state", "taken", "returned", "found"),
    [
        ("TAKEN", True, False, {("PAY", "BOOKED")}),
        ("RETURNED", True, True, {("PAY", "BOOKED"), ("REVOKED", "BOOKED")}),
        ("RETURNED", False, False, {("PAY", "UNDONE"), ("REVOKED", "UNDONE")}),
        ("PAYING", False, False, {("PAY", "UNKNOWN")}),
        ("PLANNED", False, False, {("PAY", "NOT_ASKED")}),
    ],
)
def test_tender_in_each_state(
    backend: Backend, state: str, taken: bool, returned: bool, found: set[tuple[str, str]]
) -> None:
    settlement_id = backend.pay(backend.bill(Line(700, "OWN")))
    now = stamp(backend.clock.now())
    with backend.db.write() as session:
        (tender,) = session.query(Tender).filter(Tender.settlement_id == settlement_id)
        tender.state, tender.taken_at = state, now if taken else ""
        if returned:
            moves = [Move("settling:x", "outside:scan:WECHAT", 700)]
            ledger.post(session, f"return/{tender.id}", now, moves)
    with backend.db.read() as session:
        today = backend.clock.now().date()
        got = list(ours.tenders(session, ours.window(session, today, (tender.id,), BANKS)))

    assert {(o.key.kind, o.state) for o in got} == found
    assert {(o.key.channel, o.key.number, o.campus) for o in got} == {
        ("WECHAT", tender.id, "MAIN"),
    }


def test_whole_refund_in_place_of_a_reversal_counts_as_one_and_adjustments_are_kept(
    db: Database,
) -> None:
    rows = (
        Moved("PAY", "O1", "", 700, "0302093000", "8"),
        Moved("REFUND", "O1R", "O1", 700, "0303093000", ""),
        Moved("REFUND", "R2", "O2", 300, "0303093000", ""),
    )
    word = Read(DailyFile(rows, (("O1", 100),)), b"the file")
    from_now = datetime.fromisoformat(LATER)
    with db.write() as session:
        for each in (word, Read(DailyFile(()), b"")):
            books.keep_file(session, DAY, "lead", "UNIONPAY", each, DOUBT, from_now)
    with db.read() as session:
        kept = books.theirs(session, DAY)

    assert [(row.key.kind, row.key.number, row.amount_fen) for row in kept] == [
        ("PAY", "O1", 700),
        ("REVOKED", "O1", 700),
        ("REFUND", "R2", 300),
        ("ADJUSTED", "O1", 100),
    ]


@pytest.mark.parametrize(
    ("word", "days", "owned"),
    [
        (NotYet("NOT_READY"), 1, False),
        (NotYet("SILENT"), 2, True),
        (NotYet("DAMAGED", "line 3: not an amount"), 1, True),
    ],
)
def test_damaged_or_late_file_gets_an_owner_until_it_is_there(
    db: Database, word: NotYet, days: int, owned: bool
) -> None:
    now = datetime.fromisoformat(AT) + timedelta(days=days)
    with db.write() as session:
        books.keep_file(session, DAY, "lead", "WECHAT", word, DOUBT, now)
    with db.read() as session:
        assert bool(cases(session, "OPEN")) == owned
    with db.write() as session:
        books.keep_file(session, DAY, "lead", "WECHAT", Empty(), DOUBT, now)
    with db.read() as session:
        assert not cases(session, "OPEN")
