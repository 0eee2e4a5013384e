"""The national insurance platform as the backend uses it (domain.md B.1, docs/platforms.md).

Talks to the gateway of the national envelope through `outside`. What a reader would get wrong:
amounts are yuan texts on this wire and nowhere else, and `infcode -1` is the platform's word that
nothing was done, while an HTTP error or an impossible amount leaves it open.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.money import parse_yuan
from settlement_backend.clock import SystemClock
from settlement_backend.outside import Done, Json, NotFound, Outside, Silent

_log = logging.getLogger(__name__)
_MSGID_LENGTH = 30
_SELF_SERVICE = "2"
_OPERATOR = "BACKEND"
_CLASSES = {"A": "01", "B": "02", "OWN": "03"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The person behind an e-code. The token stands for the code once."""

    id_number: str
    token: str

    def __repr__(self) -> str:
        return "Decoded(…)"


@dataclass(frozen=True, slots=True)
class Expired:
    """The code is expired, used for this purpose, or nobody's: a new one is needed."""


@dataclass(frozen=True, slots=True)
class Insured:
    """An active insurance. `insutype`: 310 employee, 390 resident."""

    psn_no: str
    insutype: str
    balance_fen: int


@dataclass(frozen=True, slots=True)
class NotInsured:
    """The platform does not know this person, or the insurance is not active."""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of a bill. `insurance_class`: A, B or OWN."""

    line_id: str
    amount_fen: int
    insurance_class: str


@dataclass(frozen=True, slots=True)
class Split:
    """Who bears what; the three parts sum to the bill. `setl_id` is "" for a quote."""

    fund_fen: int
    account_fen: int
    cash_fen: int
    setl_id: str = ""


@dataclass(frozen=True, slots=True)
class RefusedBy:
    """The platform's own words; nothing was done."""

    text: str


def msgid_of(text: str) -> str:
    """An id of ours as a message number of the platform: no dashes, at most 30 characters."""
    return text.replace("-", "")[:_MSGID_LENGTH]


class Insurance:
    """One method a transaction; no method raises for what the other side does."""

    def __init__(
        self,
        url: str,
        fixmedins_code: str,
        admvs: str,
        *,
        connect_s: float = 2.0,
        read_s: float = 5.0,
    ) -> None:
        self._outside = Outside(url, connect_s, read_s)
        self._fixmedins_code, self._admvs = fixmedins_code, admvs
        self._clock = SystemClock()
        self._numbers = itertools.count(1)

    def decode(self, code: str, purpose: str) -> Decoded | Expired | Silent:
        """Who shows this e-code. `purpose`: businessType, 01301 is outpatient settlement."""
        answer = self._outside.ask("/ecquery", {"ecCode": code, "businessType": purpose})
        match answer:
            case {"code": 0, "data": {"idNo": str(id_number), "ecToken": str(token)}}:
                return Decoded(id_number, token)
            case {"code": -1}:
                return Expired()
        return Silent()

    def person(self, id_number: str) -> Insured | NotInsured | Silent:
        """1101 by ID number."""
        asked = {"mdtrt_cert_type": "02", "mdtrt_cert_no": id_number}
        match self._ask("1101", self._fresh_msgid(), asked):
            case RefusedBy():
                return NotInsured()
            case {"baseinfo": {"psn_no": str(psn_no)}, "insuinfo": list(insurances)}:
                return _insured(psn_no, insurances)
        return Silent()

    def quote(
        self, psn_no: str, visit_id: str, lines: Sequence[FeeLine]
    ) -> Split | RefusedBy | Silent:
        """2206: what the insurance would bear now. Nothing is changed there."""
        msgid = self._fresh_msgid()
        total_fen, asked = _bill(psn_no, visit_id, lines, msgid)
        return _split(self._ask("2206", msgid, asked), total_fen)

    def settle(
        self, msgid: str, psn_no: str, visit_id: str, lines: Sequence[FeeLine]
    ) -> Split | RefusedBy | Silent:
        """2207: the same msgid is settled once and answers the same for ever."""
        total_fen, asked = _bill(psn_no, visit_id, lines, msgid)
        split = _split(self._ask("2207", msgid, asked), total_fen)
        return Silent() if isinstance(split, Split) and not split.setl_id else split

    def reverse(self, setl_id: str, psn_no: str, visit_id: str) -> Done | RefusedBy | Silent:
        """2208: cancel a known settlement; asking again is harmless."""
        asked = {"setl_id": setl_id, "mdtrt_id": visit_id, "psn_no": psn_no}
        match self._ask("2208", self._fresh_msgid(), asked):
            case RefusedBy() as refused:
                return refused
            case {"setlinfo": dict()}:
                return Done()
        return Silent()

    def annul(self, msgid: str, psn_no: str) -> Done | Silent:
        """2601: the settlement of this msgid is treated as not done, heard of or not (冲正)."""
        asked = {"psn_no": psn_no, "omsgid": msgid, "oinfno": "2207"}
        answer = self._ask("2601", self._fresh_msgid(), asked)
        return Silent() if answer is None or isinstance(answer, RefusedBy) else Done()

    def find(self, msgid: str, psn_no: str) -> Split | NotFound | Silent:
        """5203: the settlement of this msgid while it stands; NotFound too when reversed."""
        asked = {"psn_no": psn_no, "medins_setl_id": msgid}
        match self._ask("5203", self._fresh_msgid(), asked):
            case {"setlinfo": None}:
                return NotFound()
            case {"setlinfo": {"medfee_sumamt": str(total)}} as output:
                split = _split(output, _fen(total))
                return Silent() if isinstance(split, RefusedBy) else split
        return Silent()

    def _ask(self, infno: str, msgid: str, asked: Json) -> Json | RefusedBy | None:
        body = {
            "infno": infno,
            "msgid": msgid,
            "mdtrtarea_admvs": self._admvs,
            "insuplc_admdvs": self._admvs,
            "opter_type": _SELF_SERVICE,
            "opter": _OPERATOR,
            "fixmedins_code": self._fixmedins_code,
            "inf_time": f"{self._clock.now():%Y-%m-%d %H:%M:%S}",
            "input": asked,
        }
        answer = self._outside.ask("/fsi", body)
        match answer:
            case {"infcode": 0, "output": dict(output)}:
                return output
            case {"infcode": 0, "output": None}:
                return {}
            case {"infcode": -1, "err_msg": str(text)}:
                return RefusedBy(text)
            case None:
                return None
        _log.warning("%s: the answer decides nothing", infno)
        return None

    def _fresh_msgid(self) -> str:
        """Institution, time, sequence (B.1.1): for requests that are never asked about again."""
        number = next(self._numbers) % 10_000
        return f"{self._fixmedins_code:0<12.12}{self._clock.now():%Y%m%d%H%M%S}{number:04d}"


