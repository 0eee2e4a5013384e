"""From a bill of 2206/2207 or 2303/2304 to the parts that each side bears.

Called by the settling transactions. What a reader would get wrong: the lines of a bill are those
uploaded before it; the inline way, lines in the bill itself, is the one function that says so.
"""

from dataclasses import dataclass

from sandbox.platforms.desk import Refused
from sandbox.platforms.insurance import care_wire as wire
from sandbox.platforms.insurance.books import Centre
from sandbox.platforms.insurance.fee_lines import ALL
from sandbox.platforms.insurance.insured import AccountPart, Person
from sandbox.platforms.insurance.scheme import (
    INPATIENT,
    SPECIAL,
    FeeLine,
    MedType,
    Shares,
    Terms,
    share,
)


@dataclass(frozen=True, slots=True)
class Priced:
    """A bill split, with the accounts that pay and the uploaded lines it stands for."""

    person: Person
    med_type: MedType
    shares: Shares
    account_parts: list[AccountPart]
    line_numbers: list[str]


def price_outpatient(centre: Centre, bill: wire.OutpatientBill) -> Priced:
    """2206 and 2207; Refused in the contract's words."""
    if bill.feedetail is not None:
        return _price_inline(centre, bill, bill.feedetail)
    visit = centre.books.visits.find(bill.mdtrt_id, bill.psn_no, "OUTPATIENT")
    if bill.med_type is None or bill.med_type != visit.med_type:
        raise Refused("med_type is not that of the visit information (2203)")
    return _price_uploaded(centre, bill, bill.med_type, bill.chrg_bchno)


def price_inpatient(centre: Centre, bill: wire.InpatientBill) -> Priced:
    """2303 and 2304: every unsettled line of the admission."""
    centre.books.visits.find(bill.mdtrt_id, bill.psn_no, "INPATIENT")
    return _price_uploaded(centre, bill, INPATIENT)


def _price_inline(
    centre: Centre, bill: wire.OutpatientBill, inline: list[wire.InlineLine]
) -> Priced:
    if bill.mdtrt_id in centre.books.visits.known:
        raise Refused("the lines of this visit come by 2204")
    med_type = bill.med_type or "11"
    if med_type == SPECIAL and not centre.person(bill.psn_no).special_diseases:
        raise Refused("the special disease is not registered")
    lines = [FeeLine(line.feedetl_sn, line.det_item_fee_sumamt, line.chrgitm_lv) for line in inline]
    return _price(centre, bill, med_type, lines, [])


def _price_uploaded(
    centre: Centre, bill: wire.AnyBill, med_type: MedType, chrg_bchno: str = ALL
) -> Priced:
    uploaded = centre.books.fees.unsettled(bill.mdtrt_id, chrg_bchno)
    if not uploaded:
        raise Refused("no unsettled fee lines")
    lines = [line.for_scheme() for line in uploaded]
    return _price(centre, bill, med_type, lines, [line.feedetl_sn for line in uploaded])


def _price(
    centre: Centre,
    bill: wire.AnyBill,
    med_type: MedType,
    lines: list[FeeLine],
    line_numbers: list[str],
) -> Priced:
    person = centre.covered(bill.psn_no, bill.insutype)
    if bill.mdtrt_cert_no:
        centre.check_credential(person, bill.mdtrt_cert_type, bill.mdtrt_cert_no)
    accounts = centre.books.insured.accounts(person) if bill.acct_used_flag == "1" else []
    shares = share(lines, _terms(centre, bill, person, med_type, accounts))
    if shares.total_fen != bill.medfee_sumamt:
        raise Refused("medfee_sumamt is not the sum of feedetail")
    _compare_classes(bill, shares)
    wanted_fen = shares.account_fen + shares.mutual_aid_fen
    return Priced(person, med_type, shares, _spread(accounts, wanted_fen), line_numbers)


def _terms(
    centre: Centre,
    bill: wire.AnyBill,
    person: Person,
    med_type: MedType,
    accounts: list[AccountPart],
) -> Terms:
    standing = centre.books.settlements.standing(bill.mdtrt_id) if med_type == INPATIENT else []
    return Terms(
        region=person.region,
        insutype=person.insutype,
        med_type=med_type,
        civil_servant=person.civil_servant,
        serious_illness=person.serious_illness,
        medical_aid=person.medical_aid,
        accounts_fen=tuple(account.amount_fen for account in accounts),
        deductible_taken_fen=sum(made.shares.deductible_fen for made in standing),
    )


def _compare_classes(bill: wire.AnyBill, shares: Shares) -> None:
    for name, sent_fen, ours_fen in (
        ("fulamt_ownpay_amt", bill.fulamt_ownpay_amt, shares.own_expense_fen),
        ("overlmt_selfpay", bill.overlmt_selfpay, shares.over_limit_person_fen),
        ("preselfpay_amt", bill.preselfpay_amt, shares.first_part_fen),
        ("inscp_scp_amt", bill.inscp_scp_amt, shares.in_scope_fen),
    ):
        if sent_fen not in (None, ours_fen):
            raise Refused(f"{name} differs")


def _spread(accounts: list[AccountPart], wanted_fen: int) -> list[AccountPart]:
    """Who pays what of the accounts' part, in the order of the accounts."""
    parts: list[AccountPart] = []
    for account in accounts:
        paid_fen = min(account.amount_fen, wanted_fen)
        if paid_fen:
            parts.append(AccountPart(account.psn_no, paid_fen))
        wanted_fen -= paid_fen
    return parts
