"""The table infno → transaction, and what makes each be done once for its msgid.

Called by the insurance's routes. What a reader would get wrong: only a transaction that was carried
out uses its msgid up; a refused one may come again under it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sandbox.platforms.desk import Refused
from sandbox.platforms.insurance import care as care
from sandbox.platforms.insurance import clearing as clearing
from sandbox.platforms.insurance import fees as fees
from sandbox.platforms.insurance import people as people
from sandbox.platforms.insurance import settling as settling
from sandbox.platforms.insurance.books import Centre, Output, Used
from sandbox.platforms.insurance.envelope import Call, check
from sandbox.platforms.insurance.settlements import REVERSED

# ASKS changes nothing. WRITES keeps its answer for a repetition. SETTLES makes it again from the
# books, which know the settlement by number.
Kind = Literal["ASKS", "WRITES", "SETTLES"]


@dataclass(frozen=True, slots=True)
class Transaction:
    """How an infno is carried out; a handler raises Refused before it changes anything."""

    kind: Kind
    carry_out: Callable[[Centre, Call], Output | bytes | None]


TRANSACTIONS: dict[str, Transaction] = {
    "9001": Transaction("WRITES", people.sign_in),
    "9002": Transaction("WRITES", people.sign_out),
    "1101": Transaction("ASKS", people.person_information),
    "2001": Transaction("ASKS", people.benefit_check),
    "5301": Transaction("ASKS", people.special_diseases),
    "2201": Transaction("WRITES", care.register),
    "2202": Transaction("WRITES", care.cancel_registration),
    "2203": Transaction("WRITES", care.visit_information),
    "2204": Transaction("WRITES", fees.upload_outpatient),
    "2205": Transaction("WRITES", fees.cancel_outpatient),
    "2206": Transaction("ASKS", settling.quote_outpatient),
    "2207": Transaction("SETTLES", settling.settle_outpatient),
    "2208": Transaction("SETTLES", settling.cancel_outpatient),
    "2301": Transaction("WRITES", fees.upload_inpatient),
    "2302": Transaction("WRITES", fees.cancel_inpatient),
    "2303": Transaction("ASKS", settling.quote_inpatient),
    "2304": Transaction("SETTLES", settling.settle_inpatient),
    "2305": Transaction("SETTLES", settling.cancel_inpatient),
    "2401": Transaction("WRITES", care.admit),
    "2402": Transaction("WRITES", care.discharge),
    "2403": Transaction("WRITES", care.change_stay),
    "2404": Transaction("WRITES", care.cancel_admission),
    "2405": Transaction("WRITES", care.cancel_discharge),
    "2601": Transaction("WRITES", settling.undo),
    "3201": Transaction("ASKS", clearing.totals),
    "3202": Transaction("WRITES", clearing.details),
    "3203": Transaction("WRITES", clearing.apply_for_clearing),
    "3204": Transaction("WRITES", clearing.cancel_clearing),
    "5201": Transaction("ASKS", care.visits),
    "5203": Transaction("ASKS", settling.query),
    "5204": Transaction("ASKS", fees.fee_lines),
    "9101": Transaction("WRITES", clearing.upload),
    "9102": Transaction("ASKS", clearing.download),
}


def carry_out(centre: Centre, call: Call) -> Output | bytes | None:
    """The output of a call. Refused, or pydantic.ValidationError for a wrong input."""
    check(call, centre)
    transaction = TRANSACTIONS.get(call.infno)
    if transaction is None:
        raise Refused(f"infno {call.infno} is not known here")
    if transaction.kind == "ASKS":
        return transaction.carry_out(centre, call)
    return _once(centre, call, transaction)


def _once(centre: Centre, call: Call, transaction: Transaction) -> Output | bytes | None:
    if call.msgid in centre.books.settlements.dead_numbers:
        raise Refused(REVERSED)
    number, digest = f"{call.infno} {call.msgid}", call.digest()
    used = centre.books.used.get(number)
    if used is not None and used.digest != digest:
        what = "bill" if call.infno in ("2207", "2304") else "request"
        raise Refused(f"this msgid was used for another {what}")
    if used is not None and transaction.kind == "WRITES":
        return used.output
    output = transaction.carry_out(centre, call)
    kept = output if transaction.kind == "WRITES" and isinstance(output, dict) else None
    centre.books.used[number] = Used(digest, kept)
    return output
