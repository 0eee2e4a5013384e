"""Pages of pay later, stays and prepaid money at a window, with values as long as they get."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from examples_inpatient import ADMITTED, CHARGED, LISTED, NOTICED, REQUESTED, SETTLED
from examples_later import LATE_VISIT, LONG_PAGE, LONG_TEXT

from cashier.journeys import signed_sheet
from cashier.journeys.inpatient import daily_lists, discharge_pages, stay_pages
from cashier.journeys.later import account_pages, arrears_pages, phone_pages, signing_pages
from cashier.journeys.pad import pad_sheet
from cashier.journeys.prefund import (
    clean_out_pages,
    clear_pages,
    hold_pages,
    stock_pages,
    top_up_pages,
)
from core.billing import HoldTerms
from core.deferral import Decision, Suspension
from core.flow import Ask
from core.history import StepTaken
from core.steps.prefund import HoldPlace, Holds
from core.window_later import Arrears, Finding
from core.window_prepay import Age, CleanOutFile, Holder, Ledger, LedgerEntry, Stock
from tests.helpers.told import told_later, told_prefund
from tests.helpers.told.told_window_refunds import AT, AT_TIME, PATIENT, SERVING

_SUPERVISING = replace(AT, operator=replace(AT.operator, roles=("supervisor",)))
_CHIEF = replace(_SUPERVISING, patient=PATIENT)
_LONG_NAME = "阿卜杜热合曼·吐尔逊江"
_OWED = Suspension("S-R2", 1_234_567, AT_TIME, "REPORTED", ("PAID", "REPAIR_CONFIRMED"))
_STOPPED = replace(
    told_later.SIGNED_ACCOUNT,
    state="SUSPENDED",
    credit=replace(told_later.SUSPENDED, here=True, malicious=True, suspensions=(_OWED,)),
    visits=(LATE_VISIT,),
    open_fen=LATE_VISIT.open_fen,
)
_NOT_OPEN = replace(
    told_later.ELIGIBLE_ACCOUNT,
    state="NOT_ELIGIBLE",
    may_sign=Decision(allow=False, rule_id="N02", message_key="deferral.not_local", needs=()),
)
_EVIDENCE = "三次电话催缴均明确表示拒不缴费，并有家属在场，详见 2026 年 11 月 20 日谈话记录"
_ARREARS = Arrears(
    *("R2", "p-1", "阿*", "2026-10-11", "SUSPENDING", AT_TIME, 1_234_567, _OWED, "f-1")
)
_FINDING = Finding(
    *("f-1", "R2", "FLAGGED", _EVIDENCE, "2102", "2101", AT_TIME, "", "", ""), reported=False
)
_WITHDRAWN = replace(_FINDING, flag_id="f-2", state="WITHDRAWN", withdrawn_because="费用由他人承担")
_FILE = CleanOutFile(
    *("8f3a11c2d4e5", "p-1", _LONG_NAME, "ACCEPTED", told_prefund.PLAN.balance_fen),
    told_prefund.PLAN.ways,
    *((), "*4567", "中国工商银行股份有限公司温州分行营业部", "", AT_TIME),
    (StepTaken("ACCEPTED", "", AT_TIME, "", "K01"),),
    None,
)
_AGAIN = replace(_FILE, state="NEED_REALNAME_RESUBMIT", needs=("PAYEE",))
_HOLDER = Holder("p-1", _LONG_NAME, 1_234_567, "OPEN", "2021-11-05", 1_843, 1_420)
_STOCK = Stock(
    *("2025-12-31", 0, (_HOLDER, replace(_HOLDER, patient_id="p-2", state="LEDGERED"))),
    (Age(1, 12, 98_700), Age(3, 311, 12_345_678), Age(0, 4_102, 98_765_432)),
    *(111_209_810, 45_000, 1_200_000, 88_000),
)
_LEDGER = Ledger(
    (
        LedgerEntry(
            *("p-1", _LONG_NAME, "330302********3411", "OLD", "2021-11-05", 1_234_567),
            *("电话停机，登记地址已搬迁，多次联系未果", AT_TIME, ""),
        ),
    ),
    1_234_567,
)
_HOLD_TERMS = HoldTerms(True, "", 10_000, 500_000, (50_000, 100_000, 200_000, 300_000))
_BANNED = replace(told_prefund.TERMS, collect=told_prefund.BAN)
_DEAD = replace(told_prefund.PLAN, documents=("AGENT_ID", "RELATION_PROOF", "DEATH_PROOF"))
_HOLDS = Holds(
    (told_prefund.HOLD, replace(told_prefund.HOLD, hold_id="H-2")),
    (HoldPlace("H-1", False, told_prefund.MAY_RELEASE.place), HoldPlace("H-2", True, None)),
)

EXAMPLES: dict[str, Ask[Any]] = {
    "later_signed": account_pages.account_sheet(SERVING, told_later.SIGNED_ACCOUNT),
    "later_stopped": account_pages.account_sheet(_CHIEF, _STOPPED),
    "later_not_open": account_pages.account_sheet(SERVING, _NOT_OPEN),
    "later_visit": account_pages.visit_sheet(SERVING, LATE_VISIT),
    "later_visits": account_pages.visits_sheet(SERVING, (LATE_VISIT, told_later.VISIT)),
    "later_pay_now": account_pages.pay_now_sheet(SERVING, ()),
    "later_sign": signing_pages.commitment_sheet(
        SERVING, LONG_PAGE, LONG_TEXT, told_later.DEBIT, by_guardian=True
    ),
    "agreements": phone_pages.agreements_sheet(
        SERVING, (told_later.CREDIT_LINE, told_later.WAITING, told_later.DEBIT)
    ),
    "agreement_code": phone_pages.code_sheet(
        SERVING, "BANK_CREDIT_LINE", told_later.WAITING, "not_signed_yet"
    ),
    "arrears": arrears_pages.list_sheet(_SUPERVISING, (_ARREARS,)),
    "arrears_malicious": arrears_pages.flag_sheet(_SUPERVISING, _ARREARS, _EVIDENCE, "same_person"),
    "arrears_findings": arrears_pages.findings_sheet(_SUPERVISING, (_FINDING, _WITHDRAWN)),
    "stays": stay_pages.stays_sheet(SERVING, (ADMITTED, REQUESTED)),
    "stay_asked": stay_pages.stay_sheet(SERVING, REQUESTED),
    "stay_in_hospital": stay_pages.stay_sheet(SERVING, ADMITTED),
    "stay_noticed": stay_pages.stay_sheet(SERVING, NOTICED),
    "stay_settled": stay_pages.stay_sheet(SERVING, replace(NOTICED, state="SETTLED")),
    "stay_deposits": stay_pages.deposits_sheet(SERVING, ADMITTED),
    "stay_days": daily_lists.days_sheet(SERVING, CHARGED),
    "stay_list": daily_lists.list_sheet(SERVING, LISTED),
    "stay_final": discharge_pages.final_sheet(SERVING, CHARGED, "温和人寿保险股份有限公司"),
    "later_pad": pad_sheet(SERVING, (LONG_TEXT.title, LONG_TEXT.text)),
    "stay_pad": pad_sheet(SERVING, signed_sheet.sheet_lines(SETTLED)),
    "stay_sign": signed_sheet.sheet_page(SERVING, SETTLED),
    "holds": hold_pages.holds_sheet(SERVING, _HOLD_TERMS, _HOLDS, "limits"),
    "hold_elsewhere": hold_pages.elsewhere_sheet(SERVING, told_prefund.MAY_RELEASE),
    "balance": top_up_pages.terms_sheet(SERVING, told_prefund.TERMS),
    "balance_banned": top_up_pages.terms_sheet(SERVING, _BANNED),
    "balance_notes": top_up_pages.notes_sheet(SERVING, 15_000, "notes_not_the_amount"),
    "balance_back": clear_pages.plan_sheet(SERVING, told_prefund.PLAN),
    "balance_of_the_dead": clear_pages.plan_sheet(SERVING, _DEAD),
    "clean_outs": clean_out_pages.queue_sheet(AT, (_FILE, _AGAIN)),
    "clean_outs_review": clean_out_pages.review_sheet(AT, (_FILE, _FILE), "wrong_password"),
    "clean_out": clean_out_pages.file_sheet(SERVING, _FILE),
    "clean_out_account": clean_out_pages.file_sheet(SERVING, _AGAIN),
    "stock": stock_pages.stock_sheet(_STOCK, _STOCK.accounts),
    "ledger": stock_pages.ledger_sheet(_SUPERVISING, _LEDGER),
}
