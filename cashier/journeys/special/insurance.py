"""Insurance at a window: referral slips, special diseases, who paid what, and the signed sheet.

A referral is bound and a disease declared before the bill is quoted (L03, S20); the breakdown and
the signature come after it was settled (L07, L06). What a reader would get wrong: none of them
changes a settlement that is made; the next quote is another one.
"""

from __future__ import annotations

from cashier.journeys.signed_sheet import TITLE, sign_settlement
from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import (
    Action,
    Column,
    Field,
    FieldKind,
    Line,
    Pressed,
    Table,
    Takes,
    WorkSheet,
)
from core.billing import Settlement, SettlementState
from core.page_parts import Row, Section
from core.phrase import Day, Moment, Phrase, Yuan, said
from core.steps.visits import FetchDay, FetchVisits
from core.steps.window_specials import (
    BindReferral,
    DeclareDisease,
    FetchBreakdown,
    FetchDiseases,
    FetchReferralsBound,
)
from core.visits import VisitState, VisitSummary
from core.window_specials import BoundReferrals, Breakdown, Diseases
from core.window_steps import FetchSettlements

_REFERRAL, _DISEASE = said("Referral from elsewhere"), said("Special disease")
_BREAKDOWN = said("What the insurance paid")


async def referral(at: AtWork) -> str:
    """Bind the slip of somebody insured elsewhere, before the bill is settled (L02, L03)."""
    while True:
        found = await fetched(FetchReferralsBound(at.served.patient_id), at, _REFERRAL)
        if found is None:
            return ""
        answer = await referral_sheet(at, found)
        if not isinstance(answer, Pressed):
            return ""
        wish = BindReferral(
            at.served.patient_id,
            answer.value("slip_no"),
            answer.value("from_region"),
            answer.value("valid_from"),
            answer.value("valid_to"),
        )
        if await fetched(wish, at, _REFERRAL) is not None:
            await told(at, said("The referral is bound"))
            return ""


def referral_sheet(at: AtWork, found: BoundReferrals) -> WorkSheet:
    """Those that are bound, and one more as it stands on the slip."""
    lines = tuple(
        Line(
            one.referral_id,
            (one.slip_no, one.from_region, Day(one.valid_from), Day(one.valid_to)),
        )
        for one in found.referrals
    )
    columns = (
        Column(said("Number of the slip"), 3),
        Column(said("From region"), 2),
        Column(said("Valid from"), 2),
        Column(said("Valid until"), 2),
    )
    return WorkSheet(
        title=_REFERRAL,
        patient=at.patient,
        table=Table(columns, lines, nothing=said("No referral is bound yet")),
        fields=(
            Field("slip_no", said("Number of the slip"), most=40),
            Field(
                "from_region", said("From region, six digits"), FieldKind.DIGITS, most=6, least=6
            ),
            Field("valid_from", said("Valid from"), FieldKind.DAY),
            Field("valid_to", said("Valid until"), FieldKind.DAY),
        ),
        actions=(Action("bind", said("Bind it")),),
    )


async def disease(at: AtWork) -> str:
    """For which registered disease a visit of today is; the next quote says so (S20)."""
    patient_id = at.served.patient_id
    found = await fetched(FetchDiseases(patient_id), at, _DISEASE)
    if found is None:
        return ""
    visits = await _visits_of_today(at)
    answer = await disease_sheet(at, visits, found)
    if not isinstance(answer, Pressed):
        return ""
    registration_id, _, code = answer.row.partition("/")
    wish = DeclareDisease(registration_id, "" if answer.word == "none" else code)
    if await fetched(wish, at, _DISEASE) is not None:
        await told(at, said("The next quote of this visit says so"))
    return ""


async def _visits_of_today(at: AtWork) -> tuple[VisitSummary, ...]:
    today = await fetched(FetchDay(), at, _DISEASE)
    if today is None:
        return ()
    found = await fetched(FetchVisits(at.served.patient_id), at, _DISEASE)
    visits = found.visits if found is not None else ()
    standing = (one for one in visits if one.state is VisitState.CONFIRMED)
    return tuple(one for one in standing if one.day == today.date)


