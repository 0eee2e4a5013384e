"""What ``GET /books`` shows of the insurance centre.

Talks to nothing; the insurance's routes call it. What a reader would get wrong: the own account's
and the relatives' parts never overlap here, whatever the region's setlinfo says.
"""

from dataclasses import dataclass
from typing import Literal

from sandbox.platforms.insurance.books import Clearing, InsuranceBooks
from sandbox.platforms.insurance.settlements import Settlement
from sandbox.platforms.insurance.visits import Visit


@dataclass(frozen=True, slots=True)
class ShownSettlement:
    """A settlement in ``GET /books``."""

    setl_id: str
    medins_setl_id: str
    msgid: str
    mdtrt_id: str
    psn_no: str
    insutype: str
    med_type: str
    fund_fen: int
    account_fen: int
    mutual_aid_fen: int
    cash_fen: int
    hospital_fen: int
    state: str


@dataclass(frozen=True, slots=True)
class ShownVisit:
    """A visit or an admission in ``GET /books``."""

    mdtrt_id: str
    psn_no: str
    kind: str
    insutype: str
    med_type: str | None
    state: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A fee line in ``GET /books``."""

    mdtrt_id: str
    feedetl_sn: str
    chrg_bchno: str
    amount_fen: int
    setl_id: str


@dataclass(frozen=True, slots=True)
class ShownClearing:
    """A clearing application in ``GET /books``."""

    clr_appy_evt_id: str
    clr_type: str
    setlym: str
    fund_fen: int
    state: Literal["APPLIED", "CANCELLED"]


@dataclass(frozen=True, slots=True)
class BooksShown:
    """``GET /books``."""

    settlements: list[ShownSettlement]
    admissions: list[ShownVisit]
    uploads: list[ShownLine]
    clearings: list[ShownClearing]


def shown(books: InsuranceBooks) -> BooksShown:
    """Everything the centre recorded."""
    return BooksShown(
        settlements=[_settlement(made) for made in books.settlements.made.values()],
        admissions=[_visit(visit) for visit in books.visits.known.values()],
        uploads=[
            ShownLine(
                line.mdtrt_id, line.feedetl_sn, line.chrg_bchno, line.amount_fen, line.setl_id
            )
            for lines in books.fees.by_visit.values()
            for line in lines.values()
        ],
        clearings=[_clearing(made) for made in books.clearings.values()],
    )


def _settlement(made: Settlement) -> ShownSettlement:
    return ShownSettlement(
        setl_id=made.setl_id,
        medins_setl_id=made.medins_setl_id,
        msgid=made.msgid,
        mdtrt_id=made.mdtrt_id,
        psn_no=made.psn_no,
        insutype=made.insutype,
        med_type=made.med_type,
        fund_fen=made.shares.fund_fen,
        account_fen=made.shares.account_fen,
        mutual_aid_fen=made.shares.mutual_aid_fen,
        cash_fen=made.shares.cash_fen,
        hospital_fen=made.shares.hospital_fen,
        state=made.state,
    )


def _visit(visit: Visit) -> ShownVisit:
    return ShownVisit(
        mdtrt_id=visit.mdtrt_id,
        psn_no=visit.psn_no,
        kind=visit.kind,
        insutype=visit.insutype,
        med_type=visit.med_type,
        state=visit.state,
    )


def _clearing(made: Clearing) -> ShownClearing:
    state: Literal["APPLIED", "CANCELLED"] = "CANCELLED" if made.cancelled else "APPLIED"
    return ShownClearing(made.clr_appy_evt_id, made.clr_type, made.setlym, made.fund_fen, state)
