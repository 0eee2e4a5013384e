"""The world around the terminal of the kill tests: the sandbox's house, and people made for it.

Talks to the backend's HTTP as kiosk, clinic and auditor, to the platforms' control, to the units.
What a reader would get wrong: every case has a patient of its own, because what a killed case
left behind is true for that patient for ever.
"""

from __future__ import annotations

import json
import secrets
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from core.clock import SystemClock
from core.identity import IdDocument
from core.journal.operations import Operation, fold
from core.journal.store import SqliteJournal
from sandbox.house import ROOT, House
from sandbox.people import with_check_digit
from sandbox.units.control import ControlClient
from settlement_backend.people.privacy_notice import NOTICE_VERSION

KIOSK, CLINIC, AUDIT = "demo-kiosk-01", "demo-clinic", "demo-audit"
WINDOW = "demo-window-07"
TERMINAL = "K01"
_FITTED = ("card_dispenser", "pos", "receipt_printer")
_ORDERS = (("CARD", ("ECG12", "ECHO")), ("OPHT", ("HYAL",)))
_HOLD_FEN = 300_000
_LIMIT_S = 10
_LOOKS = 100
_CARDS = 500


def filed_profile(folder: Path) -> Path:
    """The demo's rules with the exemptions filed (W25), so that top-ups are taken."""
    demo = ROOT / "resources" / "profiles" / "demo-2026.toml"
    filed = folder / "filed.toml"
    number = 'number = "WZ-2025-017"\nday = 2025-03-20\n'
    filed.write_text(demo.read_text("utf-8").replace('number = ""\n', number, 1), "utf-8")
    return filed