def disease_sheet(at: AtWork, visits: tuple[VisitSummary, ...], found: Diseases) -> WorkSheet:
    """Each visit of today with each disease that the insurance registered."""
    lines = tuple(
        Line(
            f"{visit.registration_id}/{one.code}",
            (visit.department, visit.doctor, one.name, one.code),
        )
        for visit in visits
        for one in found.diseases
    )
    columns = (
        Column(said("Department"), 2),
        Column(said("Doctor"), 2),
        Column(said("Disease"), 3),
        Column(said("Code"), 2),
    )
    nothing = said("No visit of today, or no disease is registered")
    return WorkSheet(
        title=_DISEASE,
        patient=at.patient,
        table=Table(columns, lines, nothing=nothing),
        actions=(
            Action("declare", said("This visit is for it"), takes=Takes.ROW),
            Action("none", said("For none"), key="Ctrl+N", takes=Takes.ROW),
        ),
    )


async def breakdown(at: AtWork) -> str:
    """Which part by which fund, and how the policy saw the bill (L07)."""
    chosen = await _choose(at, _BREAKDOWN)
    if chosen is None:
        return ""
    found = await fetched(FetchBreakdown(chosen.settlement_id), at, _BREAKDOWN)
    if found is not None:
        await breakdown_sheet(at, found)
    return ""


def breakdown_sheet(at: AtWork, found: Breakdown) -> WorkSheet:
    """Parts that sum to the total; below, how the policy sees it."""
    paid = (
        *(Row("shield-check", fund.name, Yuan(fund.amount_fen)) for fund in found.funds),
        Row("wallet", said("Insurance account"), Yuan(found.account_fen)),
        Row("users", said("Family mutual aid"), Yuan(found.mutual_fen)),
        Row("building-bank", said("Borne by the hospital"), Yuan(found.hospital_fen)),
        Row("cash", said("Paid by the patient"), Yuan(found.cash_fen)),
    )
    seen = (
        Row("list", said("In scope"), Yuan(found.in_scope_fen)),
        Row("list", said("Deductible"), Yuan(found.deductible_fen)),
        Row("list", said("Paid first by the patient"), Yuan(found.pay_first_fen)),
        Row("list", said("Own expense"), Yuan(found.own_expense_fen)),
        Row("list", said("Over the limit"), Yuan(found.over_limit_fen)),
        Row("wallet", said("Left on the insurance account"), Yuan(found.account_balance_fen)),
    )
    return WorkSheet(
        title=_BREAKDOWN,
        patient=at.patient,
        chip=found.insurance,
        big_label=said("Total"),
        big_value=Yuan(found.total_fen),
        sections=(Section(said("Who pays"), paid), Section(said("How the policy sees it"), seen)),
        actions=(Action("done", said("Done")),),
    )


async def sign_of(at: AtWork) -> str:
    """The patient signs the sheet of any settlement (L06)."""
    chosen = await _choose(at, TITLE)
    if chosen is not None:
        await sign_settlement(at, chosen)
    return ""


async def _choose(at: AtWork, title: Phrase) -> Settlement | None:
    """One of the settlements of 30 days; None when it was left."""
    found = await fetched(FetchSettlements(at.served.patient_id), at, title)
    if found is None:
        return None
    answer = await settlements_sheet(at, title, found.settlements)
    row = answer.row if isinstance(answer, Pressed) else ""
    return next((one for one in found.settlements if one.settlement_id == row), None)


def settlements_sheet(at: AtWork, title: Phrase, settlements: tuple[Settlement, ...]) -> WorkSheet:
    """Newest first."""
    lines = tuple(
        Line(
            one.settlement_id,
            (
                Moment(one.settled_at),
                one.bills[0].department if one.bills else "",
                Yuan(one.total_fen),
                Yuan(one.self_pay_fen),
            ),
        )
        for one in settlements
        if one.state is SettlementState.COMPLETED
    )
    columns = (
        Column(said("Time"), 2),
        Column(said("Department"), 3),
        Column(said("Total"), 2, right=True),
        Column(said("Self-pay"), 2, right=True),
    )
    return WorkSheet(
        title=title,
        patient=at.patient,
        table=Table(columns, lines, nothing=said("Nothing was settled in the last 30 days")),
        actions=(Action("choose", said("Show"), takes=Takes.ROW),),
    )
