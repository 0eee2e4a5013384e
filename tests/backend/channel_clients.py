"""The programs of the other channels: a phone, a kiosk, a doctor's room, desks, a ward, a window.

Each talks HTTP to the house with the token of its own kind and with keys of its own. What a reader
would get wrong: the line of every program loses its first answers. A POST is sent again under its
key, and what comes then must be what was lost, byte for byte.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import httpx
from backend_bench import Json
from people_bench import ACCEPTED, medium
from service_bench import CLINIC, KIOSK, WINDOW, House, new_key
from staff_bench import CASHIER, Desk, sign_in
from visit_bench import EXAM, MOBILE, PHARMACY, WARD

WANG_CODE = "ECDEMO0000000000000000WANGJ1"
_MOST_TRIES = 3
_MINUTE_S = 60.0


class Channel(Desk):
    """A program that asks again under the same key until it has an answer."""

    __slots__ = ()

    def post(self, path: str, body: object, *, key: str = "") -> httpx.Response:
        """The second answer at the earliest; 503 is no word, and asked again."""
        own_key, lost = key or new_key(), None
        for _ in range(_MOST_TRIES):
            answer = super().post(path, body, key=own_key)
            if answer.status_code == 503:
                continue
            if lost is not None:
                assert answer.content == lost.content
                assert answer.headers.get("Idempotent-Replay") == "true"
                return answer
            lost = answer
        raise AssertionError(f"no word: {path}")

    def not_allowed(self, path: str, body: object = None) -> bool:
        """Whether this is not for this kind of terminal; a GET when there is no body."""
        method = "GET" if body is None else "POST"
        headers = {**self.headers, "Idempotency-Key": new_key()}
        answer = self.house.ask(method, path, body, token=self.token, headers=headers)
        return answer.status_code == 401

    def identify(self, kind: str, value: str) -> str:
        """Whose medium this is. A code is good once, so the line holds."""
        told = self.house.done("/v1/people/identify", medium(kind, value), token=self.token)
        return str(told["patient_id"])

    def quote(self, patient: str, bills: Sequence[Json], relation_id: str = "") -> Json:
        """What the patient, or this relative for him, has to pay for these bills."""
        return self.done("/v1/settlements", _bills(patient, bills, relation_id))

    def refused_quote(
        self, patient: str, bills: Sequence[Json], relation_id: str = ""
    ) -> tuple[str, str]:
        """Reason and detail of a settlement that is not opened."""
        answer = self.post("/v1/settlements", _bills(patient, bills, relation_id))
        assert answer.status_code == 409, answer.text
        told = answer.json()
        return told["refused"], told["detail"]

    def commit(self, quoted: Json, tender: str = "NONE", auth_code: str = "") -> Json:
        """Pay what is due in one way."""
        body = {"tender": tender, "auth_code": auth_code, "amount_fen": quoted["due_fen"]}
        return self.done(f"/v1/settlements/{quoted['settlement_id']}/commit", body)

    def bills(self, patient: str) -> list[Json]:
        """What is open, and what a phone is paying."""
        told: list[Json] = self.get(f"/v1/patients/{patient}/bills")["bills"]
        return told

    def stay(self, patient: str) -> Json:
        """The newest."""
        told: Json = self.get(f"/v1/patients/{patient}/admissions")["admissions"][0]
        return told


class PhoneApp(Channel):
    """The hospital's page on a phone. Its payments are orders that a wallet opens."""

    __slots__ = ()

    def bind(
        self, patient: str, kind: str, name: str, id_number: str, *, may_pay: bool = True
    ) -> str:
        """The relative asks; the relation waits for the patient's word."""
        who = {"kind": kind, "name": name, "id_number": id_number, "phone": "13900000000"}
        body = {**who, "proof": "", "may_see": True, "may_pay": may_pay}
        told = self.done(f"/v1/patients/{patient}/relatives", body)
        return str(told["relation_id"])

    def pay_on_line(
        self,
        patient: str,
        bills: Sequence[Json],
        wallet: str = "WECHAT",
        *,
        relation_id: str = "",
    ) -> Json:
        """Quoted and ordered at a wallet; where nothing is due it is over at once."""
        quoted = self.quote(patient, bills, relation_id)
        if quoted["due_fen"] == 0:
            return self.commit(quoted)
        return self.commit(quoted, "REMOTE", wallet)

    def notices(self, patient: str) -> list[str]:
        """Kinds of messages, sorted: those of one moment have no order."""
        told = self.get(f"/v1/patients/{patient}/notices")["notices"]
        return sorted(notice["kind"] for notice in told)

    def progress(self, patient: str, relation_id: str = "") -> list[str]:
        """The steps of today's first visit."""
        path = f"/v1/patients/{patient}/progress?relation_id={relation_id}"
        return [step["step"] for step in self.get(path)["visits"][0]["steps"]]

    def sign_to_pay_later(self, patient: str, **more: object) -> Json:
        """The commitment as the page shows it."""
        page = self.get(f"/v1/patients/{patient}/deferral/signing")
        body = {"version": page["commitment"]["version"], **more}
        return self.done(f"/v1/patients/{patient}/deferral/sign", body)

    def look_at(self, patient: str, token: str) -> str:
        """A face check with consent; its number."""
        body = {"token": token, "consent": ACCEPTED}
        told = self.done(f"/v1/patients/{patient}/face-checks", body)
        assert told["passed"]
        return str(told["check_id"])