def _bill(
    psn_no: str, visit_id: str, lines: Sequence[FeeLine], batch: str
) -> tuple[int, dict[str, Any]]:
    total_fen = sum(line.amount_fen for line in lines)
    return total_fen, {
        "psn_no": psn_no,
        "mdtrt_id": visit_id,
        "chrg_bchno": batch,
        "medfee_sumamt": _yuan(total_fen),
        "acct_used_flag": "1",
        "medins_setl_id": batch,
        "feedetail": [
            {
                "feedetl_sn": line.line_id,
                "det_item_fee_sumamt": _yuan(line.amount_fen),
                "chrgitm_lv": _CLASSES[line.insurance_class],
            }
            for line in lines
        ],
    }


def _split(output: Json | RefusedBy | None, total_fen: int) -> Split | RefusedBy | Silent:
    match output:
        case RefusedBy():
            return output
        case {
            "setlinfo": {
                "fund_pay_sumamt": str(fund),
                "acct_pay": str(account),
                "psn_cash_pay": str(cash),
                "setl_id": str(setl_id),
            }
        }:
            parts = (_fen(fund), _fen(account), _fen(cash))
            if min(parts) >= 0 and sum(parts) == total_fen:
                return Split(*parts, setl_id)
            _log.warning("the parts %s do not make up %s", parts, total_fen)
    return Silent()


def _insured(psn_no: str, insurances: list[object]) -> Insured | NotInsured | Silent:
    for insurance in insurances:
        match insurance:
            case {"psn_insu_stas": "1", "insutype": str(insutype), "balc": str(balance)}:
                balance_fen = _fen(balance)
                return Silent() if balance_fen < 0 else Insured(psn_no, insutype, balance_fen)
    return NotInsured()


def _yuan(amount_fen: int) -> str:
    return f"{amount_fen // 100}.{amount_fen % 100:02d}"


def _fen(text: str) -> int:
    """Fen of a wire text that is never negative here; -1 when it is not such an amount."""
    try:
        return parse_yuan(text)
    except ValueError:
        return -1
