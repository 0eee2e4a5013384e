"""The card terminal's line to its acquirer, or its own judgement when it has none.

Talks HTTP with JSON bodies to ``{host_url}/pos/...``. Blocking: the terminal calls it in a thread.
No answer in time, an error status and nonsense are all the same to a terminal: None.
"""

import http.client
import json
import secrets
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from sandbox.units.json_files import Json
from sandbox.units.pos_books import Charge

ANSWER_LIMIT_S = 8.0
CHARGE_PATHS: dict[Charge, str] = {
    "reservation": "/pos/holds",
    "sale": "/pos/sales",
    "refund": "/pos/refunds",
}
HoldWord = Literal["HELD", "COMPLETED", "RELEASED"]


@dataclass(frozen=True, slots=True)
class CardCharge:
    """What is asked for with a card; ``original_auth`` names the sale of a refund, if known."""

    kind: Charge
    reference: str
    terminal_id: str
    amount_fen: int
    pan: str
    expiry: str
    original_auth: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``approved`` with the acquirer's numbers, or the two-digit ``code`` of a refusal."""

    approved: bool
    code: str = ""
    auth_code: str = ""
    rrn: str = ""
    bank: str = ""


@dataclass(frozen=True, slots=True)
class HoldAtAcquirer:
    """What the acquirer says of a hold."""

    state: HoldWord
    taken_fen: int


class PosHost:
    """The acquirer at ``url``; with None everything is approved with numbers of our own."""

    def __init__(self, url: str | None) -> None:
        self._url = urlsplit(url) if url else None

    def charge(self, asked: CardCharge) -> Verdict | None:
        """Ask for a hold, a sale or a refund."""
        body: Json = {
            "reference": asked.reference,
            "terminal_id": asked.terminal_id,
            "amount_fen": asked.amount_fen,
            "pan": asked.pan,
            "expiry": asked.expiry,
        }
        if asked.kind == "refund":
            body["original_auth_code"] = asked.original_auth or None
        return self._ask(CHARGE_PATHS[asked.kind], body)

    def complete(self, auth_code: str, amount_fen: int) -> Verdict | None:
        """Book ``amount_fen`` of a hold; the rest falls free."""
        return self._ask("/pos/holds/complete", {"auth_code": auth_code, "amount_fen": amount_fen})

    def release(self, auth_code: str) -> Verdict | None:
        """Give a whole hold back."""
        return self._ask("/pos/holds/release", {"auth_code": auth_code, "amount_fen": None})

    def void(self, auth_code: str) -> Verdict | None:
        """Undo a sale of today."""
        return self._ask("/pos/sales/void", {"auth_code": auth_code})

    def reverse(self, kind: Charge, reference: str) -> Verdict | None:
        """Undo a charge whose answer never came; only the reference is known."""
        if kind == "reservation":
            body: Json = {"auth_code": None, "reference": reference, "amount_fen": None}
            return self._ask("/pos/holds/release", body)
        return self._ask(f"{CHARGE_PATHS[kind]}/undo", {"reference": reference})

    def hold_state(self, auth_code: str, rrn: str) -> HoldAtAcquirer | None:
        """What became of a hold at the acquirer; None when it cannot tell."""
        if self._url is None:
            return None
        answer = self._post("/holds/query", {"auth_code": auth_code, "rrn": rrn})
        state, taken_fen = answer.get("state"), answer.get("taken_fen")
        if state not in ("HELD", "COMPLETED", "RELEASED") or not isinstance(taken_fen, int):
            return None
        return HoldAtAcquirer(state, taken_fen)

    def _ask(self, path: str, body: Json) -> Verdict | None:
        if self._url is None:
            return Verdict(
                approved=True,
                auth_code=f"{secrets.randbelow(10**6):06d}",
                rrn=f"{secrets.randbelow(10**12):012d}",
            )
        return _verdict(self._post(path, body))

    def _post(self, path: str, body: Json) -> Json:
        """The JSON object the acquirer answers; empty for silence and everything else."""
        assert self._url is not None
        host, port = self._url.hostname or "127.0.0.1", self._url.port or 80
        connection = http.client.HTTPConnection(host, port, timeout=ANSWER_LIMIT_S)
        try:
            text = json.dumps(body).encode("utf-8")
            kind = {"Content-Type": "application/json"}
            connection.request("POST", self._url.path.rstrip("/") + path, text, kind)
            answer = connection.getresponse()
            content = answer.read()
            found = json.loads(content) if answer.status == 200 else None
        except (OSError, http.client.HTTPException, ValueError):
            found = None
        finally:
            connection.close()
        return found if isinstance(found, dict) else {}


def _verdict(answer: Json) -> Verdict | None:
    if answer.get("result") not in ("approved", "declined"):
        return None
    return Verdict(
        approved=answer["result"] == "approved",
        code=str(answer.get("code", "")),
        auth_code=str(answer.get("auth_code", "")),
        rrn=str(answer.get("rrn", "")),
        bank=str(answer.get("bank", "")),
    )
