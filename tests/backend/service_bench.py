"""The whole service on demo data, asked as its terminals ask it, over HTTP without a network.

Talks to the platforms' process of `backend_bench`. What a reader would get wrong: time stands
still and the clockwork does nothing unless `later` or `tick` is called, and each answer is checked
against the statuses that the OpenAPI page promises for its route.
"""

from __future__ import annotations

import asyncio
import re
import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from backend_bench import (
    ANSWER_LIMIT_S,
    PAY_CODE,
    ROOT,
    HandClock,
    Json,
    Line,
    Platforms,
    bill_row,
    line_row,
)
from starlette.types import ASGIApp

from settlement_backend.app import bare_app
from settlement_backend.base.clock import stamp
from settlement_backend.base.runner import Runner
from settlement_backend.bills.tables import Bill
from settlement_backend.demo.plant import plant
from settlement_backend.insurance.shown_codes import ShownCodes
from settlement_backend.ledger import ledger
from settlement_backend.people.privacy_notice import NOTICE_VERSION
from settlement_backend.policy.profile import load_policy
from settlement_backend.prepay.tables import PrepayAccount
from settlement_backend.service import Options, Service
from settlement_backend.settling.tables import Settlement
from settlement_backend.staff.passwords import Passwords
from settlement_backend.visits.tables import Registration, Schedule
from tests.helpers.databases import Store

KIOSK, WINDOW, CLINIC, AUDIT = "demo-kiosk-01", "demo-window-07", "demo-clinic", "demo-audit"
CHEAP = Passwords(rounds=1, memory_kib=64, lanes=1)
PROFILE = ROOT / "resources/profiles/demo-2026.toml"
FUNCTIONS = load_policy(PROFILE).terminal.functions
ZHOU_ID, LI_ID, WANG_ID = "330302195803125623", "330302196207184525", "330302195501123411"
LI_CODE = "ECDEMO0000000000000000LIXF01"
SLOW_CODE = "134567890123452222"
NEVER_CODE = "134567890123453333"
ALIPAY_CODE = "281234567890123456"
UNIONPAY_CODE = "6212345678901234567"
UNFINISHED = ("INSURED", "PAYING", "REVERSING")
# Fund 80.00 + 72.00, account 48.00; 500.00 is left to the person: 80.00 prepaid, then hold, scan.
WHOLE_BILL = (Line(10000, "A"), Line(10000, "B"), Line(50000, "OWN"))


class Died(BaseException):
    """The process ends here; no code of the backend catches this."""


class ServerGone(Exception):
    """What a terminal sees of it: a request without an answer."""


def new_key() -> str:
    """A key nobody used."""
    return uuid.uuid4().hex


