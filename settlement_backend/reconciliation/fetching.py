"""The daily files of a bank's channels, fetched (docs/platforms/acquirer.md, Daily files).

Talks HTTP to one bank through `outside`. What a reader would get wrong: a file that is not ready
is no fault and comes later; a day without rows has no file at UnionPay, and that is an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from settlement_backend.base.outside import Outside
from settlement_backend.reconciliation.files.alipay import read_alipay
from settlement_backend.reconciliation.files.plain import read_plain
from settlement_backend.reconciliation.files.rows import DailyFile, Damaged
from settlement_backend.reconciliation.files.unionpay import read_unionpay
from settlement_backend.reconciliation.files.wechat import read_wechat

READERS: dict[str, Callable[[bytes], DailyFile]] = {
    "WECHAT": read_wechat,
    "ALIPAY": read_alipay,
    "UNIONPAY": read_unionpay,
    "CREDIT": read_plain,
    "CARD": read_plain,
    "TRANSFER": read_plain,
}
_DONE, _NOT_THERE = 200, 404
_JSON = "application/json"
_NO_FILE = "98"


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read; `content` for its digest."""

    file: DailyFile
    content: bytes


@dataclass(frozen=True, slots=True)
class Empty:
    """There is no file of that day, because nothing happened."""


@dataclass(frozen=True, slots=True)
class NotYet:
    """Fetched again later. `state`: NOT_READY, SILENT or DAMAGED; `trouble`: why, in words."""

    state: str
    trouble: str = ""


class DailyFiles:
    """Files of all banks, by their URLs."""

    def __init__(self, urls: Mapping[str, str], *, read_s: float) -> None:
        self._banks = {bank: Outside(url, 2.0, read_s) for bank, url in urls.items()}

    @property
    def banks(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(self._banks)

    def fetch(self, bank: str, channel: str, day: date) -> Read | Empty | NotYet:
        """The file of a day."""
        answer = self._banks[bank].get(f"/files/{channel}/{day:%Y%m%d}")
        if answer is None:
            return NotYet("SILENT")
        if answer.status_code == _NOT_THERE:
            return NotYet("NOT_READY")
        if answer.status_code != _DONE:
            return NotYet("SILENT", f"HTTP {answer.status_code}")
        if answer.headers.get("content-type", "").startswith(_JSON):
            return _without_file(answer.content)
        try:
            return Read(READERS[channel](answer.content), answer.content)
        except Damaged as damaged:
            return NotYet("DAMAGED", str(damaged))


def _without_file(content: bytes) -> Empty | NotYet:
    said = f'"respCode":"{_NO_FILE}"'.encode() in content.replace(b" ", b"")
    return Empty() if said else NotYet("SILENT", "an answer nobody understands")
