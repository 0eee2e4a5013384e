"""Pages as a patient meets them: paying later and signing elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.billing import Text
from core.deferral import Commitment, Decision, DeferralAccount, DeferredVisit
from core.flow import Step
from kiosk.journeys.later import elsewhere_pages, pay_later_pages, phone_pages, signing_pages
from tests.helpers import people
from tests.helpers.stories_later import WHO
from tests.helpers.told import told_later as told

LONG_TEXT = Commitment(
    "2026-01",
    Text("先诊疗后付费信用承诺书", "Commitment to pay after treatment"),
    Text(
        "\n\n".join(f"{n}、在当日就诊结束后一次性结清本次就诊的全部费用。" for n in range(1, 9)),
        "\n\n".join(
            f"{n}. To pay everything for a visit at once, within 24 hours after it has ended."
            for n in range(1, 9)
        ),
    ),
)
LONG_PAGE = replace(
    told.SIGNING_PAGE,
    commitment=LONG_TEXT,
    steps=(
        *told.SIGNING_PAGE.steps,
        Text("就诊结束后 24 小时内一次性缴费", "Pay once, within 24 hours after the visit"),
    ),
)
_LONG = Text("生殖医学与辅助生育技术中心", "Reproductive medicine and assisted reproduction")
LATE_VISIT: DeferredVisit = replace(
    told.VISIT,
    registration_id="R2",
    state="OVERDUE",
    bills=tuple(replace(bill, department=_LONG) for bill in told.VISIT.bills),
)
_SUSPENDED: DeferralAccount = replace(
    told.SIGNED_ACCOUNT,
    state="SUSPENDED",
    signature=replace(told.SIGNED, state="SUSPENDED"),
    credit=told.SUSPENDED,
    visits=(LATE_VISIT,),
)
_NOT_LOCAL = Decision(False, "N03", "deferral.not_insured", ())
_NOT_ELIGIBLE = replace(told.ELIGIBLE_ACCOUNT, state="NOT_ELIGIBLE", may_sign=_NOT_LOCAL)
_EXCLUDED = (
    (replace(people.BILL, department=_LONG), told.EXCLUDED),
    (people.BILL, Decision(False, "N06", "deferral.pay_now", ())),
)

EXAMPLES: dict[str, Step[Any]] = {
    "pay_later_eligible": pay_later_pages.overview(WHO, told.ELIGIBLE_ACCOUNT),
    "pay_later_not_eligible": pay_later_pages.overview(WHO, _NOT_ELIGIBLE),
    "pay_later_signed": pay_later_pages.overview(WHO, told.SIGNED_ACCOUNT),
    "pay_later_suspended": pay_later_pages.overview(WHO, _SUSPENDED),
    "pay_later_stopped": pay_later_pages.stopped(WHO, told.SUSPENDED),
    "pay_later_visits": pay_later_pages.visits(WHO, (told.VISIT, LATE_VISIT), "2026"),
    "pay_later_visit": pay_later_pages.visit_told(WHO, LATE_VISIT),
    "pay_later_now": pay_later_pages.pay_now(WHO, _EXCLUDED),
    "pay_later_none_now": pay_later_pages.pay_now(WHO, ()),
    "pay_later_end": pay_later_pages.end_it(WHO, told.SIGNED_ACCOUNT),
    "pay_later_ended": pay_later_pages.ended(WHO, told.CANCELLED, printed=True),
    "pay_later_offered": signing_pages.offered(WHO),
    "pay_later_explained": signing_pages.explained(WHO, LONG_PAGE),
    "pay_later_promised": signing_pages.promised(WHO, LONG_TEXT),
    "pay_later_guardian": signing_pages.guardian_first(WHO),
    "pay_later_repaid_how": signing_pages.repaid_how(WHO, told.DEBIT),
    "pay_later_sign": signing_pages.signature(WHO, LONG_TEXT, by_guardian=True),
    "pay_later_done": signing_pages.done(WHO, told.SIGNED, printed=False),
    "pay_later_not_for_you": signing_pages.not_for_you(WHO, _NOT_LOCAL),
    "sign_elsewhere": elsewhere_pages.overview(WHO, (told.DEBIT, told.CREDIT_LINE)),
    "sign_elsewhere_certificate": elsewhere_pages.certificate(WHO),
    "sign_elsewhere_debit": elsewhere_pages.told(WHO, told.DEBIT),
    "sign_elsewhere_credit": elsewhere_pages.told(WHO, told.CREDIT_LINE),
    "sign_elsewhere_end": elsewhere_pages.end_it(WHO, told.DEBIT),
    "sign_elsewhere_ended": elsewhere_pages.ended(WHO, told.ENDED),
    "sign_elsewhere_code": phone_pages.code(
        WHO, "BANK_CREDIT_LINE", told.WAITING, "not_signed_yet"
    ),
    "sign_elsewhere_signed": phone_pages.signed(WHO, told.CREDIT_LINE),
}
