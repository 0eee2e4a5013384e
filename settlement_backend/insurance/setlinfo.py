"""The platform's settlement result (setlinfo) as parts that never overlap (domain.md B.1.3).

Talks to nobody. What a reader would get wrong: by the region of insurance the relatives' part
(acct_mulaid_pay) stands inside acct_pay or beside it. Nothing is guessed: exactly one of the two
readings sums to the bill, and a result that sums in neither is no word at all.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from settlement_backend.insurance.insutypes import current
from settlement_backend.insurance.words import FundPart, Split
from settlement_backend.insurance.yuan import Yuan

_log = logging.getLogger(__name__)

FUNDS = {
    "BASIC": "hifp_pay",
    "CIVIL_SERVANT": "cvlserv_pay",
    "EMPLOYER_SUPPLEMENT": "hifes_pay",
    "SERIOUS_ILLNESS": "hifmi_pay",
    "LARGE_AMOUNT": "hifob_pay",
    "MEDICAL_AID": "maf_pay",
    "OTHER": "oth_pay",
}


def _moment(text: str) -> str:
    datetime.strptime(text, "%Y-%m-%d %H:%M:%S")
    return text


class SetlInfo(BaseModel):
    """The fields that are read; everything else is left alone. Names are the interface's."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    setl_id: str
    mdtrt_id: str = ""
    insutype: str = ""
    med_type: str = ""
    clr_type: str = ""
    clr_way: str = ""
    setl_time: Annotated[str, AfterValidator(_moment)] | None = None
    medfee_sumamt: Yuan
    fund_pay_sumamt: Yuan
    acct_pay: Yuan
    psn_cash_pay: Yuan
    acct_mulaid_pay: Yuan = 0
    hosp_part_amt: Yuan = 0
    psn_part_amt: Yuan | None = None
    fulamt_ownpay_amt: Yuan = 0
    overlmt_selfpay: Yuan = 0
    preselfpay_amt: Yuan = 0
    inscp_scp_amt: Yuan = 0
    act_pay_dedc: Yuan = 0
    balc: Yuan = 0
    hifp_pay: Yuan | None = None
    cvlserv_pay: Yuan | None = None
    hifes_pay: Yuan | None = None
    hifmi_pay: Yuan | None = None
    hifob_pay: Yuan | None = None
    maf_pay: Yuan | None = None
    oth_pay: Yuan | None = None


@dataclass(frozen=True, slots=True)
class Classes:
    """The bill by what the policy says of it, in fen; for showing and for 2207."""

    own_expense_fen: int
    over_limit_fen: int
    pay_first_fen: int
    in_scope_fen: int
    deductible_fen: int


@dataclass(frozen=True, slots=True)
class Told:
    """A whole result. `account_pay_fen`: acct_pay as written, for reconciliation."""

    split: Split
    classes: Classes
    account_pay_fen: int
    balance_fen: int
    mdtrt_id: str
    insutype: str
    med_type: str
    clr_type: str
    clr_way: str
    settled_at: str


def told_by(setlinfo: object, total_fen: int | None = None) -> Told | None:
    """The result of one setlinfo, None when it cannot be true.

    `total_fen`: the bill that was sent; None: whatever bill it names (5203).
    """
    try:
        info = SetlInfo.model_validate(setlinfo)
    except ValidationError as error:
        _log.warning("setlinfo is not as agreed: %s", [fault["loc"] for fault in error.errors()])
        return None
    split = _split(info)
    if split is None or total_fen not in (None, info.medfee_sumamt):
        _log.warning("the parts of a setlinfo do not make up the bill")
        return None
    return Told(
        split,
        Classes(
            info.fulamt_ownpay_amt,
            info.overlmt_selfpay,
            info.preselfpay_amt,
            info.inscp_scp_amt,
            info.act_pay_dedc,
        ),
        info.acct_pay,
        info.balc,
        info.mdtrt_id,
        current(info.insutype),
        info.med_type,
        info.clr_type,
        info.clr_way,
        info.setl_time or "",
    )


def _split(info: SetlInfo) -> Split | None:
    funds = _fund_parts(info)
    if funds is None:
        return None
    inside = info.acct_pay - info.acct_mulaid_pay
    for account_fen in (info.acct_pay, inside):
        split = Split(
            info.fund_pay_sumamt,
            account_fen,
            info.psn_cash_pay,
            info.setl_id,
            info.acct_mulaid_pay,
            info.hosp_part_amt,
            funds,
        )
        person_fen = account_fen + split.mutual_fen + split.cash_fen
        sums = split.total_fen == info.medfee_sumamt
        if account_fen >= 0 and sums and info.psn_part_amt in (None, person_fen):
            return split
    return None


def _fund_parts(info: SetlInfo) -> tuple[FundPart, ...] | None:
    """Which funds pay; () when the platform does not tell, None when they do not sum."""
    amounts = {kind: getattr(info, field) for kind, field in FUNDS.items()}
    if all(amount is None for amount in amounts.values()):
        return ()
    parts = tuple(FundPart(kind, amount) for kind, amount in sorted(amounts.items()) if amount)
    if sum(part.amount_fen for part in parts) != info.fund_pay_sumamt:
        return None
    return parts
