"""Hand out a paid article: the machine turns once, and the backend is told whether it came out.

Begins when the money is taken. What did not provably come out is never vended again: the backend
opens a case about its money, and a person decides. What a reader would get wrong: a sale that was
paid and never reached this journey is found by the backend itself, by the same rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.goods import Sale
from core.journeys.doubt import Doubtful, HandedOver, InDoubt, leave_in_doubt
from core.operation import OperationEvent, OperationKind
from core.ports import DeviceTrouble, NotSent, Refused, Unknown, Vended
from core.steps import Intend, Intended, JournalBroken, Record
from core.steps.goods import TellSale, VendGoods

_KIND = OperationKind.GOODS


@dataclass(frozen=True, slots=True)
class HandedOut:
    """It is with the patient."""


@dataclass(frozen=True, slots=True)
class NothingWritten:
    """The journal is broken, so nothing was moved; the backend opens the case by itself."""


async def hand_out(sale: Sale) -> HandedOut | NothingWritten | Doubtful:
    """One piece of a sale that is paid."""
    amount_fen = sale.bill.total_fen
    match await Intend(_KIND, {"sale_id": sale.sale_id, "amount_fen": amount_fen}):
        case Intended(operation_id):
            pass
        case JournalBroken():
            return NothingWritten()
    if isinstance(await Record(operation_id, _KIND, OperationEvent.START), JournalBroken):
        return NothingWritten()
    match await VendGoods(operation_id):
        case Vended():
            await Record(operation_id, _KIND, OperationEvent.NOTE, {"phase": "vended"})
            end = await tell(operation_id, sale.sale_id, handed_out=True)
            if isinstance(end, InDoubt):  # nothing is wrong with it: recovery tells it later
                facts = {"reason": end.reason}
                await Record(operation_id, _KIND, OperationEvent.DOUBT, facts)
                return HandedOut()
        case DeviceTrouble() | Unknown():
            end = await tell(operation_id, sale.sale_id, handed_out=False)
        case other:
            assert_never(other)
    if isinstance(end, HandedOut):
        return end
    return await leave_in_doubt(operation_id, _KIND, amount_fen, end)


async def tell(
    operation_id: str, sale_id: str, *, handed_out: bool
) -> HandedOut | InDoubt | HandedOver:
    """Recovery enters here too: under the same key it is the same word."""
    match await TellSale(operation_id, sale_id, handed_out):
        case Sale(state="HANDED_OUT"):
            await Record(operation_id, _KIND, OperationEvent.FINISH)
            return HandedOut()
        case Sale():
            return HandedOver("not_handed_out")
        case Refused("not_paid"):  # told before, or by the backend's own rule: it has its case
            return HandedOver("not_handed_out")
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return InDoubt(reason)
        case other:
            assert_never(other)
