"""How the technician comes in and out: kiosk, window, shell; never while a patient is served."""

from __future__ import annotations

import getpass
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cashier.app import Window
from cashier.steps import Desk as CashierDesk
from cashier.steps import SignIn as CashierSignIn
from cashier.steps.sheet import WorkSheet
from core.flow import Reason
from core.ports import DeviceHealth, HealthCardPresent
from core.settings import Settings
from core.steps import Identify
from core.upkeep.steps import Technician
from devices.ownership import InstanceLock
from diagnostics.app import shell_user, technician_line
from diagnostics.steps import SignIn, Work
from kiosk.app import Kiosk
from kiosk.steps import ChooseService, Group
from sandbox.house import House
from terminal.settings import read
from terminal.technicians import Technicians
from tests.terminal.terminal_bench import SPOKEN_MS, settings_of
from ui.fonts import use_font

ROOT = Path(__file__).resolve().parents[2]
LIMIT_MS = 20_000
CARD, PIN = "260000000901", "4711"
pytestmark = pytest.mark.expects_warnings("terminal", "devices", "backend_client")


def staffed(folder: Path, more: str = "") -> str:
    """A settings fragment that names a staff file with one technician."""
    path = folder / "staff.toml"
    path.write_text(technician_line("T007", "周明", CARD, PIN), "utf-8")
    return f'[maintenance]\nstaff_file = "{path}"\n{more}'


@pytest.fixture
def kiosk(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Kiosk]:
    """A kiosk at home, with a silent backend."""
    use_font(qapp)
    made = Kiosk(settings_of(tmp_path, staffed(tmp_path)), frozen=True, start_limit_s=0.5)
    made.start()
    qtbot.waitUntil(lambda: _screen(made) == "Home", timeout=LIMIT_MS)
    yield made
    made.stop()
    made.ui.translator.remove()
    made.window.removeEventFilter(made)
    made.window.close()
    for one in (made.runner, made.engine, made):
        one.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _screen(kiosk: Kiosk) -> str:
    return str(kiosk.ui.property("screen"))


def _step(kiosk: Kiosk | Window) -> object:
    return None if kiosk.diagnostics is None else kiosk.diagnostics.runner.step


def _say(kiosk: Kiosk | Window, word: str, value: str = "") -> None:
    assert kiosk.diagnostics is not None
    kiosk.diagnostics.panel.said.emit(kiosk.diagnostics.runner.ticket, word, value)


def _kinds(kiosk: Kiosk | Window) -> list[tuple[str, dict[str, str | int]]]:
    records = kiosk.machine.records()
    wanted = ("audit.maintenance_", "audit.technician_")
    return [
        (one.entry.kind, dict(one.entry.payload))
        for one in records
        if one.entry.kind.startswith(wanted)
    ]


def test_technicians_card_at_home_opens_and_leaving_shows_home_again(
    kiosk: Kiosk, qtbot: QtBot
) -> None:
    kiosk._hear(HealthCardPresent("04C0FFEE", CARD))
    qtbot.waitUntil(lambda: _step(kiosk) == SignIn(CARD), timeout=LIMIT_MS)
    assert kiosk.diagnostics is not None
    assert kiosk.diagnostics.panel.isVisible()
    assert _screen(kiosk) == "OutOfService"
    assert kiosk.ui.property("view")["title"] == "本机正在维护"
    assert not kiosk.runner.running
    _say(kiosk, "sign_in", f"{CARD}\x1f{PIN}")
    qtbot.waitUntil(lambda: isinstance(_step(kiosk), Work), timeout=LIMIT_MS)
    assert not kiosk.window.isActive()
    _say(kiosk, "leave")
    qtbot.waitUntil(lambda: _screen(kiosk) == "Home", timeout=LIMIT_MS)
    assert _step(kiosk) is None
    qtbot.waitUntil(kiosk.window.isActive, timeout=LIMIT_MS)  # the keypad's keys come here again
    facts = {"person": "T007", "source": "kiosk"}
    assert _kinds(kiosk) == [
        ("audit.maintenance_started", facts),
        ("audit.maintenance_ended", facts),
    ]


