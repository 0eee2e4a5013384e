"""Transactions that settle: 2206-2208, 2303-2305, 2601 and the query 5203.

Called by the dispatch. What a reader would get wrong: a settlement is known by the sender's own
number as well as by its msgid, and one that was reversed is never made again under either.
"""

from sandbox.platforms.desk import Refused
from sandbox.platforms.insurance import care_wire as wire
from sandbox.platforms.insurance.books import Centre, Output
from sandbox.platforms.insurance.care import drop_admission
from sandbox.platforms.insurance.envelope import Call
from sandbox.platforms.insurance.pricing import Priced, price_inpatient, price_outpatient
from sandbox.platforms.insurance.setlinfo import settlement_output
from sandbox.platforms.insurance.settlements import REVERSED, Settlement
from sandbox.platforms.insurance.wire import SettlementQuery

_OTHERS = "another person's transaction"


def quote_outpatient(centre: Centre, call: Call) -> Output:
    """2206."""
    bill = wire.OutpatientBill.model_validate(call.input)
    return _quote(centre, call, bill, price_outpatient(centre, bill))


def quote_inpatient(centre: Centre, call: Call) -> Output:
    """2303."""
    bill = wire.InpatientBill.model_validate(call.input)
    return _quote(centre, call, bill, price_inpatient(centre, bill))


def settle_outpatient(centre: Centre, call: Call) -> Output:
    """2207."""
    bill = wire.OutpatientBill.model_validate(call.input)
    known = _known(centre, call, bill)
    if known is None:
        known = _settle(centre, call, bill, price_outpatient(centre, bill))
    return _output(centre, known)


def settle_inpatient(centre: Centre, call: Call) -> Output:
    """2304."""
    bill = wire.InpatientBill.model_validate(call.input)
    known = _known(centre, call, bill)
    if known is None:
        visit = centre.books.visits.find(bill.mdtrt_id, bill.psn_no, "INPATIENT")
        mid_stay = bill.mid_setl_flag == "1"
        if visit.state != "DISCHARGED" and not mid_stay:
            raise Refused("this admission is not discharged")
        known = _settle(centre, call, bill, price_inpatient(centre, bill), mid_stay)
    return _output(centre, known)


def cancel_outpatient(centre: Centre, call: Call) -> Output:
    """2208."""
    return _cancel(centre, call, inpatient=False)


def cancel_inpatient(centre: Centre, call: Call) -> Output:
    """2305."""
    return _cancel(centre, call, inpatient=True)


def query(centre: Centre, call: Call) -> Output:
    """5203."""
    asked = SettlementQuery.model_validate(call.input)
    settlements = centre.books.settlements
    if asked.setl_id is not None:
        known = settlements.made.get(asked.setl_id)
    elif asked.medins_setl_id is not None:
        known = settlements.find(asked.medins_setl_id)
    else:
        raise Refused("medins_setl_id or setl_id is asked for")
    if known is None or known.state != "SETTLED" or known.psn_no != asked.psn_no:
        return {"setlinfo": None, "setldetail": []}
    return _output(centre, known)


def undo(centre: Centre, call: Call) -> None:
    """2601."""
    asked = wire.Undoing.model_validate(call.input)
    match asked.oinfno:
        case "2207" | "2304":
            _undo_settlement(centre, asked)
        case "2208" | "2305":
            _undo_cancellation(centre, asked)
        case "2401":
            _undo_admission(centre, asked)
        case _:
            raise Refused(f"infno {asked.oinfno} cannot be reversed here")
    centre.books.settlements.dead_numbers.add(asked.omsgid)


def _known(centre: Centre, call: Call, bill: wire.AnyBill) -> Settlement | None:
    number = bill.medins_setl_id or call.msgid
    if number in centre.books.settlements.dead_numbers:
        raise Refused(REVERSED)
    known = centre.books.settlements.find(number)
    if known is None:
        return None
    if known.state == "REVERSED":
        raise Refused(REVERSED)
    asked_for = (bill.psn_no, bill.mdtrt_id, bill.medfee_sumamt)
    if (known.psn_no, known.mdtrt_id, known.shares.total_fen) != asked_for:
        raise Refused("this msgid was used for another bill")
    return known


