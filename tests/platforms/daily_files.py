"""Fetches daily files of an acquirer for tests, and makes a small day of payments."""

import io
import zipfile

import httpx
from platforms_bench import HTTP, Platform

DAY = "20260302"
MORNING, NEXT_MORNING = "2026-03-02T09:30:05", "2026-03-03T09:00:00"
WECHAT, ALIPAY, UNIONPAY = "134500000000000001", "2812345678901234567", "6212345678901234567"


def at(acquirer: Platform, moment: str) -> None:
    """The platform's clock stands at this moment."""
    acquirer.control("clock", now=moment)


def pay(
    acquirer: Platform,
    code: str,
    order_no: str = "O1",
    amount_fen: int = 12_345,
    text: str = "门诊",
) -> None:
    """A payment by code that succeeds."""
    answer = acquirer.ask(
        "/pay/micropay",
        order_no=order_no,
        auth_code=code,
        amount_fen=amount_fen,
        description=text,
    )
    assert answer["result"] == "SUCCESS"


def give_back(acquirer: Platform, number: str, amount_fen: int, order_no: str = "O1") -> None:
    """A refund that succeeds."""
    answer = acquirer.ask("/pay/refund", order_no=order_no, refund_no=number, amount_fen=amount_fen)
    assert answer == {"state": "SUCCESS"}


def fetch(acquirer: Platform, channel: str, day: str = DAY) -> httpx.Response:
    """The answer to the request for a file, whatever it is."""
    return HTTP.get(f"{acquirer.url}/files/{channel}/{day}")


def text_file(acquirer: Platform, channel: str, day: str = DAY) -> str:
    """A file that is one text."""
    answer = fetch(acquirer, channel, day)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    return answer.content.decode("utf-8")


def archive(acquirer: Platform, channel: str, day: str = DAY) -> dict[str, bytes]:
    """The content of a zip by name."""
    answer = fetch(acquirer, channel, day)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as files:
        return {name: files.read(name) for name in files.namelist()}