class Kiosk(Channel):
    """A machine in the hall."""

    __slots__ = ()

    def pay(self, patient: str, bills: Sequence[Json]) -> Json:
        """With a payment code of the patient's wallet, another one each time."""
        quoted = self.quote(patient, bills)
        code = f"1345{int(quoted['settlement_id'], 16) % 10**10:010}6789"
        told = self.commit(quoted, "SCAN", code) if quoted["due_fen"] else self.commit(quoted)
        assert told["state"] == "COMPLETED", told
        return told

    def register(self, patient: str, place: int = 0) -> str:
        """A paid place with a doctor of today; the number of the registration."""
        doctors = self.get("/v1/departments")["departments"][0]["doctors"]
        body = {"patient_id": patient, "schedule_id": doctors[place]["schedule_id"]}
        made = self.done("/v1/registrations", body)
        self.pay(patient, [made["bill"]])
        return str(made["registration_id"])


class ClinicRoom(Channel):
    """A doctor's room."""

    __slots__ = ()

    def order(self, registration_id: str, *codes: str) -> list[Json]:
        """One bill for each item."""
        groups = [
            {"department_code": "CARD", "items": [{"code": code, "quantity": 1}]} for code in codes
        ]
        told = self.done(f"/v1/visits/{registration_id}/orders", {"groups": groups})
        made: list[Json] = told["bills"]
        return made

    def end(self, registration_id: str) -> None:
        """The visit is over."""
        assert self.done(f"/v1/visits/{registration_id}/end", {})["ended_at"]

    def settle(self, registration_id: str) -> Json:
        """Everything of the visit, by what somebody signed for."""
        return self.done(f"/v1/visits/{registration_id}/automatic-settlement", {})


class ServiceDesk(Channel):
    """An exam desk or a pharmacy: whose code it is, and what may be carried out."""

    __slots__ = ()

    def tasks(self, patient: str) -> list[tuple[str, bool]]:
        """Items by their English names, and whether they may be carried out now."""
        told = self.get(f"/v1/patients/{patient}/tasks")["tasks"]
        return [(task["line"]["name"]["en"], task["decision"]["allow"]) for task in told]

    def carry_out(self, patient: str) -> list[str]:
        """All that may be carried out; the numbers of the lines."""
        told = self.get(f"/v1/patients/{patient}/tasks")["tasks"]
        lines = [task["line"]["line_id"] for task in told if task["decision"]["allow"]]
        for line_id in lines:
            assert self.done(f"/v1/lines/{line_id}/execute", {})["executed"]
        return lines

    def report(self, line_id: str) -> None:
        """What was found."""
        body = {
            "line_id": line_id,
            "findings": "窦性心律",
            "conclusion": "正常心电图",
            "reported_by": "林医生",
            "rows": [],
        }
        self.done("/v1/reports", body)


