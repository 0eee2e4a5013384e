"""The backend dies before and after every outside call of the saga, and is started again.

What a reader would get wrong: a call that died "after" was carried out and its answer is lost, and
the terminal sends the same requests once more under their old keys, as after any silence.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType

import pytest
from backend_bench import PAY_CODE, Json, Line, Platforms
from service_bench import (
    KIOSK,
    LI_CODE,
    LI_ID,
    SLOW_CODE,
    WHOLE_BILL,
    Died,
    House,
    ServerGone,
    commit_body,
    new_key,
    settlement_body,
)
from tender_bench import MOBILE, Way, prepare

from settlement_backend.acquirers import ways
from settlement_backend.acquirers.acquirer import Acquirer
from settlement_backend.acquirers.agreements import Agreements
from settlement_backend.insurance.insurance import Insurance
from settlement_backend.settling import insuring, quoting

pytestmark = pytest.mark.slow

SILENCE = pytest.mark.expects_warnings("settlement_backend")
ADAPTERS: tuple[type, ...] = (Acquirer, Agreements, Insurance)
ADAPTER_OF: dict[str, type] = {
    "self._bank(tender)": Acquirer,
    "self._banks.of(hold.acquirer)": Acquirer,
    "bank": Acquirer,
    "agreements": Agreements,
    "self._insurance": Insurance,
    "insurance": Insurance,
}

# Asks outside, by the other name, only for what was not heard a moment ago.
REMEMBERING = {"decoded": "decode"}


@dataclass(slots=True)
class Reaper:
    """Hears every outside call by name and ends the process at one of them."""

    place: int = -1
    moment: str = ""
    heard: list[str] = field(default_factory=list)

    def around(self, name: str, called: Callable[..., object]) -> Callable[..., object]:
        """The adapter's method, watched."""

        def watched(*arguments: object) -> object:
            self.heard.append(name)
            mine = len(self.heard) - 1 == self.place
            if mine and self.moment == "before":
                raise Died
            answer = called(*arguments)
            if mine:
                raise Died
            return answer

        return watched


@pytest.fixture
def reaper(monkeypatch: pytest.MonkeyPatch) -> Reaper:
    """Watches every public method of both adapters."""
    made = Reaper()
    for adapter in ADAPTERS:
        for name, method in inspect.getmembers(adapter, inspect.isfunction):
            if not name.startswith("_") and name not in REMEMBERING:
                watched = made.around(f"{adapter.__name__}.{name}", method)
                monkeypatch.setattr(adapter, name, watched)
    return made


@dataclass(slots=True)
class Visit:
    """What one terminal asks for; its keys never change."""

    patient: str
    bill_id: str
    settlement_id: str = field(default_factory=new_key)
    auth_code: str = SLOW_CODE
    tender: str = "SCAN"
    token: str = KIOSK
    leaves: bool = False
    quoted: Json = field(default_factory=dict)

    def ask_all(self, house: House) -> Json:
        """Open, commit, perhaps leave: each under its own key, as often as it takes."""
        key, path = self.settlement_id, f"/v1/settlements/{self.settlement_id}"
        body = settlement_body(self.patient, [self.bill_id])
        token = self.token
        self.quoted = house.done("/v1/settlements", body, key=key, token=token)
        body = commit_body(self.quoted, self.tender, self.auth_code)
        if self.quoted["due_fen"]:
            body["auth_code"] = self.auth_code
        told = house.post(f"{path}/commit", body, key=f"{key}/commit", token=token)
        if told.status_code == 409:
            assert told.json()["refused"] == "code_expired"  # an e-code is decoded once (B.1.5)
            self.leaves = True
        if self.leaves:
            house.done(f"{path}/cancel", {"reason": "left"}, key=f"{key}/cancel", token=token)
        return house.to_the_end(key)


def whole_visit(house: House) -> Visit:
    """Insurance, balance, hold and a wallet that asks for its password."""
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, *WHOLE_BILL)
    house.hold(patient, 30000)
    return Visit(patient, bill_id)


def paid(house: House, _platforms: Platforms) -> Visit:
    """Everything is taken."""
    return whole_visit(house)


