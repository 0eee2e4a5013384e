"""One terminal of the load: settles bills one after the other, and never gives a doubt up.

Talks HTTP with the backend. What a reader would get wrong: silence is unknown, so the same request
goes out again under the same key until there is an answer; that is what a terminal's journal does.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.load.supply import Desk

Json = dict[str, Any]
_FINAL = ("COMPLETED", "CANCELLED", "REVERSED", "SUSPENSE")
_LIMIT_S = 300.0
_PAUSE_S = 0.05


@dataclass(slots=True)
class Outcome:
    """What a terminal was told. `took_s`: one number for each settled bill."""

    paid: dict[str, str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    took_s: list[float] = field(default_factory=list)
    longest_silence_s: float = 0.0


class LoadTerminal:
    """`tender_of(place)`: CASH or SCAN for the n-th bill."""

    def __init__(self, url: Callable[[], str], desk: Desk, tender_of: Callable[[int], str]) -> None:
        self._url, self._desk, self._tender_of = url, desk, tender_of
        self._session = requests.Session()
        self._session.trust_env = False
        self._wait = threading.Event().wait
        self.outcome = Outcome()

    def settle(self, place: int) -> None:
        """One bill, to its end."""
        begun = time.monotonic()
        settlement_id = uuid.uuid4().hex
        bill_id = self._desk.bill_ids[place]
        told = self._post(
            "/v1/settlements",
            settlement_id,
            {
                "patient_id": self._desk.person_id,
                "bills": [{"bill_id": bill_id, "version": 1}],
            },
        )
        if "refused" in told:
            self.outcome.refused.append(told["refused"])
            return
        if told["state"] == "QUOTED":
            told = self._commit(settlement_id, told, place)
        while told.get("state") not in _FINAL:
            if "refused" in told:
                self.outcome.refused.append(told["refused"])
                return
            self._wait(_PAUSE_S)
            told = self._ask("GET", f"/v1/settlements/{settlement_id}", "", None)
        self.outcome.states[settlement_id] = told["state"]
        self.outcome.took_s.append(time.monotonic() - begun)
        if told["state"] == "COMPLETED":
            self.outcome.paid[bill_id] = settlement_id

    def _commit(self, settlement_id: str, quoted: Json, place: int) -> Json:
        tender = self._tender_of(place) if quoted["due_fen"] else "NONE"
        code = f"13{self._desk.number:06d}{place:06d}9999" if tender == "SCAN" else ""
        body = {"tender": tender, "auth_code": code, "amount_fen": quoted["due_fen"]}
        return self._post(
            f"/v1/settlements/{settlement_id}/commit", f"{settlement_id}/commit", body
        )

    def _post(self, path: str, key: str, body: Json) -> Json:
        return self._ask("POST", path, key, body)

    def _ask(self, method: str, path: str, key: str, body: Json | None) -> Json:
        headers = {"Authorization": f"Bearer {self._desk.token}"}
        if key:
            headers["Idempotency-Key"] = key
        begun = time.monotonic()
        while time.monotonic() - begun < _LIMIT_S:
            try:
                answer = self._session.request(
                    method, self._url() + path, json=body, headers=headers, timeout=30
                )
                if answer.status_code < 500:
                    content: Json = answer.json()
                    return content
            except requests.RequestException:
                pass
            silence = time.monotonic() - begun
            self.outcome.longest_silence_s = max(self.outcome.longest_silence_s, silence)
            self._wait(_PAUSE_S)
        raise AssertionError(f"{method} {path}: no answer within {_LIMIT_S:.0f} s")