def test_wrong_pin_is_audited_and_opens_nothing(kiosk: Kiosk, qtbot: QtBot) -> None:
    assert kiosk.maintain(CARD)
    _say(kiosk, "sign_in", f"{CARD}\x1f0000")
    qtbot.waitUntil(lambda: _step(kiosk) == SignIn(CARD, "bad_pin"), timeout=LIMIT_MS)
    _say(kiosk, "leave")
    qtbot.waitUntil(lambda: _screen(kiosk) == "Home", timeout=LIMIT_MS)
    assert _kinds(kiosk) == [("audit.technician_refused", {"reason": "bad_pin"})]


@pytest.mark.slow
def test_corner_held_for_three_seconds_opens(kiosk: Kiosk, qtbot: QtBot) -> None:
    corner = QPoint(20, 20)
    QTest.mouseClick(kiosk.window, Qt.MouseButton.LeftButton, pos=corner)
    assert kiosk.diagnostics is None
    QTest.mousePress(kiosk.window, Qt.MouseButton.LeftButton, pos=corner)
    qtbot.waitUntil(lambda: kiosk.diagnostics is not None, timeout=6_000)
    QTest.mouseRelease(kiosk.window, Qt.MouseButton.LeftButton, pos=corner)
    assert _step(kiosk) == SignIn()


def test_refused_while_a_patient_is_served(kiosk: Kiosk, qtbot: QtBot) -> None:
    _serve(kiosk, qtbot)
    assert not kiosk.maintain(CARD)
    kiosk._hear(HealthCardPresent("04C0FFEE", CARD))
    qtbot.waitUntil(lambda: not isinstance(kiosk.runner.step, Identify), timeout=LIMIT_MS)
    assert kiosk.diagnostics is None


def _serve(kiosk: Kiosk, qtbot: QtBot) -> None:
    """As if the backend answered: a patient chose to pay and is asked who he is."""
    kiosk.machine._hear(DeviceHealth("backend", "ok"))
    qtbot.waitUntil(lambda: _may_pay(kiosk), timeout=LIMIT_MS)
    kiosk.ui.say(kiosk.runner.ticket, "choose", "pay")
    qtbot.waitUntil(lambda: isinstance(kiosk.runner.step, Identify), timeout=LIMIT_MS)


def _may_pay(kiosk: Kiosk) -> bool:
    step = kiosk.runner.step
    return isinstance(step, ChooseService) and not step.missing(Group.PAY)


def test_nobody_is_served_while_the_technician_works(kiosk: Kiosk, qtbot: QtBot) -> None:
    assert kiosk.maintain()
    assert not kiosk.maintain()
    kiosk._hear(DeviceHealth("backend", "ok"))
    kiosk._hear(HealthCardPresent("04C0FFE2", "260000000025"))
    kiosk._hear(HealthCardPresent("04C0FFEE", CARD))
    qtbot.waitUntil(lambda: _step(kiosk) == SignIn(CARD), timeout=LIMIT_MS)
    assert not kiosk.runner.running
    assert _screen(kiosk) == "OutOfService"


def test_left_alone_it_closes_and_home_opens(kiosk: Kiosk, qtbot: QtBot) -> None:
    assert kiosk.maintain()
    assert kiosk.diagnostics is not None
    assert Work.idle_ms == 300_000
    kiosk.diagnostics.runner.leave(Reason.IDLE)
    qtbot.waitUntil(lambda: _screen(kiosk) == "Home", timeout=LIMIT_MS)


def test_closed_kiosk_closes_the_technicians_page_first(kiosk: Kiosk, qapp: QApplication) -> None:
    """In a real event loop: an exit outside of one would end every later loop at once."""
    assert kiosk.maintain()
    QTimer.singleShot(0, kiosk.close)
    qapp.exec()
    assert kiosk.diagnostics is None
    assert not kiosk.runner.running


# --- window ---------------------------------------------------------------------------------


