"""The acquirer's adapter against the acquirer: each word, and each way to have none."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from backend_bench import PAY_CODE, Platforms

from settlement_backend.acquirers.acquirer import Acquirer, HoldAt
from settlement_backend.acquirers.words import Again, Closed, Declined, Paid, Paying
from settlement_backend.base.outside import Done, NotFound, Silent

SILENCE = pytest.mark.expects_warnings("settlement_backend")


def test_paid_once_and_found_paid(acquirer: Acquirer) -> None:
    assert isinstance(acquirer.micropay("T1", PAY_CODE, 1200), Paid)
    assert acquirer.query("T1") == Paid("")


@SILENCE
def test_order_that_was_paid_before_is_not_declined(acquirer: Acquirer) -> None:
    acquirer.micropay("T1", PAY_CODE, 1200)

    assert acquirer.micropay("T1", PAY_CODE, 1200) == Silent()


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("134567890123450000", Declined("AUTH_CODE_EXPIRED")),
        ("134567890123451111", Declined("NOT_ENOUGH")),
        ("777777", Declined("AUTH_CODE_INVALID")),
        ("134567890123452222", Paying()),
    ],
)
def test_pay_code_decides_the_word(acquirer: Acquirer, code: str, told: Declined | Paying) -> None:
    assert acquirer.micropay("T1", code, 1200) == told


def test_paying_becomes_paid_by_queries(acquirer: Acquirer) -> None:
    acquirer.micropay("T1", "134567890123452222", 1200)

    assert [acquirer.query("T1") for _ in range(3)] == [Paying(), Paying(), Paid("")]


@SILENCE
def test_system_error_decides_nothing(acquirer: Acquirer, platforms: Platforms) -> None:
    platforms.acquirer.control("next_pay", outcome="systemerror", polls=0)

    assert acquirer.micropay("T1", PAY_CODE, 1200) == Silent()
    assert acquirer.query("T1") == Paid("")


def test_reversal_closes_also_what_nobody_paid(acquirer: Acquirer, platforms: Platforms) -> None:
    platforms.acquirer.control("next_reverse", count=1)
    acquirer.micropay("T1", PAY_CODE, 1200)

    assert acquirer.query("T2") == NotFound()
    assert [acquirer.reverse("T1"), acquirer.reverse("T1"), acquirer.reverse("T2")] == [
        Again(),
        Done(),
        Done(),
    ]
    assert (acquirer.query("T1"), acquirer.query("T2")) == (Closed(), Closed())


def test_refund_is_done_once_by_its_number(acquirer: Acquirer, platforms: Platforms) -> None:
    acquirer.micropay("T1", PAY_CODE, 1200)

    assert acquirer.refund_query("R1") == NotFound()
    assert acquirer.refund("T1", "R1", 500) == Done()
    assert acquirer.refund("T1", "R1", 500) == Done()
    assert acquirer.refund("T1", "R2", 701) == Declined("REFUND_FAILED")
    assert acquirer.refund_query("R1") == Done()
    assert acquirer.query("T1") == Paid("")
    assert platforms.acquirer.books()["orders"][0]["refunded_fen"] == 500


def test_refund_in_processing_is_found_done(acquirer: Acquirer, platforms: Platforms) -> None:
    acquirer.micropay("T1", PAY_CODE, 1200)
    platforms.acquirer.control("next_refund", outcome="success", polls=1)

    assert acquirer.refund("T1", "R1", 500) == Paying()
    assert [acquirer.refund_query("R1"), acquirer.refund_query("R1")] == [Paying(), Done()]


def test_hold_is_completed_cancelled_and_completed_again(
    acquirer: Acquirer, platforms: Platforms
) -> None:
    held = platforms.place_hold("H1", 20000)
    auth_code, rrn = held["auth_code"], held["rrn"]

    assert acquirer.hold(auth_code, rrn) == HoldAt("HELD", 20000, 0, "ACQUIRER")
    assert acquirer.hold(auth_code, "000000000000") == NotFound()
    assert acquirer.complete_hold(auth_code, "T1", 20001) == Declined("AMOUNT_TOO_HIGH")
    assert acquirer.complete_query("T1") == NotFound()
    assert acquirer.complete_hold(auth_code, "T1", 15000) == Done()
    assert acquirer.complete_query("T1") == Done()
    assert acquirer.hold(auth_code, rrn) == HoldAt("COMPLETED", 20000, 15000, "ACQUIRER")
    assert acquirer.cancel_completion("T1") == Done()
    assert acquirer.complete_query("T1") == Closed()
    assert acquirer.complete_hold(auth_code, "T2", 15000) == Done()
    assert acquirer.refund_hold("T2", "R1", 15000) == Done()
    assert acquirer.cancel_completion("T2") == Declined("REFUNDED")


CALLS: list[tuple[str, Callable[[Acquirer], object]]] = [
    ("/pay/micropay", lambda a: a.micropay("T1", PAY_CODE, 1)),
    ("/pay/query", lambda a: a.query("T1")),
    ("/pay/reverse", lambda a: a.reverse("T1")),
    ("/pay/refund", lambda a: a.refund("T1", "R1", 1)),
    ("/pay/refund/query", lambda a: a.refund_query("R1")),
    ("/holds/query", lambda a: a.hold("100001", "800000000001")),
    ("/holds/complete", lambda a: a.complete_hold("100001", "T1", 1)),
    ("/holds/complete/query", lambda a: a.complete_query("T1")),
    ("/holds/complete/cancel", lambda a: a.cancel_completion("T1")),
    ("/holds/refund", lambda a: a.refund_hold("T1", "R1", 1)),
]


@pytest.mark.parametrize(("path", "call"), CALLS)
@SILENCE
def test_server_error_is_silent(
    acquirer: Acquirer, platforms: Platforms, path: str, call: Callable[[Acquirer], object]
) -> None:
    platforms.acquirer.fault(path, "http_500")

    assert call(acquirer) == Silent()


@pytest.mark.parametrize("kind", ["silent", "answer_lost"])
@SILENCE
def test_no_answer_is_silent_within_its_limit(
    acquirer: Acquirer, platforms: Platforms, kind: str
) -> None:
    platforms.acquirer.fault("/pay/micropay", kind)

    assert acquirer.micropay("T1", PAY_CODE, 1200) == Silent()


@SILENCE
def test_nobody_there_is_silent_and_the_code_is_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "settlement_backend")

    assert Acquirer("http://127.0.0.1:9").micropay("T1", PAY_CODE, 1200) == Silent()
    assert caplog.text != "" and PAY_CODE not in caplog.text
