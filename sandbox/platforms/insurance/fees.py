"""Transactions of fee lines: 2204, 2205, 2301, 2302 and the query 5204.

Called by the dispatch. What a reader would get wrong: an upload is taken whole or not at all.
"""

from sandbox.platforms.desk import Refused
from sandbox.platforms.insurance import care_wire as wire
from sandbox.platforms.insurance.books import Centre, Output
from sandbox.platforms.insurance.care import open_admission
from sandbox.platforms.insurance.envelope import Call
from sandbox.platforms.insurance.fee_lines import ALL, UploadedLine
from sandbox.platforms.insurance.scheme import SCOPE_PERCENT
from sandbox.platforms.insurance.wire import FeeQuery
from sandbox.platforms.yuan import price_text, quantity_text, yuan_of


def upload_outpatient(centre: Centre, call: Call) -> Output:
    """2204."""
    asked = _of_one_visit(wire.FeeUpload.model_validate(call.input).feedetail)
    first = asked[0]
    visit = centre.books.visits.find(first.mdtrt_id, first.psn_no, "OUTPATIENT")
    if visit.med_type is None:
        raise Refused("visit information (2203) is missing")
    if not all(line.chrg_bchno for line in asked):
        raise Refused("chrg_bchno is missing")
    return _upload(centre, asked)


def upload_inpatient(centre: Centre, call: Call) -> Output:
    """2301."""
    asked = _of_one_visit(wire.FeeUpload.model_validate(call.input).feedetail)
    open_admission(centre, asked[0].mdtrt_id, asked[0].psn_no)
    return _upload(centre, asked)


def cancel_outpatient(centre: Centre, call: Call) -> None:
    """2205."""
    asked = wire.OutpatientFeeCancel.model_validate(call.input)
    centre.books.visits.find(asked.mdtrt_id, asked.psn_no, "OUTPATIENT")
    _take_back(centre, centre.books.fees.unsettled(asked.mdtrt_id, asked.chrg_bchno))


def cancel_inpatient(centre: Centre, call: Call) -> None:
    """2302."""
    asked = wire.InpatientFeeCancel.model_validate(call.input)
    centre.books.visits.find(asked.mdtrt_id, asked.psn_no, "INPATIENT")
    lines = centre.books.fees.unsettled(asked.mdtrt_id)
    _take_back(centre, [line for line in lines if asked.feedetl_sn in (ALL, line.feedetl_sn)])


def fee_lines(centre: Centre, call: Call) -> Output:
    """5204."""
    asked = FeeQuery.model_validate(call.input)
    visit = centre.books.visits.known.get(asked.mdtrt_id)
    if visit is None or visit.psn_no != asked.psn_no:
        raise Refused("no such visit")
    return {
        "feedetail": [
            {
                **_shown(line),
                "chrg_bchno": line.chrg_bchno,
                "fee_ocur_time": line.fee_ocur_time,
                "med_list_codg": line.med_list_codg,
                "medins_list_codg": line.medins_list_codg,
                "setl_id": line.setl_id,
            }
            for line in centre.books.fees.of(asked.mdtrt_id)
            if asked.setl_id in (None, line.setl_id)
        ]
    }


def _of_one_visit(asked: list[wire.FeeDetail]) -> list[wire.FeeDetail]:
    if len({(line.mdtrt_id, line.psn_no) for line in asked}) > 1:
        raise Refused("feedetail names more than one visit")
    return asked


def _upload(centre: Centre, asked: list[wire.FeeDetail]) -> Output:
    lines = [
        UploadedLine(
            feedetl_sn=line.feedetl_sn,
            mdtrt_id=line.mdtrt_id,
            chrg_bchno=line.chrg_bchno,
            med_list_codg=line.med_list_codg,
            medins_list_codg=line.medins_list_codg,
            fee_ocur_time=line.fee_ocur_time,
            quantity=line.cnt,
            price=line.pric,
            amount_fen=line.det_item_fee_sumamt,
            limit_fen=centre.orders.limits_fen.get(line.med_list_codg),
        )
        for line in asked
    ]
    centre.books.fees.upload(lines)
    return {"result": [_shown(line) for line in lines]}


def _take_back(centre: Centre, lines: list[UploadedLine]) -> None:
    if not lines:
        raise Refused("no unsettled fee lines")
    centre.books.fees.take_back(lines)


def _shown(line: UploadedLine) -> Output:
    own_expense_fen = line.amount_fen if line.fee_class == "03" else 0
    selfpay_percent = 100 - SCOPE_PERCENT[line.fee_class]
    return {
        "feedetl_sn": line.feedetl_sn,
        "det_item_fee_sumamt": yuan_of(line.amount_fen),
        "cnt": quantity_text(line.quantity),
        "pric": price_text(line.price),
        "pric_uplmt_amt": "" if line.limit_fen is None else yuan_of(line.limit_fen),
        "selfpay_prop": quantity_text(selfpay_percent * 100),
        "fulamt_ownpay_amt": yuan_of(own_expense_fen),
        "overlmt_amt": yuan_of(line.over_limit_fen),
        "preselfpay_amt": yuan_of(line.first_part_fen),
        "inscp_scp_amt": yuan_of(line.in_scope_fen),
        "chrgitm_lv": line.fee_class,
        "med_chrgitm_type": "14",
    }