class WardDesk(Channel):
    """A nurse station."""

    __slots__ = ()

    def ask_deposit(self, admission_id: str, amount_fen: int) -> Json:
        """The bill of what the doctor wrote on the request."""
        path = f"/v1/admissions/{admission_id}/deposit-requests"
        return self.done(path, {"amount_fen": amount_fen})

    def charge(self, admission_id: str, *codes: str) -> Json:
        """Today's list."""
        items = [{"code": code, "quantity": 1} for code in codes]
        body = {"day": self.house.clock.now().date().isoformat(), "items": items}
        return self.done(f"/v1/admissions/{admission_id}/charges", body)

    def give_notice(self, admission_id: str) -> Json:
        """The bill of the stay, closed."""
        told: Json = self.done(f"/v1/admissions/{admission_id}/discharge-notice", {})["bill"]
        return told


class ServiceWindow(Channel):
    """A window where a cashier is signed in; a reviewer comes by with an own password."""

    __slots__ = ()

    def decide(self, refund_id: str, *, approve: bool = True, reviewer: str = "2201") -> Json:
        """The second person's word on a refund."""
        return self.done(f"/v1/refunds/{refund_id}/review", _word(reviewer, approve))

    def pay_back(self, refund_id: str) -> Json:
        """Reviewed and carried out."""
        assert self.decide(refund_id)["state"] == "REVIEWED"
        return self.done(f"/v1/refunds/{refund_id}/confirm", {})

    def clean_out(self, clean_out_id: str) -> Json:
        """Reviewed and carried out."""
        body = {"clean_out_ids": [clean_out_id], "reason": "", **_word("2201", approve=True)}
        (told,) = self.done("/v1/prepay/clean-outs/review", body)["clean_outs"]
        assert told["state"] == "REVIEWED"
        return self.done(f"/v1/prepay/clean-outs/{clean_out_id}/confirm", {})


class Hospital:
    """All channels of one house, and what happens outside of it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.phone = PhoneApp(house, MOBILE, "")
        self.kiosk = Kiosk(house, KIOSK, "")
        self.clinic = ClinicRoom(house, CLINIC, "")
        self.exam = ServiceDesk(house, EXAM, "")
        self.pharmacy = ServiceDesk(house, PHARMACY, "")
        self.ward = WardDesk(house, WARD, "")

    @cached_property
    def window(self) -> ServiceWindow:
        """A cashier signs in when somebody first comes."""
        return ServiceWindow(self.house, WINDOW, sign_in(self.house, CASHIER).operator_token)

    def staffed_ward(self) -> WardDesk:
        """The nurse station with somebody signed in who may return money."""
        return WardDesk(self.house, WARD, sign_in(self.house, CASHIER, WARD).operator_token)

    def a_minute_later(self) -> None:
        """Things happen one after the other, and the clockwork sees them."""
        self.house.later(_MINUTE_S)

    def scan(self, told: Json, payer: str) -> Json:
        """Somebody pays the order of a phone; how the settlement then stands."""
        order_no = told["tenders"][-1]["tender_id"]
        self.house.platforms.acquirer.control("scan_qr", order_no=order_no, payer=payer)
        return self.house.to_the_end(told["settlement_id"])


def _bills(patient: str, bills: Sequence[Json], relation_id: str) -> Json:
    wanted = [{"bill_id": bill["bill_id"], "version": bill["version"]} for bill in bills]
    return {"patient_id": patient, "bills": wanted, "relation_id": relation_id}


def _word(reviewer: str, approve: bool) -> Json:
    return {"operator": reviewer, "password": f"demo-{reviewer}", "approve": approve}