class InProcess:
    """Asks an ASGI application from any thread, without a server and without its lifespan.

    What a reader would get wrong: each thread has an event loop of its own, so that threads ask
    side by side as terminals do.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._mine = app, threading.local()
        self._opened: list[asyncio.AbstractEventLoop] = []

    def request(self, method: str, path: str, **sent: Any) -> httpx.Response:  # noqa: ANN401
        """One request. Raises ServerGone when the process died in it."""
        loop, client = self._loop_and_client()
        try:
            return loop.run_until_complete(client.request(method, path, **sent))
        except Died as death:
            raise ServerGone from death

    def get(self, path: str, **sent: Any) -> httpx.Response:  # noqa: ANN401
        """GET."""
        return self.request("GET", path, **sent)

    def post(self, path: str, **sent: Any) -> httpx.Response:  # noqa: ANN401
        """POST."""
        return self.request("POST", path, **sent)

    def _loop_and_client(self) -> tuple[asyncio.AbstractEventLoop, httpx.AsyncClient]:
        if not hasattr(self._mine, "pair"):
            loop = asyncio.new_event_loop()
            transport = httpx.ASGITransport(self._app, raise_app_exceptions=True)
            client = httpx.AsyncClient(transport=transport, base_url="http://testserver")
            self._mine.pair = loop, client
            self._opened.append(loop)
        pair: tuple[asyncio.AbstractEventLoop, httpx.AsyncClient] = self._mine.pair
        return pair

    def close(self) -> None:
        """End what its threads opened."""
        for loop in self._opened:
            loop.close()


class House:
    """One process of the backend on one database file; `begin_again` brings the first day back.

    It lives for many tests, because a fresh service answers its first requests slowly; the routes,
    which remember nothing, also outlive a process that died.
    """

    def __init__(self, store: Store, platforms: Platforms) -> None:
        self.store = store
        self.platforms, self.clock = platforms, HandClock()
        self._first_day = self.clock.now()
        self._app = bare_app()
        self._start()
        with self.service.db.write() as session:
            plant(session, self._first_day)
        self.service.db.close()
        store.keep()

    def begin_again(self) -> None:
        """The demo data and nothing else, at ten in the morning."""
        self.service.db.close()
        self.store.begin_again()
        self.clock.moment = self._first_day
        # when each job last ran is remembered by the process, and was in another test's time
        self.service.runner = Runner(self.service.db, self.clock, self.service._jobs())
        self.service.insurance._shown = ShownCodes()  # so are the codes it heard a moment ago

    def _start(self) -> None:
        options = Options(
            database_url=self.store.url,
            acquirer_url=self.platforms.acquirer.url,
            insurance_url=self.platforms.insurance.url,
            profile=PROFILE,
            secret="of the tests",
            acquirer_limit_s=ANSWER_LIMIT_S,
            insurance_limit_s=ANSWER_LIMIT_S,
            city_limit_s=ANSWER_LIMIT_S,
            partner_url=self.platforms.partner.url,
            city_url=self.platforms.city.url,
            invoice_url=self.platforms.invoice.url,
            insurer_url=self.platforms.insurer.url,
            messages_url=self.platforms.messages.url,
            face_url=self.platforms.face.url,
            passwords=CHEAP,
        )
        self.service = Service(options, self.clock)
        self._app.state.service = self.service
        self.client = InProcess(self._app)

    def revive(self) -> None:
        """The next process on the same database and platforms; what this one remembered is gone."""
        self.close()
        self._start()

    def close(self) -> None:
        """Give the database file back."""
        self.client.close()
        self.service.db.close()

    # --- requests

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str = KIOSK,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """One request; its status must be one that the OpenAPI page promises."""
        sent = {"Authorization": f"Bearer {token}"} if token else {}
        answer: httpx.Response = self.client.request(
            method, path, json=body, headers={**sent, **(headers or {})}
        )
        if not _PROMISES:
            _PROMISES.extend(_promises(self.client.get("/openapi.json").json()))
        statuses = next(p.statuses for p in _PROMISES if p.is_of(method, path.partition("?")[0]))
        assert str(answer.status_code) in statuses, f"{method} {path}: {answer.status_code}"
        return answer

    def get(self, path: str, *, token: str = KIOSK) -> Json:
        """A 200 answer."""
        answer = self.ask("GET", path, token=token)
        assert answer.status_code == 200, answer.text
        content: Json = answer.json()
        return content

    def post(
        self, path: str, body: object, *, key: str = "", token: str = KIOSK, operator: str = ""
    ) -> httpx.Response:
        """A POST with a key of its own unless one is given."""
        headers = {"Idempotency-Key": key or new_key()}
        if operator:
            headers["X-Operator-Token"] = operator
        return self.ask("POST", path, body, token=token, headers=headers)

    def done(self, path: str, body: object, *, key: str = "", token: str = KIOSK) -> Json:
        """The content of a POST that is not refused."""
        answer = self.post(path, body, key=key, token=token)
        assert answer.status_code in (200, 201), answer.text
        content: Json = answer.json()
        return content

    def refused(self, path: str, body: object, *, key: str = "", token: str = KIOSK) -> str:
        """The reason of a POST that is refused."""
        answer = self.post(path, body, key=key, token=token)
        assert answer.status_code == 409, answer.text
        reason: str = answer.json()["refused"]
        return reason

    # --- time

    def tick(self) -> None:
        """What the clockwork would do now."""
        self.service.runner.step()

    def later(self, seconds: float) -> None:
        """Time passes, then the clockwork looks."""
        self.clock.pass_seconds(seconds)
        self.tick()

    def to_the_end(self, settlement_id: str, seconds: float = 0.5, most: int = 400) -> Json:
        """Ticks until nothing more is owed to a settlement; how it then stands."""
        for _ in range(most):
            with self.service.db.read() as session:
                state = session.get_one(Settlement, settlement_id).state
            if state not in UNFINISHED:
                return self.settlement(settlement_id)
            self.later(seconds)
        raise AssertionError(f"not finished: {state}")

    # --- stories

    def person(self, id_number: str) -> str:
        """The patient id of somebody known."""
        body = {"medium": {"kind": "ID_CARD", "value": id_number}}
        found: str = self.done("/v1/people/identify", body)["patient_id"]
        return found

    def register_wang(self) -> str:
        """The patient id of the demo's new patient, insured, without a card."""
        return str(self.done("/v1/people", new_person())["patient_id"])

    def fill(self, schedule_id: str, leave: int) -> None:
        """So many places are left with a doctor."""
        with self.service.db.write() as session:
            schedule = session.get_one(Schedule, schedule_id)
            schedule.taken = schedule.capacity - leave

    def bill(self, person_id: str, *lines: Line) -> str:
        """An open bill with these lines."""
        bill_id = new_key()
        with self.service.db.write() as session:
            session.add(bill_row(bill_id, person_id, lines, stamp(self.clock.now())))
            session.flush()
            for place, line in enumerate(lines):
                session.add(line_row(bill_id, place, line))
        return bill_id

    def hold(self, person_id: str, amount_fen: int, completer: str = "ACQUIRER") -> str:
        """A hold a card terminal made and a kiosk registered; its authorisation code."""
        self.platforms.acquirer.control("next_hold", completer=completer)
        reference = new_key()
        made = self.platforms.place_hold(reference, amount_fen)
        self.done("/v1/holds", hold_body(person_id, reference, amount_fen, made))
        auth_code: str = made["auth_code"]
        return auth_code

    def open(self, person_id: str, bill_ids: Sequence[str], *, token: str = KIOSK) -> Json:
        """A quoted settlement."""
        return self.done(
            "/v1/settlements", settlement_body(person_id, bill_ids), key=new_key(), token=token
        )

    def commit(
        self,
        quoted: Json,
        tender: str = "SCAN",
        auth_code: str = PAY_CODE,
        *,
        token: str = KIOSK,
    ) -> Json:
        """Pay what is due."""
        settlement_id = quoted["settlement_id"]
        return self.done(
            f"/v1/settlements/{settlement_id}/commit",
            commit_body(quoted, tender, auth_code),
            token=token,
        )

    def cancel(self, settlement_id: str) -> Json:
        """Leave."""
        return self.done(f"/v1/settlements/{settlement_id}/cancel", {"reason": "left"})

    def settlement(self, settlement_id: str) -> Json:
        """As it stands."""
        return self.get(f"/v1/settlements/{settlement_id}")

    def bill_state(self, bill_id: str) -> str:
        """OPEN, LOCKED, PAID or CANCELLED."""
        with self.service.db.read() as session:
            return session.get_one(Bill, bill_id).state

    def registration_state(self, registration_id: str) -> str:
        """HELD, CONFIRMED, CANCELLED or EXPIRED."""
        with self.service.db.read() as session:
            return session.get_one(Registration, registration_id).state

    def prepaid_fen(self, person_id: str) -> int:
        """The prepaid balance."""
        with self.service.db.read() as session:
            return ledger.balance(session, f"prepaid:{person_id}")

    # --- books

    def books(self) -> Json:
        """What the auditor is told."""
        return self.get("/v1/books", token=AUDIT)

    def assert_books_balance(self) -> None:
        """What must hold after every test, whatever happened in it."""
        books = self.books()
        assert books["entries_balanced"]
        with self.service.db.read() as session:
            for row in session.query(Settlement):
                left_fen = ledger.balance(session, f"settling:{row.id}")
                assert left_fen == 0 or row.state not in ("COMPLETED", "REVERSED", "CANCELLED")
                assert ledger.balance(session, f"prepaid:{row.person_id}") >= 0
            for account in session.query(PrepayAccount):
                owed_fen = ledger.balance(session, f"prepaid:{account.person_id}")
                assert account.balance_fen == owed_fen

    def assert_world_agrees(self) -> None:
        """The platforms' books hold what the ledger says and nothing else."""
        books = self.books()
        acquirer = self.platforms.acquirer.books()
        paid = {
            order["order_no"]: order["amount_fen"] - order["refunded_fen"]
            for order in acquirer["orders"]
            if order["state"] in ("SUCCESS", "REFUND")
        }
        assert paid == {
            order["order_no"]: order["amount_fen"] - order["refunded_fen"]
            for order in books["orders"]
        }
        by_order = {order["kind"] for order in books["orders"]}
        kept_fen = [
            books["money_in_fen"][kind] - books["refunded_fen"].get(kind, 0) for kind in by_order
        ]
        assert sum(paid.values()) == sum(kept_fen)
        taken = {hold["auth_code"]: hold["taken_fen"] for hold in acquirer["holds"]}
        known = {take["auth_code"]: take["amount_fen"] for take in books["hold_takes"]}
        assert {code: fen for code, fen in taken.items() if fen} == known
        assert sum(known.values()) == books["money_in_fen"]["PREAUTH"]
        held = [hold["amount_fen"] for hold in acquirer["holds"] if hold["state"] == "HELD"]
        assert sum(held) == books["held_fen"]
        settled = {
            (made["setl_id"], made["fund_fen"], made["account_fen"])
            for made in self.platforms.insurance.books()["settlements"]
            if made["state"] == "SETTLED"
        }
        assert settled == {
            (made["setl_id"], made["fund_fen"], made["account_fen"]) for made in books["insurance"]
        }
        taken_fen = sum(books["money_in_fen"].values()) - sum(books["refunded_fen"].values())
        assert taken_fen == books["settled_fen"] + books["deposited_fen"]


