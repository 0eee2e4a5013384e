"""``setlinfo`` and ``setldetail``: what a settlement's answer shows (domain B.1.3).

Talks to nothing. What a reader would get wrong: whether acct_mulaid_pay is inside acct_pay or
beside it depends on the region of insurance; in the books the two never overlap.
"""

from datetime import date

from sandbox.platforms.insurance.books import Output, moment_text
from sandbox.platforms.insurance.insured import Person
from sandbox.platforms.insurance.scheme import Insutype
from sandbox.platforms.insurance.settlements import Settlement
from sandbox.platforms.yuan import yuan_of

CLEARING_CENTRE = "330300"
_BASIC_FUND = {
    "310": ("310100", "职工基本医疗保险统筹基金"),
    "390": ("390100", "城乡居民基本医疗保险基金"),
}


def basic_fund_type(insutype: Insutype) -> str:
    """fund_pay_type of an insutype's basic fund."""
    return _BASIC_FUND[insutype][0]


def account_pay_fen(settlement: Settlement, person: Person) -> int:
    """acct_pay as this person's region means it."""
    shares = settlement.shares
    inside = shares.mutual_aid_fen if person.region.mutual_aid_inside_account else 0
    return shares.account_fen + inside


def settlement_output(settlement: Settlement, person: Person, today: date, sign: int = 1) -> Output:
    """``{setlinfo, setldetail}``; ``sign`` -1 for a cancellation."""
    return {
        "setlinfo": {
            **_person_fields(person, today),
            **_settlement_fields(settlement),
            **_amounts(settlement, person, sign),
        },
        "setldetail": _details(settlement, sign),
    }


def _person_fields(person: Person, today: date) -> dict[str, str]:
    return {
        "psn_no": person.psn_no,
        "psn_name": person.name,
        "psn_cert_type": "01",
        "certno": person.id_number,
        "gend": person.gender,
        "naty": "01",
        "brdy": person.born.isoformat(),
        "age": str(person.age(today)),
        "psn_type": person.psn_type,
        "cvlserv_flag": "1" if person.civil_servant else "0",
    }


def _settlement_fields(settlement: Settlement) -> dict[str, str]:
    return {
        "mdtrt_id": settlement.mdtrt_id,
        "setl_id": settlement.setl_id,
        "medins_setl_id": settlement.medins_setl_id,
        "insutype": settlement.insutype,
        "setl_time": moment_text(settlement.settled_at),
        "mdtrt_cert_type": settlement.mdtrt_cert_type,
        "med_type": settlement.med_type,
        "pool_prop_selfpay": f"0.{100 - settlement.shares.basic_percent:02d}00",
        "clr_optins": CLEARING_CENTRE,
        "clr_way": "1",
        "clr_type": settlement.clr_type,
        "balc": yuan_of(settlement.balance_fen),
    }


def _amounts(settlement: Settlement, person: Person, sign: int) -> dict[str, str]:
    shares = settlement.shares
    amounts_fen = {
        "medfee_sumamt": shares.total_fen,
        "fulamt_ownpay_amt": shares.own_expense_fen,
        "overlmt_selfpay": shares.over_limit_person_fen,
        "preselfpay_amt": shares.first_part_fen,
        "inscp_scp_amt": shares.in_scope_fen,
        "act_pay_dedc": shares.deductible_fen,
        "hifp_pay": shares.basic_fen,
        "cvlserv_pay": shares.civil_servant_fen,
        "hifes_pay": 0,
        "hifmi_pay": shares.serious_illness_fen,
        "hifob_pay": shares.large_amount_fen,
        "maf_pay": shares.medical_aid_fen,
        "oth_pay": 0,
        "fund_pay_sumamt": shares.fund_fen,
        "psn_part_amt": shares.account_fen + shares.mutual_aid_fen + shares.cash_fen,
        "acct_pay": account_pay_fen(settlement, person),
        "acct_mulaid_pay": shares.mutual_aid_fen,
        "psn_cash_pay": shares.cash_fen,
        "hosp_part_amt": shares.hospital_fen,
    }
    return {name: yuan_of(sign * amount_fen) for name, amount_fen in amounts_fen.items()}


def _details(settlement: Settlement, sign: int) -> list[Output]:
    shares = settlement.shares
    basic_type, basic_name = _BASIC_FUND[settlement.insutype]
    funds = (
        (basic_type, basic_name, shares.basic_fen),
        ("320100", "公务员医疗补助基金", shares.civil_servant_fen),
        ("330100", "职工大额医疗费用补助基金", shares.large_amount_fen),
        ("390200", "城乡居民大病保险基金", shares.serious_illness_fen),
        ("610100", "医疗救助基金", shares.medical_aid_fen),
    )
    scope = yuan_of(sign * shares.in_scope_fen)
    return [
        {
            "fund_pay_type": fund_type,
            "fund_pay_type_name": name,
            "inscp_scp_amt": scope,
            "crt_payb_lmt_amt": scope,
            "fund_payamt": yuan_of(sign * paid_fen),
            "setl_proc_info": "",
        }
        for fund_type, name, paid_fen in funds
        if paid_fen
    ]
