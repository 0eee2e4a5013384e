"""Both windows in one process on a real X display, worked by the X pointer alone.

Started by test_pointer.py as `python -m tests.stories.pointer_child RUN_DIR PICTURE`; exit 0 says
that the bill was settled. What a reader would get wrong: no window manager runs, so windows stand
where they are put and the pointer's place is all that decides what is pressed.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from kiosk.app import Kiosk
from sandbox.house import House
from sandbox.player.hands import WidgetHand, XPointer, let_live, wait_until
from sandbox.player.stage import KioskStage
from sandbox.player.transcript import Transcript
from sandbox.workbench.window import Workbench
from sandbox.workbench.words import Words
from terminal.settings import read
from ui.fonts import use_font

KIOSK_PLACE, WORKBENCH_PLACE = QPoint(0, 0), QPoint(1080, 0)
KIOSK_SIZE, WORKBENCH_SIZE = (1080, 1920), (900, 1920)
_PULLED_MS = 700


def main(run_dir: Path, picture: Path) -> None:
    """From an ID card to a settled bill."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    application = QApplication(["zhenfu-pointer"])
    use_font(application)
    kiosk = Kiosk(read(run_dir / "kiosk.toml"), frozen=True)
    kiosk.window.setPosition(KIOSK_PLACE)
    kiosk.window.resize(*KIOSK_SIZE)
    workbench = Workbench(run_dir, "zh")
    workbench.move(WORKBENCH_PLACE)
    workbench.resize(*WORKBENCH_SIZE)
    workbench.show()
    kiosk.start()
    pointer, transcript = XPointer(), Transcript(picture.parent)
    house = House(run_dir, window=())
    stage = KioskStage(kiosk, house, transcript, pointer, pictures=False)
    bench = WidgetHand(workbench, pointer, transcript.pressed)
    stage.arrive("Home")
    _get_card(stage, bench)
    _register(stage, bench, workbench)
    _hold(stage, bench)
    _settle(stage, bench, workbench)
    application.primaryScreen().grabWindow(0).save(str(picture))
    stage.press("done")
    bench.press("remove_card")
    stage.arrive("Home")
    workbench.close()
    if not kiosk.stop():
        raise SystemExit("a worker of the kiosk did not end")


def _get_card(stage: KioskStage, bench: WidgetHand) -> None:
    stage.begin("card")
    stage.arrive("PlaceIdCard")
    bench.press("put_id_new_patient")
    stage.arrive("TypePhone")
    stage.digits("13800005628")
    stage.press("key_enter")
    stage.arrive("ReadNotice")
    stage.press("accept", "confirm")
    stage.arrive("TakeCard")
    bench.press("take_card")
    stage.arrive("ShowCardIssued")
    bench.press("remove_id")
    stage.press("done")
    stage.arrive("Home")


def _register(stage: KioskStage, bench: WidgetHand, workbench: Workbench) -> None:
    stage.begin("register")
    stage.arrive("Identify")
    _wait_for_card_in_hand(workbench)
    bench.press("insert_card")
    stage.arrive("Choose")
    stage.press("choose_CARD")
    wait_until(lambda: stage.option() != "choose_CARD", 10, "the doctors")
    stage.press(stage.option())
    stage.arrive("ConfirmQuote")
    stage.press("pay_SCAN")
    stage.arrive("ShowPaymentCode")
    bench.press("show_wechat")
    stage.arrive("Show")
    stage.press("press_no")
    stage.arrive("Finished")
    stage.press("done")
    _take_card_out(stage, bench)


def _hold(stage: KioskStage, bench: WidgetHand) -> None:
    stage.begin("hold")
    stage.arrive("Identify")
    bench.press("insert_card")
    stage.arrive("ChooseHoldAmount")
    stage.press("amount_100000")
    stage.arrive("Progress")
    bench.press("bank_card_good")
    stage.arrive("ShowHoldPlaced")
    stage.press("done")
    _take_card_out(stage, bench)


def _settle(stage: KioskStage, bench: WidgetHand, workbench: Workbench) -> None:
    bench.press("doctor_done")
    outcome = workbench.findChild(QLabel, "outcome")
    assert isinstance(outcome, QLabel)
    done = Words("zh")("done", label="")
    wait_until(lambda: outcome.text().startswith(done), 10, "the doctor's orders")
    bench.press("insert_card")
    stage.check_bill()
    stage.press("pay")
    stage.arrive("ShowSettled")


def _take_card_out(stage: KioskStage, bench: WidgetHand) -> None:
    stage.arrive("TakeBackCard")
    bench.press("remove_card")
    stage.arrive("Home")
    let_live(_PULLED_MS)


def _wait_for_card_in_hand(workbench: Workbench) -> None:
    choice = workbench.findChild(QComboBox, "choose_card")
    assert isinstance(choice, QComboBox)
    wait_until(lambda: choice.currentIndex() == 0, 10, "the new card on the workbench")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stderr.flush()
    os._exit(0)
