"""Who appears in the stories: patients made on the spot, known to the backend, with a health card.

Talks to the backend by its client, as a terminal does, and to the units' control socket. What a
reader would get wrong: nobody here is known to the insurance platform, so each pays all of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from uuid import uuid4

from backend_client.client import BackendClient
from backend_client.wire import Wire
from core.billing import Registration, Settlement, TenderKind
from core.clock import SystemClock
from core.identity import IdDocument, Medium, MediumKind, Patient
from core.ports import Done
from core.steps import (
    ActivateCard,
    CardReserved,
    CommitSettlement,
    Departments,
    FetchDepartments,
    FindPatient,
    OpenSettlement,
    RegisterPerson,
    RegisterVisit,
    ReserveCard,
)
from sandbox.house import House
from sandbox.people import Person, with_check_digit
from sandbox.player.stage import post, wallet_code
from sandbox.units.control import ControlClient

KIOSK_TOKEN, CLINIC_TOKEN = "demo-kiosk-01", "demo-clinic"
NOTICE, PHONE = "2026-01", "13800005628"
_SURNAMES, _MIDDLES, _LASTS = (
    "赵钱孙吴郑冯陈褚卫蒋沈韩杨朱秦",
    "金春立秋远玉大小",
    "枝生德月山兰海青方",
)
_NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Guest:
    """A patient whom the hospital knows, and what lies in the hand: ID card and health card."""

    person: Person
    patient: Patient
    card_number: str
    card_uid: str

    @property
    def canaries(self) -> tuple[str, ...]:
        """Texts that nobody but this patient may ever see, masked ones too."""
        person, shown = self.person, self.patient
        own = (person.name, person.id_number, self.card_number)
        return (*own, shown.display_name, shown.display_id)


def _name(number: int) -> str:
    """Another one for each of the next hundred, masked too: nobody is taken for another."""
    row, column = divmod(number, len(_SURNAMES))
    return _SURNAMES[column] + _MIDDLES[number % len(_MIDDLES)] + _LASTS[row % len(_LASTS)]


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
        _name(number),
        "1",
        born,
        with_check_digit(f"330302{born}{number * 2 + 101:03d}"),
        f"浙江省温州市鹿城区信河街 {number} 号",
    )


def guest(house: House) -> Guest:
    """A stranger who was registered and got a health card at some window."""
    person, uid = stranger(), uuid4().hex[:8].upper()
    with client_of(house) as client:
        known = client.ask(RegisterPerson(document(person), PHONE, NOTICE))
        assert isinstance(known, Patient), known
        number = new_card(client, known.patient_id, uid)
        patient = client.ask(FindPatient(Medium(MediumKind.HEALTH_CARD, number)))
        assert isinstance(patient, Patient), patient
    put_card_in_hand(house, number, uid)
    return Guest(person, patient, number, uid)


def new_card(client: BackendClient, patient_id: str, uid: str) -> str:
    """The number of a card that is active."""
    operation_id = uuid4().hex
    reserved = client.ask(ReserveCard(operation_id, patient_id))
    assert isinstance(reserved, CardReserved), reserved
    done = client.ask(ActivateCard(operation_id, reserved.number, uid))
    assert isinstance(done, Done), done
    return reserved.number


def put_card_in_hand(house: House, number: str, uid: str) -> None:
    """A card with this number in its number block; it exists among the virtual cards from now."""
    content = number.encode().ljust(16, b"\0").hex()
    with ControlClient(house.run_dir / "kiosk" / "control.sock") as units:
        units.ask("wallet", "create", uid=uid, blocks={"4": content})


def with_bill(house: House) -> Guest:
    """A guest who was with the doctor and has what was ordered still to pay: 32.00 yuan."""
    who = guest(house)
    with client_of(house) as client:
        kept = keep_place(client, who.patient)
        pay_by_phone(client, who.patient, kept)
    orders = f"{house.backend_url}/v1/visits/{kept.registration_id}/orders"
    groups = [{"department_code": "CARD", "items": [{"code": "ECG12", "quantity": 1}]}]
    post(orders, {"groups": groups}, CLINIC_TOKEN)
    return who


def keep_place(
    client: BackendClient, patient: Patient, beside: Registration | None = None
) -> Registration:
    """A place with the doctor who has most of them, or with the one of another registration."""
    told = client.ask(FetchDepartments())
    assert isinstance(told, Departments), told
    doctors = [doctor for row in told.departments for doctor in row.doctors]
    if beside is not None:
        doctors = [doctor for doctor in doctors if doctor.name == beside.doctor]
    free = max(doctors, key=lambda doctor: doctor.remaining)
    kept = client.ask(RegisterVisit(patient.patient_id, free.schedule_id))
    assert isinstance(kept, Registration), kept
    return kept


def pay_by_phone(client: BackendClient, patient: Patient, kept: Registration) -> Settlement:
    """The registration's fee, paid with a wallet at once."""
    quoted = client.ask(OpenSettlement(uuid4().hex, patient.patient_id, (kept.bill,)))
    assert isinstance(quoted, Settlement), quoted
    code, due_fen = wallet_code("WECHAT", "4321"), quoted.due_fen
    paid = client.ask(CommitSettlement(quoted.settlement_id, 1, TenderKind.SCAN, code, due_fen))
    assert isinstance(paid, Settlement), paid
    assert paid.final, paid
    return paid


def document(person: Person) -> IdDocument:
    """What the reader would have read from this person's ID card."""
    born = person.birth
    return IdDocument(
        name=person.name,
        sex="M",
        ethnic="汉",
        birth_date=f"{born[:4]}-{born[4:6]}-{born[6:]}",
        address=person.address,
        id_number=person.id_number,
        issuer="温州市公安局鹿城分局",
        valid_from="2015-06-01",
        valid_to="2035-06-01",
    )
