"""What may pay, when somebody is asked again, how cash is rounded: tables of the pure rules."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from service_bench import PROFILE

from settlement_backend.acquirers import books
from settlement_backend.acquirers.banks import bank_for
from settlement_backend.acquirers.tables import Agreement
from settlement_backend.base.clock import CHINA
from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import AcquirerRules, Scope, load_policy
from settlement_backend.settling import rules
from settlement_backend.settling.rules import Agreed, Facts

POLICY = load_policy(PROFILE)
TENDER = POLICY.tender
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=CHINA)
DEBIT = Agreed("BOUND_DEBIT", "AG1", "李*", 200_000)
CREDIT = Agreed("CREDIT_LINE", "CL1", "李*", 10_000)


COUNTED = Decision(allow=True, rule_id="SHIFT-OPEN")
NO_SHIFT = Decision(allow=False, rule_id="SHIFT-OPEN", message_key="no_shift")
LAST_MONTH = Decision(allow=False, rule_id="SHIFT-MONTH", message_key="shift_over_month_end")


def facts(
    terminal_kind: str = "kiosk",
    settlement_kind: str = "OUTPATIENT",
    due_fen: int = 5000,
    real_name: bool = True,
    insured: bool = True,
    agreed: tuple[Agreed, ...] = (),
    drawer: Decision | None = None,
) -> Facts:
    asked = (terminal_kind, settlement_kind, ("CARD",), due_fen, real_name, insured, agreed)
    return Facts(*asked, drawer=drawer)


# What a hospital calls it, and how it is told here (L01); regions and schemes: L18, C19.
CATALOGUE = {
    "cash": "CASH",
    "bank card": "BANK_CARD",
    "social insurance, its fund": "INSURANCE_FUND",
    "social insurance, its personal account": "PERSONAL_ACCOUNT",
    "family mutual aid": "MUTUAL_AID",
    "Alipay, WeChat, UnionPay by code": "SCAN",
    "one code": "ONE_CODE",
    "account bound to the visit card": "BOUND_DEBIT",
    "money on the visit card": "PREPAY_BALANCE",
    "hold on a bank card": "PREAUTH",
    "credit visit": "CREDIT_LINE",
    "commercial insurance": "COMMERCIAL_DIRECT",
}


@pytest.mark.parametrize("kind", CATALOGUE.values(), ids=CATALOGUE)
def test_l01_every_method_of_the_catalogue_has_its_place_in_the_order(kind: str) -> None:
    assert kind in TENDER.order
    assert kind in rules.COVERED_FIRST or kind in TENDER.offered["window"]


@pytest.mark.parametrize(
    ("kind", "asked", "reason", "rule_id"),
    [
        ("SCAN", facts(), "", "C08"),
        ("CASH", facts(), "window_only", "C08"),
        ("CASH", facts("window"), "", "C12"),
        ("CASH", facts("window", drawer=COUNTED), "", "C12"),
        ("CASH", facts("window", drawer=NO_SHIFT), "no_shift", "SHIFT-OPEN"),
        ("CASH", facts("window", drawer=LAST_MONTH), "shift_over_month_end", "SHIFT-MONTH"),
        ("CASH", facts(drawer=NO_SHIFT), "window_only", "C08"),
        ("SCAN", facts("window", drawer=NO_SHIFT), "", "C08"),
        ("REMOTE", facts(), "not_offered", "C08"),
        ("REMOTE", facts("mobile"), "", "N18"),
        ("BANK_CARD", facts(), "", "C08"),
        ("BANK_CARD", facts("clinic"), "window_only", "C08"),
        ("ONE_CODE", facts(), "", "W12"),
        ("ONE_CODE", facts(insured=False), "not_insured", "W12"),
        ("ONE_CODE", facts(real_name=False), "anonymous", "S16"),
        ("BOUND_DEBIT", facts(), "no_agreement", "W01"),
        ("BOUND_DEBIT", facts(agreed=(DEBIT,)), "", "W01"),
        ("BOUND_DEBIT", facts(due_fen=200_000, agreed=(DEBIT,)), "", "W01"),
        ("BOUND_DEBIT", facts(due_fen=200_001, agreed=(DEBIT,)), "daily_limit", "W03"),
        ("BOUND_DEBIT", facts(real_name=False, agreed=(DEBIT,)), "anonymous", "S16"),
        ("CREDIT_LINE", facts(agreed=(CREDIT,)), "", "H30"),
        ("CREDIT_LINE", facts(due_fen=10_001, agreed=(CREDIT,)), "credit_not_enough", "H30"),
        ("CREDIT_LINE", facts("mobile", agreed=(CREDIT,)), "", "H30"),
        ("CREDIT_LINE", facts(settlement_kind="INPATIENT", agreed=(CREDIT,)), "window_only", "C18"),
        ("CREDIT_LINE", facts("window", "INPATIENT", agreed=(CREDIT,)), "", "H30"),
        ("FAMILY_CREDIT_LINE", facts(agreed=(CREDIT,)), "no_agreement", "H31"),
    ],
)
def test_c08_tender_is_decided_by_place_person_and_agreement(
    kind: str, asked: Facts, reason: str, rule_id: str
) -> None:
    decision = rules.may_pay(TENDER, POLICY.scope, kind, asked)

    assert (decision.allow, decision.message_key) == (reason == "", reason)
    assert decision.rule_id == rule_id


def test_n28_tender_is_in_use_only_where_the_scope_names_the_department() -> None:
    elsewhere = Scope(departments={"BOUND_DEBIT": ("ENDO",)})
    asked = facts(agreed=(DEBIT,))

    assert rules.may_pay(TENDER, elsewhere, "BOUND_DEBIT", asked).message_key == "not_in_scope"
    assert rules.may_pay(TENDER, elsewhere, "SCAN", asked).allow


def test_c03_three_kinds_of_family_payment_are_three_tenders() -> None:
    offered = rules.kinds_to_offer(TENDER)

    assert {"FAMILY_CREDIT_LINE", "REMOTE", "BOUND_DEBIT"} <= set(offered)
    assert offered[:2] == ("SCAN", "CASH")


@pytest.mark.parametrize(
    ("agreed", "chosen"),
    [
        ((), None),
        ((DEBIT,), "BOUND_DEBIT"),
        ((DEBIT, CREDIT), "CREDIT_LINE"),
        ((DEBIT, Agreed("CREDIT_LINE", "CL1", "", 4999)), "BOUND_DEBIT"),
    ],
)
def test_h16_clinic_debits_by_itself_in_the_profiles_order(
    agreed: tuple[Agreed, ...], chosen: str | None
) -> None:
    assert rules.automatic(TENDER, POLICY.scope, facts("clinic", agreed=agreed)) == chosen


@pytest.mark.parametrize(
    ("amount_fen", "step_fen", "taken_fen"),
    [
        (1234, 1, 1234),
        (1234, 10, 1230),
        (1235, 10, 1240),
        (1239, 10, 1240),
        (4, 10, 0),
        (5, 10, 10),
        (1249, 50, 1250),
        (1224, 50, 1200),
    ],
)
def test_cash_is_rounded_half_up_to_the_step(
    amount_fen: int, step_fen: int, taken_fen: int
) -> None:
    assert rules.rounded_cash_fen(amount_fen, step_fen) == taken_fen


@given(st.integers(0, 10**9), st.sampled_from([1, 5, 10, 50, 100]))
def test_rounding_is_never_off_by_more_than_half_a_step(amount_fen: int, step_fen: int) -> None:
    taken_fen = rules.rounded_cash_fen(amount_fen, step_fen)

    assert taken_fen % step_fen == 0
    assert abs(taken_fen - amount_fen) * 2 <= step_fen


@pytest.mark.parametrize(
    ("percent", "wanted_fen", "larger_fen"),
    [(100, 30000, 0), (100, 30001, 30001), (115, 34500, 0), (115, 34501, 34501), (100, 500001, 0)],
)
def test_s12_more_than_the_hold_wants_a_larger_one(
    percent: int, wanted_fen: int, larger_fen: int
) -> None:
    preauth = POLICY.preauth.model_copy(update={"capture_max_percent": percent})

    assert rules.reauthorise_fen(preauth, 30000, wanted_fen) == larger_fen


def test_rest_by_tender_asks_for_no_larger_hold() -> None:
    preauth = POLICY.preauth.model_copy(update={"on_insufficient": "REST_BY_TENDER"})

    assert rules.reauthorise_fen(preauth, 30000, 40000) == 0


def test_unionpay_is_asked_in_its_own_rhythm() -> None:
    poll, asked, at = POLICY.polls["UNIONPAY"], [], NOON
    for _ in range(7):
        at = rules.next_question(poll, NOON, at, first=False)
        asked.append(round((at - NOON).total_seconds(), 1))

    assert asked == [0.1, 0.3, 0.7, 1.5, 3.1, 6.3, 9.5]


def test_wechat_is_asked_first_and_then_every_second() -> None:
    poll = POLICY.polls["WECHAT"]

    assert rules.next_question(poll, NOON, NOON, first=True) == NOON + timedelta(seconds=0.5)
    assert rules.next_question(poll, NOON, NOON, first=False) == NOON + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("terminal_id", "card", "bank"),
    [
        ("K01", "", "lead"),
        ("K02", "", "partner"),
        ("K01", "622848******1234", "partner"),
        ("K02", "622202******0017", "lead"),
        ("K02", "623000******0017", "partner"),
    ],
)
def test_s49_bank_is_chosen_by_card_before_terminal(terminal_id: str, card: str, bank: str) -> None:
    chosen = AcquirerRules(
        by_card={"622848": "partner", "6222": "lead"}, by_terminal={"K02": "partner"}
    )

    assert bank_for(chosen, terminal_id, card) == bank


@pytest.mark.parametrize(
    ("own_fen", "used_on", "used_fen", "left_fen"),
    [
        (0, "", 0, 200_000),
        (0, "2026-03-02", 50_000, 150_000),
        (0, "2026-03-01", 50_000, 200_000),
        (30_000, "2026-03-02", 20_000, 10_000),
        (500_000, "", 0, 200_000),
        (30_000, "2026-03-02", 40_000, 0),
    ],
)
def test_w03_limit_of_a_day_is_the_lower_one_less_what_is_used(
    own_fen: int, used_on: str, used_fen: int, left_fen: int
) -> None:
    agreement = Agreement(kind="BOUND_DEBIT", limit_fen=own_fen, used_on=used_on, used_fen=used_fen)

    assert books.left_fen(agreement, 200_000, date(2026, 3, 2)) == left_fen
