"""What a story plays on: the kiosk's window, the machine's outside, the doctor, the phone.

The physical side goes through the units' control sockets, exactly as the workbench does.
"""

from __future__ import annotations

import json
import secrets
import urllib.request
from collections.abc import Callable
from typing import Any

from kiosk.app import Kiosk
from kiosk.journeys.services import SERVICES
from sandbox.house import House
from sandbox.player.hands import KioskHand, Pointer, TooLate, let_live, wait_until
from sandbox.player.transcript import Transcript
from sandbox.units.control import ControlClient

_CLINIC_TOKEN = "demo-clinic"  # noqa: S105  the demo's, known to everybody
_SETTLE_MS = 60
_PULLED_MS = 700  # the PC/SC service looks each 0.4 s; a faster hand is another test
_NUMBER_BLOCK = "4"


class KioskStage:
    """One kiosk with its surroundings."""

    def __init__(
        self,
        kiosk: Kiosk,
        house: House,
        transcript: Transcript,
        pointer: Pointer,
        *,
        pictures: bool = True,
    ) -> None:
        """`pictures`: saving one takes a while; not for stories that nobody looks at."""
        self.kiosk, self.house, self.transcript = kiosk, house, transcript
        self._pictures = pictures
        self.hand = KioskHand(kiosk.window, pointer, transcript.pressed)
        self.units = ControlClient(house.run_dir / "kiosk" / "control.sock")

    def screen(self) -> str:
        """Name of the screen that is shown."""
        return str(self.kiosk.ui.property("screen"))

    def arrive(self, screen: str, limit_s: float = 20, *, picture: str | None = None) -> None:
        """Wait for a screen; take its picture. A trouble screen in its place is an error."""
        self.wait_for_screen({screen, "ShowTrouble"}, limit_s, f"the screen {screen}")
        if self.screen() != screen:
            raise AssertionError(f"{screen} was expected, trouble came: {self._view()}")
        self.photograph(picture or screen)

    def wait_for_screen(self, screens: set[str], limit_s: float, what: str) -> None:
        """Wait for one of them. TooLate says what is there instead."""
        try:
            wait_until(lambda: self.screen() in screens, limit_s, what)
        except TooLate as late:
            raise TooLate(f"{late}; there is {self.screen()}: {self._view()}") from late

    def photograph(self, name: str) -> None:
        """The window as it is now."""
        if not self._pictures:
            return
        let_live(_SETTLE_MS)
        self.kiosk.window.grabWindow().save(str(self.transcript.picture_name(name)))

    def press(self, *names: str) -> None:
        """One control after another."""
        for name in names:
            self.hand.press(name)

    def begin(self, service: str) -> None:
        """From home to a service: its tile, and its line in the menu where the tile has several."""
        group = SERVICES[service].group
        self.press(f"tile_{group}")
        if sum(offer.group is group for offer in self.kiosk.offered) > 1:
            self.press(f"choose_{service}")

    def check_bill(self, *, picture: str | None = None) -> None:
        """Look at every item of the bill, say so, and see how it can be paid."""
        self.arrive("Show", picture="CheckBill" if picture else None)
        self.press("press_checked")
        self.arrive("ConfirmQuote", picture=picture)

    def option(self) -> str:
        """Name of the first option of this page that can be chosen."""
        options = self.kiosk.ui.property("view").get("options", ())
        return next((f"choose_{one['key']}" for one in options if one["free"]), "")

    def digits(self, text: str) -> None:
        """On the on-screen keypad."""
        for digit in text:
            self.hand.press(f"key_{digit}")

    def do(self, unit: str, action: str, **fields: object) -> dict[str, Any]:
        """What a hand does outside of the screen."""
        return dict(self.units.ask(unit, action, **fields))

    def unit(self, name: str) -> dict[str, Any]:
        """The state of one unit."""
        state = self.units.state()[name]
        assert isinstance(state, dict)
        return state

    def card_of(self, number: str, uid: str) -> None:
        """A health card issued long ago, in the patient's hand."""
        content = number.encode().ljust(16, b"\0").hex()
        self.do("wallet", "create", uid=uid, blocks={_NUMBER_BLOCK: content})

    def go_home(self) -> None:
        """Take the card out of the slot, wait for home."""
        if self.unit("card_slot").get("card"):
            self.do("card_slot", "remove")
            let_live(_PULLED_MS)
        wait_until(lambda: self.screen() == "Home", 10, "home")

    def consult(self, registration_id: str, groups: list[dict[str, Any]]) -> None:
        """The doctor's room sends what was ordered."""
        url = f"{self.house.backend_url}/v1/visits/{registration_id}/orders"
        post(url, {"groups": groups}, _CLINIC_TOKEN)

    def registrations(self) -> list[dict[str, Any]]:
        """Confirmed ones of today, as the doctor's room sees them."""
        url = f"{self.house.backend_url}/v1/clinic/registrations"
        found: list[dict[str, Any]] = get(url, _CLINIC_TOKEN)["registrations"]
        return found

    def _view(self) -> str:
        return json.dumps(self.kiosk.ui.property("view"), ensure_ascii=False, default=str)


def wallet_code(kind: str, ending: str = "") -> str:
    """A fresh payment code: "WECHAT" 18 digits from 13, "ALIPAY" from 28."""
    head = {"WECHAT": "13", "ALIPAY": "28"}[kind]
    body = "".join(secrets.choice("123456789") for _ in range(16 - len(ending)))
    return head + body + ending


def wait_for(true: Callable[[], bool], what: str, limit_s: float = 20) -> None:
    """Let the windows live until it is true."""
    wait_until(true, limit_s, what)


def get(url: str, token: str) -> dict[str, Any]:
    """JSON from loopback."""
    return _exchange(urllib.request.Request(url), token)  # noqa: S310  loopback


def post(url: str, body: dict[str, Any], token: str) -> dict[str, Any]:
    """JSON to loopback, under a key of its own."""
    request = urllib.request.Request(url, json.dumps(body).encode())  # noqa: S310  loopback
    request.add_header("Content-Type", "application/json")
    request.add_header("Idempotency-Key", secrets.token_hex(16))
    return _exchange(request, token)


def _exchange(request: urllib.request.Request, token: str) -> dict[str, Any]:
    request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  loopback
        content: dict[str, Any] = json.load(answer)
    return content
