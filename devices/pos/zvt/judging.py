"""What an ended ZVT dialogue proves. Pure; asks nothing.

What a reader would get wrong: approved counts only when result, reference, amount, currency and
the POS's own completion all fit; whatever does not fit together is Unknown, never "no".
"""

from __future__ import annotations

from dataclasses import dataclass

from core.ports import DayEnded, DayTotal, Done, Refused, Unknown
from devices.pos.service import Receipt
from devices.pos.zvt import frames
from devices.pos.zvt.driver import Ended
from devices.pos.zvt.fields import StatusInformation
from devices.pos.zvt.frames import Apdu
from devices.pos.zvt.status import ALREADY_REVERSED, APPROVED, refusal_of

_UNDOES = frozenset({frames.REVERSE_RESERVATION, frames.REVERSAL})


@dataclass(frozen=True, slots=True)
class Asked:
    """What we asked money for. `reference` "" when the POS does not repeat it."""

    reference: str
    amount_fen: int
    currency: str


def judged(ended: Ended, asked: Asked) -> StatusInformation | Refused | Unknown:
    """The POS ended the dialogue itself; yes only if all it said fits together."""
    information = ended.information
    if ended.abort_code is not None:
        if information is not None and information.result == APPROVED:
            return Unknown("approved and aborted")
        return refusal_of(ended.abort_code)
    if information is None or information.result is None:
        return Unknown("completed without a result")
    if asked.reference and information.reference != asked.reference:
        return Unknown("the POS answered with another reference")
    if information.result != APPROVED:
        return refusal_of(information.result)
    if information.amount_fen != asked.amount_fen or information.currency != asked.currency:
        return Unknown("the POS answered with another amount")
    return information


def judged_follow_up(command: Apdu, ended: Ended) -> Done | Refused:
    """Something done to an earlier transaction; undoing what is undone already is done."""
    if ended.abort_code == ALREADY_REVERSED and command.code in _UNDOES:
        return Done()
    if ended.abort_code is not None:
        return refusal_of(ended.abort_code)
    if ended.information is not None and ended.information.result not in (None, APPROVED):
        return refusal_of(ended.information.result)
    return Done()


def judged_day(ended: Ended) -> DayEnded | Refused:
    """An end of day; one that tells no totals is an end all the same."""
    if ended.abort_code is not None:
        return refusal_of(ended.abort_code)
    information = ended.information
    if information is None:
        return DayEnded(())
    if information.result not in (None, APPROVED):
        return refusal_of(information.result)
    whole = information.amount_fen
    totals = () if whole is None else (DayTotal("all", whole),)
    return DayEnded(totals + information.scheme_totals)


def receipt_of(kind: type[Receipt], information: StatusInformation, reference: str) -> Receipt:
    """An approved transaction in the words of `core.ports`."""
    return kind(
        reference=reference,
        masked_card=information.masked_card,
        auth_code=information.auth_code,
        rrn=information.rrn,
        trace=information.trace,
        receipt=information.receipt,
        pos_terminal_id=information.terminal_id,
        merchant_id=information.merchant_id,
        amount_fen=information.amount_fen or 0,
    )
