"""Who appears in the stories: patients made on the spot, known to the backend, with a health card.

Talks to the backend by its client, as a terminal does, and to the units' control socket. What a
reader would get wrong: nobody here is known to the insurance platform, so each pays all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from uuid import uuid4

from backend_client.client import BackendClient
from backend_client.wire import Wire
from core.billing import Bill, Registration, Settlement, TenderKind
from core.clock import SystemClock
from core.identity import IdDocument, Patient
from core.ports import Done
from core.steps import CardReserved, Departments
from sandbox.house import House
from sandbox.people import Person, with_check_digit
from sandbox.player.hands import wait_until
from sandbox.player.stage import get, post, wallet_code
from sandbox.units.control import ControlClient

KIOSK_TOKEN, CLINIC_TOKEN = "demo-kiosk-01", "demo-clinic"
NOTICE, PHONE = "2026-01", "13800005628"
NUMBER_BLOCK = "4"
_NAMES = ("赵金枝", "钱春生", "孙立德", "吴秋月", "郑远山", "冯玉兰", "陈大海", "褚小青", "卫东方")
_NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Guest:
    """A patient whom the hospital knows, and what lies in the hand: ID card and health card."""

    person: Person
    patient: Patient
    card_uid: str

    @property
    def canaries(self) -> tuple[str, ...]:
        """Texts that nobody but this patient may ever see."""
        shown = (self.patient.display_name, self.patient.display_id)
        number = self.patient.card_number or ""
        return (self.person.name, self.person.id_number, PHONE, number, *filter(None, shown))


@contextmanager
def client_of(house: House) -> Iterator[BackendClient]:
    """The backend as terminal K01 asks it."""
    wire = Wire(house.backend_url, KIOSK_TOKEN)
    with closing(BackendClient(wire, lambda: (0, ""), SystemClock())) as client:
        yield client


def stranger() -> Person:
    """Somebody whom no book knows."""
    number = next(_NUMBERS)
    born = f"19{60 + number % 30}0317"
    return Person(
        _NAMES[number % len(_NAMES)],
        "1",
        born,
        with_check_digit(f"330302{born}{number * 2 + 101:03d}"),
        f"浙江省温州市鹿城区信河街 {number} 号",
    )


def guest(house: House) -> Guest:
    """A stranger who was registered and got a health card at some window."""
    person = stranger()
    uid = f"0{next(_NUMBERS):x}".rjust(2, "0")[-2:] + uuid4().hex[:6]
    with client_of(house) as client:
        patient = client.register_person(uuid4().hex, _document(person), PHONE, NOTICE)
        assert isinstance(patient, Patient), patient
        number = new_card(client, patient.patient_id, uid)
    content = number.encode().ljust(16, b"\0").hex()
    with ControlClient(house.run_dir / "kiosk" / "control.sock") as units:
        units.ask("wallet", "create", uid=uid, blocks={NUMBER_BLOCK: content})
    with client_of(house) as client:
        known = client.register_visit  # the number stands in the patient's record from now on
    assert known
    return Guest(person, patient, uid.upper())


def new_card(client: BackendClient, patient_id: str, uid: str) -> str:
    """The number of a card that is active."""
    operation_id = uuid4().hex
    reserved = client.reserve_card(operation_id, patient_id)
    assert isinstance(reserved, CardReserved), reserved
    done = client.activate_card(operation_id, reserved.number, uid)
    assert isinstance(done, Done), done
    return reserved.number
