"""Bank credit and bound accounts at the window: a code on the patient's screen, the bank's word."""

from __future__ import annotations

from collections.abc import Iterator

import cast_later as cast
import pytest
from cast import guest
from PySide6.QtWidgets import QLabel
from window_hall import WindowHall

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]


@pytest.fixture(autouse=True)
def _back_at_the_desk(at_window: WindowHall) -> Iterator[None]:
    """A story that fails leaves its page to nobody."""
    at_window.as_operator()
    yield
    at_window.leave()


def code_is_shown(at_window: WindowHall) -> bool:
    """The copy of the patient's screen holds a code."""
    drawn = at_window.stage.window.page.findChild(QLabel, "customer_code")
    return isinstance(drawn, QLabel) and not drawn.pixmap().isNull()


def test_h07_h08_bank_credit_is_signed_by_the_code_on_the_patients_screen(
    at_window: WindowHall,
) -> None:
    who = guest(at_window.house)
    at_window.serve(who)
    at_window.work("agreements")
    at_window.sheet("Signed on the phone")
    at_window.reads("Nothing was signed on a phone yet")
    at_window.do("BANK_CREDIT_LINE")
    step = at_window.sheet("Bank credit for treatment")
    assert step.customer is not None
    assert step.customer.code == cast.agreements(at_window.house, who)[-1]["code_url"]
    assert "Scan the code with your phone" in at_window.customer_reads()
    assert code_is_shown(at_window)
    at_window.do("check")
    at_window.reads("It is not signed on the phone yet")
    cast.sign_credit(at_window.house, who)
    at_window.do("check")

    at_window.sheet("Signed")
    at_window.reads("Signed and valid", "Digital credit")
    assert not code_is_shown(at_window)
    at_window.do("done")
    at_window.sheet("Signed on the phone")
    at_window.reads("Credit line", "Signed and valid")


def test_w02_h08_code_that_nobody_signed_is_left_and_comes_to_nothing(
    at_window: WindowHall,
) -> None:
    who = guest(at_window.house)
    at_window.serve(who)
    at_window.work("agreements")
    at_window.sheet("Signed on the phone")
    at_window.do("BOUND_DEBIT")
    at_window.sheet("Bind a bank card or wallet")
    at_window.leave()

    assert not code_is_shown(at_window)
    assert all(one["state"] != "SIGNED" for one in cast.agreements(at_window.house, who))
