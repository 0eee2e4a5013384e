"""Pages of the till, of people, visits and special settlements, with values as long as they get."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from examples_visits import DEPARTMENTS, ORDERS, SESSIONS

from cashier.journeys import till
from cashier.journeys.people import assist, cards, find, first_visit, reveal, standing, unnamed
from cashier.journeys.special import claims, give_ups, insurance, liability
from cashier.journeys.visits import bookings, doctors, exams, register
from cashier.journeys.work import AtWork
from core.billing import Slip, Text
from core.claims import ClaimMode, Claims, ClaimTerms, Policies, Policy
from core.flow import Ask
from core.identity import Patient
from core.journeys.desk import Quote
from core.papers import Papers
from core.people import ConsentKind, ConsentText, Media, OwnMedium
from core.phrase import said
from core.visits import ExamOrders, ExamSessions, Visits, VisitState, VisitSummary
from core.window_people import Revealed
from core.window_specials import (
    BoundReferral,
    BoundReferrals,
    Breakdown,
    Disease,
    Diseases,
    FundShare,
    GiveUpCase,
    Liability,
    LiabilityFact,
)
from core.window_steps import Operator
from tests.helpers import people
from tests.helpers.backend_model import Backend

_LONG = Patient(
    *("p-1", "阿卜杜热合曼·吐尔逊江", "330302********3411", "138****5628", "M", 70),
    *(("BENEFIT", "SPECIAL_DISEASE"), "310", "********0017"),
)
AT = AtWork(
    Operator("2107", "林晓雯", ("cashier",), "2026-11-22T07:58:00+08:00", 4_621_830, 312, 4), _LONG
)
_QUOTE = Quote("op-1", _LONG, Backend().open("op-1", (people.BILL,)), None)
_NOTICE = ConsentText(
    ConsentKind.PRIVACY,
    "2026-01",
    Text("个人信息告知书", "How we use your data"),
    Text("我们将登记您的姓名、性别、出生日期、住址和手机号码。" * 12, "We register … " * 40),
)
_PERMISSION = replace(
    _NOTICE,
    kind=ConsentKind.E_CERTIFICATE,
    title=Text("同意在本院使用医保电子凭证", "Use of the insurance e-certificate in this hospital"),
)
_DEPARTMENT = Text("心血管内科专病门诊（高血压与动脉硬化）", "Cardiology, hypertension clinic")
_VISIT = VisitSummary(
    *("v-1", VisitState.CONFIRMED, "2026-11-22", Text("上午", "Morning"), _DEPARTMENT),
    *(Text("欧阳建国", "Ouyang Jianguo"), "CARD027"),
)
_VISITS = Visits(
    tuple(replace(_VISIT, registration_id=f"v-{state.value}", state=state) for state in VisitState)
)
_GIVE_UP = GiveUpCase(
    Slip("R1", "ZF1.R.R1.AAAA"), "ASKED", (people.BILL.lines[0].line_id,), people.BILL
)
_FUND = FundShare("BASIC", Text("基本医疗保险统筹基金", "Basic insurance, pooled fund"), 64_316)
_BREAKDOWN = Breakdown(
    *("s-1", Text("职工基本医疗保险", "Employee basic insurance"), 82_840, 64_316, (_FUND,)),
    *(12_000, 0, 0, 6_524, 4_000, 524, 2_000, 76_316, 0, 1_234_567),
)
_SAID = ("W07", "2107", "2026-11-22T10:12:00+08:00")
_LIABILITY = Liability(
    *("v-1", "OTHER_UNSUITABLE", "C03", "2026-11-22T09:41:00+08:00"),
    (
        LiabilityFact(
            "TRAFFIC_ACCIDENT",
            "THIRD_PARTY_LIABILITY",
            True,
            "交警事故认定书 3303022026001",
            *_SAID,
        ),
        LiabilityFact("MEDICAL_ACCIDENT", "THIRD_PARTY_LIABILITY", False, "", "", "", ""),
        LiabilityFact("THIRD_PARTY", "THIRD_PARTY_LIABILITY", False, "", "", "", ""),
        LiabilityFact("FIGHT", "ILLEGAL_ACT", False, "陪同家属说明", *_SAID),
        LiabilityFact("POISON_TAKING", "ILLEGAL_ACT", False, "", "", "", ""),
        LiabilityFact("DRUGS", "ILLEGAL_ACT", False, "", "", "", ""),
        LiabilityFact("ABORTION", "ABORTION_NON_MEDICAL", False, "", "", "", ""),
        LiabilityFact("OTHER", "OTHER_UNSUITABLE", False, "", "", "", ""),
    ),
    ("OTHER_UNSUITABLE", "THIRD_PARTY_LIABILITY"),
)
_POLICY = Policy(
    *("CI202600000017", "安心健康保险股份有限公司温州中心支公司", "百万医疗（含门诊特需）"),
    direct=True,
    fast=False,
    deductible_left_fen=1_000_000,
    percent=80,
    limit_left_fen=199_999_900,
)

EXAMPLES: dict[str, Ask[Any]] = {
    "till_cash": till.cash_sheet(_QUOTE),
    "till_part": till.part_sheet(replace(_QUOTE, part_fen=2_000), "part_cash_too_much"),
    "till_cash_back": till.cash_back_sheet(_LONG, 2_000),
    "till_insurance_code": till.insurance_code_sheet(_QUOTE),
    "people_matches": find.matches_sheet(
        tuple(replace(_LONG, patient_id=f"p-{number}") for number in range(9))
    ),
    "people_by_name": find.name_sheet("not_found"),
    "people_medium": find.medium_sheet(
        AT,
        said("Cards and codes"),
        said("Show the card or code that it is about."),
        find.ANY_MEDIUM,
    ),
    "people_reveal": reveal.choice_sheet(AT),
    "people_in_full": reveal.in_full_sheet(AT, Revealed("id_number", "330302195501123411")),
    "people_first_medium": first_visit.first_medium_sheet("code_expired"),
    "people_consent": first_visit.consent_sheet(_NOTICE),
    "people_blank_card": cards.blank_card_sheet(AT, said("New card"), "card_not_blank"),
    "people_document": cards.document_sheet(AT, said("Report a loss"), "wrong_document"),
    "people_lost": cards.lost_sheet(AT, "260000000017"),
    "people_green": unnamed.unnamed_sheet("GREEN_CHANNEL"),
    "people_joining": unnamed.joining_sheet(
        AT, said("To the real identity"), _LONG, said("Transfer the account")
    ),
    "people_identities": standing.identities_sheet(AT),
    "people_media": standing.media_sheet(
        AT, Media(tuple(OwnMedium("SS_CARD", "*****0101", "ACTIVE") for _ in range(4)))
    ),
    "people_guardian": standing.person_sheet(AT, said("Guardian"), proof=True),
    "people_death": standing.death_sheet(AT),
    "people_assist": assist.consent_sheet(AT, _PERMISSION),
    "people_helping": assist.helping_sheet(AT),
    "visits_doctors": doctors.doctors_sheet(
        AT, said("Register for today"), DEPARTMENTS, doctors.take(said("Register"))
    ),
    "visits_days": register.days_sheet(AT, ("2026-11-23", "2026-11-24", "2026-11-25")),
    "visits_bookings": bookings.visits_sheet(AT, _VISITS),
    "visits_exams": exams.orders_sheet(AT, ExamOrders(ORDERS)),
    "visits_sessions": exams.sessions_sheet(AT, ORDERS[0], ExamSessions(SESSIONS)),
    "special_give_up": give_ups.give_up_sheet(AT, _GIVE_UP),
    "special_referral": insurance.referral_sheet(
        AT,
        BoundReferrals(
            (BoundReferral("r1", "ZZ2026110004711", "340100", "2026-11-01", "2027-05-01", ""),)
        ),
    ),
    "special_disease": insurance.disease_sheet(
        AT,
        (_VISIT,),
        Diseases((Disease("M01600", "糖尿病"), Disease("M03900", "高血压（高危及以上）"))),
    ),
    "special_breakdown": insurance.breakdown_sheet(AT, _BREAKDOWN),
    "special_terms": claims.terms_sheet(
        AT, ClaimTerms("2026-01", _NOTICE.text, ("ID_CARD", "EC_CODE"), "1-2")
    ),
    "special_policies": claims.policies_sheet(AT, Policies((_POLICY,)), ClaimMode.DIRECT),
    "special_claims": claims.claims_sheet(AT, Claims(()), Papers((), (), "")),
    "special_visits": liability.visits_sheet(AT, _VISITS.visits),
    "special_liability": liability.liability_sheet(AT, _LIABILITY, "nothing_changed"),
}
