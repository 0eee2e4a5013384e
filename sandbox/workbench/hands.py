"""What a visitor's hands, the doctor and the trouble-maker can do to the running machine.

Talks to the units' control socket, the platforms' `/control` and the backend's clinic requests,
all found in the house's run folder. Plain blocking code: `Watching` runs it off the window's
thread.
Everything that can go wrong is a `NotDone` with a sentence.
"""

from __future__ import annotations

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sandbox.units.control import ControlClient
from sandbox.units.request import ControlError
from sandbox.workbench.props import OWN_CARDS, BankCard, IdCard, OwnCard

CONTROL_LIMIT_S, HTTP_LIMIT_S = 5.0, 8.0
KIOSK, WINDOW = "kiosk", "window"
CLINIC_TOKEN = "demo-clinic"  # noqa: S105  the demo's, known to everybody
UNREADABLE_READS = 100
CONSULTATION = (
    ("CARD", ("ECG12", "ECHO", "AMLO", "ATOR")),
    ("ENDO", ("HBA1C", "LIPID", "METF")),
    ("OPHT", ("FUNDUS", "HYAL")),
)


class NotDone(Exception):
    """The deed was not done; the text says why."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A registered patient who waits for the doctor; the name is masked already."""

    registration_id: str
    display_name: str
    department: str


@dataclass(frozen=True, slots=True)
class Before:
    """What a code is held before: a unit of the kiosk or of the cashier window."""

    terminal: str
    unit: str


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The house's run folder: platforms and backend announce themselves there (sandbox/house.py),
    the units of a terminal in a folder below."""

    path: Path

    def terminal(self, terminal: str = KIOSK) -> Path:
        """The folder of a terminal's units; a folder without a kiosk is that of units alone."""
        is_house = terminal == WINDOW or not (self.path / "units.json").is_file()
        return self.path / terminal if is_house else self.path

    def control(self, terminal: str = KIOSK) -> Path:
        """The control socket of a terminal's units."""
        return self.terminal(terminal) / "control.sock"

    @property
    def paper(self) -> Path:
        """Where the printer files its papers."""
        return self.terminal() / "paper"

    def has(self, name: str) -> bool:
        """Whether that part has announced itself."""
        return (self.path / name).is_file()

    def url(self, name: str, key: str) -> str:
        """A URL of platforms.json or backend.json; NotDone while the part is not there."""
        try:
            told: Mapping[str, object] = json.loads((self.path / name).read_text("utf-8"))
            return str(told[key])
        except (OSError, ValueError, KeyError) as error:
            raise NotDone(f"{name}: {error}") from error


