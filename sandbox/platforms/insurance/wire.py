"""Inputs of people, sessions, queries, files and reconciliation (1101, 2001, 3xxx, 5xxx, 9xxx).

Talks to nothing. What a reader would get wrong: amounts are texts in yuan here and nowhere else.
Field names are the national interface's (domain B.1), so they are not ours to spell out.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from sandbox.platforms.insurance.envelope import Text
from sandbox.platforms.insurance.scheme import Insutype, MedType
from sandbox.platforms.yuan import SignedFen

Moment = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?$")]
CredentialType = Literal["01", "02", "03"]
Flag = Literal["0", "1"]
FILE_LIMIT_CHARACTERS = 700_000  # Base64 of 500 kB


class CodeQuery(BaseModel):
    """``POST /ecquery``, the local decode service; its names are its maker's."""

    ecCode: Text  # noqa: N815
    businessType: Text  # noqa: N815


class _SignIn(BaseModel):
    opter_no: Text
    mac: Text
    ip: Text


class SignIn(BaseModel):
    """9001."""

    signIn: _SignIn  # noqa: N815


class _SignOut(BaseModel):
    sign_no: Text
    opter_no: Text


class SignOut(BaseModel):
    """9002."""

    signOut: _SignOut  # noqa: N815


class PersonQuery(BaseModel):
    """1101."""

    mdtrt_cert_type: CredentialType
    mdtrt_cert_no: Text
    card_sn: str = ""
    psn_name: str = ""


class BenefitQuery(BaseModel):
    """2001."""

    psn_no: Text
    insutype: Insutype
    med_type: MedType
    dise_codg: str = ""


class DiseaseQuery(BaseModel):
    """5301."""

    psn_no: Text


class VisitQuery(BaseModel):
    """5201."""

    psn_no: Text
    mdtrt_id: Text | None = None
    begntime: Moment = "0000-01-01"
    endtime: Moment = "9999-12-31"


class SettlementQuery(BaseModel):
    """5203."""

    psn_no: Text
    medins_setl_id: Text | None = None
    setl_id: Text | None = None


class FeeQuery(BaseModel):
    """5204."""

    psn_no: Text
    mdtrt_id: Text
    setl_id: Text | None = None


class TotalsQuery(BaseModel):
    """3201: two days, both included, and the caller's own totals where it wants them compared."""

    stmt_begndate: date
    stmt_enddate: date
    insutype: Insutype | None = None
    clr_type: Text | None = None
    medfee_sumamt: SignedFen | None = None
    fund_pay_sumamt: SignedFen | None = None
    acct_pay: SignedFen | None = None
    fixmedins_setl_cnt: int | None = None


class _FileUpload(BaseModel):
    content: Annotated[str, Field(alias="in", max_length=FILE_LIMIT_CHARACTERS)]
    filename: Text
    fixmedins_code: Text


class FileUpload(BaseModel):
    """9101."""

    fsUploadIn: _FileUpload  # noqa: N815


class _FileDownload(BaseModel):
    file_qury_no: Text
    filename: Text
    fixmedins_code: Text


class FileDownload(BaseModel):
    """9102."""

    fsDownloadIn: _FileDownload  # noqa: N815


class DetailsQuery(BaseModel):
    """3202."""

    file_qury_no: Text
    stmt_begndate: date
    stmt_enddate: date
    clr_type: Text | None = None
    medfee_sumamt: SignedFen
    fund_pay_sumamt: SignedFen
    fixmedins_setl_cnt: int


class ClearingApplication(BaseModel):
    """3203."""

    clr_type: Text
    clr_way: Text
    setlym: Annotated[str, Field(pattern=r"^\d{6}$")]
    begndate: date
    enddate: date
    psntime: int
    medfee_sumamt: SignedFen
    fund_appy_sum: SignedFen
    acct_pay: SignedFen


class ClearingCancel(BaseModel):
    """3204."""

    clr_appy_evt_id: Text