def left(house: House, _platforms: Platforms) -> Visit:
    """The patient leaves while the wallet waits: everything goes back."""
    visit = whole_visit(house)
    visit.leaves = True
    return visit


def left_in_doubt(house: House, platforms: Platforms) -> Visit:
    """The patient leaves while nobody knows what the insurance did."""
    visit = whole_visit(house)
    visit.leaves = True
    platforms.insurance.fault("/fsi/2207", "answer_lost")
    return visit


def paid_by(way: Way) -> Callable[[House, Platforms], Visit]:
    """Another tender than a wallet's code pays what is due."""

    def story(house: House, _platforms: Platforms) -> Visit:
        patient = house.person(LI_ID)
        prepare(house, patient, way.kind)
        bill_id = house.bill(patient, Line(10000, "OWN"))
        return Visit(patient, bill_id, auth_code=way.auth_code, tender=way.kind, token=way.token)

    story.__name__ = f"paid by {way.kind}"
    return story


def left_before(way: Way) -> Callable[[House, Platforms], Visit]:
    """The patient leaves while somebody else was to pay."""

    def story(house: House, platforms: Platforms) -> Visit:
        visit = paid_by(way)(house, platforms)
        visit.leaves = True
        return visit

    story.__name__ = f"left before {way.kind}"
    return story


QUOTING = ("Insurance.person", "Insurance.quote")
PAYING = (
    *QUOTING,
    "Acquirer.hold",
    "Insurance.settle",
    "Acquirer.complete_hold",
    "Acquirer.micropay",
)
CALLS: dict[Callable[[House, Platforms], Visit], tuple[str, ...]] = {
    paid: (*PAYING, "Acquirer.query", "Acquirer.query", "Acquirer.query"),
    left: (
        *PAYING,
        "Acquirer.reverse",
        "Acquirer.cancel_completion",
        "Insurance.reverse",
    ),
    left_in_doubt: (*PAYING[:4], "Insurance.annul", "Insurance.find"),
    paid_by(Way("BOUND_DEBIT")): (*QUOTING, "Insurance.settle", "Agreements.debit"),
    paid_by(Way("CREDIT_LINE")): (*QUOTING, "Insurance.settle", "Agreements.debit_credit"),
    paid_by(Way("ONE_CODE", auth_code=LI_CODE)): (
        *QUOTING,
        "Insurance.decode",
        "Acquirer.one_code_state",
        "Acquirer.credential",
        "Insurance.settle",
        "Acquirer.micropay",
    ),
    left_before(Way("BANK_CARD")): (
        *QUOTING,
        "Insurance.settle",
        "Acquirer.sale",
        "Acquirer.reverse_sale",
        "Insurance.reverse",
    ),
    left_before(Way("REMOTE", MOBILE, "WECHAT")): (
        *QUOTING,
        "Insurance.settle",
        "Acquirer.precreate",
        "Acquirer.close",
        "Insurance.reverse",
    ),
}
# Asked only when the acquirer refuses to cancel a completion, which no killed process changes, or
# after a word was lost; and what refunds ask, whose kills are in their own tests.
ONLY_AFTER_A_REFUSAL = {
    "Acquirer.complete_query",
    "Acquirer.refund",
    "Acquirer.refund_hold",
    "Acquirer.refund_query",
    "Acquirer.refund_sale",
}
# Each call once, in the first story that makes it.
FIRST = {
    call: (story, place)
    for story, calls in reversed(CALLS.items())
    for place, call in reversed(list(enumerate(calls)))
}
DEATHS = [
    pytest.param(story, place, moment, id=f"{moment}-{call}")
    for call, (story, place) in FIRST.items()
    for moment in ("before", "after")
]
GONE = (ServerGone, Died)


@SILENCE
@pytest.mark.parametrize("story", CALLS, ids=lambda story: story.__name__)
def test_story_calls_the_world_in_this_order(
    house: House,
    platforms: Platforms,
    reaper: Reaper,
    story: Callable[[House, Platforms], Visit],
) -> None:
    visit = story(house, platforms)
    reaper.heard.clear()

    ended = visit.ask_all(house)

    assert tuple(reaper.heard) == CALLS[story]
    assert ended["state"] in (("REVERSED", "CANCELLED") if visit.leaves else ("COMPLETED",))
    house.assert_world_agrees()


