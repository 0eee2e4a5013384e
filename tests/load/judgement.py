"""What the books say after the load: read from the database itself, not from the backend.

Talks to the database while no backend runs on it, and to the platforms' books. What a reader would
get wrong: "lost" is what a terminal was told and the ledger does not have; "doubled" is what the
ledger or a platform has twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, create_engine, text

from tests.load.load_terminal import Outcome
from tests.load.processes import Town


@dataclass(frozen=True, slots=True)
class Verdict:
    """Counts; everything but `settled` and `longest_silence_s` must be zero."""

    settled: int
    lost: int
    doubled: int
    unbalanced: int
    unfinished: int
    disagreeing: int
    longest_silence_s: float

    @property
    def good(self) -> bool:
        """Nothing lost, nothing doubled, nothing unbalanced, all at an end, all agree."""
        wrong = (self.lost, self.doubled, self.unbalanced, self.unfinished, self.disagreeing)
        return self.settled > 0 and not any(wrong)

    def __str__(self) -> str:
        return (
            f"settled {self.settled}, lost {self.lost}, doubled {self.doubled}, "
            f"unbalanced {self.unbalanced}, unfinished {self.unfinished}, "
            f"disagreeing with the platforms {self.disagreeing}, "
            f"longest wait of one patient {self.longest_silence_s:.1f} s"
        )


def judged(town: Town, outcomes: Sequence[Outcome]) -> Verdict:
    """The verdict of one run; the backend is stopped."""
    engine = create_engine(town.database_url.replace("postgresql:", "postgresql+psycopg:", 1))
    try:
        return _judged(engine, town, outcomes)
    finally:
        engine.dispose()


def _judged(engine: Engine, town: Town, outcomes: Sequence[Outcome]) -> Verdict:
    told = {bill: settled for outcome in outcomes for bill, settled in outcome.paid.items()}
    paid = dict(
        _pairs(
            engine,
            "select b.id, b.settlement_id from bill b join settlement s on s.id = b.settlement_id "
            "where b.state = 'PAID' and s.state = 'COMPLETED'",
        )
    )
    return Verdict(
        settled=len(told),
        lost=sum(paid.get(bill) != settlement for bill, settlement in told.items()),
        doubled=_doubled(engine),
        unbalanced=_count(
            engine,
            "select count(*) from (select posting from ledger_entry group by posting having "
            "sum(case when side = 'D' then amount_fen else -amount_fen end) <> 0) wrong",
        ),
        unfinished=_count(
            engine,
            "select count(*) from settlement where state in ('INSURED', 'PAYING', 'REVERSING')",
        ),
        disagreeing=_disagreeing(engine, town),
        longest_silence_s=max((outcome.longest_silence_s for outcome in outcomes), default=0.0),
    )


def _doubled(engine: Engine) -> int:
    """Settlements that were completed without a bill of their own, or for more than their bill."""
    more = (
        "select count(*) from settlement s where s.state = 'COMPLETED' and s.total_fen <> "
        "(select coalesce(sum(b.total_fen), 0) from bill b where b.settlement_id = s.id "
        "and b.state = 'PAID')"
    )
    revenue = (
        "select (select coalesce(sum(amount_fen), 0) from ledger_entry where account = 'revenue' "
        "and side = 'C') - (select coalesce(sum(total_fen), 0) from bill where state = 'PAID')"
    )
    return _count(engine, more) + abs(_count(engine, revenue))


def _disagreeing(engine: Engine, town: Town) -> int:
    """Orders and insurance settlements that only one side knows as standing."""
    ours = dict(
        _pairs(engine, "select id, amount_fen from tender where kind = 'SCAN' and state = 'TAKEN'")
    )
    theirs = {
        order["order_no"]: order["amount_fen"]
        for order in town.books("acquirer")["orders"]
        if order["state"] == "SUCCESS"
    }
    our_insurance = dict(
        _pairs(
            engine,
            "select setl_id, fund_fen from settlement where insurance_state = 'SETTLED' "
            "and setl_id <> ''",
        )
    )
    their_insurance = {
        made["setl_id"]: made["fund_fen"]
        for made in town.books("insurance")["settlements"]
        if made["state"] == "SETTLED"
    }
    return len(ours.items() ^ theirs.items()) + len(our_insurance.items() ^ their_insurance.items())


def _pairs(engine: Engine, query: str) -> list[tuple[str, object]]:
    with engine.connect() as connection:
        return [(row[0], row[1]) for row in connection.execute(text(query))]


def _count(engine: Engine, query: str) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text(query)) or 0)
