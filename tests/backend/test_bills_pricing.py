"""Unit price times quantity: exact, rounded once, half a fen up (domain.md B.8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settlement_backend.bills import pricing
from settlement_backend.bills.pricing import Price


@pytest.mark.parametrize(
    ("unit_price", "quantity", "amount_fen"),
    [
        ("28.4", "3", 8520),
        ("0.0123", "1", 1),
        ("0.005", "1", 1),
        ("0.004999", "1", 0),
        ("0.015", "1", 2),
        ("0.025", "1", 3),
        ("1.234567", "7", 864),
        ("12.5", "0.25", 313),
        ("0.333333", "3", 100),
        ("999999999.999999", "1", 100_000_000_000),
    ],
)
def test_b8_line_is_rounded_once_and_half_up(
    unit_price: str, quantity: str, amount_fen: int
) -> None:
    price, times = pricing.price_micro(unit_price), pricing.quantity_e4(quantity)

    assert pricing.amount_fen(price, times) == amount_fen


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.", ".5", "1.2345678", "1e3", "１", " 1"])
def test_other_texts_are_no_prices(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        pricing.price_micro(text)


@pytest.mark.parametrize("text", ["0.12345", "12345678", "-1", ""])
def test_other_texts_are_no_quantities(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        pricing.quantity_e4(text)


@pytest.mark.parametrize(
    ("whole_fen", "rest_micro", "text", "fen"),
    [
        (3200, 0, "32.00", 3200),
        (123, 4560, "1.23456", 123),
        (0, 5000, "0.005", 1),
        (0, 0, "0.00", 0),
    ],
)
def test_price_is_told_exactly_and_to_the_fen(
    whole_fen: int, rest_micro: int, text: str, fen: int
) -> None:
    price = Price(whole_fen, rest_micro)

    assert (price.text, price.fen) == (text, fen)
    assert pricing.price_micro(price.text) == price.micro


@given(st.integers(0, 10**9), st.integers(0, 10**7))
def test_amount_is_never_more_than_half_a_fen_off(micro: int, e4: int) -> None:
    fen = pricing.amount_fen(micro, e4)

    assert -(10**8) < 2 * (micro * e4 - fen * 10**8) <= 10**8
    assert pricing.quantity_e4(pricing.decimal_text(e4, 4)) == e4
