"""Special patients of the window's stories: what they are ordered, and what came out on paper.

What a reader would get wrong: who has no name or no number yet is registered at the window like
everybody; only the doctor's room and the exam room are played by HTTP here.
"""

from __future__ import annotations

from typing import Any

from cast import CLINIC_TOKEN, KIOSK_TOKEN
from cast_visits import EXAM_TOKEN
from cast_window_settle import blank_card, number_on
from window_hall import WindowHall

from cashier.steps import ServePatient
from sandbox.player.stage import get, post


def unnamed(hall: WindowHall, work: str, called: str) -> str:
    """From the desk to a card in the hand, with its owner served; the card's number."""
    uid = blank_card(hall)
    hall.work(work)
    hall.fill(called=called)
    hall.do("register")
    hall.reads("Lay a blank card on the reader")
    hall.do("write")
    hall.sheet("The card is ready")
    hall.do("done")
    hall.stage.arrive("ServePatient")
    return number_on(hall, uid)


def served(hall: WindowHall) -> str:
    """Who stands at the window; the patient's number."""
    step = hall.stage.step()
    assert isinstance(step, ServePatient), step
    return step.file.patient.patient_id


def visit_of(hall: WindowHall, patient_id: str) -> dict[str, Any]:
    """The newest."""
    found: list[dict[str, Any]] = _get(hall, f"/v1/patients/{patient_id}/visits")["visits"]
    return found[0]


def bills_of(hall: WindowHall, patient_id: str) -> list[dict[str, Any]]:
    """Open ones."""
    found: list[dict[str, Any]] = _get(hall, f"/v1/patients/{patient_id}/bills")["bills"]
    return found


def ordered(hall: WindowHall, registration_id: str, *codes: str) -> dict[str, Any]:
    """One bill of the doctor's."""
    items = [{"code": code, "quantity": 1} for code in codes]
    body = {"groups": [{"department_code": "CARD", "items": items}]}
    url = f"{hall.house.backend_url}/v1/visits/{registration_id}/orders"
    made: dict[str, Any] = post(url, body, CLINIC_TOKEN)["bills"][0]
    return made


def carried_out(hall: WindowHall, bill: dict[str, Any]) -> None:
    """Its first item is done before anything is paid."""
    line_id = bill["lines"][0]["line_id"]
    post(f"{hall.house.backend_url}/v1/lines/{line_id}/execute", {}, EXAM_TOKEN)


def last_slip(hall: WindowHall) -> str:
    """What can be read on the newest one of the window's printer, without spaces."""
    papers = hall.stage.units.books("printer")["papers"]
    assert isinstance(papers, list)
    return "\n".join("".join(str(line).split()) for line in papers[-1]["lines"])


def _get(hall: WindowHall, path: str) -> dict[str, Any]:
    return get(f"{hall.house.backend_url}{path}", KIOSK_TOKEN)