@dataclass
class Town:
    """A running house without a window, and the settings of its terminal."""

    house: House
    _numbers: Iterator[int] = field(default_factory=lambda: count(100))
    _backend_is_silent: bool = False

    def settings(self, *, echoes_reference: bool = True) -> Path:
        """The kiosk's settings with the three devices that money, cards and paper need."""
        tables = (self.house.run_dir / "kiosk.toml").read_text("utf-8").split("\n[")
        kept = [
            table
            for table in tables
            if table.split("]")[0] not in ("id_card", "smart_card", "scanner")
        ]
        text = "\n[".join(kept).replace("[cash]\n", "[cash]\nescrow_s = 2\n")
        if not echoes_reference:
            text = text.replace("[pos]\n", "[pos]\nechoes_reference = false\n")
        path = self.house.run_dir / f"crash-{echoes_reference}.toml"
        path.write_text(text, "utf-8")
        return path

    @contextmanager
    def units(self) -> Iterator[ControlClient]:
        """The machine's outside."""
        with ControlClient(self.house.run_dir / "kiosk" / "control.sock") as client:
            yield client

    def fill_machine(self) -> None:
        """Cards for the whole run, and a bin that holds them all."""
        with self.units() as units:
            units.ask("card_dispenser", "load", count=_CARDS)
            units.ask("card_dispenser", "bin_capacity", count=_CARDS)

    def new_roll(self) -> None:
        """Paper for one story and all its kills."""
        with self.units() as units:
            units.ask("printer", "paper", left="full")

    def silence_backend(self) -> None:
        """SIGKILL the backend."""
        self.house.kill("backend")
        self._backend_is_silent = True

    def wake_backend(self) -> None:
        """Start it again on its database and port, if it was killed."""
        if self._backend_is_silent:
            self.house.start_backend()
            self._backend_is_silent = False

    def operations(self) -> dict[str, Operation]:
        """What the terminal's journal says; the terminal must not be running."""
        folder = self.house.run_dir / TERMINAL
        journal = SqliteJournal(folder / "journal.db", TERMINAL, SystemClock())
        try:
            return fold(journal.records())
        finally:
            journal.close()

    def books(self) -> dict[str, Any]:
        """The backend's ledger as its auditor sees it."""
        return _exchange("GET", f"{self.house.backend_url}/v1/books", AUDIT)

    def balance_fen(self, patient_id: str) -> int:
        """A patient's prepaid balance."""
        url = f"{self.house.backend_url}/v1/patients/{patient_id}/prepay"
        told: int = _exchange("GET", url, KIOSK)["balance_fen"]
        return told

    def boxed_fen(self) -> int:
        """Money in the cash box."""
        with self.units() as units:
            slot = units.state()["cash"]
        assert isinstance(slot, dict)
        return sum(int(fen) * int(notes) for fen, notes in slot["box"].items())

    def control(self, platform: str, **order: object) -> None:
        """An order to a platform: "acquirer" or "insurance"."""
        _exchange("POST", f"{self.house.read('platforms.json')[platform]}/control", "", order)

    def document(self) -> IdDocument:
        """The ID card of somebody new."""
        return IdDocument(
            name="测试人",
            sex="M",
            ethnic="汉",
            birth_date="1980-05-06",
            address="示范路1号",
            id_number=with_check_digit(f"33030219800506{next(self._numbers):03d}"),
            issuer="示范公安局",
            valid_from="2015-01-01",
            valid_to="",
        )

    def insured(self, document: IdDocument) -> None:
        """The insurance platform knows this person from now on."""
        self.control(
            "insurance",
            do="add_person",
            psn_no=document.id_number.zfill(26),
            id_number=document.id_number,
            name=document.name,
            insutype="310",
            account_fen=1_000,
            e_code=secrets.token_hex(14).upper(),
        )

    def person(self, document: IdDocument) -> str:
        """Register at the hospital; the patient's id."""
        body = {
            "document": document.told(),
            "phone": "13800005628",
            "consent": {
                "notice_version": NOTICE_VERSION,
                "accepted_at": "2026-01-05T09:00:00+08:00",
            },
        }
        return str(self._post(KIOSK, "/v1/people", body)["patient_id"])

    def card(self, patient_id: str) -> None:
        """An active health card, made long ago at another machine."""
        number = self._post(KIOSK, "/v1/cards", {"patient_id": patient_id})["card_number"]
        self._post(KIOSK, f"/v1/cards/{number}/activate", {"uid": secrets.token_hex(4).upper()})

    def bills(self, patient_id: str) -> None:
        """Register, pay the fee by phone, and let the doctor order."""
        registration = self._post(
            KIOSK,
            "/v1/registrations",
            {"patient_id": patient_id, "schedule_id": self._schedule()},
        )
        self._pay(patient_id, registration["bill"])
        groups = [
            {"department_code": code, "items": [{"code": item, "quantity": 1} for item in items]}
            for code, items in _ORDERS
        ]
        path = f"/v1/visits/{registration['registration_id']}/orders"
        self._post(CLINIC, path, {"groups": groups})

    def booklets(self) -> None:
        """The machine is full, and the backend thinks so."""
        with self.units() as units:
            spirals = units.books("vending")["spirals"]
            assert isinstance(spirals, list)
            for spiral in spirals:
                if (missing := spiral["capacity"] - spiral["stock"]) and spiral["selection"] == 1:
                    units.ask("vending", "load", selection=1, count=missing)
        self._post(KIOSK, "/v1/goods/stock", {"item_code": "BOOK", "pieces": 20})

    def invoice(self, patient_id: str) -> str:
        """The invoice of what was paid, as soon as it is issued."""
        url = f"{self.house.backend_url}/v1/patients/{patient_id}/papers"
        for _ in range(_LOOKS):
            for found in _exchange("GET", url, KIOSK)["invoices"]:
                if found["state"] == "E_ISSUED":
                    return str(found["invoice_id"])
            threading.Event().wait(_LIMIT_S / _LOOKS)
        raise AssertionError("the invoice was not issued")

    def print_invoice(self, invoice_id: str) -> None:
        """Somebody prints it at the window."""
        token = self._post(WINDOW, f"/v1/invoices/{invoice_id}/sheets", {})["token"]
        outcome = {"token": token, "outcome": "PRINTED"}
        self._post(WINDOW, f"/v1/invoices/{invoice_id}/printed", outcome)

    def hold(self, patient_id: str) -> None:
        """A pre-authorisation placed at another machine's POS."""
        reference = secrets.token_hex(6).upper()
        card = {"pan": "6222021203001234567", "expiry": "2912"}
        acquirer = self.house.read("platforms.json")["acquirer"]
        asked = {"reference": reference, "terminal_id": "52500099", "amount_fen": _HOLD_FEN}
        approved = _exchange("POST", f"{acquirer}/pos/holds", "", {**asked, **card})
        self._post(
            KIOSK,
            "/v1/holds",
            {
                "patient_id": patient_id,
                "reference": reference,
                "amount_fen": _HOLD_FEN,
                "masked_card": "622202*********4567",
                "auth_code": approved["auth_code"],
                "rrn": approved["rrn"],
                "trace": "000001",
                "receipt": "0001",
                "pos_terminal_id": "52500099",
                "merchant_id": "M1",
            },
        )

    def _pay(self, patient_id: str, bill: dict[str, Any]) -> None:
        settlement_id = secrets.token_hex(16)
        named = [{"bill_id": bill["bill_id"], "version": bill["version"]}]
        quote = self._post(
            KIOSK, "/v1/settlements", {"patient_id": patient_id, "bills": named}, settlement_id
        )
        pay = {"tender": "SCAN", "auth_code": wallet_code(), "amount_fen": quote["due_fen"]}
        paid = self._post(KIOSK, f"/v1/settlements/{settlement_id}/commit", pay)
        assert paid["state"] == "COMPLETED", paid["state"]

    def _schedule(self) -> str:
        told = _exchange("GET", f"{self.house.backend_url}/v1/departments", KIOSK)
        free = (d for one in told["departments"] for d in one["doctors"] if d["remaining"])
        return str(next(free)["schedule_id"])

    def _post(
        self, token: str, path: str, body: dict[str, Any], key: str | None = None
    ) -> dict[str, Any]:
        url = self.house.backend_url + path
        return _exchange("POST", url, token, body, key or secrets.token_hex(16))


def wallet_code(ending: str = "") -> str:
    """A fresh payment code; without an ending that means something it pays at once."""
    return "13" + "".join(secrets.choice("456789") for _ in range(16 - len(ending))) + ending


def _exchange(
    method: str, url: str, token: str, body: object = None, key: str = ""
) -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, method=method)  # noqa: S310  loopback
    request.add_header("Content-Type", "application/json")
    request.add_header("Authorization", f"Bearer {token}")
    if key:
        request.add_header("Idempotency-Key", key)
    with urllib.request.urlopen(request, timeout=_LIMIT_S) as answer:  # noqa: S310  loopback
        content: dict[str, Any] = json.load(answer) or {}
    return content
