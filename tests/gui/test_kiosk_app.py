"""The kiosk as a whole: a silent machine still opens, and nobody leaves anything behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.operation import OperationEvent, OperationKind
from core.ports import CardGone, DeviceHealth, HealthCardPresent
from core.settings import Settings
from core.steps import Identify, Intend, Intended, Record
from kiosk.app import Kiosk
from kiosk.journeys.services import SERVICES
from kiosk.steps import ChooseService, Terms
from kiosk.steps.pages import Show
from sandbox.house import House
from sandbox.player.qml import find, settle
from terminal.settings import read
from tests.helpers.left_behind import (
    texts_in_memory,
    texts_on_the_clipboard,
    texts_on_windows,
)
from tests.terminal.terminal_bench import NO_WISH, SPOKEN_MS, settings_of, silent_port
from ui.fonts import use_font
from ui.tokens import Modes

ROOT = Path(__file__).resolve().parents[2]
LIMIT_MS = 20_000
CARD = HealthCardPresent("04C0FFE2", "260000000025")
# 李秀芳 of the demo data: all that is known of her, and what a screen may show meanwhile.
CANARIES = ("李", "秀", "芳", "260000000025", "0025", "04C0FFE2", "330302", "19620718", "4525")
pytestmark = pytest.mark.expects_warnings("terminal", "devices")

Opened = Callable[..., Kiosk]


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Opened]:
    """Starts a kiosk, after `first` was done to it, and takes it down again."""
    use_font(qapp)
    kiosks: list[Kiosk] = []

    def start(
        settings: Settings, start_limit_s: float, first: Callable[[Kiosk], None] | None = None
    ) -> Kiosk:
        kiosk = Kiosk(settings, frozen=True, start_limit_s=start_limit_s)
        kiosks.append(kiosk)
        if first is not None:
            first(kiosk)
        kiosk.start()
        return kiosk

    yield start
    for kiosk in kiosks:
        kiosk.stop()
        kiosk.ui.translator.remove()
        kiosk.window.removeEventFilter(kiosk)
        kiosk.window.close()
        kiosk.engine.deleteLater()
        kiosk.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _screen(kiosk: Kiosk) -> str:
    return str(kiosk.ui.property("screen"))


def _out(kiosk: Kiosk) -> dict[str, str]:
    step = kiosk.runner.step
    assert isinstance(step, ChooseService)
    return {offer.name: offer.missing for offer in step.offers if offer.missing}


def test_silent_machine_opens_home_within_the_limit_and_says_what_is_out(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    kiosk = opened(settings_of(tmp_path), 0.5)
    assert _screen(kiosk) == "Starting"
    qtbot.waitUntil(lambda: _screen(kiosk) == "Home", timeout=2_000)
    offered = [name for name, service in SERVICES.items() if service.offered(Terms())]
    assert _out(kiosk) == dict.fromkeys(offered, "backend_silent")
    assert not kiosk.ui.property("online")
    tiles = kiosk.ui.property("view")["tiles"]
    assert {(tile["available"], tile["why"]) for tile in tiles} == {(False, "结算中心没有应答")}


def test_what_comes_back_changes_home_under_the_hands_of_whoever_stands_there(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    kiosk = opened(settings_of(tmp_path), 0.0)
    qtbot.waitUntil(lambda: _screen(kiosk) == "Home", timeout=2_000)
    kiosk.ui.switch_language()
    kiosk.ui.toggle("large")
    settle(kiosk.window)
    tile, ticket = find(kiosk.window, "tile_pay"), kiosk.runner.ticket
    assert not tile.isEnabled()

    kiosk.machine._hear(DeviceHealth("backend", "ok"))

    qtbot.waitUntil(tile.isEnabled, timeout=LIMIT_MS)
    settle(kiosk.window)
    assert find(kiosk.window, "tile_pay") is tile
    assert (kiosk.ui.catalogue.language, kiosk.ui.modes) == ("en", Modes(large=True))
    kiosk.ui.say(ticket, "choose", "pay")
    qtbot.waitUntil(lambda: isinstance(kiosk.runner.step, Identify), timeout=LIMIT_MS)


@pytest.mark.slow
def test_silent_pos_and_backend_with_a_hold_open_block_that_hold_alone(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    with silent_port() as backend, silent_port() as pos:
        more = f'[pos]\npath = "tcp:127.0.0.1:{pos}"\n'
        settings = settings_of(tmp_path, more, f"http://127.0.0.1:{backend}")
        kiosk = opened(settings, 0.5, _leave_open)
        qtbot.waitUntil(lambda: _screen(kiosk) == "Home", timeout=2_000)
        assert _out(kiosk)["hold"] == "starting"
        assert _out(kiosk)["pay"] == "backend_silent"


def _leave_open(kiosk: Kiosk) -> None:
    """A hold whose outcome was not heard before the power went."""
    keeper, kind = kiosk.machine.keeper, OperationKind.HOLD
    intended = keeper.intend(Intend(kind, {"amount_fen": 200_000}), NO_WISH)
    assert isinstance(intended, Intended)
    keeper.record(Record(intended.operation_id, kind, OperationEvent.START), NO_WISH)


def test_closed_window_stays_until_the_question_was_left(
    opened: Opened, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    kiosk = opened(settings_of(tmp_path), 0.0)
    qtbot.waitUntil(lambda: _screen(kiosk) == "Home", timeout=2_000)
    ended: list[object] = []
    kiosk.runner.ended.connect(ended.append)
    seen: list[bool] = []

    def _close() -> None:
        seen.append(kiosk.window.close())
        seen.append(kiosk.window.isVisible())

    QTimer.singleShot(0, _close)
    qapp.exec()
    assert seen == [False, True]
    assert len(ended) == 1
    assert not kiosk.runner.running


def test_h04_window_that_covers_the_screen_cannot_be_closed_by_anybody_at_it(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    settings_of(tmp_path)
    file = tmp_path / "terminal.toml"
    file.write_text(file.read_text("utf-8").replace("full_screen = false", "full_screen = true"))
    kiosk = opened(read(file), 0.0)
    qtbot.waitUntil(lambda: _screen(kiosk) == "Home", timeout=2_000)
    assert not kiosk.window.close()
    assert kiosk.window.isVisible()
    assert kiosk.runner.running
    assert _screen(kiosk) == "Home"


@pytest.mark.expects_warnings("ui", "kiosk", "terminal")
def test_bug_in_a_journey_is_out_of_service_in_the_language_of_the_reader(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    kiosk = opened(settings_of(tmp_path), 0.0)
    qtbot.waitUntil(lambda: _screen(kiosk) == "Home", timeout=2_000)
    kiosk.runner.broken.emit(ValueError("a bug"))
    assert _screen(kiosk) == "OutOfService"
    chinese = kiosk.ui.property("view")["title"]
    kiosk.ui.switch_language()
    assert kiosk.ui.property("view")["title"] == "This machine is out of service" != chinese


# --- with a backend -----------------------------------------------------------------------------


@pytest.mark.slow
def test_home_recovers_when_the_backend_appears(
    opened: Opened, qtbot: QtBot, house: House, tmp_path: Path
) -> None:
    url = house.backend_url
    house.kill("backend")
    kiosk = opened(settings_of(tmp_path, url=url, read_ms=SPOKEN_MS), 0.5)
    qtbot.waitUntil(lambda: _screen(kiosk) == "Home", timeout=2_000)
    assert "pay" in _out(kiosk)
    house.start_backend()
    qtbot.waitUntil(lambda: "pay" not in _out_or_all(kiosk), timeout=LIMIT_MS)
    out = _out(kiosk)
    assert set(out.values()) == {"not_fitted"}
    needs_devices = {one.name for one in SERVICES.values() if one.needs}
    assert set(out) == needs_devices & {offer.name for offer in kiosk.offered}
    assert kiosk.ui.property("online")
    assert kiosk.machine.signed_on is not None


def _out_or_all(kiosk: Kiosk) -> set[str]:
    step = kiosk.runner.step
    return {*_out(kiosk)} if isinstance(step, ChooseService) else {*SERVICES}


@pytest.mark.slow
def test_after_a_visit_nothing_of_the_patient_is_left(
    opened: Opened, qtbot: QtBot, house: House, tmp_path: Path
) -> None:
    settings = settings_of(tmp_path, url=house.backend_url, read_ms=SPOKEN_MS)
    kiosk = opened(settings, LIMIT_MS / 1000)
    qtbot.waitUntil(lambda: "pay" not in _out_or_all(kiosk), timeout=LIMIT_MS)
    kiosk.runner.tell(CARD)
    qtbot.waitUntil(lambda: isinstance(kiosk.runner.step, Show), timeout=LIMIT_MS)
    kiosk.ui.switch_language()
    before = int(kiosk.ui.property("secondsLeft"))
    kiosk.ui.toggle("large")
    assert kiosk.ui.property("secondsLeft") > before
    kiosk.ui.toggle("calm")
    assert kiosk.ui.property("secondsLeft") > before
    settle(kiosk.window)
    assert {"李", "芳"} <= _found(kiosk), "the screen must name the patient for this test to tell"
    assert "0025" in _found(kiosk)
    kiosk.ui.say(kiosk.runner.ticket, "leave", "")
    qtbot.waitUntil(lambda: _screen(kiosk) == "TakeBackCard", timeout=LIMIT_MS)
    kiosk.runner.tell(CardGone())
    qtbot.waitUntil(lambda: _screen(kiosk) == "Home", timeout=LIMIT_MS)
    settle(kiosk.window)
    assert _found(kiosk) == set()
    assert kiosk.ui.catalogue.language == kiosk.machine.language == "zh"
    assert kiosk.ui.modes == Modes()


def _found(kiosk: Kiosk) -> set[str]:
    """Canaries in anything our objects hold, on any window, on the clipboard."""
    texts = {
        *texts_in_memory(kiosk),
        *texts_on_windows(kiosk.window),
        *texts_on_the_clipboard(),
    }
    return {canary for canary in CANARIES if any(canary in text for text in texts)}


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["kiosk", "cashier"])
def test_terminated_process_ends_well(mode: str, tmp_path: Path) -> None:
    settings_of(tmp_path)
    command = [sys.executable, "-m", mode, "--config", str(tmp_path / "terminal.toml")]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "sign-on" in line:
                break
        process.send_signal(signal.SIGTERM)
        told = process.stderr.read()
        assert process.wait(10) == 0, told
