"""What reconciliation keeps: files as they were read, lines with their verdicts, their cases.

Talks to the database only, inside the caller's transaction. What a reader would get wrong: a line
keeps its id from run to run, so a day that runs again changes verdicts and adds nothing twice;
a line that a person corrected is left as that person left it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.cases import cases
from settlement_backend.cases.tables import Case
from settlement_backend.policy.profile import Doubt
from settlement_backend.reconciliation.compare import (
    DIFFERENCES,
    Files,
    Key,
    Kind,
    Line,
    Theirs,
)
from settlement_backend.reconciliation.fetching import Empty, NotYet, Read
from settlement_backend.reconciliation.files.rows import DailyFile, Moved
from settlement_backend.reconciliation.tables import (
    ChannelFile,
    ChannelRow,
    ReconciliationLine,
)

THERE = ("READY", "EMPTY")
INSURANCE = "INSURANCE"
_BACK = ("REFUND", "REVOKED")
_AT_ONCE = 500
_LATE_DAYS = 1  # a file comes on the day after its own


def keep_file(
    session: Session,
    day: date,
    bank: str,
    channel: str,
    word: Read | Empty | NotYet,
    rules: Doubt,
    now: datetime,
) -> None:
    """What was fetched; a file that is there stays as it is. A damaged one, and one that is late
    by days, gets an owner."""
    known = session.get(ChannelFile, (day.isoformat(), bank, channel), with_for_update=True)
    if known is not None and known.state in THERE:
        return
    row = ChannelFile(day=day.isoformat(), bank=bank, channel=channel, state="", at=stamp(now))
    match word:
        case Read(file, content):
            moved = [*_moved(file)]
            row.state, row.digest = "READY", hashlib.sha256(content).hexdigest()
            row.rows = len(moved)
            row.in_fen = sum(each.amount_fen for kind, each in moved if kind == "PAY")
            row.out_fen = sum(each.amount_fen for kind, each in moved if kind in _BACK)
            _keep_rows(session, row, moved)
        case Empty():
            row.state = "EMPTY"
        case NotYet(state, trouble):
            row.state, row.trouble = state, trouble
    session.merge(row)
    session.flush()
    _follow_file(session, row, (now.date() - day).days, rules, now)


def _follow_file(
    session: Session, row: ChannelFile, age_days: int, rules: Doubt, now: datetime
) -> None:
    name = f"file/{row.day}/{row.bank}/{row.channel}"
    if row.state in THERE:
        known = session.scalar(select(Case).where(Case.operation_id == name))
        if known is not None:
            cases.settle_itself(session, known.id, "the file is there", now)
    elif row.state == "DAMAGED" or age_days > _LATE_DAYS:
        cases.open_case(
            session,
            rules,
            now,
            operation_kind="daily_file",
            operation_id=name,
            amount_fen=0,
            evidence=f"{row.state} {row.trouble}".strip(),
            person_id="",
        )


def _moved(file: DailyFile) -> Iterator[tuple[Kind, Moved]]:
    """Rows by the names of our books: a whole payment that was refunded because its channel
    reverses no more counts as reversed (ways.Orders.reverse)."""
    for row in file.rows:
        undone = row.kind == "REFUND" and row.number == f"{row.original}R"
        yield ("REVOKED" if undone else row.kind), row
    for number, amount_fen in file.adjusted:
        yield "ADJUSTED", Moved("PAY", number, "", amount_fen, "", "")


def _keep_rows(session: Session, file: ChannelFile, moved: Sequence[tuple[Kind, Moved]]) -> None:
    named = (file.day, file.bank, file.channel)
    session.execute(
        delete(ChannelRow).where(
            ChannelRow.day == named[0],
            ChannelRow.bank == named[1],
            ChannelRow.channel == named[2],
        )
    )
    session.add_all(
        ChannelRow(
            day=file.day,
            bank=file.bank,
            channel=file.channel,
            place=place,
            kind=kind,
            number=row.original if kind == "REVOKED" else row.number,
            original=row.original,
            amount_fen=row.amount_fen,
            reference=row.reference,
        )
        for place, (kind, row) in enumerate(moved)
    )


def around(day: date) -> tuple[str, ...]:
    """The days whose files are looked at for one day."""
    return tuple((day + timedelta(days=days)).isoformat() for days in (-1, 0, 1))


def files(session: Session, day: date, tolerance_minutes: int) -> Files:
    """Which files around a day were read."""
    wanted = select(ChannelFile).where(
        ChannelFile.day.in_(around(day)), ChannelFile.state.in_(THERE)
    )
    ready = (
        (row.bank, row.channel, date.fromisoformat(row.day)) for row in session.scalars(wanted)
    )
    return Files(frozenset(ready), timedelta(minutes=tolerance_minutes))


def theirs(session: Session, day: date) -> tuple[Theirs, ...]:
    """The rows of the files around a day."""
    wanted = (
        select(ChannelRow)
        .where(ChannelRow.day.in_(around(day)))
        .order_by(ChannelRow.day, ChannelRow.bank, ChannelRow.channel, ChannelRow.place)
    )
    return tuple(
        Theirs(
            key=Key(row.bank, row.channel, _kind(row.kind), row.number),
            day=date.fromisoformat(row.day),
            amount_fen=row.amount_fen,
            original=row.original,
            reference=row.reference,
        )
        for row in session.scalars(wanted)
    )


def _kind(word: str) -> Kind:
    match word:
        case "PAY" | "REFUND" | "REVOKED" | "ADJUSTED":
            return word
    raise ValueError("a kind that nobody wrote")


def keep_lines(
    session: Session, day: date, lines: Iterable[Line], rules: Doubt, now: datetime
) -> None:
    """The verdicts of a day; differences get a case, agreeing ones end theirs."""
    told = tuple(lines)
    seen = {line.id for line in told}
    known = _known(session, tuple(seen))
    for line in told:
        row = known.get(line.id)
        if row is None:
            row = _new(line)
            session.add(row)
        if not row.correction:
            _tell(row, line)
            follow(session, row, line.ours.person_id if line.ours else "", rules, now)
    gone = select(ReconciliationLine).where(
        ReconciliationLine.day == day.isoformat(),
        ReconciliationLine.channel != INSURANCE,
        ReconciliationLine.correction == "",
    )
    for row in session.scalars(gone).all():
        if row.id not in seen:
            drop(session, row, now)
    session.flush()


def _known(session: Session, ids: Sequence[str]) -> dict[str, ReconciliationLine]:
    found: dict[str, ReconciliationLine] = {}
    for begin in range(0, len(ids), _AT_ONCE):
        some = ReconciliationLine.id.in_(ids[begin : begin + _AT_ONCE])
        found |= {row.id: row for row in session.scalars(select(ReconciliationLine).where(some))}
    return found


def _new(line: Line) -> ReconciliationLine:
    key = line.key
    return ReconciliationLine(
        id=line.id,
        day=line.day.isoformat(),
        bank=key.bank,
        channel=key.channel,
        kind=key.kind,
        number=key.number,
        verdict=line.verdict,
        case_id="",
        correction="",
    )


def _tell(row: ReconciliationLine, line: Line) -> None:
    ours, other = line.ours, line.theirs
    row.day, row.verdict = line.day.isoformat(), line.verdict
    row.our_fen = ours.amount_fen if ours is not None and ours.state == "BOOKED" else 0
    row.our_day = ours.day.isoformat() if ours is not None else ""
    row.account = ours.account if ours is not None else ""
    row.about = ours.about if ours is not None else ""
    row.campus = ours.campus if ours is not None else ""
    row.their_fen = other.amount_fen if other is not None else 0
    row.their_day = other.day.isoformat() if other is not None else ""
    row.reference = other.reference if other is not None else ""


def follow(
    session: Session, row: ReconciliationLine, person_id: str, rules: Doubt, now: datetime
) -> None:
    """A difference has a case; a line that agrees by now ends its own."""
    if row.verdict in DIFFERENCES:
        session.flush()
        case = cases.open_case(
            session,
            rules,
            now,
            operation_kind="reconciliation",
            operation_id=row.id,
            amount_fen=abs(row.our_fen - row.their_fen) or max(row.our_fen, row.their_fen),
            evidence=f"{row.verdict} {row.bank} {row.channel} {row.kind} {row.number}",
            person_id=person_id,
        )
        row.case_id = case.id
    elif row.verdict == "MATCHED" and row.case_id:
        cases.settle_itself(session, row.case_id, f"{row.their_day}: both sides agree", now)


def drop(session: Session, row: ReconciliationLine, now: datetime) -> None:
    """Neither side has it any more, or another day does."""
    if row.case_id:
        cases.settle_itself(session, row.case_id, "no side has it any more", now)
    session.delete(row)
