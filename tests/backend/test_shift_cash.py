"""Where a profile wants it, a window takes no cash before its drawer was counted (B.7, S23)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from backend_bench import CASHIER, ROOT, SLIP_KEY, Backend, Line
from service_bench import KIOSK, WINDOW, ZHOU_ID, House, commit_body
from staff_bench import CASHIER as CASHIER_NUMBER
from staff_bench import sign_in

from settlement_backend.base.clock import CHINA, stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import Refused
from settlement_backend.policy.profile import StaffRules, load_policy
from settlement_backend.prepay.collecting import Collecting
from settlement_backend.prepay.requests import NewTopUp, Notes
from settlement_backend.settling.saga import Saga
from settlement_backend.staff import shifts
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal

NOW = datetime(2026, 3, 2, 10, tzinfo=CHINA)
LAST_MONTH, TODAY = "2026-02-28T18:00:00.000+08:00", stamp(NOW)


@pytest.mark.parametrize(
    ("needed", "terminal_kind", "opened_at", "word"),
    [
        (True, "window", "", "no_shift"),
        (True, "window", TODAY, ""),
        (True, "window", LAST_MONTH, "shift_over_month_end"),
        (True, "kiosk", "", ""),
        (False, "window", "", ""),
        (False, "window", LAST_MONTH, "shift_over_month_end"),
    ],
)
def test_s23_drawer_is_open_where_the_profile_wants_it(
    needed: bool, terminal_kind: str, opened_at: str, word: str
) -> None:
    rules = StaffRules(cash_needs_shift=needed)
    decision = shifts.may_take_cash(rules, terminal_kind, opened_at, NOW)
    assert (decision.allow, decision.message_key) == (word == "", word)


@pytest.mark.parametrize(("name", "needed"), [("demo-2026", False), ("wenzhou-2025", True)])
def test_profiles_say_whether_a_drawer_is_needed(name: str, needed: bool) -> None:
    policy = load_policy(ROOT / f"resources/profiles/{name}.toml")
    assert policy.staff.cash_needs_shift is needed


def cash_of(quoted: dict[str, Any]) -> tuple[bool, str, str]:
    (option,) = [one for one in quoted["options"] if one["kind"] == "CASH"]
    return option["allowed"], option["reason"], option["rule_id"]


@pytest.fixture
def careful(house: House) -> Iterator[House]:
    """A house whose profile wants an open drawer."""
    service = house.service
    before = service.saga, service.policy
    staff = service.policy.staff.model_copy(update={"cash_needs_shift": True})
    service.policy = service.policy.model_copy(update={"staff": staff})
    context = Context(service.db, service.clock, service.policy, service.slip_key)
    service.saga = Saga(context, service.means, service.banks, service.insurance)
    yield house
    service.saga, service.policy = before


@pytest.mark.slow
def test_s23_window_without_a_shift_is_refused_cash_and_takes_it_with_one(careful: House) -> None:
    person_id = careful.person(ZHOU_ID)
    bill_id = careful.bill(person_id, Line(20000, "OWN"))
    quoted = careful.open(person_id, [bill_id], token=WINDOW)
    path, body = f"/v1/settlements/{quoted['settlement_id']}/commit", commit_body(quoted, "CASH")
    assert cash_of(quoted) == (False, "no_shift", "SHIFT-OPEN")

    assert careful.refused(path, body, token=WINDOW) == "no_shift"
    desk = sign_in(careful, CASHIER_NUMBER)
    desk.done("/v1/shifts", {"float_fen": 0})

    seen = careful.get(f"/v1/settlements/{quoted['settlement_id']}", token=WINDOW)
    assert cash_of(seen) == (True, "", "C12")
    assert careful.done(path, body, token=WINDOW)["state"] == "COMPLETED"


@pytest.mark.slow
def test_s23_drawer_that_is_closed_after_the_quote_refuses_cash_all_the_same(
    careful: House,
) -> None:
    desk = sign_in(careful, CASHIER_NUMBER)
    shift_id = desk.done("/v1/shifts", {"float_fen": 0})["shift_id"]
    person_id = careful.person(ZHOU_ID)
    quoted = careful.open(person_id, [careful.bill(person_id, Line(20000, "OWN"))], token=WINDOW)
    assert cash_of(quoted) == (True, "", "C12")

    desk.done(f"/v1/shifts/{shift_id}/close", {"counted_fen": 0, "explanation": ""})

    path, body = f"/v1/settlements/{quoted['settlement_id']}/commit", commit_body(quoted, "CASH")
    assert careful.refused(path, body, token=WINDOW) == "no_shift"


@pytest.mark.slow
def test_s23_terms_of_a_window_without_a_shift_offer_no_cash_and_a_machine_is_not_asked(
    careful: House,
) -> None:
    careful.clock.moment = datetime(2025, 3, 28, 10, tzinfo=CHINA)
    path = f"/v1/patients/{careful.person(ZHOU_ID)}/prepay-terms"

    def cash(token: str) -> tuple[bool, str]:
        found = careful.get(path, token=token)["methods"]
        (method,) = [one for one in found if one["method"] == "CASH"]
        return method["allowed"], method["reason"]

    assert (cash(WINDOW), cash(KIOSK)) == ((False, "no_shift"), (True, ""))
    sign_in(careful, CASHIER_NUMBER).done("/v1/shifts", {"float_fen": 0})
    assert cash(WINDOW) == (True, "")


@pytest.mark.slow
def test_s23_top_up_in_cash_needs_a_shift_too(backend: Backend) -> None:
    backend.clock.moment = backend.clock.moment.replace(year=2025, month=3, day=28)
    staff = backend.policy.staff.model_copy(update={"cash_needs_shift": True})
    policy = backend.policy.model_copy(update={"staff": staff})
    context = Context(backend.db, backend.clock, policy, SLIP_KEY)
    collecting = Collecting(context, backend.banks)
    notes = (Notes(value_fen=10000, count=1),)
    body = NewTopUp(patient_id=backend.person_id, method="CASH", amount_fen=10000, notes=notes)

    with pytest.raises(Refused) as refused:
        collecting.collect("K1", body, CASHIER)
    assert refused.value.reason == "no_shift"
    with backend.db.write() as session:
        session.add(Operator(number=CASHIER.operator, name="", roles="cashier", password_hash=""))
        session.flush()
        terminal = session.get_one(Terminal, CASHIER.terminal_id)
        shifts.start(session, "K2", terminal, CASHIER.operator, 0, backend.clock.now())

    assert collecting.collect("K1", body, CASHIER).balance_fen == 10000
