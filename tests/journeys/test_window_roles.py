"""Role by work: `docs/window.md` is the table, and every refused cell is refused on the page.

What the backend refuses is proved route by route in `tests/backend/test_roles.py`.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cashier.journeys.work import AtWork
from cashier.journeys.works import WORKS, all_work_sheet, offers
from cashier.steps import Desk, DoWork
from cashier.steps.sheet import Pressed
from core.flow import Touch
from core.window_steps import Operator
from settlement_backend.staff.duties import ROLES
from tests.helpers.people import PATIENT

PAGE = Path(__file__).resolve().parents[2] / "docs" / "window.md"
_CELLS = [(role, name) for role in ROLES for name in WORKS]


def _rows() -> dict[str, tuple[str, str, frozenset[str]]]:
    """Of the page, by name: key, for whom, roles."""
    rows = {}
    for line in PAGE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[0].startswith("`"):
            name, _words, key, whom, roles = cells
            rows[name.strip("`")] = (key, whom, frozenset(roles.split(", ")))
    return rows


def _at(role: str, name: str) -> AtWork:
    operator = Operator("2107", "林晓雯", (role,), "2026-11-22T08:00:00+08:00", 0, 0, 0)
    return AtWork(operator, PATIENT if WORKS[name].for_patient else None)


def test_the_page_lists_every_work_with_its_key_and_roles() -> None:
    told = {
        name: (work.key, "patient" if work.for_patient else "desk", work.roles)
        for name, work in WORKS.items()
    }
    assert _rows() == told


@pytest.mark.parametrize(("role", "name"), _CELLS)
def test_a_work_is_begun_by_its_roles_and_refused_to_all_others(role: str, name: str) -> None:
    at, may = _at(role, name), role in WORKS[name].roles
    begin = Touch("begin", json.dumps({"rows": [name], "values": {}}))
    assert all_work_sheet(at).touched(begin) == (Pressed("begin", (name,)) if may else None)
    desk = Desk(at.operator, (), works=offers(at.operator, for_patient=WORKS[name].for_patient))
    assert desk.touched(Touch("work", name)) == (DoWork(name) if may else None)


def test_no_key_is_given_to_two_works_of_one_place() -> None:
    for whom in (True, False):
        keys = [work.key for work in WORKS.values() if work.for_patient == whom and work.key]
        assert len(set(keys)) == len(keys)
