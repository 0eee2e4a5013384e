"""Fen, yuan texts, splits and the capitals of Chinese slips."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import allocate, format_yuan, parse_yuan, yuan_in_words

_MOST_YUAN = 999_999_999


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("0.01", 1),
        ("12.3", 1_230),
        ("12.30", 1_230),
        ("007", 700),
        ("999999999.99", 99_999_999_999),
    ],
)
def test_yuan_text_becomes_fen(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-1",
        "+1",
        "1.",
        ".5",
        "1.234",
        "1,000",
        "1e3",
        "1 ",
        "1\n",
        "１",
        "٣",
        "1000000000",
    ],
)
def test_anything_else_is_not_an_amount(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        parse_yuan(text)


@pytest.mark.parametrize(
    ("fen", "text"),
    [(0, "0.00"), (5, "0.05"), (1_234_567, "12,345.67"), (-5, "-0.05"), (-123_456, "-1,234.56")],
)
def test_fen_become_text(fen: int, text: str) -> None:
    assert format_yuan(fen) == text


@given(st.integers(0, _MOST_YUAN * 100 + 99))
def test_text_and_back_is_the_same_amount(fen: int) -> None:
    assert parse_yuan(format_yuan(fen).replace(",", "")) == fen


@pytest.mark.parametrize(
    ("total_fen", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (1, [1, 1], [1, 0]),
        (10, [0, 5, 0], [0, 10, 0]),
        (0, [0, 0], [0, 0]),
        (0, [], []),
        (7, [3, 2, 1], [4, 2, 1]),
    ],
)
def test_split_gives_the_largest_remainder_first(
    total_fen: int, weights: list[int], parts: list[int]
) -> None:
    assert allocate(total_fen, weights) == parts


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_split_loses_and_adds_nothing(total_fen: int, weights: list[int]) -> None:
    if sum(weights) == 0 and total_fen:
        with pytest.raises(ValueError, match="nothing to split"):
            allocate(total_fen, weights)
        return
    parts = allocate(total_fen, weights)
    assert sum(parts) == total_fen
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total_fen * weight) < sum(weights) or sum(weights) == 0


def test_negative_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        allocate(10, [1, -1])


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角"),
        (12, "壹角贰分"),
        (100, "壹元整"),
        (105, "壹元零伍分"),
        (1_000, "壹拾元整"),
        (10_500, "壹佰零伍元整"),
        (18_524, "壹佰捌拾伍元贰角肆分"),
        (100_000, "壹仟元整"),
        (100_100, "壹仟零壹元整"),
        (1_000_050, "壹万元伍角"),
        (1_000_100, "壹万零壹元整"),
        (10_700_053, "壹拾万柒仟元伍角叁分"),
        (1_010_000, "壹万零壹佰元整"),
        (100_000_000_000, "壹拾亿元整"),
        (10_000_000_100, "壹亿零壹元整"),
    ],
)
def test_amount_in_the_capitals_of_slips(fen: int, words: str) -> None:
    assert yuan_in_words(fen) == words


_DIGITS = {word: number for number, word in enumerate("零壹贰叁肆伍陆柒捌玖")}
_UNITS = {"拾": 10, "佰": 100, "仟": 1_000}


def _read(words: str) -> int:
    """Reads capitals back, by the rules of reading aloud: written apart from the product's."""
    yuan, _, rest = words.rpartition("元")
    total = section = digit = 0
    for word in yuan:
        if word in _DIGITS:
            digit = _DIGITS[word]
        elif word in _UNITS:
            section, digit = section + digit * _UNITS[word], 0
        else:
            factor = 10_000 if word == "万" else 100_000_000
            total, section, digit = total + (section + digit) * factor, 0, 0
    fen, digit = (total + section + digit) * 100, 0
    for word in rest:
        digit = _DIGITS.get(word, digit)
        fen += digit * {"角": 10, "分": 1}.get(word, 0)
    return fen


@given(st.integers(0, 10**14 - 1))
def test_capitals_read_back_are_the_same_amount(fen: int) -> None:
    assert _read(yuan_in_words(fen)) == fen


@pytest.mark.parametrize("fen", [-1, 10**14])
def test_amount_the_capitals_cannot_say_is_refused(fen: int) -> None:
    with pytest.raises(ValueError, match="in words"):
        yuan_in_words(fen)
