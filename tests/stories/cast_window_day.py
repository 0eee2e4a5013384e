"""What the stories of a window's day need: accounts of staff, counted drawers, kicks of the drawer.

Accounts and boxes are made by HTTP at other terminals, as a supervisor and a technician make them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests
from cast import with_bill
from PySide6.QtCore import Qt
from window_hall import WindowHall

from cashier.steps.sheet import WorkSheet
from core.clock import CHINA
from core.flow import Ask
from core.shifts import DENOMINATIONS_FEN
from sandbox.house import House
from sandbox.player.hands import let_live, wait_until

TECH_DESK, KIOSK_DESK = "demo-tech", "demo-kiosk-01"
_LIMIT_S = 10
_NUMBERS = count(3001)


@dataclass(frozen=True, slots=True)
class Staff:
    """Signed in at some other terminal than the window."""

    house: House
    terminal: str
    token: str

    def ask(self, method: str, path: str, body: object = None) -> requests.Response:
        """Any answer."""
        headers = {
            "Authorization": f"Bearer {self.terminal}",
            "X-Operator-Token": self.token,
            "Idempotency-Key": uuid4().hex,
        }
        url = f"{self.house.backend_url}{path}"
        return requests.request(method, url, json=body, headers=headers, timeout=_LIMIT_S)

    def post(self, path: str, body: object) -> dict[str, Any]:
        """What is not refused."""
        answer = self.ask("POST", path, body)
        assert answer.status_code in (200, 201), answer.text
        told: dict[str, Any] = answer.json()
        return told


def staff_at(house: House, terminal: str, number: str) -> Staff:
    """Somebody of the demo."""
    bare = Staff(house, terminal, "")
    body = {"operator": number, "password": f"demo-{number}"}
    return Staff(house, terminal, bare.post("/v1/operators/sign-in", body)["token"])


def an_account(house: House, roles: list[str]) -> tuple[str, str]:
    """Number and first password of a new member of staff, who has to choose an own one."""
    number = str(next(_NUMBERS))
    password = f"First-{number}-x"
    body = {"operator": number, "name": "新员工", "roles": roles, "password": password}
    staff_at(house, TECH_DESK, "2102").post("/v1/operators", body)
    return number, password


def count_with(at: WindowHall, **pieces: int) -> None:
    """Type a count, all else 0, and say that it is right."""
    at.fill(**{f"n{fen}": str(pieces.get(f"n{fen}", 0)) for fen in DENOMINATIONS_FEN})
    at.do("counted")
    at.do("right")


def open_drawer(at: WindowHall, **pieces: int) -> None:
    """From the desk: the float is counted, the shift opened."""
    at.work("shift")
    at.sheet("Open the shift")
    at.do("count")
    at.sheet("Count the float")
    count_with(at, **pieces)
    at.sheet("The shift is open")
    at.do("done")
    at.stage.arrive("Desk")


def close_drawer(at: WindowHall, **pieces: int) -> None:
    """From the desk: counted blind, up to the result."""
    at.work("shift")
    at.sheet("Shift and drawer")
    at.do("close")
    at.sheet("Count the drawer")
    count_with(at, **pieces)
    at.sheet("Result of the count")


def drawer_pulses(at: WindowHall) -> int:
    """How often the drawer was kicked so far."""
    return int(str(at.stage.units.state()["printer"]["drawer_pulses"]))  # type: ignore[index]


def pay_in_cash(at: WindowHall) -> None:
    """A bill of 32.00 yuan, at this window."""
    at.serve(with_bill(at.house))
    at.key(Qt.Key.Key_F8)
    at.stage.arrive("ConfirmQuote")
    at.press("pay_CASH")
    at.sheet("Cash")
    at.do("take")
    at.stage.arrive("ShowOutcome")
    at.leave()
    push_shut(at)


def push_shut(at: WindowHall) -> None:
    """The drawer, by hand."""
    at.stage.units.ask("printer", "drawer", position="closed")


def audited_last(at: WindowHall, event: str, most: int = 1) -> list[dict[str, object]]:
    """Facts of the newest audit records of one kind."""
    records = at.stage.window.machine.records()
    mine = [record.entry for record in records if record.entry.kind == f"audit.{event}"]
    return [dict(entry.payload) for entry in mine[-most:]]


def saved_by(at: WindowHall, word: str) -> Path:
    """The file that this press writes into the folder for reports."""
    folder = Path(at.stage.window.machine.settings.text("terminal.data")) / "reports"
    before = set(folder.glob("*"))
    at.do(word)
    wait_for(lambda: set(folder.glob("*")) > before and isinstance(at.stage.step(), WorkSheet))
    at.reads("Saved:")
    (path,) = set(folder.glob("*")) - before
    return path


def rows_of(at: WindowHall) -> set[str]:
    """Keys of the table on the page; empty without one."""
    step = at.stage.step()
    table = step.table if isinstance(step, WorkSheet) else None
    return {line.key for line in table.lines} if table else set()


def to_sign_in(at: WindowHall) -> None:
    """Whoever sits there locks the window."""
    if type(at.stage.step()).__name__ != "SignIn":
        at.leave()
        at.key(Qt.Key.Key_F10)
    at.stage.arrive("SignIn")
    at.signed_out()


def try_to_sign_in(at: WindowHall, number: str, password: str) -> None:
    """As typed; whatever comes of it."""
    ticket = at.stage.window.runner.ticket
    at.type("sign_in_operator", number)
    at.type("sign_in_password", password)
    at.press("sign_in")
    runner = at.stage.window.runner
    wait_for(lambda: runner.ticket > ticket and isinstance(runner.step, Ask))
    let_live(30)


def empty_a_box(house: House, box_number: str, counted: int, in_journal: int) -> None:
    """A technician counts the notes of 100 yuan of machine K01."""
    notes = [{"denomination_fen": 10_000, "counted": counted, "in_journal": in_journal}]
    body = {"box_number": box_number, "notes": notes, "explanation": "one note is missing"}
    staff_at(house, KIOSK_DESK, "2301").post("/v1/cash-boxes", body)


def wait_for(true: Callable[[], bool]) -> None:
    """Within a moment."""
    wait_until(true, _LIMIT_S, "it")


def answered(house: House, **scores: int) -> None:
    """A patient at machine K01 answered these questions."""
    at = Staff(house, KIOSK_DESK, "")
    version = at.ask("GET", "/v1/survey").json()["version"]
    answers = [{"question": name, "score": score} for name, score in scores.items()]
    at.post("/v1/survey/answers", {"version": version, "answers": answers})


def today() -> str:
    """In China."""
    return datetime.now(CHINA).date().isoformat()


def days_ago(days: int) -> str:
    """So many before."""
    return (datetime.now(CHINA).date() - timedelta(days=days)).isoformat()