def new_person(**changes: str) -> Json:
    """王建国 as his ID card tells him, with consent; `changes` of his document."""
    document = {
        "name": "王建国",
        "sex": "M",
        "ethnic": "汉",
        "birth_date": "1955-01-12",
        "address": "浙江省温州市鹿城区",
        "id_number": WANG_ID,
        "issuer": "温州市公安局",
        "valid_from": "2015-01-01",
        "valid_to": "",
    }
    consent = {"notice_version": NOTICE_VERSION, "accepted_at": "2026-03-02T09:00:00+08:00"}
    return {"document": {**document, **changes}, "phone": "13800000000", "consent": consent}


def hold_body(patient: str, reference: str, amount_fen: int, made: Json) -> Json:
    """What a terminal reports of a hold."""
    return {
        "patient_id": patient,
        "reference": reference,
        "amount_fen": amount_fen,
        "masked_card": "622202******0017",
        "auth_code": made["auth_code"],
        "rrn": made["rrn"],
        "trace": "000001",
        "receipt": "0001",
        "pos_terminal_id": "P1",
        "merchant_id": "M1",
    }


def settlement_body(person_id: str, bill_ids: Sequence[str], version: int = 1) -> Json:
    """What opens a settlement."""
    bills = [{"bill_id": bill_id, "version": version} for bill_id in bill_ids]
    return {"patient_id": person_id, "bills": bills}


