"""The insurance's adapter against the platform: splits, repeated numbers, lost and wrong words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from backend_bench import WANG, WANG_ID, Platforms

from settlement_backend.base.outside import Done, NotFound, Silent
from settlement_backend.insurance.insurance import (
    Decoded,
    Expired,
    FeeLine,
    Insurance,
    Insured,
    NotInsured,
    RefusedBy,
    Split,
    Status,
    msgid_of,
)

SILENCE = pytest.mark.expects_warnings("settlement_backend")
LINES = [FeeLine("1", 123456, "A"), FeeLine("2", 10005, "B"), FeeLine("3", 7, "OWN")]


@pytest.fixture
def insurance(insurance: Insurance) -> Insurance:
    """Wang Jianguo was asked about, as always before a quote."""
    assert isinstance(insurance.person(WANG_ID), Insured)
    return insurance


def test_code_is_decoded_once_for_a_purpose(insurance: Insurance) -> None:
    code = "ECDEMO0000000000000000WANGJ1"

    told = insurance.decode(code, "01301")

    assert isinstance(told, Decoded)
    assert told.id_number == WANG_ID
    assert insurance.decode(code, "01301") == Expired()
    assert isinstance(insurance.decode(code, "01101"), Decoded)
    assert WANG_ID not in repr(told)


def test_a_a1_person_is_insured_with_a_balance_by_number_and_by_token(
    insurance: Insurance,
) -> None:
    wang = Insured(WANG, "310", 30000, "330300", local=True)
    decoded = insurance.decode("ECDEMO0000000000000000WANGJ1", "01301")
    assert isinstance(decoded, Decoded)

    assert insurance.person(WANG_ID) == wang
    assert insurance.person_by_token(decoded.token) == wang
    assert insurance.person("330302199001011234") == NotInsured()


def test_n03_status_is_normal_paused_or_none(insurance: Insurance) -> None:
    assert insurance.status(WANG_ID) == Status.NORMAL
    assert insurance.status("330302196608094360") == Status.PAUSED
    assert insurance.status("330302199001011234") == Status.NONE


def test_amounts_above_a_thousand_yuan_are_exact(insurance: Insurance) -> None:
    told = insurance.quote(WANG, "V1", LINES)

    assert isinstance(told, Split)
    assert told.total_fen == 133468
    assert (told.fund_fen, told.setl_id) == (105968, "")


def test_same_number_is_settled_once(insurance: Insurance, platforms: Platforms) -> None:
    told = insurance.settle("M1", WANG, "V1", LINES)

    assert isinstance(told, Split)
    assert told.setl_id != ""
    assert insurance.settle("M1", WANG, "V1", LINES) == told
    assert insurance.find("M1", WANG) == told
    assert len(platforms.insurance.books()["settlements"]) == 1


def test_quote_that_is_asked_for_again_uploads_nothing_twice(
    insurance: Insurance, platforms: Platforms
) -> None:
    assert insurance.quote(WANG, "V1", LINES) == insurance.quote(WANG, "V1", LINES)

    assert len(platforms.insurance.books()["uploads"]) == 3
    assert len(platforms.insurance.books()["admissions"]) == 1


def test_cancelled_settlement_is_not_found_and_may_be_cancelled_again(
    insurance: Insurance,
) -> None:
    told = insurance.settle("M1", WANG, "V1", LINES)
    assert isinstance(told, Split)

    assert insurance.reverse(told.setl_id, WANG, "V1") == Done()
    assert insurance.reverse(told.setl_id, WANG, "V1") == Done()
    assert insurance.find("M1", WANG) == NotFound()
    assert isinstance(insurance.settle("M1", WANG, "V1", LINES), RefusedBy)
    assert isinstance(insurance.reverse("none", WANG, "V1"), RefusedBy)
    assert insurance.person(WANG_ID) == Insured(WANG, "310", 30000, "330300")


def test_what_stays_is_quoted_while_the_old_settlement_stands(insurance: Insurance) -> None:
    whole = insurance.settle("M1", WANG, "V1", LINES)
    assert isinstance(whole, Split)

    quoted = insurance.quote(WANG, "V1", LINES[1:])
    assert insurance.reverse(whole.setl_id, WANG, "V1") == Done()
    anew = insurance.settle("M2", WANG, "V1", LINES[1:])

    assert isinstance(quoted, Split)
    assert isinstance(anew, Split)
    assert (quoted.total_fen, anew.total_fen) == (10012, 10012)
    assert quoted.fund_fen == anew.fund_fen


@SILENCE
def test_settlement_whose_word_was_lost_is_found_or_annulled(
    insurance: Insurance, platforms: Platforms
) -> None:
    platforms.insurance.fault("/fsi/2207", "answer_lost")

    assert insurance.settle("M1", WANG, "V1", LINES) == Silent()
    assert isinstance(insurance.find("M1", WANG), Split)
    assert insurance.annul("M1", WANG) == Done()
    assert insurance.find("M1", WANG) == NotFound()
    assert isinstance(insurance.settle("M1", WANG, "V1", LINES), RefusedBy)


@SILENCE
@pytest.mark.parametrize("infno", ["2201", "2203", "2204", "2206", "2207"])
@pytest.mark.parametrize("kind", ["answer_lost", "silent"])
def test_step_that_was_silent_goes_on_under_its_own_number(
    insurance: Insurance, platforms: Platforms, infno: str, kind: str
) -> None:
    platforms.insurance.fault(f"/fsi/{infno}", kind)

    assert insurance.settle("M1", WANG, "V1", LINES) == Silent()
    told = insurance.settle("M1", WANG, "V1", LINES)

    books = platforms.insurance.books()
    assert isinstance(told, Split)
    assert len(books["settlements"]) == len(books["admissions"]) == 1
    assert len(books["uploads"]) == 3


def test_number_that_never_went_out_is_closed_here(
    insurance: Insurance, platforms: Platforms
) -> None:
    assert insurance.annul("M1", WANG) == Done()

    assert isinstance(insurance.settle("M1", WANG, "V1", LINES), RefusedBy)
    assert platforms.insurance.books()["settlements"] == []


def test_refusal_carries_the_platforms_words_and_may_be_followed_by_a_yes(
    insurance: Insurance, platforms: Platforms
) -> None:
    platforms.insurance.control("refuse", infno="2207", err_msg="参保状态异常")

    assert insurance.settle("M1", WANG, "V1", LINES) == RefusedBy("参保状态异常")
    assert isinstance(insurance.settle("M1", WANG, "V1", LINES), Split)


@SILENCE
def test_no_after_a_lost_yes_is_not_believed(insurance: Insurance, platforms: Platforms) -> None:
    platforms.insurance.fault("/fsi/2207", "answer_lost")
    assert insurance.settle("M1", WANG, "V1", LINES) == Silent()
    platforms.insurance.control("refuse", infno="2207", err_msg="busy")

    told = insurance.settle("M1", WANG, "V1", LINES)

    assert isinstance(told, Split)
    assert told.setl_id == platforms.insurance.books()["settlements"][0]["setl_id"]


CALLS: list[tuple[str, Callable[[Insurance], object]]] = [
    ("/ecquery", lambda i: i.decode("ECDEMO0000000000000000WANGJ1", "01301")),
    ("/fsi/1101", lambda i: i.person(WANG_ID)),
    ("/fsi/1101", lambda i: i.status(WANG_ID)),
    ("/fsi/2206", lambda i: i.quote(WANG, "V1", LINES)),
    ("/fsi/5203", lambda i: i.find("M1", WANG)),
]


@pytest.mark.parametrize(("path", "call"), CALLS)
@SILENCE
def test_server_error_is_silent(
    insurance: Insurance, platforms: Platforms, path: str, call: Callable[[Insurance], object]
) -> None:
    platforms.insurance.fault(path, "http_500")

    assert call(insurance) == Silent()


@SILENCE
def test_server_error_while_undoing_is_silent(insurance: Insurance, platforms: Platforms) -> None:
    told = insurance.settle("M1", WANG, "V1", LINES)
    assert isinstance(told, Split)
    platforms.insurance.fault("/fsi/2208", "http_500")
    platforms.insurance.fault("/fsi/2601", "http_500")

    assert insurance.reverse(told.setl_id, WANG, "V1") == Silent()
    assert insurance.annul("M1", WANG) == Silent()
    assert isinstance(insurance.find("M1", WANG), Split)


def test_person_nobody_asked_about_is_refused_here(
    insurance: Insurance, platforms: Platforms
) -> None:
    assert isinstance(insurance.quote("33030000000000000000000102", "V1", LINES), RefusedBy)
    assert platforms.insurance.books()["admissions"] == []


def test_number_has_no_dashes_and_at_most_thirty_characters() -> None:
    assert msgid_of("0123456789-abcdef-0123456789-abcdef") == "0123456789abcdef0123456789abcd"
