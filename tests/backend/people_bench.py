"""What the tests of people share: numbers, consents, operators at a window, a phone's channel."""

from __future__ import annotations

from dataclasses import dataclass

from backend_bench import Json
from service_bench import KIOSK, WINDOW, House

from settlement_backend.base.audit import verify
from settlement_backend.base.tables import AuditLine

WANG_CITY_CODE = "CITYWANGJ100000000000000000000000001"
WANG_FAMILY_CODE = "CITYWANGJ200000000000000000000000001"
LI_CITY_CODE = "CITYLIXF0100000000000000000000000001"
HE_CITY_CODE = "CITYHEZQ0100000000000000000000000001"
LI_SOCIAL_CARD, WANG_SOCIAL_CARD = "A33030102", "A33030101"
HE_ID, HE_CARD = "330302197905168818", "880000000016"
DAUGHTER_ID = "330302198203151549"
ACCEPTED = {"notice_version": "2026-01", "accepted_at": "2026-03-02T09:00:00+08:00"}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(born: str, order: str = "111") -> str:
    """A valid number of 鹿城区. `born`: YYYYMMDD."""
    first = f"330302{born}{order}"
    total = sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True))
    return first + "10X98765432"[total % 11]


def medium(kind: str, value: str, **more: str) -> Json:
    """What a terminal read."""
    return {"medium": {"kind": kind, "value": value}, **more}


@dataclass(frozen=True, slots=True)
class Desk:
    """A terminal, and the operator who is signed in there."""

    house: House
    token: str
    operator: str = ""

    def done(self, path: str, body: object, key: str = "") -> Json:
        """The content of what is not refused."""
        answer = self.house.post(path, body, key=key, token=self.token, operator=self.operator)
        assert answer.status_code in (200, 201), answer.text
        content: Json = answer.json()
        return content

    def refused(self, path: str, body: object) -> str:
        """The reason of what is."""
        answer = self.house.post(path, body, token=self.token, operator=self.operator)
        assert answer.status_code == 409, answer.text
        reason: str = answer.json()["refused"]
        return reason

    def may(self, person_id: str, question: str) -> tuple[bool, str]:
        """Whether, and by which rule."""
        told = self.house.get(f"/v1/patients/{person_id}/may/{question}", token=self.token)
        return told["allow"], told["rule_id"]


def kiosk(house: House) -> Desk:
    """Nobody is signed in at a kiosk."""
    return Desk(house, KIOSK)


def window(house: House, operator: str = "2101") -> Desk:
    """The window of an operator."""
    body = {"operator": operator, "password": f"demo-{operator}"}
    told = house.done("/v1/operators/sign-in", body, token=WINDOW)
    return Desk(house, WINDOW, str(told["token"]))


def phone(house: House) -> Desk:
    """The hospital's page on phones, which knows who looks at it."""
    return Desk(house, "demo-mobile")


def child(house: House, born: str) -> str:
    """The patient id of somebody born on that day, YYYYMMDD, registered by document."""
    number = id_number(born)
    document = {
        "name": "王小宝",
        "sex": "M",
        "ethnic": "汉",
        "birth_date": f"{born[:4]}-{born[4:6]}-{born[6:]}",
        "address": "",
        "id_number": number,
        "issuer": "温州市公安局",
        "valid_from": "2020-01-01",
        "valid_to": "",
    }
    body = {"document": document, "phone": "13800000000", "consent": ACCEPTED}
    return str(house.done("/v1/people", body)["patient_id"])


def audited(house: House, event: str) -> list[AuditLine]:
    """The lines of an event, in a chain that is whole."""
    with house.service.db.read() as session:
        assert verify(session)
        return list(session.query(AuditLine).filter_by(event=event).order_by(AuditLine.seq))