def commit_body(quoted: Json, tender: str = "SCAN", auth_code: str = PAY_CODE) -> Json:
    """What pays it; nothing due needs no tender."""
    if quoted["due_fen"] == 0:
        tender = "NONE"
    code = auth_code if tender == "SCAN" else ""
    return {"tender": tender, "auth_code": code, "amount_fen": quoted["due_fen"]}


def tenders(told: Json) -> list[tuple[str, int, str]]:
    """Kind, amount and state of each."""
    return [(t["kind"], t["amount_fen"], t["state"]) for t in told["tenders"]]


def components(told: Json) -> dict[str, int]:
    """Amounts by who bears them."""
    return {part["kind"]: part["amount_fen"] for part in told["components"]}


@dataclass(frozen=True, slots=True)
class _Promise:
    """A route of the OpenAPI page with the statuses it may answer."""

    method: str
    path: re.Pattern[str]
    statuses: frozenset[str]

    def is_of(self, method: str, path: str) -> bool:
        return self.method == method.lower() and self.path.fullmatch(path) is not None


# The page is the same for every service, and it takes long to make.
_PROMISES: list[_Promise] = []


def _promises(page: Json) -> list[_Promise]:
    return [
        _Promise(
            method,
            re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path)),
            frozenset(told["responses"]),
        )
        for path, methods in page["paths"].items()
        for method, told in methods.items()
    ]
