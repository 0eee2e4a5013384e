"""Balances that could not be returned in time: entered once, listed, exported, reported (W21).

Talks to the database only, inside the caller's transaction. What a reader would get wrong: the
money is still owed; it only leaves the balance, so that the list and the report stay the same until
its owner asks for it at a window.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.identity import Audience, mask_id_number, mask_name
from core.money import format_yuan
from settlement_backend.base.clock import stamp
from settlement_backend.cleanout.books import unreturned
from settlement_backend.cleanout.shapes import LedgeredList, LedgeredShape
from settlement_backend.cleanout.tables import Ledgered
from settlement_backend.people.tables import Person
from settlement_backend.prepay import accounts
from settlement_backend.prepay.shapes import CHANNELS
from settlement_backend.prepay.tables import PrepayAccount, PrepayLot

_MOST_ACCOUNTS = 1000
_COLUMNS = ("患者姓名", "证件号码", "充值渠道", "充值日期", "未退金额(元)", "未退原因")
_LAST_COLUMNS = ("登记时间", "申领时间")
_BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet reads Chinese wrongly
_FORMULA_SIGNS = ("=", "+", "-", "@")


def enter(session: Session, reason: str, operator: str, now: datetime) -> int:
    """Put every balance with no application on the list; how many people it were, at most 1000."""
    holders = (
        select(PrepayAccount.person_id)
        .where(PrepayAccount.balance_fen > 0, PrepayAccount.state == "OPEN")
        .order_by(PrepayAccount.person_id)
        .limit(_MOST_ACCOUNTS)
    )
    entered = 0
    for person_id in session.scalars(holders).all():
        entered += _enter_one(session, person_id, reason, operator, now)
    return entered


def _enter_one(session: Session, person_id: str, reason: str, operator: str, now: datetime) -> bool:
    """False when an application was faster."""
    if not accounts.change_state(session, person_id, ("OPEN",), "LEDGERED"):
        return False
    before = select(func.count()).where(Ledgered.person_id == person_id)
    number = session.scalar(before) or 0
    name = f"ledgered/{person_id}/{number}"
    aside = accounts.clear(session, person_id, name, unreturned(person_id), now)
    for place, part in enumerate(aside, number):
        session.add(
            Ledgered(
                id=f"{person_id}-{place}",
                person_id=person_id,
                lot_id=part.lot_id,
                amount_fen=part.amount_fen,
                reason=reason,
                at=stamp(now),
                operator=operator,
            )
        )
    session.flush()
    return True


def listed(session: Session) -> LedgeredList:
    """Everything that was ever entered, in the order of entering."""
    rows = session.execute(
        select(Ledgered, PrepayLot, Person)
        .join(PrepayLot, PrepayLot.id == Ledgered.lot_id)
        .join(Person, Person.id == Ledgered.person_id)
        .order_by(Ledgered.at, Ledgered.id)
    )
    entries = tuple(
        LedgeredShape(
            patient_id=person.id,
            display_name=mask_name(person.name, Audience.WINDOW),
            display_id=mask_id_number(person.id_number, Audience.WINDOW),
            channel=lot.channel,
            day=lot.day,
            amount_fen=entry.amount_fen,
            reason=entry.reason,
            entered_at=entry.at,
            claimed_at=entry.claimed_at,
        )
        for entry, lot, person in rows
    )
    open_fen = sum(entry.amount_fen for entry in entries if not entry.claimed_at)
    return LedgeredList(entries=entries, open_fen=open_fen)


def exported(entries: LedgeredList) -> str:
    """The list as a spreadsheet reads it: CSV with a byte order mark, yuan, CR LF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*_COLUMNS, *_LAST_COLUMNS))
    for entry in entries.entries:
        writer.writerow(
            (
                _text(entry.display_name),
                _text(entry.display_id),
                CHANNELS[entry.channel].zh,
                entry.day,
                format_yuan(entry.amount_fen),
                _text(entry.reason),
                entry.entered_at[:19],
                entry.claimed_at[:19],
            )
        )
    return _BYTE_ORDER_MARK + out.getvalue()


def _text(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + value if value.startswith(_FORMULA_SIGNS) else value
