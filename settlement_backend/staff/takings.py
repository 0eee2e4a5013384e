"""What a terminal took and gave in a time, from the ledger alone, by kind of tender.

Talks to the database only. What a reader would get wrong: the ledger knows no terminals, so the
postings of a terminal are named here; whatever new kind of posting moves cash joins `_names`.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from settlement_backend.base.shapes import Shape
from settlement_backend.base.tables import Step
from settlement_backend.cleanout.tables import CleanOutPart
from settlement_backend.ledger.tables import LedgerEntry, Posting
from settlement_backend.prepay.tables import ChangeDue, PrepayLot
from settlement_backend.refunds.tables import RefundPart
from settlement_backend.settling.tables import Settlement, Tender

_KINDS = {
    "outside:cash": "CASH",
    "outside:scan": "SCAN",
    "outside:hold": "PREAUTH",
    "outside:insurance": "INSURANCE",
}
_OUTSIDE = "outside:"
_CONFIRMED = "CONFIRMED"


class Taking(Shape):
    """Of one kind: taken, given back (refunds, change, what was undone), number of takings."""

    kind: str
    taken_fen: int
    given_fen: int
    count: int


def takings(session: Session, terminal_id: str, since: str, until: str) -> tuple[Taking, ...]:
    """After `since`, up to and with `until` (stamps), by kind."""
    amount_fen, times = func.sum(LedgerEntry.amount_fen), func.count()
    rows = session.execute(
        select(LedgerEntry.account, LedgerEntry.side, amount_fen, times)
        .join(Posting, Posting.name == LedgerEntry.posting)
        .where(
            Posting.at > since,
            Posting.at <= until,
            Posting.name.in_(_names(terminal_id)),
            LedgerEntry.account.startswith(_OUTSIDE),
        )
        .group_by(LedgerEntry.account, LedgerEntry.side)
    )
    return takings_of(
        (account, side, int(sum_fen), count) for account, side, sum_fen, count in rows
    )


def takings_of(rows: Iterable[tuple[str, str, int, int]]) -> tuple[Taking, ...]:
    """By kind, of sums by account and side: account, side, sum in fen, number of entries."""
    sums: dict[str, Taking] = {}
    for account, side, sum_fen, count in rows:
        kind = _kind_of(account)
        before = sums.get(kind, Taking(kind=kind, taken_fen=0, given_fen=0, count=0))
        taken = side == "D"
        sums[kind] = Taking(
            kind=kind,
            taken_fen=before.taken_fen + sum_fen * taken,
            given_fen=before.given_fen + sum_fen * (not taken),
            count=before.count + count * taken,
        )
    return tuple(sums[kind] for kind in sorted(sums))


def cash_fen(told: tuple[Taking, ...]) -> int:
    """What came into the drawer less what left it."""
    return sum(each.taken_fen - each.given_fen for each in told if each.kind == "CASH")


def _kind_of(account: str) -> str:
    """`outside:scan:WECHAT` is SCAN; a word nobody listed stands for itself."""
    start = ":".join(account.split(":")[:2])
    return _KINDS.get(start, start.removeprefix(_OUTSIDE).upper())


def _names(terminal_id: str) -> Select[tuple[str]]:
    """The names of all postings that this terminal caused."""
    tenders = select(Tender.id).where(Tender.terminal_id == terminal_id).subquery()
    settlements = select(Settlement.id).where(Settlement.terminal_id == terminal_id).subquery()
    confirmed = _confirmed(terminal_id)
    refunded = select(RefundPart.id).where(RefundPart.refund_id.in_(confirmed)).subquery()
    cleaned = select(CleanOutPart.id).where(CleanOutPart.clean_out_id.in_(confirmed)).subquery()
    owed = select(ChangeDue.settlement_id).where(ChangeDue.terminal_id == terminal_id).subquery()
    handed = (
        select(ChangeDue.settlement_id).where(ChangeDue.paid_terminal_id == terminal_id).subquery()
    )
    named = union_all(
        *(select(literal(f"{word}/") + tenders.c.id) for word in ("take", "return")),
        *(select(literal(f"{word}/") + settlements.c.id) for word in ("insure", "uninsure")),
        select(literal("refund/") + refunded.c.id),
        select(literal("cleaned/") + cleaned.c.id),
        select(literal("change/") + owed.c.settlement_id),
        select(literal("unchange/") + handed.c.settlement_id),
        select(PrepayLot.id).where(PrepayLot.terminal_id == terminal_id),
    ).subquery()
    return select(*named.c)


def _confirmed(terminal_id: str) -> Select[str]:
    """Refunds and applications that were first confirmed here: cash is handed out at that step,
    and a second one, after an account was asked for anew, hands out none (W32)."""
    other = aliased(Step)
    first = select(func.min(other.place)).where(other.of == Step.of, other.step == _CONFIRMED)
    return select(Step.of).where(
        Step.terminal_id == terminal_id,
        Step.step == _CONFIRMED,
        Step.place == first.scalar_subquery(),
    )