def _window_settings(folder: Path, url: str) -> Settings:
    """W07; the backend may take its time with a password on a busy machine."""
    settings_of(folder, staffed(folder), url, SPOKEN_MS)
    path = folder / "terminal.toml"
    text = path.read_text("utf-8")
    for old, new in (('"K01"', '"W07"'), ("demo-kiosk-01", "demo-window-07")):
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return read(path)


@pytest.mark.slow
@pytest.mark.parametrize(("operator", "opens"), [("2101", True), ("2107", False)])
def test_window_opens_by_role_and_the_operator_signs_in_again(
    qapp: QApplication, qtbot: QtBot, house: House, tmp_path: Path, operator: str, opens: bool
) -> None:
    window = Window(_window_settings(tmp_path, house.backend_url))
    window.page.show()
    window.start()
    try:
        _sign_in(window, qtbot, f"{operator}\x1fdemo-{operator}")
        window.page.activateWindow()
        QTest.keyClick(window.page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        assert (window.diagnostics is not None) == opens
        if opens:
            _work_and_leave(window, qtbot, operator)
    finally:
        window.stop()
        window.page.removeEventFilter(window)
        window.page.close()
        window._translator.remove()
        window.deleteLater()


def _sign_in(window: Window, qtbot: QtBot, word: str) -> None:
    qtbot.waitUntil(lambda: isinstance(window.runner.step, CashierSignIn), timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: window.machine.signed_on is not None, timeout=LIMIT_MS)
    window.page.said.emit(window.runner.ticket, "sign_in", word)
    qtbot.waitUntil(lambda: isinstance(window.runner.step, WorkSheet), timeout=LIMIT_MS)
    window.page.said.emit(window.runner.ticket, "later", "{}")
    qtbot.waitUntil(lambda: isinstance(window.runner.step, CashierDesk), timeout=LIMIT_MS)


def _work_and_leave(window: Window, qtbot: QtBot, operator: str) -> None:
    qtbot.waitUntil(lambda: isinstance(_step(window), Work), timeout=LIMIT_MS)
    step = _step(window)
    assert isinstance(step, Work)
    assert step.technician == Technician(operator, "陈国栋")
    assert not window.runner.running
    _say(window, "leave")
    qtbot.waitUntil(lambda: isinstance(window.runner.step, CashierSignIn), timeout=LIMIT_MS)
    assert window.diagnostics is None
    assert [kind for kind, _ in _kinds(window)] == [
        "audit.maintenance_started",
        "audit.maintenance_ended",
    ]


# --- shell ----------------------------------------------------------------------------------


def test_line_for_the_staff_file_is_read_again_and_hides_the_pin(tmp_path: Path) -> None:
    line = technician_line("T007", '周 "明"', CARD, PIN)
    assert tomllib.loads(line)["technician"][0]["name"] == '周 "明"'
    assert PIN not in line
    path = tmp_path / "staff.toml"
    path.write_text(line, "utf-8")
    assert Technicians(path).knows(CARD)


def test_shell_user_works_under_his_own_name() -> None:
    assert shell_user() == Technician(f"shell:{getpass.getuser()}", getpass.getuser())


def _command(folder: Path) -> list[str]:
    config = str(folder / "terminal.toml")
    return [sys.executable, "-m", "diagnostics", "--config", config]


@pytest.mark.slow
def test_terminal_that_runs_elsewhere_is_named_and_left_alone(tmp_path: Path) -> None:
    settings_of(tmp_path)
    lock = InstanceLock(tmp_path / "data")
    ended = subprocess.run(
        _command(tmp_path), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    lock.release()
    assert ended.returncode == 3
    assert "already running as process" in ended.stderr


@pytest.mark.slow
def test_terminated_technicians_mode_ends_well(tmp_path: Path) -> None:
    settings_of(tmp_path)
    with subprocess.Popen(
        _command(tmp_path), cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "sign-on" in line:
                break
        process.send_signal(signal.SIGTERM)
        told = process.stderr.read()
        assert process.wait(10) == 0, told
