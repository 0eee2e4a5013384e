"""The hall of the stories: one kiosk on its real window, its outside, and everybody who came by.

What a reader would get wrong: `home` is a check, not a wait; nothing of anybody who was ever
there may be on the screen or in the view when the next patient comes.
"""

from __future__ import annotations

import json
from typing import Any

from cast import Guest, guest, with_bill
from PySide6.QtQuick import QQuickItem

from sandbox.house import House
from sandbox.player import qml
from sandbox.player.auditor import audit_operations
from sandbox.player.hands import let_live, wait_until
from sandbox.player.stage import KioskStage, wallet_code

UNTOUCHED = "Nothing was charged"
BEING_CHECKED = "Please do not pay again"
_SETTLE_MS, _HAND_MS, _PULL_MS = 60, 400, 700


class Hall:
    """One kiosk for many stories; each begins and ends at home."""

    def __init__(self, house: House, stage: KioskStage) -> None:
        self.house, self.stage = house, stage
        self._were_here: list[Guest] = []

    def guest(self) -> Guest:
        """Somebody with both cards and nothing to pay."""
        self._were_here.append(guest(self.house))
        return self._were_here[-1]

    def debtor(self) -> Guest:
        """Somebody with a fee to pay."""
        self._were_here.append(with_bill(self.house))
        return self._were_here[-1]

    def remember(self, who: Guest) -> None:
        """Somebody else who was made for a story; nothing of them may be left either."""
        self._were_here.append(who)

    @property
    def view(self) -> dict[str, Any]:
        """What Python gave the screen."""
        view: dict[str, Any] = self.stage.kiosk.ui.property("view")
        return view

    def offered(self) -> set[str]:
        """Services that home offers now."""
        tiles = self.view.get("tiles", ())
        return {str(tile["id"]) for tile in tiles if tile["available"]}

    def withheld(self) -> set[str]:
        """Services of the menus that cannot be given now."""
        return {offer.name for offer in self.stage.kiosk.offered if offer.missing}

    def words(self) -> str:
        """Everything that can be read on the window."""
        qml.settle(self.stage.kiosk.window)
        return "\n".join(filter(None, map(_text, qml.visible(self.stage.kiosk.window))))

    def lay_id_card(self, who: Guest) -> None:
        """On the reader."""
        self.stage.do("id_reader", "place", **who.person.id_card())

    def lift_id_card(self) -> None:
        """Off the reader, as slowly as a hand is; the reader looks some times a second."""
        self.stage.do("id_reader", "remove")
        let_live(_HAND_MS)

    def pull_card(self) -> None:
        """Out of the slot, as slowly as a hand is; the PC/SC service looks each 0.4 s."""
        self.stage.do("card_slot", "remove")
        let_live(_PULL_MS)

    def insert(self, uid: str) -> None:
        """A card from the hand into the slot."""
        self.stage.do("card_slot", "insert", uid=uid)

    def see_bill(self, who: Guest) -> None:
        """From home to the bill, by ID card."""
        self.stage.begin("pay")
        self.stage.arrive("Identify")
        self.lay_id_card(who)
        self.stage.check_bill()

    def show_wallet(self, kind: str, ending: str) -> None:
        """From the bill to a payment code before the scanner."""
        self.stage.press("pay_SCAN")
        self.stage.arrive("ShowPaymentCode")
        self.stage.do("scanner", "show", text=wallet_code(kind, ending))

    def reads(self, *sentences: str) -> None:
        """The patient can read each of them now, or within a moment."""
        words = ""

        def all_there() -> bool:
            nonlocal words
            words = self.words()
            return all(sentence in words for sentence in sentences)

        try:
            wait_until(all_there, 8, f"{sentences}")
        except TimeoutError as late:
            raise AssertionError(f"{sentences} cannot be read in:\n{words}") from late

    def trouble(self, code: str, *sentences: str, limit_s: float = 20) -> dict[str, Any]:
        """The screen says what happened, what became of the money and what to do now."""
        self.stage.wait_for_screen({"ShowTrouble"}, limit_s, f"the trouble {code}")
        view = self.view
        assert view["code"] == code, view
        assert len(sentences) == 3
        self.reads(*sentences)
        return view

    def finish(self) -> None:
        """Press done, take the cards, be home; the books agree."""
        self.stage.press("done")
        self.home()

    def home(self) -> None:
        """The patient takes everything along; nothing is left for the next, nothing is lost."""
        if self.stage.unit("id_reader").get("person"):
            self.stage.do("id_reader", "remove")
        self.stage.go_home()
        let_live(_SETTLE_MS)
        everything = self.words() + json.dumps(self.view, ensure_ascii=False)
        left = [text for who in self._were_here for text in who.canaries if text in everything]
        assert left == []
        self.agree()

    def agree(self) -> None:
        """What the outside recorded and what we say is the same."""
        sums = audit_operations(self.house, self.stage.kiosk.machine.operations())
        assert sums.disagreements == []
        assert sums.agree

    def is_usable(self) -> None:
        """The next patient pays as if nothing had happened."""
        self.see_bill(self.debtor())
        self.show_wallet("ALIPAY", "4321")
        self.stage.arrive("ShowSettled")
        self.reads("Paid")
        self.finish()


def _text(item: QQuickItem) -> str:
    text = item.property("text")
    return text if isinstance(text, str) else ""
