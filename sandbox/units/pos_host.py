"""The card terminal's line to its acquirer, or its own judgement when it has none.

Talks HTTP with JSON bodies to ``{host_url}/pos/holds``. Blocking: the terminal calls it in a
thread. No answer in time, an error status and nonsense are all the same to a terminal: None.
"""

import http.client
import json
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.units.json_files import Json

ANSWER_LIMIT_S = 8.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """``approved`` with the acquirer's numbers, or the two-digit ``code`` of a refusal."""

    approved: bool
    code: str = ""
    auth_code: str = ""
    rrn: str = ""
    bank: str = ""


class PosHost:
    """The acquirer at ``url``; with None everything is approved with numbers of our own."""

    def __init__(self, url: str | None) -> None:
        self._url = urlsplit(url) if url else None

    def hold(
        self, reference: str, terminal_id: str, amount_fen: int, pan: str, expiry: str
    ) -> Verdict | None:
        """Ask for a hold of ``amount_fen``."""
        return self._ask(
            "/pos/holds",
            {
                "reference": reference,
                "terminal_id": terminal_id,
                "amount_fen": amount_fen,
                "pan": pan,
                "expiry": expiry,
            },
        )

    def complete(self, auth_code: str, amount_fen: int) -> Verdict | None:
        """Book ``amount_fen`` of a hold; the rest falls free."""
        return self._ask("/pos/holds/complete", {"auth_code": auth_code, "amount_fen": amount_fen})

    def release(self, auth_code: str) -> Verdict | None:
        """Give a whole hold back."""
        return self._ask("/pos/holds/release", {"auth_code": auth_code, "amount_fen": None})

    def reverse(self, reference: str) -> Verdict | None:
        """Undo a hold whose answer never came; only the reference is known."""
        return self._ask(
            "/pos/holds/release", {"auth_code": None, "reference": reference, "amount_fen": None}
        )

    def _ask(self, path: str, body: Json) -> Verdict | None:
        if self._url is None:
            return Verdict(
                approved=True,
                auth_code=f"{secrets.randbelow(10**6):06d}",
                rrn=f"{secrets.randbelow(10**12):012d}",
            )
        host, port = self._url.hostname or "127.0.0.1", self._url.port or 80
        connection = http.client.HTTPConnection(host, port, timeout=ANSWER_LIMIT_S)
        try:
            text = json.dumps(body).encode("utf-8")
            kind = {"Content-Type": "application/json"}
            connection.request("POST", self._url.path.rstrip("/") + path, text, kind)
            answer = connection.getresponse()
            content = answer.read()
            return _verdict(json.loads(content)) if answer.status == 200 else None
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            connection.close()


def _verdict(answer: object) -> Verdict | None:
    if not isinstance(answer, dict) or answer.get("result") not in ("approved", "declined"):
        return None
    return Verdict(
        approved=answer["result"] == "approved",
        code=str(answer.get("code", "")),
        auth_code=str(answer.get("auth_code", "")),
        rrn=str(answer.get("rrn", "")),
        bank=str(answer.get("bank", "")),
    )
