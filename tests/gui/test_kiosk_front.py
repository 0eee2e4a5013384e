"""The kiosk's window is shown before the rest of the program is loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from core.errors import SettingsError
from devices.ownership import AlreadyRunning, InstanceLock
from kiosk.front import open_front
from tests.terminal.terminal_bench import settings_of
from ui.fonts import use_font

ROOT = Path(__file__).resolve().parents[2]
LATER = {
    *("requests", "pydantic", "cv2", "numpy", "reportlab", "sqlite3", "smartcard", "zxingcpp"),
    *("kiosk.app", "kiosk.views", "kiosk.journeys", "kiosk.steps", "core.steps", "core.journal"),
    *("terminal.machine", "terminal.settings", "devices.fitting", "backend_client"),
}


def test_front_loads_nothing_that_only_a_visit_needs() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, kiosk.front; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert LATER & set(told.stdout.split()) == set()


def test_front_shows_whose_machine_starts(qapp: QApplication, tmp_path: Path) -> None:
    use_font(qapp)
    settings_of(tmp_path)
    front = open_front(tmp_path / "terminal.toml")
    assert front.ui.property("screen") == "Starting"
    assert front.ui.property("hospital") == "温和医科大学附属医院"
    assert front.window.isExposed()
    front.ui.translator.remove()
    front.window.close()
    front.engine.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_second_kiosk_is_refused_before_it_shows_a_window(tmp_path: Path) -> None:
    settings_of(tmp_path)
    held = InstanceLock(tmp_path / "data")
    with pytest.raises(AlreadyRunning):
        open_front(tmp_path / "terminal.toml")
    held.release()


def test_fault_of_the_terminals_own_table_is_told_with_all_others(tmp_path: Path) -> None:
    path = tmp_path / "terminal.toml"
    settings_of(tmp_path, '[pos]\npath = "tcp:127.0.0.1:9"\n')
    faulty = path.read_text("utf-8").replace('id = "K01"', "id = 7") + 'baud = "fast"\n'
    path.write_text(faulty, "utf-8")
    with pytest.raises(SettingsError, match="2 setting"):
        open_front(path)


@pytest.mark.slow
def test_device_fault_ends_the_program_with_words_after_the_window_was_shown(
    tmp_path: Path,
) -> None:
    settings_of(tmp_path)
    path = tmp_path / "terminal.toml"
    path.write_text(path.read_text("utf-8") + '[scaner]\npath = "serial:/dev/ttyS1"\n', "utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "kiosk", "--config", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 2
    assert "scaner.path is not a setting" in ended.stderr
