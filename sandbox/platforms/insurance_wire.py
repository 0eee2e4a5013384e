"""What goes over the insurance's wire: the national envelope, inputs and outputs by infno.

Talks to nothing. What a reader would get wrong: amounts are texts in yuan here and nowhere else.
Field names are the national interface's (domain B.1), so they are not ours to spell out.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from sandbox.platforms.scheme import FeeClass, FeeLine, Shares
from sandbox.platforms.yuan import Fen, yuan_of

Text = Annotated[str, Field(min_length=1, max_length=64)]


class Envelope(BaseModel):
    """``POST /fsi``."""

    infno: Text
    msgid: Annotated[str, Field(min_length=1, max_length=30)]
    mdtrtarea_admvs: Annotated[str, Field(min_length=6, max_length=6)]
    insuplc_admdvs: str
    opter_type: Text
    opter: Text
    fixmedins_code: Text
    inf_time: Text
    input: dict[str, object]


class CodeQuery(BaseModel):
    """``POST /ecquery``, the local decode service; its names are its maker's."""

    ecCode: Text  # noqa: N815
    businessType: Text  # noqa: N815


class PersonQuery(BaseModel):
    """1101."""

    mdtrt_cert_type: Literal["01", "02"]
    mdtrt_cert_no: Text


class FeeDetail(BaseModel):
    """One line of ``feedetail``."""

    feedetl_sn: Text
    det_item_fee_sumamt: Fen
    chrgitm_lv: FeeClass


class Bill(BaseModel):
    """2206 and 2207."""

    psn_no: Text
    mdtrt_id: Text
    chrg_bchno: Text
    medfee_sumamt: Fen
    acct_used_flag: Literal["0", "1"]
    feedetail: Annotated[list[FeeDetail], Field(min_length=1)]
    medins_setl_id: str | None = None

    def lines(self) -> list[FeeLine]:
        """The fee lines as the scheme reads them."""
        return [
            FeeLine(line.feedetl_sn, line.det_item_fee_sumamt, line.chrgitm_lv)
            for line in self.feedetail
        ]


class Cancellation(BaseModel):
    """2208."""

    setl_id: Text
    mdtrt_id: Text
    psn_no: Text


class Undoing(BaseModel):
    """2601."""

    psn_no: Text
    omsgid: Text
    oinfno: Text


class SettlementQuery(BaseModel):
    """5203."""

    psn_no: Text
    medins_setl_id: Text


class TotalsQuery(BaseModel):
    """3201: two days, both included, and the caller's own totals where it wants them compared."""

    stmt_begndate: date
    stmt_enddate: date
    medfee_sumamt: str | None = None
    fund_pay_sumamt: str | None = None
    acct_pay: str | None = None
    fixmedins_setl_cnt: int | None = None


@dataclass(frozen=True, slots=True)
class SetlInfo:
    """``setlinfo``; amounts are negative in the answer of a cancellation."""

    medfee_sumamt: str
    fund_pay_sumamt: str
    psn_part_amt: str
    acct_pay: str
    psn_cash_pay: str
    hosp_part_amt: str
    setl_id: str
    medins_setl_id: str


def setl_info(shares: Shares, setl_id: str, medins_setl_id: str, sign: int = 1) -> SetlInfo:
    """The answer for a split bill; ``sign`` -1 for a cancellation."""
    return SetlInfo(
        medfee_sumamt=yuan_of(sign * shares.total_fen),
        fund_pay_sumamt=yuan_of(sign * shares.fund_fen),
        psn_part_amt=yuan_of(sign * (shares.account_fen + shares.cash_fen)),
        acct_pay=yuan_of(sign * shares.account_fen),
        psn_cash_pay=yuan_of(sign * shares.cash_fen),
        hosp_part_amt=yuan_of(0),
        setl_id=setl_id,
        medins_setl_id=medins_setl_id,
    )
