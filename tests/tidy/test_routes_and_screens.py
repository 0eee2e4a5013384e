"""Every Act has exactly one route with replies of its own union; every Ask has one screen."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from backend_client.client import BackendClient
from backend_client.wire import Wire
from core import steps, window_steps
from core.billing import Text
from core.catalogue import Catalogue
from core.clock import SystemClock
from core.flow import Act, Ask
from core.journal.store import SqliteJournal
from core.routes import Offered, Route
from kiosk import steps as asks
from kiosk.steps import ResultShown
from kiosk.views import view_of
from terminal.backend_acts import BackendActs
from terminal.bench import MachineBench
from terminal.device_acts import CardActs
from terminal.journal_keeper import JournalKeeper
from terminal.routes import (
    Lanes,
    Table,
    backend_routes,
    card_routes,
    device_routes,
    journal_routes,
)
from terminal.slips import Letterhead
from tests.helpers import journey_stories as stories
from tests.helpers.explore import Story
from tests.helpers.journal import open_journal
from tests.helpers.source import ROOT
from tests.helpers.variants import Variant, replies_of

_DEVICES = ("card_dispenser", "pos", "receipt_printer")
_LETTERHEAD = Letterhead(Text("医院", "Hospital"), "K01", Text("大厅", "Hall"), "12345", b"key")
_SCREENS = ROOT / "kiosk" / "screens"


class _ClosedLane:
    """Takes nothing: the table is looked at, not used."""

    def offer(self, work: Callable[[], object], done: Callable[[object], None]) -> Offered | None:
        """Always full."""
        return None


def _all(base: type[Any], *modules: ModuleType) -> set[type[Any]]:
    """Concrete steps that these modules define themselves."""
    return {
        kind
        for module in modules
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, base) and kind.__module__.startswith(module.__name__)
    }


def _tables(store: SqliteJournal, fitted: tuple[str, ...]) -> list[Table]:
    lane = _ClosedLane()
    lanes = Lanes(lane, lane, dict.fromkeys(fitted, lane))
    keeper, catalogue = JournalKeeper(store), Catalogue("en", ROOT)

    nowhere = BackendClient(Wire("http://127.0.0.1:9", "nobody"), lambda: (0, ""), SystemClock())
    return [
        journal_routes(lanes, keeper),
        backend_routes(lanes, BackendActs(nowhere)),
        card_routes(lane, CardActs(MachineBench({}, lambda _: None))),
        device_routes(
            lanes,
            dict.fromkeys(fitted, lane),
            lambda: _LETTERHEAD,
            lambda: keeper.head,
            lambda: catalogue,
        ),
    ]


@pytest.fixture(params=[(), *((device,) for device in _DEVICES), _DEVICES], ids=str)
def tables(request: pytest.FixtureRequest, tmp_path: Path) -> list[Table]:
    """The route tables of machines with nothing, one device, or everything fitted."""
    store = open_journal(tmp_path / "journal.db")
    made = _tables(store, request.param)
    store.close()
    return made


def test_every_act_has_exactly_one_route_whatever_is_fitted(tables: list[Table]) -> None:
    counted = Counter(act for table in tables for act in table)
    assert set(counted) == _all(Act, steps, window_steps)
    assert [act.__name__ for act, count in counted.items() if count != 1] == []


def test_replies_that_stand_for_nobody_belong_to_the_acts_own_union(tables: list[Table]) -> None:
    wrong = [
        f"{act.__name__}: {reply!r}"
        for table in tables
        for act, route in table.items()
        for reply in _stand_ins(route)
        if not isinstance(reply, replies_of(act))
    ]
    assert wrong == []


def _stand_ins(route: Route) -> tuple[object, object]:
    return route.unstarted, route.overdue


def test_only_a_hold_and_a_running_payment_may_be_left(tables: list[Table]) -> None:
    leaving = {act for table in tables for act, route in table.items() if route.may_leave}
    assert leaving <= {steps.PlaceHoldAtPos, steps.FollowSettlement}


def _shown_asks() -> dict[type[Ask[Any]], Ask[Any]]:
    """One Ask of each kind, as the stories show them."""
    nothing_due: tuple[Story, int, Variant] = (
        stories.PAY_BILL,
        1,
        Variant(steps.Bills, state="none"),
    )
    referred = (stories.PAY_BILL, 4, stories.WINDOW_ONLY)
    trouble = (stories.PAY_BILL, 4, stories.REFUSED)
    asks_shown: list[Ask[Any]] = []
    for story in stories.ALL:
        asks_shown += story.run({})[1].asks
    for story, number, variant in (nothing_due, referred, trouble):
        asks_shown += story.run({number: variant})[1].asks
    return {type(ask): ask for ask in asks_shown}


_KIOSK_ASKS = sorted(_all(Ask, steps, asks) - {ResultShown}, key=lambda kind: kind.__name__)


def test_the_stories_show_every_question_there_is() -> None:
    assert set(_shown_asks()) == set(_KIOSK_ASKS)


@pytest.mark.parametrize("kind", _KIOSK_ASKS, ids=[kind.__name__ for kind in _KIOSK_ASKS])
def test_every_question_of_the_kiosk_has_a_screen(kind: type[Ask[Any]]) -> None:
    screen, view = view_of(_shown_asks()[kind], Catalogue("en", ROOT))
    assert (_SCREENS / f"{screen}.qml").is_file(), f"{kind.__name__} needs {screen}.qml"
    assert _plain(view), f"{screen} is given more than plain words, numbers, lists and dicts"


def _plain(value: object) -> bool:
    match value:
        case dict():
            return all(isinstance(name, str) and _plain(one) for name, one in value.items())
        case list():
            return all(_plain(one) for one in value)
        case bool() | str():
            return True
        case int():
            return -(2**31) <= value < 2**31
    return False
