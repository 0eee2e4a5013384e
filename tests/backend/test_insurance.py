"""The insurance's adapter against the platform: splits, repeated numbers, lost and wrong words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from backend_bench import WANG, WANG_ID, Platforms

from settlement_backend.insurance import (
    Decoded,
    Expired,
    FeeLine,
    Insurance,
    Insured,
    NotInsured,
    RefusedBy,
    Split,
    msgid_of,
)
from settlement_backend.outside import Done, NotFound, Silent

SILENCE = pytest.mark.expects_warnings("settlement_backend")
LINES = [FeeLine("1", 123456, "A"), FeeLine("2", 10005, "B"), FeeLine("3", 7, "OWN")]


def test_code_is_decoded_once_for_a_purpose(insurance: Insurance) -> None:
    code = "ECDEMO0000000000000000WANGJ1"

    told = insurance.decode(code, "01301")

    assert isinstance(told, Decoded)
    assert told.id_number == WANG_ID
    assert insurance.decode(code, "01301") == Expired()
    assert isinstance(insurance.decode(code, "01101"), Decoded)
    assert WANG_ID not in repr(told)


def test_person_is_insured_with_a_balance(insurance: Insurance) -> None:
    assert insurance.person(WANG_ID) == Insured(WANG, "310", 30000)
    assert insurance.person("330302199001011234") == NotInsured()


def test_amounts_above_a_thousand_yuan_are_exact(insurance: Insurance) -> None:
    told = insurance.quote(WANG, "V1", LINES)

    assert isinstance(told, Split)
    assert told.fund_fen + told.account_fen + told.cash_fen == 133468
    assert (told.fund_fen, told.setl_id) == (105968, "")


def test_same_msgid_is_settled_once(insurance: Insurance, platforms: Platforms) -> None:
    told = insurance.settle("M1", WANG, "V1", LINES)

    assert isinstance(told, Split)
    assert told.setl_id != ""
    assert insurance.settle("M1", WANG, "V1", LINES) == told
    assert insurance.find("M1", WANG) == told
    assert len(platforms.insurance.books()["settlements"]) == 1


def test_cancelled_settlement_is_not_found_and_may_be_cancelled_again(
    insurance: Insurance,
) -> None:
    told = insurance.settle("M1", WANG, "V1", LINES)
    assert isinstance(told, Split)

    assert insurance.reverse(told.setl_id, WANG, "V1") == Done()
    assert insurance.reverse(told.setl_id, WANG, "V1") == Done()
    assert insurance.find("M1", WANG) == NotFound()
    assert isinstance(insurance.reverse("none", WANG, "V1"), RefusedBy)
    assert insurance.person(WANG_ID) == Insured(WANG, "310", 30000)


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


def test_refusal_carries_the_platforms_words(insurance: Insurance, platforms: Platforms) -> None:
    platforms.insurance.control("refuse", infno="2206", err_msg="参保状态异常")

    assert insurance.quote(WANG, "V1", LINES) == RefusedBy("参保状态异常")


CALLS: list[tuple[str, Callable[[Insurance], object]]] = [
    ("/ecquery", lambda i: i.decode("ECDEMO0000000000000000WANGJ1", "01301")),
    ("/fsi/1101", lambda i: i.person(WANG_ID)),
    ("/fsi/2206", lambda i: i.quote(WANG, "V1", LINES)),
    ("/fsi/2207", lambda i: i.settle("M1", WANG, "V1", LINES)),
    ("/fsi/2208", lambda i: i.reverse("S1", WANG, "V1")),
    ("/fsi/2601", lambda i: i.annul("M1", WANG)),
    ("/fsi/5203", lambda i: i.find("M1", WANG)),
]


@pytest.mark.parametrize(("path", "call"), CALLS)
@SILENCE
def test_server_error_is_silent(
    insurance: Insurance, platforms: Platforms, path: str, call: Callable[[Insurance], object]
) -> None:
    platforms.insurance.fault(path, "http_500")

    assert call(insurance) == Silent()


@contextmanager
def saying(body: bytes) -> Iterator[str]:
    """The address of a server that says the same to everybody."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing on the screen."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def setlinfo(fund: str, account: str, cash: str, setl_id: str = "S1") -> bytes:
    return (
        '{"infcode": 0, "output": {"setlinfo": {"medfee_sumamt": "10.00", '
        f'"fund_pay_sumamt": "{fund}", "acct_pay": "{account}", "psn_cash_pay": "{cash}", '
        f'"setl_id": "{setl_id}"}}}}}}'
    ).encode()


def test_split_that_makes_up_the_bill_is_taken() -> None:
    with saying(setlinfo("8.00", "2.00", "0.00")) as url:
        told = Insurance(url, "H1", "330302").settle("M1", WANG, "V1", [FeeLine("1", 1000, "A")])

    assert told == Split(800, 200, 0, "S1")


@pytest.mark.parametrize(
    "body",
    [
        setlinfo("8.00", "2.00", "0.01"),
        setlinfo("8.00", "3.00", "-1.00"),
        setlinfo("8.000", "2.00", "0.00"),
        setlinfo("eight", "2.00", "0.00"),
        setlinfo("8.00", "2.00", "0.00", ""),
        b'{"infcode": 0, "output": {"setlinfo": {"fund_pay_sumamt": 8.0}}}',
        b'{"infcode": 0, "output": {}}',
        b'{"infcode": "0"}',
        b"[]",
        b"\xff\xfe",
        b"",
    ],
)
@SILENCE
def test_word_that_cannot_be_true_is_silent(body: bytes) -> None:
    with saying(body) as url:
        told = Insurance(url, "H1", "330302").settle("M1", WANG, "V1", [FeeLine("1", 1000, "A")])

    assert told == Silent()


def test_msgid_has_no_dashes_and_at_most_thirty_characters() -> None:
    assert msgid_of("0123456789-abcdef-0123456789-abcdef") == "0123456789abcdef0123456789abcd"
