"""Settlement results as parts that sum to the bill, whatever the region writes; pure."""

from __future__ import annotations

import pytest
from centre_bench import setlinfo
from hypothesis import given
from hypothesis import strategies as st

from settlement_backend.insurance.insutypes import current, name_of
from settlement_backend.insurance.persons import identities_by
from settlement_backend.insurance.referrals import needed
from settlement_backend.insurance.setlinfo import told_by
from settlement_backend.insurance.words import FundPart, Split
from settlement_backend.insurance.yuan import fen, yuan
from settlement_backend.policy.profile import InsuranceRules

EXPECTED = pytest.mark.expects_warnings("settlement_backend.insurance.setlinfo")
AMOUNT = st.integers(0, 9_999_999)


@given(AMOUNT, AMOUNT, AMOUNT, AMOUNT, AMOUNT, AMOUNT, st.booleans())
def test_l18_parts_sum_to_the_bill_in_every_region(
    basic: int, aid: int, account: int, mutual: int, cash: int, hospital: int, inside: bool
) -> None:
    total = basic + aid + account + mutual + cash + hospital
    written = account + (mutual if inside else 0)
    info = {
        **setlinfo(yuan(total), yuan(basic + aid), yuan(written), yuan(cash), "S1"),
        "hifp_pay": yuan(basic),
        "maf_pay": yuan(aid),
        "acct_mulaid_pay": yuan(mutual),
        "hosp_part_amt": yuan(hospital),
        "psn_part_amt": yuan(account + mutual + cash),
    }

    told = told_by(info, total)

    named = (FundPart("BASIC", basic), FundPart("MEDICAL_AID", aid))
    parts = tuple(part for part in named if part.amount_fen)
    assert told is not None
    assert told.split == Split(basic + aid, account, cash, "S1", mutual, hospital, parts)
    assert told.split.total_fen == total
    assert told.account_pay_fen == written


@EXPECTED
@given(AMOUNT, AMOUNT, AMOUNT, st.integers(-500, 500).filter(bool))
def test_result_that_does_not_sum_is_no_word(
    fund: int, account: int, cash: int, wrong: int
) -> None:
    total = max(0, fund + account + cash + wrong)
    if total == fund + account + cash:
        return

    assert told_by(setlinfo(yuan(total), yuan(fund), yuan(account), yuan(cash), "S1")) is None


GOOD = setlinfo("10.00", "8.00", "2.00", "0.00", "S1")


@pytest.mark.parametrize(
    "change",
    [
        {"psn_cash_pay": "0.01"},
        {"acct_pay": "3.00", "psn_cash_pay": "-1.00"},
        {"fund_pay_sumamt": "8.000"},
        {"fund_pay_sumamt": "eight"},
        {"fund_pay_sumamt": 8.0},
        {"fund_pay_sumamt": "+8.00"},
        {"fund_pay_sumamt": "8"},
        {"hifp_pay": "7.00"},
        {"psn_part_amt": "1.99"},
        {"acct_mulaid_pay": "5.00"},
        {"medfee_sumamt": "11.00", "psn_cash_pay": "1.00"},
        {"setl_time": "yesterday"},
        {"setl_id": None},
    ],
)
@EXPECTED
def test_result_that_cannot_be_true_is_no_word(change: dict[str, object]) -> None:
    assert told_by(GOOD, 1000) is not None
    assert told_by({**GOOD, **change}, 1000) is None


@pytest.mark.parametrize("nothing", [None, [], "setlinfo", {}, {"setl_id": "S1"}])
@EXPECTED
def test_half_a_result_is_no_word(nothing: object) -> None:
    assert told_by(nothing) is None


def test_amounts_are_written_with_two_decimals_and_read_strictly() -> None:
    assert [yuan(n) for n in (0, 7, 123456, -205)] == ["0.00", "0.07", "1234.56", "-2.05"]
    assert [fen(text) for text in ("0.00", "1234.56", "-2.05")] == [0, 123456, -205]
    for wrong in ("1", "1.2", "1.234", "1,234.00", " 1.00", "", None, 1, 1.0, True):
        with pytest.raises(ValueError, match="amount"):
            fen(wrong)


def test_c19_rural_scheme_is_residents_insurance_today() -> None:
    assert [current(code) for code in ("310", "380", "390")] == ["310", "390", "390"]
    assert name_of("380") == name_of("390")
    assert name_of("777").zh == "777"


def test_s20_identities_of_the_insurance_become_the_hospitals_words() -> None:
    rules = InsuranceRules(identities={"31": "BENEFIT", "32": "SPECIAL_DISEASE"})
    told = [{"psn_idet_type": "32"}, {"psn_idet_type": "31"}, {"psn_idet_type": "99"}, "?"]

    assert identities_by(told, rules) == ("BENEFIT", "SPECIAL_DISEASE")
    assert identities_by(None, rules) == ()


@pytest.mark.parametrize(
    ("region", "med_type", "wanted"),
    [
        ("330302", "21", False),
        ("330381", "21", False),
        ("340100", "21", True),
        ("330100", "21", True),
        ("340100", "11", False),
    ],
)
def test_l03_slip_is_needed_for_stays_of_people_from_out_of_town(
    region: str, med_type: str, wanted: bool
) -> None:
    rules = InsuranceRules(referral_med_types=("21",))

    assert needed(rules, region, "3303", med_type) is wanted
