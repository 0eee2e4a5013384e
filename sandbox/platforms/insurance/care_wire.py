"""Inputs of visits, admissions, fee lines, bills and their undoing (22xx, 23xx, 24xx, 2601).

Talks to nothing. What a reader would get wrong: one bill serves 2206 and 2207 (2303 and 2304), and
`feedetail` in it is the inline way, which has no uploaded lines.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from sandbox.platforms.insurance.envelope import Text
from sandbox.platforms.insurance.scheme import FeeClass, Insutype
from sandbox.platforms.insurance.wire import CredentialType, Flag, Moment
from sandbox.platforms.yuan import Fen, Price, Quantity

LINE_LIMIT = 100


class Registration(BaseModel):
    """2201."""

    psn_no: Text
    insutype: Insutype
    begntime: Moment
    mdtrt_cert_type: CredentialType
    mdtrt_cert_no: Text
    ipt_otp_no: Text
    atddr_no: Text
    dr_name: Text
    dept_code: Text
    dept_name: Text
    caty: Text


class RegistrationCancel(BaseModel):
    """2202."""

    psn_no: Text
    mdtrt_id: Text
    ipt_otp_no: Text


class _VisitFacts(BaseModel):
    mdtrt_id: Text
    psn_no: Text
    med_type: Literal["11", "12", "13", "14"]
    begntime: Moment
    dise_codg: str = ""


class Diagnosis(BaseModel):
    """One of ``diseinfo``."""

    diag_type: Text
    diag_srt_no: Text
    diag_code: Text
    diag_name: Text
    diag_time: Moment
    vali_flag: Flag


class VisitInformation(BaseModel):
    """2203."""

    mdtrtinfo: _VisitFacts
    diseinfo: Annotated[list[Diagnosis], Field(min_length=1)]


class FeeDetail(BaseModel):
    """One uploaded line of 2204 and 2301."""

    feedetl_sn: Text
    mdtrt_id: Text
    psn_no: Text
    chrg_bchno: str = ""
    fee_ocur_time: Moment
    med_list_codg: Text
    medins_list_codg: Text
    det_item_fee_sumamt: Fen
    cnt: Quantity
    pric: Price


class FeeUpload(BaseModel):
    """2204 and 2301."""

    feedetail: Annotated[list[FeeDetail], Field(min_length=1, max_length=LINE_LIMIT)]


class OutpatientFeeCancel(BaseModel):
    """2205."""

    psn_no: Text
    mdtrt_id: Text
    chrg_bchno: Text


class InpatientFeeCancel(BaseModel):
    """2302."""

    psn_no: Text
    mdtrt_id: Text
    feedetl_sn: Text


class InlineLine(BaseModel):
    """One line that stands in the bill itself."""

    feedetl_sn: Text
    det_item_fee_sumamt: Fen
    chrgitm_lv: FeeClass


class AnyBill(BaseModel):
    """What every pre-settlement and settlement says; numbers and class amounts are optional."""

    psn_no: Text
    mdtrt_id: Text
    medfee_sumamt: Fen
    acct_used_flag: Flag
    insutype: Insutype | None = None
    mdtrt_cert_type: CredentialType = "02"
    mdtrt_cert_no: str = ""
    medins_setl_id: Text | None = None
    fulamt_ownpay_amt: Fen | None = None
    overlmt_selfpay: Fen | None = None
    preselfpay_amt: Fen | None = None
    inscp_scp_amt: Fen | None = None


class OutpatientBill(AnyBill):
    """2206 and 2207."""

    chrg_bchno: Text
    med_type: Literal["11", "12", "13", "14"] | None = None
    feedetail: Annotated[list[InlineLine], Field(min_length=1)] | None = None


class InpatientBill(AnyBill):
    """2303 and 2304."""

    mid_setl_flag: Flag = "0"


class Cancellation(BaseModel):
    """2208 and 2305."""

    setl_id: Text
    mdtrt_id: Text
    psn_no: Text


class _Admission(BaseModel):
    psn_no: Text
    insutype: Insutype
    begntime: Moment
    mdtrt_cert_type: CredentialType
    mdtrt_cert_no: Text
    med_type: Literal["21"]
    ipt_no: Text
    adm_dept_codg: Text
    adm_dept_name: Text
    adm_bed: str = ""
    chfpdr_name: str = ""


class Admission(BaseModel):
    """2401."""

    mdtrtinfo: _Admission
    diseinfo: Annotated[list[Diagnosis], Field(min_length=1)]


class _Discharge(BaseModel):
    mdtrt_id: Text
    psn_no: Text
    insutype: Insutype
    endtime: Moment
    dscg_dept_codg: Text
    dscg_way: Text


class Discharge(BaseModel):
    """2402."""

    dscginfo: _Discharge
    diseinfo: Annotated[list[Diagnosis], Field(min_length=1)]


class _StayChange(BaseModel):
    mdtrt_id: Text
    psn_no: Text
    adm_dept_codg: Text | None = None
    adm_dept_name: Text | None = None
    adm_bed: Text | None = None
    chfpdr_name: Text | None = None


class StayChange(BaseModel):
    """2403."""

    adminfo: _StayChange


class VisitName(BaseModel):
    """2404 and 2405."""

    mdtrt_id: Text
    psn_no: Text


class Undoing(BaseModel):
    """2601."""

    psn_no: Text
    omsgid: Text
    oinfno: Text
