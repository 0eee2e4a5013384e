"""The insurance platform's scheme: percentages, layers, accounts, and parts that always sum."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.platforms.insurance.scheme import (
    REGIONS,
    FeeClass,
    FeeLine,
    Insutype,
    MedType,
    Region,
    Shares,
    Terms,
    share,
)

LOCAL, AWAY = REGIONS["3303"], REGIONS["3401"]


def lines_of(*lines: tuple[int, FeeClass]) -> list[FeeLine]:
    return [FeeLine(str(number), fen, kind) for number, (fen, kind) in enumerate(lines)]


def general(account_fen: int) -> Terms:
    return Terms(LOCAL, "310", "11", accounts_fen=(account_fen,))


@pytest.mark.parametrize(
    ("lines", "account_fen", "parts"),
    [
        (lines_of((10_000, "01")), 0, (10_000, 8_000, 0, 2_000)),
        (lines_of((10_000, "02")), 99_999, (10_000, 7_200, 2_800, 0)),
        (lines_of((10_000, "03")), 99_999, (10_000, 0, 0, 10_000)),
        (lines_of((10_000, "01")), 500, (10_000, 8_000, 500, 1_500)),
        # 0.8 x 3 x 1 fen = 2.4 fen: each line alone would be rounded up to 1 fen.
        (lines_of((1, "01"), (1, "01"), (1, "01")), 0, (3, 2, 0, 1)),
        # 0.72 x 75 + 0.80 x 5 = 58.00; 0.80 x 2 + 0.72 x 95 = 70.00, and one fen more of 乙: 70.72.
        (lines_of((75, "02"), (5, "01")), 0, (80, 58, 0, 22)),
        (lines_of((96, "02"), (2, "01")), 0, (98, 71, 0, 27)),
    ],
)
def test_scheme_rounds_once_on_the_sum(
    lines: list[FeeLine], account_fen: int, parts: tuple[int, int, int, int]
) -> None:
    shares = share(lines, general(account_fen))
    assert (shares.total_fen, shares.fund_fen, shares.account_fen, shares.cash_fen) == parts


@pytest.mark.parametrize(
    ("region", "insutype", "med_type", "basic_fen"),
    [
        (LOCAL, "310", "12", 800_000),
        (LOCAL, "390", "13", 800_000),
        (LOCAL, "310", "14", 900_000),
        (LOCAL, "390", "14", 900_000),
        # The deductible first: (10000.00 - 800.00) x 85 %, (10000.00 - 600.00) x 75 %.
        (LOCAL, "310", "21", 782_000),
        (LOCAL, "390", "21", 705_000),
        (AWAY, "310", "11", 600_000),
        (AWAY, "390", "14", 700_000),
        (AWAY, "310", "21", 595_000),
        (AWAY, "390", "21", 510_000),
    ],
)
def test_basic_fund_pays_by_region_insutype_and_med_type(
    region: Region, insutype: Insutype, med_type: MedType, basic_fen: int
) -> None:
    assert share(lines_of((1_000_000, "01")), Terms(region, insutype, med_type)).basic_fen == (
        basic_fen
    )


def test_deductible_is_taken_once_an_admission() -> None:
    lines = lines_of((50_000, "01"))
    first = share(lines, Terms(LOCAL, "310", "21"))
    second = share(lines, Terms(LOCAL, "310", "21", deductible_taken_fen=50_000))
    third = share(lines, Terms(LOCAL, "310", "21", deductible_taken_fen=80_000))
    assert [made.deductible_fen for made in (first, second, third)] == [50_000, 30_000, 0]
    assert [made.basic_fen for made in (first, second, third)] == [0, 17_000, 42_500]


def test_civil_servant_gets_half_of_what_the_basic_fund_leaves() -> None:
    shares = share(lines_of((10_000, "02")), Terms(LOCAL, "310", "11", civil_servant=True))
    # 9000 in scope, 7200 of it basic: 1800 left.
    assert (shares.basic_fen, shares.civil_servant_fen, shares.cash_fen) == (7_200, 900, 1_900)


def test_large_amount_fund_pays_an_employee_in_hospital_above_its_threshold() -> None:
    shares = share(lines_of((10_000_000, "01")), Terms(LOCAL, "310", "21"))
    # (100000.00 - 800.00) x 85 % = 84320.00; 15680.00 left; 80 % of 5680.00.
    assert (shares.basic_fen, shares.large_amount_fen) == (8_432_000, 454_400)


def test_serious_illness_and_medical_aid_follow_one_another() -> None:
    terms = Terms(LOCAL, "390", "21", serious_illness=True, medical_aid=True)
    shares = share(lines_of((4_000_000, "01")), terms)
    # (40000.00 - 600.00) x 75 % = 29550.00; 10450.00 left; 60 % of 5450.00 = 3270.00;
    # 7180.00 left; 70 % = 5026.00.
    assert (shares.basic_fen, shares.serious_illness_fen, shares.medical_aid_fen) == (
        2_955_000,
        327_000,
        502_600,
    )
    assert shares.cash_fen == 215_400


def test_mutual_aid_pays_after_the_own_account() -> None:
    terms = Terms(LOCAL, "310", "11", accounts_fen=(500, 300, 9_999))
    shares = share(lines_of((10_000, "01"), (1_000, "03")), terms)
    assert (shares.account_fen, shares.mutual_aid_fen, shares.cash_fen) == (500, 1_500, 1_000)


def test_what_lies_above_a_limit_is_the_hospitals_or_the_persons_by_region() -> None:
    lines = [FeeLine("1", 10_000, "01", over_limit_fen=2_000)]
    local = share(lines, Terms(LOCAL, "310", "11", accounts_fen=(99_999,)))
    away = share(lines, Terms(AWAY, "310", "11", accounts_fen=(99_999,)))
    assert (local.hospital_fen, local.over_limit_person_fen, local.cash_fen) == (2_000, 0, 0)
    assert (away.hospital_fen, away.over_limit_person_fen, away.cash_fen) == (0, 2_000, 2_000)
    assert (local.basic_fen, away.basic_fen) == (6_400, 4_800)


@pytest.mark.parametrize(("change_fen", "cash_fen"), [(500, 2_500), (99_999, 10_000), (-9_999, 0)])
def test_moved_split_never_turns_negative(change_fen: int, cash_fen: int) -> None:
    shares = share(lines_of((10_000, "01")), general(0)).moved(change_fen)
    assert (shares.cash_fen, shares.basic_fen) == (cash_fen, 10_000 - cash_fen)


@st.composite
def fee_lines(draw: st.DrawFn) -> FeeLine:
    amount_fen = draw(st.integers(0, 5_000_000))
    fee_class = draw(st.sampled_from(get_args(FeeClass)))
    over_fen = 0 if fee_class == "03" else draw(st.integers(0, amount_fen) | st.just(0))
    return FeeLine("1", amount_fen, fee_class, over_fen)


ANY_TERMS = st.builds(
    Terms,
    region=st.sampled_from([LOCAL, AWAY]),
    insutype=st.sampled_from(get_args(Insutype)),
    med_type=st.sampled_from(get_args(MedType)),
    civil_servant=st.booleans(),
    serious_illness=st.booleans(),
    medical_aid=st.booleans(),
    accounts_fen=st.lists(st.integers(0, 500_000), max_size=4).map(tuple),
    deductible_taken_fen=st.integers(0, 200_000),
)


@settings(max_examples=300, deadline=None)
@given(
    lines=st.lists(fee_lines(), min_size=1, max_size=8),
    terms=ANY_TERMS,
    change_fen=st.integers(-10_000, 10_000),
)
def test_parts_sum_and_are_never_negative(
    lines: list[FeeLine], terms: Terms, change_fen: int
) -> None:
    quoted = share(lines, terms)
    for shares in (quoted, quoted.moved(change_fen)):
        assert_parts_sum(shares)
    assert quoted.fund_fen <= quoted.in_scope_fen
    accounts_fen = quoted.account_fen + quoted.mutual_aid_fen
    assert accounts_fen <= sum(terms.accounts_fen)
    assert quoted.account_fen <= sum(terms.accounts_fen[:1])


def assert_parts_sum(shares: Shares) -> None:
    assert shares.total_fen == (
        shares.fund_fen
        + shares.account_fen
        + shares.mutual_aid_fen
        + shares.cash_fen
        + shares.hospital_fen
    )
    assert shares.total_fen == (
        shares.own_expense_fen
        + shares.over_limit_person_fen
        + shares.first_part_fen
        + shares.in_scope_fen
        + shares.hospital_fen
    )
    assert min(getattr(shares, name) for name in Shares.__slots__) >= 0