class Hands:
    """One pair of hands; every method raises NotDone when it could not be done."""

    def __init__(self, folder: RunFolder, language: str) -> None:
        self._folder = folder
        self._language = language
        self._spoilt_reader = False

    def place_id_card(self, card: IdCard) -> None:
        """Lay a document on the reader; a damaged one spoils each answer until it is taken."""
        self._mend_reader()
        self.unit("id_reader", "place", **card.placed())
        if not card.readable:
            self._spoilt_reader = True
            fault = {"kind": "garble", "on": "read", "count": UNREADABLE_READS}
            self.unit("id_reader", "fault", **fault)

    def remove_id_card(self) -> None:
        """Take the card off the reader."""
        self._mend_reader()
        self.unit("id_reader", "remove")

    def show(self, text: str, before: Before) -> None:
        """Hold a code before a scanner or the camera."""
        self._ask(before.terminal, before.unit, "show", text=text)

    def insert_card(self, uid: str, unit: str = "card_slot") -> None:
        """Put a card from the hand into a slot; an old card of the demo comes along."""
        own = OWN_CARDS.get(uid)
        known = cast(Mapping[str, list[str]], self.unit("wallet", "state")["state"])
        if own is not None and not any(uid in cards for cards in known.values()):
            self._bring(own)
        self.unit(unit, "insert", uid=uid)

    def insert_note(self, unit: str, denomination_fen: int, outcome: str) -> None:
        """Push a banknote in; "invalid" is one that no acceptor takes."""
        answer = self.unit(unit, "insert", denomination_fen=denomination_fen, outcome=outcome)
        if answer["drawn_in"] is not True:
            raise NotDone("the acceptor does not draw it in")

    def fill_booklets(self, stock: Sequence[int], capacity: int) -> None:
        """Fill every spiral of the booklet machine; `stock` is what lies in them now."""
        for selection, count in enumerate(stock, 1):
            if count < capacity:
                self.unit("vending", "load", selection=selection, count=capacity - count)

    def present_bank_card(self, card: BankCard, unit: str = "pos") -> None:
        """Hold a bank card at the terminal."""
        self.unit(unit, "present_card", pan=card.pan, bank=card.bank)

    def cancel_at_pos(self, unit: str = "pos") -> None:
        """Press the red key of the bank terminal."""
        self.unit(unit, "present_card", pan="0" * 16, outcome="cancel")

    def waiting_patients(self) -> tuple[Waiting, ...]:
        """Registered patients of today, as the doctor's room sees them."""
        url = self._folder.url("backend.json", "url") + "/v1/clinic/registrations"
        found = self._http(urllib.request.Request(url), CLINIC_TOKEN)  # noqa: S310  loopback
        entries = cast(list[Mapping[str, object]], found["registrations"])
        return tuple(
            Waiting(
                str(entry["registration_id"]),
                str(entry["display_name"]),
                self._in_language(entry["department"]),
            )
            for entry in entries
        )

    def finish_consultation(self, registration_id: str) -> None:
        """The doctor's room sends three groups; the visit itself was paid at registration."""
        groups = [
            {
                "department_code": department,
                "items": [{"code": code, "quantity": 1} for code in items],
            }
            for department, items in CONSULTATION
        ]
        url = self._folder.url("backend.json", "url") + f"/v1/visits/{registration_id}/orders"
        self._http(_post(url, {"groups": groups}), CLINIC_TOKEN)

    def platform(self, name: str, do: str, **fields: object) -> None:
        """One request to the `/control` of "acquirer" or "insurance"."""
        url = self._folder.url("platforms.json", name) + "/control"
        self._http(_post(url, {"do": do, **fields}), None)

    def unit(self, unit: str, do: str, **fields: object) -> Mapping[str, object]:
        """One request to a unit of the kiosk."""
        return self._ask(KIOSK, unit, do, **fields)

    def _ask(self, terminal: str, unit: str, do: str, **fields: object) -> Mapping[str, object]:
        try:
            with ControlClient(self._folder.control(terminal), CONTROL_LIMIT_S) as client:
                return client.ask(unit, do, **fields)
        except (ControlError, OSError) as error:
            raise NotDone(str(error)) from error

    def _mend_reader(self) -> None:
        if self._spoilt_reader:
            self.unit("id_reader", "clear_faults")
            self._spoilt_reader = False

    def _bring(self, card: OwnCard) -> None:
        self.unit("wallet", "create", uid=card.uid, kind=card.kind, **card.contents())

    def _in_language(self, name: object) -> str:
        return str(name[self._language]) if isinstance(name, dict) else str(name)

    @staticmethod
    def _http(request: urllib.request.Request, token: str | None) -> Mapping[str, object]:
        if token is not None:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=HTTP_LIMIT_S) as answer:  # noqa: S310
                return cast(Mapping[str, object], json.load(answer) or {})
        except urllib.error.HTTPError as error:
            with error:
                raise NotDone(error.read().decode("utf-8", "replace")[:300]) from error
        except (OSError, ValueError) as error:
            raise NotDone(str(error)) from error


Deed = Callable[[Hands], object]


def _post(url: str, body: Mapping[str, object]) -> urllib.request.Request:
    request = urllib.request.Request(url, json.dumps(body).encode())  # noqa: S310  loopback
    request.add_header("Content-Type", "application/json")
    request.add_header("Idempotency-Key", secrets.token_hex(16))
    return request
