"""The insurance's answers: breakdown of a settlement, referral slips, diseases, fund claims."""

from __future__ import annotations

from sqlalchemy.orm import Session

from settlement_backend.base.errors import NoSuch
from settlement_backend.base.shapes import Shape, Words
from settlement_backend.insurance import records
from settlement_backend.insurance.asking import VisitThere
from settlement_backend.insurance.insutypes import name_of
from settlement_backend.insurance.persons import Disease
from settlement_backend.insurance.tables import FundClaim, RemoteReferral
from settlement_backend.insurance.words import FundPart

_FUNDS = {
    "BASIC": Words(zh="基本医疗保险统筹基金", en="Basic insurance fund"),
    "CIVIL_SERVANT": Words(zh="公务员医疗补助", en="Civil servants' supplement"),
    "EMPLOYER_SUPPLEMENT": Words(zh="企业补充医疗保险", en="Employer's supplement"),
    "SERIOUS_ILLNESS": Words(zh="居民大病保险", en="Residents' serious-illness insurance"),
    "LARGE_AMOUNT": Words(zh="职工大额医疗费用补助", en="Employees' large-amount supplement"),
    "MEDICAL_AID": Words(zh="医疗救助", en="Medical aid"),
    "OTHER": Words(zh="其他基金", en="Other funds"),
}


class FundShare(Shape):
    """One fund's part."""

    kind: str
    name: Words
    amount_fen: int


class Breakdown(Shape):
    """Who pays a settlement and why (L07). The first five amounts and `cash_fen` sum to the total.

    fund + account + mutual + hospital + cash = total; own expense, over limit, paid first and in
    scope say how the policy sees the bill; `deductible_fen` is the part of the scope paid by the
    patient before the fund.
    """

    settlement_id: str
    setl_id: str
    insurance: Words
    treatment: str
    settled_at: str
    total_fen: int
    fund_fen: int
    funds: tuple[FundShare, ...]
    account_fen: int
    mutual_fen: int
    hospital_fen: int
    cash_fen: int
    own_expense_fen: int
    over_limit_fen: int
    pay_first_fen: int
    in_scope_fen: int
    deductible_fen: int
    account_balance_fen: int


class LineTold(Shape):
    """A fee line there. `setl_id`: the settlement that binds it, "" for none."""

    number: str
    batch: str
    amount_fen: int
    setl_id: str


class VisitTold(Shape):
    """What the insurance has of a visit. `state`: OPEN, DISCHARGED or CANCELLED."""

    mdtrt_id: str
    treatment: str
    state: str
    lines: tuple[LineTold, ...]


class ReferralTold(Shape):
    """A bound referral slip."""

    referral_id: str
    slip_no: str
    from_region: str
    valid_from: str
    valid_to: str
    bound_at: str


class ReferralsTold(Shape):
    """Newest first."""

    referrals: tuple[ReferralTold, ...]


class DiseaseTold(Shape):
    """A special disease that the insurance has registered."""

    code: str
    name: str


class DiseasesTold(Shape):
    """What a special outpatient visit may be for."""

    diseases: tuple[DiseaseTold, ...]


class TreatmentTold(Shape):
    """What a visit is for. `treatment`: 11 outpatient, 13 emergency, 14 special disease."""

    registration_id: str
    treatment: str
    disease_code: str


class FundClaimTold(Shape):
    """An application for funds."""

    claim_id: str
    month: str
    clearing_type: str
    state: str
    settlements: int
    total_fen: int
    fund_fen: int
    cash_fen: int
    application_no: str
    refusal: str
    by: str
    at: str


class FundClaimsTold(Shape):
    """Newest first."""

    claims: tuple[FundClaimTold, ...]


def breakdown_of(session: Session, settlement_id: str) -> Breakdown:
    """Of the insurance settlement that stands. Raises NoSuch."""
    row = records.standing(session, settlement_id)
    if row is None:
        raise NoSuch("not_insured")
    parts = records.fund_parts_of(session, row.number)
    return Breakdown(
        settlement_id=settlement_id,
        setl_id=row.setl_id,
        insurance=name_of(row.insutype),
        treatment=row.med_type,
        settled_at=row.settled_at,
        total_fen=row.total_fen,
        fund_fen=row.fund_fen,
        funds=tuple(_share(part) for part in parts),
        account_fen=row.account_fen,
        mutual_fen=row.mutual_fen,
        hospital_fen=row.hospital_fen,
        cash_fen=row.cash_fen,
        own_expense_fen=row.own_expense_fen,
        over_limit_fen=row.over_limit_fen,
        pay_first_fen=row.pay_first_fen,
        in_scope_fen=row.in_scope_fen,
        deductible_fen=row.deductible_fen,
        account_balance_fen=row.balance_fen,
    )


def _share(part: FundPart) -> FundShare:
    return FundShare(kind=part.kind, name=_FUNDS[part.kind], amount_fen=part.amount_fen)


def visit_told(visit: VisitThere) -> VisitTold:
    """One visit."""
    return VisitTold(
        mdtrt_id=visit.mdtrt_id,
        treatment=visit.treatment,
        state=visit.state,
        lines=tuple(
            LineTold(
                number=line.number,
                batch=line.batch,
                amount_fen=line.amount_fen,
                setl_id=line.setl_id,
            )
            for line in visit.lines
        ),
    )


def referral_told(row: RemoteReferral) -> ReferralTold:
    """One slip."""
    return ReferralTold(
        referral_id=row.id,
        slip_no=row.slip_no,
        from_region=row.from_region,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        bound_at=row.bound_at,
    )


def disease_told(disease: Disease) -> DiseaseTold:
    """One disease."""
    return DiseaseTold(code=disease.code, name=disease.name)


def claim_told(row: FundClaim) -> FundClaimTold:
    """One application."""
    return FundClaimTold(
        claim_id=row.id,
        month=row.month,
        clearing_type=row.clr_type,
        state=row.state,
        settlements=row.settlements,
        total_fen=row.total_fen,
        fund_fen=row.fund_fen,
        cash_fen=row.cash_fen,
        application_no=row.application_no,
        refusal=row.refusal,
        by=row.by,
        at=row.at,
    )
