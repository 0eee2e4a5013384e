"""One performance: opens the kiosk, plays its part; opens the window, plays its part; audits."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from PySide6.QtWidgets import QApplication

from cashier.app import Window
from kiosk.app import Kiosk
from sandbox.house import House
from sandbox.people import BENEFIT_PATIENT, NEW_PATIENT
from sandbox.player import story, window_story
from sandbox.player.auditor import Sums, audit
from sandbox.player.hands import Pointer, QtPointer, XPointer
from sandbox.player.stage import KioskStage
from sandbox.player.transcript import Transcript
from sandbox.player.window_story import WindowStage
from terminal.settings import read
from ui.fonts import use_font

_KIOSK_SIZE = (1080, 1920)


def perform(house: House, out: Path, pointer_name: str) -> Sums:
    """Play and audit; transcript.json is left even when the story breaks off."""
    application = QApplication.instance() or QApplication(["zhenfu-demo"])
    assert isinstance(application, QApplication)
    use_font(application)
    pointer: Pointer = XPointer() if pointer_name == "x" else QtPointer()
    transcript = Transcript(out)
    sums: dict[str, object] = {}
    try:
        referral = _at_the_kiosk(house, transcript, pointer)
        _at_the_window(house, transcript, pointer, referral)
        result = audit(house, ("K01", "W07"))
        sums = {**asdict(result), "agree": result.agree}
        return result
    finally:
        transcript.save(sums)


def _at_the_kiosk(house: House, transcript: Transcript, pointer: Pointer) -> str:
    kiosk = Kiosk(read(house.run_dir / "kiosk.toml"), frozen=True)
    kiosk.window.setPosition(0, 0)
    kiosk.window.resize(*_KIOSK_SIZE)
    kiosk.start()
    stage = KioskStage(kiosk, house, transcript, pointer)
    try:
        return story.tell(stage, NEW_PATIENT, BENEFIT_PATIENT).referral
    finally:
        kiosk.stop()
        kiosk.window.destroy()


def _at_the_window(house: House, transcript: Transcript, pointer: Pointer, referral: str) -> None:
    window = Window(read(house.run_dir / "cashier.toml"))
    window.page.show()
    window.start()
    try:
        window_story.tell(WindowStage(window, house, transcript, pointer), referral)
    finally:
        window.stop()
        window.page.close()