def test_stories_reach_every_outside_call_of_the_saga() -> None:
    called = set[str]().union(*(calls_in(module) for module in (ways, insuring, quoting)))

    assert called == {call for calls in CALLS.values() for call in calls} | ONLY_AFTER_A_REFUSAL


def calls_in(module: ModuleType) -> set[str]:
    """Methods of the adapters that a module's code calls on what is not itself."""
    return {
        f"{adapter.__name__}.{REMEMBERING.get(node.func.attr, node.func.attr)}"
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        for adapter in [ADAPTER_OF.get(ast.unparse(node.func.value))]
        if adapter is not None
    }


@SILENCE
@pytest.mark.slow
@pytest.mark.parametrize(("story", "place", "moment"), DEATHS)
def test_process_that_dies_at_an_outside_call_leaves_nothing_undecided(
    house: House,
    platforms: Platforms,
    reaper: Reaper,
    story: Callable[[House, Platforms], Visit],
    place: int,
    moment: str,
) -> None:
    visit = story(house, platforms)
    reaper.heard.clear()
    reaper.place, reaper.moment = place, moment
    with pytest.raises(GONE):
        visit.ask_all(house)
    house.revive()
    house.later(0.25)

    ended = visit.ask_all(house)

    assert ended["state"] in ("COMPLETED", "REVERSED", "CANCELLED")
    assert house.bill_state(visit.bill_id) == ("PAID" if ended["state"] == "COMPLETED" else "OPEN")
    assert len(platforms.insurance.books()["settlements"]) <= 1
    house.assert_world_agrees()


@SILENCE
def test_clockwork_alone_finishes_what_a_dead_process_left(
    house: House, platforms: Platforms, reaper: Reaper
) -> None:
    visit = whole_visit(house)
    visit.auth_code = PAY_CODE
    reaper.heard.clear()
    reaper.place, reaper.moment = CALLS[paid].index("Acquirer.micropay"), "after"
    with pytest.raises(ServerGone):
        visit.ask_all(house)
    house.revive()

    ended = house.to_the_end(visit.settlement_id)

    assert ended["state"] == "COMPLETED"
    assert platforms.acquirer.books()["orders"][0]["state"] == "SUCCESS"
    house.assert_world_agrees()


def test_code_that_died_with_its_process_before_it_was_used_reverses(
    house: House, reaper: Reaper
) -> None:
    """Payment codes are never on disk."""
    visit = whole_visit(house)
    reaper.heard.clear()
    reaper.place, reaper.moment = CALLS[paid].index("Acquirer.complete_hold"), "before"
    with pytest.raises(ServerGone):
        visit.ask_all(house)
    house.revive()

    ended = house.to_the_end(visit.settlement_id)

    assert (ended["state"], ended["trouble"]) == ("REVERSED", "pay_not_confirmed")
    house.assert_world_agrees()


def test_quote_that_died_half_way_cannot_be_committed_for_nothing(
    house: House, reaper: Reaper
) -> None:
    visit = whole_visit(house)
    reaper.heard.clear()
    reaper.place, reaper.moment = 0, "before"
    with pytest.raises(ServerGone):
        visit.ask_all(house)
    house.revive()
    path = f"/v1/settlements/{visit.settlement_id}"
    seen = house.get(path)

    body = {"tender": "NONE", "auth_code": "", "amount_fen": 0}
    assert house.refused(f"{path}/commit", body) == "not_open"

    assert (seen["state"], seen["due_fen"]) == ("QUOTED", 70000)
    assert house.bill_state(visit.bill_id) == "LOCKED"
    house.later(301)
    assert house.bill_state(visit.bill_id) == "OPEN"


def test_repeated_commit_after_a_death_is_not_refused(house: House, reaper: Reaper) -> None:
    patient = house.person(LI_ID)
    visit = Visit(patient, house.bill(patient, Line(8000, "OWN"), Line(1000, "A")))
    reaper.heard.clear()
    reaper.place, reaper.moment = 2, "after"
    with pytest.raises(ServerGone):
        visit.ask_all(house)
    assert reaper.heard[-1] == "Insurance.settle"
    house.revive()

    assert visit.ask_all(house)["state"] == "COMPLETED"
    house.assert_world_agrees()
