"""A kiosk that prints pages and sells booklets, and what its visitors have behind them.

Talks to the backend by HTTP as other terminals do. What a reader would get wrong: the hall of the
other stories has neither page printer nor vending, so this house is one of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from cast import CLINIC_TOKEN, Guest, client_of, guest, keep_place, pay_by_phone
from hall import Hall

from core.billing import Settlement, TenderKind
from core.ports import Printed
from core.steps import CommitSettlement, OpenSettlement
from core.steps.people import Bills, FetchBills
from devices.page_printer.samples import sample_report
from devices.page_printer.service import PagePrinter
from devices.rare_text import PROPORTIONAL, Fonts, readable
from kiosk.steps import Offer
from sandbox.house import VISIT, House
from sandbox.player.hands import wait_until
from sandbox.player.stage import get, post, wallet_code
from tests.helpers.kiosk_house import built_house, kiosk_at

WINDOW, EXAM, KIOSK = "demo-window-07", "demo-exam", "demo-kiosk-01"
_PRINT_SERVER = "CUPS_SERVER"
FITTED = (*VISIT, "page_printer", "vending")


@contextmanager
def paper_hall(told: Path) -> Iterator[Hall]:
    """A house with a page printer and booklets, and a kiosk at home in it."""
    with built_house(FITTED) as house, pytest.MonkeyPatch.context() as patch:
        patch.setenv(_PRINT_SERVER, house.environment()[_PRINT_SERVER])
        yield from _played(house, told)


def _played(house: House, told: Path) -> Iterator[Hall]:
    with kiosk_at(house, told) as stage:
        wait_until(lambda: "print_report" in names(stage.kiosk.offered), 10, "the page printer")
        yield Hall(house, stage)


def names(offers: tuple[Offer, ...]) -> set[str]:
    """Services that can be given now."""
    return {offer.name for offer in offers if not offer.missing}


@dataclass(frozen=True, slots=True)
class Visitor:
    """A guest who was with the doctor. `settlement_id`: of what was ordered, once paid."""

    guest: Guest
    registration_id: str
    settlement_id: str = ""

    @property
    def patient_id(self) -> str:
        """As the backend knows them."""
        return self.guest.patient.patient_id


def visitor(house: House, *codes: str) -> Visitor:
    """Registered and paid; `codes` were ordered and are not paid."""
    who = guest(house)
    with client_of(house) as client:
        kept = keep_place(client, who.patient)
        pay_by_phone(client, who.patient, kept)
    if codes:
        items = [{"code": code, "quantity": 1} for code in codes]
        orders = f"{house.backend_url}/v1/visits/{kept.registration_id}/orders"
        post(orders, {"groups": [{"department_code": "CARD", "items": items}]}, CLINIC_TOKEN)
    return Visitor(who, kept.registration_id)


def payer(house: House, *codes: str) -> Visitor:
    """Paid what was ordered by phone."""
    who = visitor(house, *codes)
    patient = who.guest.patient
    with client_of(house) as client:
        bills = client.ask(FetchBills(patient.patient_id))
        assert isinstance(bills, Bills), bills
        quoted = client.ask(OpenSettlement(uuid4().hex, patient.patient_id, bills.bills))
        assert isinstance(quoted, Settlement), quoted
        code, name = wallet_code("WECHAT", "4321"), quoted.settlement_id
        paid = client.ask(CommitSettlement(name, 1, TenderKind.SCAN, code, quoted.due_fen))
        assert isinstance(paid, Settlement), paid
        assert paid.final, paid
    return Visitor(who.guest, who.registration_id, quoted.settlement_id)


def invoice_is(house: House, settlement_id: str, state: str) -> dict[str, object]:
    """Its invoice, as soon as it is so."""
    url = f"{house.backend_url}/v1/settlements/{settlement_id}/invoices"
    found: list[dict[str, object]] = []

    def there() -> bool:
        found[:] = get(url, WINDOW)["invoices"][:1]
        return bool(found) and found[0]["state"] == state

    wait_until(there, 15, f"the invoice {state}")
    return found[0]


def reported(house: House, who: Visitor) -> str:
    """The exam desk carried out everything and reported the first of them."""
    tasks = get(f"{house.backend_url}/v1/patients/{who.patient_id}/tasks", EXAM)["tasks"]
    for task in tasks:
        line_id = task["line"]["line_id"]
        post(f"{house.backend_url}/v1/lines/{line_id}/execute", {}, EXAM)
    report = {
        "line_id": tasks[0]["line"]["line_id"],
        "findings": "窦性心律",
        "conclusion": "正常心电图",
        "reported_by": "王医生",
        "rows": [],
    }
    return str(post(f"{house.backend_url}/v1/reports", report, EXAM)["report_id"])


def show_card(hall: Hall, who: Visitor) -> None:
    """Before the reader, as somebody who was asked who they are."""
    hall.stage.arrive("Identify")
    hall.lay_id_card(who.guest)


def begin(hall: Hall, service: str, who: Visitor) -> None:
    """From home to the service's first page."""
    hall.stage.begin(service)
    show_card(hall, who)


def print_at_window(house: House, invoice_id: str) -> None:
    """Somebody at the window prints this very invoice."""
    url = f"{house.backend_url}/v1/invoices/{invoice_id}"
    token = post(f"{url}/sheets", {}, WINDOW)["token"]
    post(f"{url}/printed", {"token": token, "outcome": "PRINTED"}, WINDOW)


def resolve_case(house: House, case_id: str) -> None:
    """A supervisor at the window gave the money back by hand and says so."""
    body = {"operator": "2102", "password": "demo-2102"}
    token = post(f"{house.backend_url}/v1/operators/sign-in", body, WINDOW)["token"]
    url = f"{house.backend_url}/v1/cases/{case_id}/resolve"
    told = {"outcome": "RETURNED", "reason": "paid back at the window"}
    headers = {
        "Authorization": f"Bearer {WINDOW}",
        "X-Operator-Token": str(token),
        "Idempotency-Key": uuid4().hex,
    }
    requests.post(url, json=told, headers=headers, timeout=10).raise_for_status()


def mend_page_printer(hall: Hall) -> None:
    """A technician takes the jam out and prints a test page, as CUPS knows of nothing before."""
    hall.stage.do("page_printer", "unjam")
    server = hall.house.environment()[_PRINT_SERVER]
    printer = PagePrinter("cups:PagePrinter", Fonts(readable(PROPORTIONAL)), server=server)
    assert printer.print_pages("test page", sample_report()) == Printed()
    printer.close()
    wait_until(lambda: "print_report" in names(hall.stage.kiosk.offered), 20, "the page printer")


def leave(hall: Hall) -> None:
    """Home by the dock."""
    hall.stage.press("dock_leave")
    hall.home()
