"""The window's part of the demo: the benefit patient's bill, found by the slip; then a refund."""

from __future__ import annotations

from PySide6.QtCore import Qt

from cashier.app import Window
from core.flow import Step
from core.shifts import DENOMINATIONS_FEN
from sandbox.house import House
from sandbox.player.hands import Pointer, TooLate, WidgetHand, let_live, wait_until
from sandbox.player.stage import wallet_code
from sandbox.player.transcript import Transcript
from sandbox.units.control import ControlClient

_OPERATOR, _SUPERVISOR = "2107", "2101"
_FLOAT = {10_000: "3", 1_000: "15", 100: "50"}


class WindowStage:
    """One staffed window with its scanner and printer."""

    def __init__(
        self,
        window: Window,
        house: House,
        transcript: Transcript,
        pointer: Pointer,
        *,
        pictures: bool = True,
    ) -> None:
        """`pictures`: saving one takes a while; not for stories that nobody looks at."""
        self.window, self.transcript = window, transcript
        self._pictures = pictures
        self.hand = WidgetHand(window.page, pointer, transcript.pressed)
        self.units = ControlClient(house.run_dir / "window" / "control.sock")

    def step(self) -> Step[object] | None:
        """What the journey awaits."""
        return self.window.runner.step

    def arrive(self, step: str, limit_s: float = 20) -> None:
        """Wait for a state of the page; take its picture."""
        try:
            wait_until(lambda: type(self.step()).__name__ == step, limit_s, f"the state {step}")
        except TooLate as late:
            raise TooLate(f"{late}, at {self.step()}") from None
        if not self._pictures:
            return
        let_live(80)
        self.window.page.grab().save(str(self.transcript.picture_name(f"Window_{step}")))


def tell(stage: WindowStage, referral: str) -> None:
    """From sign-in to a refund slip."""
    step = stage.transcript.step
    with step("the cashier signs in"):
        stage.arrive("SignIn")
        stage.hand.type("sign_in_operator", _OPERATOR)
        stage.hand.type("sign_in_password", f"demo-{_OPERATOR}")
        stage.hand.press("sign_in")
        stage.arrive("WorkSheet")
    with step("the float is counted, and the drawer opens"):
        _open_the_drawer(stage)
    with step("the slip finds the bill"):
        stage.units.ask("scanner", "show", text=referral)
        stage.arrive("ServePatient")
    with step("the window settles it"):
        stage.hand.press("settle")
        stage.arrive("ConfirmQuote")
        stage.hand.key(Qt.Key.Key_1)
        stage.hand.press_twice("commit")
        stage.arrive("ShowPaymentCode")
        stage.units.ask("scanner", "show", text=wallet_code("ALIPAY"))
        stage.arrive("ShowOutcome", 40)
        stage.hand.press("done")
        stage.arrive("ServePatient")
    with step("one item is refunded after review"):
        _refund(stage)


def _open_the_drawer(stage: WindowStage) -> None:
    hand = stage.hand
    hand.press("do_count")
    for fen in DENOMINATIONS_FEN:
        hand.type(f"field_n{fen}", _FLOAT.get(fen, "0"))
    hand.press("do_counted")
    hand.press("do_right")
    hand.press("do_done")
    stage.arrive("Desk")


def _refund(stage: WindowStage) -> None:
    step = stage.step()
    settlement = step.file.settlements[0]  # type: ignore[union-attr]  # ServePatient
    line = settlement.bills[0].lines[-1]
    stage.hand.press(f"refund_{settlement.settlement_id}")
    stage.arrive("ChooseRefundLines")
    stage.hand.press(f"line_{line.line_id}")
    stage.hand.type("refund_reason", "not done")
    stage.hand.press("request_refund")
    stage.arrive("ReviewPlan")
    stage.hand.type("review_operator", _SUPERVISOR)
    stage.hand.type("review_password", f"demo-{_SUPERVISOR}")
    stage.hand.press_twice("approve")
    stage.arrive("ShowOutcome", 40)
    stage.hand.press("done")
