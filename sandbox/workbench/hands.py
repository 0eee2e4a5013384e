"""What a visitor's hands, the doctor and the trouble-maker can do to the running machine.

Talks to the units' control socket, the platforms' `/control` and the backend's clinic requests,
all found in the run folder. Plain blocking code: `performer.py` runs it off the window's thread.
Everything that can go wrong is a `NotDone` with a sentence.
"""

from __future__ import annotations

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sandbox.people import Person
from sandbox.units.control import ControlClient
from sandbox.units.request import ControlError
from sandbox.workbench.props import NUMBER_BLOCK, BankCard, owner_of_card

CONTROL_LIMIT_S, HTTP_LIMIT_S = 5.0, 8.0
CLINIC_TOKEN = "demo-clinic"  # noqa: S105  the demo's, known to everybody
UNREADABLE_READS = 100
CONSULTATION = (
    ("CARD", (("ECG12", 1), ("ECHO", 1), ("AMLO", 2), ("ATOR", 4))),
    ("ENDO", (("HBA1C", 1), ("LIPID", 1), ("METF", 2))),
    ("OPHT", (("FUNDUS", 1), ("HYAL", 1))),
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
class RunFolder:
    """Where units, platforms and backend announce themselves; the latter two stand above too."""

    path: Path

    @property
    def control(self) -> Path:
        """The units' control socket."""
        return self.path / "control.sock"

    @property
    def window(self) -> RunFolder | None:
        """The cashier window's units beside the kiosk's, while they are there."""
        beside = self.path.parent / "window"
        is_there = beside != self.path and (beside / "units.json").is_file()
        return RunFolder(beside) if is_there else None

    @property
    def paper(self) -> Path:
        """Where the printer files its papers."""
        return self.path / "paper"

    def has(self, name: str) -> bool:
        """Whether that part has announced itself."""
        return self._announcement(name) is not None

    def url(self, name: str, key: str) -> str:
        """A URL of platforms.json or backend.json; NotDone while the part is not there."""
        file = self._announcement(name)
        try:
            told = json.loads(file.read_text("utf-8")) if file is not None else {}
        except (OSError, ValueError) as error:
            raise NotDone(f"{name}: {error}") from error
        if key not in told:
            raise NotDone(f"{name} is not running")
        return str(told[key])

    def _announcement(self, name: str) -> Path | None:
        places = (self.path / name, self.path.parent / name)
        return next((place for place in places if place.is_file()), None)


class Hands:
    """One pair of hands; every method raises NotDone when it could not be done."""

    def __init__(self, folder: RunFolder, language: str) -> None:
        self._folder = folder
        self._language = language
        self._spoilt_reader = False

    def place_id_card(self, person: Person, *, readable: bool = True) -> None:
        """Lay a card on the reader; an unreadable one spoils each answer until it is taken."""
        self._mend_reader()
        self.unit("id_reader", "place", **person.id_card())
        if not readable:
            self._spoilt_reader = True
            fault = {"kind": "garble", "on": "read", "count": UNREADABLE_READS}
            self.unit("id_reader", "fault", **fault)

    def remove_id_card(self) -> None:
        """Take the card off the reader."""
        self._mend_reader()
        self.unit("id_reader", "remove")

    def show_code(self, text: str, *, at_window: bool) -> None:
        """Hold a code before the kiosk's scanner or before the one of the cashier window."""
        folder = self._folder.window if at_window else self._folder
        if folder is None:
            raise NotDone("the window is not running")
        _ask(folder, "scanner", "show", text=text)

    def insert_card(self, uid: str) -> None:
        """Put a health card from the hand into the slot; an old card of the demo comes along."""
        person = owner_of_card(uid)
        known = cast(Mapping[str, list[str]], self.unit("wallet", "state")["state"])
        if person is not None and not any(uid in cards for cards in known.values()):
            self._bring_old_card(person)
        self.unit("card_slot", "insert", uid=uid)

    def present_bank_card(self, card: BankCard) -> None:
        """Hold a bank card at the terminal."""
        self.unit("pos", "present_card", pan=card.pan, bank=card.bank)

    def cancel_at_pos(self) -> None:
        """Press the red key of the bank terminal."""
        self.unit("pos", "present_card", pan="0" * 16, outcome="cancel")

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
        """The doctor's room sends three groups; the visits themselves were paid at registration."""
        groups = [
            {
                "department_code": department,
                "items": [{"code": code, "quantity": quantity} for code, quantity in items],
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
        """One request to a unit."""
        return _ask(self._folder, unit, do, **fields)

    def _mend_reader(self) -> None:
        if self._spoilt_reader:
            self.unit("id_reader", "clear_faults")
            self._spoilt_reader = False

    def _bring_old_card(self, person: Person) -> None:
        number = (person.card_number or "").encode("ascii").ljust(16, b"\0").hex()
        self.unit("wallet", "create", uid=person.card_uid, blocks={NUMBER_BLOCK: number})

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


def _ask(folder: RunFolder, unit: str, do: str, **fields: object) -> Mapping[str, object]:
    try:
        with ControlClient(folder.control, CONTROL_LIMIT_S) as client:
            return client.ask(unit, do, **fields)
    except (ControlError, OSError) as error:
        raise NotDone(str(error)) from error


def _post(url: str, body: Mapping[str, object]) -> urllib.request.Request:
    request = urllib.request.Request(url, json.dumps(body).encode())  # noqa: S310  loopback
    request.add_header("Content-Type", "application/json")
    request.add_header("Idempotency-Key", secrets.token_hex(16))
    return request
