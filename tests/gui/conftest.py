"""Offscreen Qt for every test of screens and pages; the platform is named before Qt is imported."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from babel.messages.mofile import write_mo  # noqa: E402 - the tree is not installed
from babel.messages.pofile import read_po  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from screen_rig import Rig, open_rig  # noqa: E402

from sandbox.house import House  # noqa: E402
from tests.helpers.qt_garbage import garbage_on_this_thread, young_garbage  # noqa: E402, F401
from ui.fonts import use_font  # noqa: E402


@pytest.fixture(scope="session")
def messages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Chinese messages of the source tree, compiled, whatever `build` holds."""
    folder = tmp_path_factory.mktemp("messages")
    with (ROOT / "resources" / "messages" / "zh.po").open("rb") as source:
        catalogue = read_po(source, locale="zh")
    with (folder / "zh.mo").open("wb") as compiled:
        write_mo(compiled, catalogue)
    return folder


@pytest.fixture(scope="module", params=["zh", "en"])
def both(request: pytest.FixtureRequest, qapp: QApplication, messages: Path) -> Iterator[Rig]:
    """A kiosk window, once in each language."""
    use_font(qapp)
    rig = open_rig(str(request.param), messages)
    yield rig
    rig.close()


@contextmanager
def _english(qapp: QApplication, messages: Path) -> Iterator[Rig]:
    use_font(qapp)
    opened = open_rig("en", messages)
    yield opened
    assert opened.warnings == []
    opened.close()


@pytest.fixture(scope="module")
def lasting(qapp: QApplication, messages: Path) -> Iterator[Rig]:
    """One kiosk window in English for the tests of a file that only show and press."""
    with _english(qapp, messages) as opened:
        yield opened


@pytest.fixture
def rig(qapp: QApplication, messages: Path) -> Iterator[Rig]:
    """A fresh kiosk window in English."""
    with _english(qapp, messages) as opened:
        yield opened


@pytest.fixture(autouse=True)
def plain_font(qapp: QApplication) -> None:
    """The application's font is one for all: what one test set must not reach the next."""
    use_font(qapp, 16)


@pytest.fixture
def house() -> Iterator[House]:
    """Platforms and backend, no devices."""
    with tempfile.TemporaryDirectory(prefix="zf-") as folder:
        made = House(Path(folder))
        try:
            made.start_platforms()
            made.start_backend()
            yield made
        finally:
            made.stop()
