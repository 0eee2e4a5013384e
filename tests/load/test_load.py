"""The short forms of `./run soak backend` and `./run bench backend`, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.helpers.databases import KINDS
from tests.load.kills import same_bill, under_kills
from tests.load.speed import bench

pytestmark = pytest.mark.slow

_CONTENDERS, _BILLS = 12, 3
# 4.51 million visits a year (L17) with two payments each, in 250 days of 8 hours
_BUSY_HOUR_PER_S = 4_510_000 * 2 / (250 * 8 * 3600)


@pytest.mark.parametrize("kind", KINDS)
def test_h02_killed_backend_loses_and_doubles_nothing(kind: str) -> None:
    verdict = under_kills(kind, terminals=4, kills=2, seed=3)

    assert verdict.good, str(verdict)


@pytest.mark.parametrize("kind", KINDS)
def test_h02_same_bill_is_paid_once_whoever_contends(kind: str) -> None:
    told = same_bill(kind, _CONTENDERS, _BILLS)

    assert (told["paid"], told["wrong"]) == (_BILLS, 0)
    assert sum(told.values()) == _CONTENDERS * _BILLS


def test_h02_l17_bench_prints_a_line_for_each_number_of_terminals() -> None:
    lines: Iterator[str] = bench(("sqlite",), (10,), settlements=8)

    told = [line.split() for line in lines]
    measured = [words for words in told if words[0].isdigit()]
    assert [words[0] for words in measured] == ["1", "8", "64"]
    assert min(float(words[1]) for words in measured) > _BUSY_HOUR_PER_S