def _wanted(centre: Centre, call: Call, bill: wire.AnyBill, priced: Priced) -> Settlement:
    own_fen = priced.person.account_fen - priced.shares.account_fen
    return Settlement(
        setl_id="",
        medins_setl_id=bill.medins_setl_id or call.msgid,
        msgid=call.msgid,
        psn_no=bill.psn_no,
        mdtrt_id=bill.mdtrt_id,
        insutype=priced.person.insutype,
        med_type=priced.med_type,
        mdtrt_cert_type=bill.mdtrt_cert_type,
        shares=priced.shares,
        account_parts=priced.account_parts,
        line_numbers=priced.line_numbers,
        settled_at=centre.now(),
        balance_fen=own_fen,
    )


def _quote(centre: Centre, call: Call, bill: wire.AnyBill, priced: Priced) -> Output:
    return _output(centre, _wanted(centre, call, bill, priced))


def _settle(
    centre: Centre, call: Call, bill: wire.AnyBill, priced: Priced, mid_stay: bool = False
) -> Settlement:
    wanted = _wanted(centre, call, bill, priced)
    wanted.mid_stay = mid_stay
    if centre.orders.split_changes_fen:
        wanted.shares = wanted.shares.moved(centre.orders.split_changes_fen.pop(0))
    centre.books.settlements.settle(wanted, centre.books.insured)
    centre.books.fees.settle(wanted.mdtrt_id, wanted.line_numbers, wanted.setl_id)
    return wanted


def _cancel(centre: Centre, call: Call, *, inpatient: bool) -> Output:
    asked = wire.Cancellation.model_validate(call.input)
    settlements = centre.books.settlements
    known = settlements.known(asked.setl_id, asked.mdtrt_id, asked.psn_no)
    if known.inpatient != inpatient:
        raise Refused("no such settlement")
    settlements.cancel(known, call.msgid, centre.now(), centre.books.insured)
    centre.books.fees.free(known.setl_id, known.mdtrt_id)
    return _output(centre, known, sign=-1)


def _undo_settlement(centre: Centre, asked: wire.Undoing) -> None:
    known = centre.books.settlements.find(asked.omsgid)
    if known is None:
        return
    _check_undoing(known, asked, inpatient=asked.oinfno == "2304")
    centre.books.settlements.undo(known, centre.books.insured)
    centre.books.fees.free(known.setl_id, known.mdtrt_id)


def _undo_cancellation(centre: Centre, asked: wire.Undoing) -> None:
    known = centre.books.settlements.cancelled_by(asked.omsgid)
    if known is None:
        return
    _check_undoing(known, asked, inpatient=asked.oinfno == "2305")
    unsettled = {line.feedetl_sn for line in centre.books.fees.unsettled(known.mdtrt_id)}
    if not unsettled.issuperset(known.line_numbers):
        raise Refused("its lines are settled otherwise")
    centre.books.settlements.undo_cancellation(known, centre.books.insured)
    centre.books.fees.settle(known.mdtrt_id, known.line_numbers, known.setl_id)


def _check_undoing(known: Settlement, asked: wire.Undoing, *, inpatient: bool) -> None:
    if known.psn_no != asked.psn_no:
        raise Refused(_OTHERS)
    if known.inpatient != inpatient:
        raise Refused("oinfno is not that transaction's")


def _undo_admission(centre: Centre, asked: wire.Undoing) -> None:
    visit = centre.books.visits.admitted_by(asked.omsgid)
    if visit is None or visit.state == "CANCELLED":
        return
    if visit.psn_no != asked.psn_no:
        raise Refused(_OTHERS)
    drop_admission(centre, visit)


def _output(centre: Centre, settlement: Settlement, sign: int = 1) -> Output:
    person = centre.person(settlement.psn_no)
    return settlement_output(settlement, person, centre.now().date(), sign)
