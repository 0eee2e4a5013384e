"""Writes to the journal what the machine used up and who its devices say they are.

Hears every event and sees every Act's reply. What a reader would get wrong: a card counts as used
when the motor was told to move it, even if nobody knows whether it moved; a level that is too low
is mended by a refill, one that is too high stops the machine without a warning. A device that does
not say who it is, is asked again when it is well the next time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from core.audit import AuditEvent
from core.flow import Act, Event
from core.ports import CardForgotten, CardMoved, DeviceHealth, Printed, Unknown
from core.ports.cabinet import CabinetChanged
from core.ports.cash import (
    CashBoxRemoved,
    CashBoxReplaced,
    NoteFoundAtPowerUp,
    NoteReturned,
    NoteTaken,
)
from core.ports.vending import Vended
from core.routes import Route, Wish
from core.steps import Facts, MoveCardToEncoder, PrintSlip
from core.steps.goods import VendGoods
from core.upkeep.consumables import Item
from core.upkeep.devices import WELL
from devices.checks import Identity
from devices.relay.status import PRESENCE

log = logging.getLogger(__name__)

Audit = Callable[[AuditEvent, Facts], None]

USES: dict[type[Act[Any]], tuple[Item, tuple[type, ...]]] = {
    PrintSlip: (Item.RECEIPT, (Printed, Unknown)),
    MoveCardToEncoder: (Item.CARD, (CardMoved, Unknown)),
    VendGoods: (Item.BOOKLET, (Vended,)),
}
"""Which Acts use something up, and after which replies."""


class Watch:
    """`ask_identity(device, tell)`: asks in the device's worker, and tells there."""

    def __init__(
        self, audit: Audit, ask_identity: Callable[[str, Callable[[object], None]], None]
    ) -> None:
        self._audit, self._ask_identity = audit, ask_identity
        self._identities: dict[str, Identity] = {}
        self._asked: set[str] = set()
        self.cabinet: dict[str, bool] = {}

    def hear(self, event: Event) -> None:
        """A device that is well for the first time (or again) is asked who it is."""
        match event:
            case DeviceHealth(device, state) if device != "backend":
                if state not in WELL:
                    self._asked.discard(device)
                elif device not in self._asked:
                    self._asked.add(device)
                    self._ask_identity(device, lambda reply: self._identified(device, reply))
            case CabinetChanged(name, is_on):
                self.cabinet[name] = is_on
                if name != PRESENCE:  # people come and go all day
                    self._audit(AuditEvent.CABINET_CHANGED, {"name": name, "on": int(is_on)})
            case NoteTaken(denomination_fen, number):
                facts = {"denomination_fen": denomination_fen, "number": number}
                self._audit(AuditEvent.NOTE_CREDITED, facts)
            case NoteReturned(denomination_fen, number):
                facts = {"denomination_fen": denomination_fen, "number": number}
                self._audit(AuditEvent.NOTE_RETURNED, facts)
            case NoteFoundAtPowerUp(found_fen, fate):
                self._audit(
                    AuditEvent.NOTE_FOUND, {"denomination_fen": found_fen or 0, "fate": fate}
                )
            case CashBoxRemoved():
                self._audit(AuditEvent.CASH_BOX_REMOVED, {})
            case CashBoxReplaced():
                self._audit(AuditEvent.CASH_BOX_INSERTED, {})
            case CardForgotten():
                self._audit(AuditEvent.CARD_FORGOTTEN, {})
            case Vended():
                self.used(Item.BOOKLET, 1)
            case _:
                pass

    def counted(self, routes: Mapping[type[Act[Any]], Route]) -> dict[type[Act[Any]], Route]:
        """The same table, counting what is used up."""
        return {kind: self._count(kind, row) for kind, row in routes.items()}

    def _count(self, kind: type[Act[Any]], row: Route) -> Route:
        if kind not in USES:
            return row
        item, replies = USES[kind]

        def work(step: Any, wish: Wish) -> object:  # noqa: ANN401  any Act
            reply = row.work(step, wish)
            if isinstance(reply, replies):
                self.used(item, 1)
            return reply

        return Route(row.lane, work, row.unstarted, row.overdue, row.limit_ms, row.may_leave)

    def used(self, item: Item, pieces: int) -> None:
        """So many are gone."""
        self._audit(AuditEvent.CONSUMED, {"item": item.value, "pieces": pieces})

    def _identified(self, device: str, reply: object) -> None:
        if not isinstance(reply, Identity):
            self._asked.discard(device)
            return
        known = self._identities.get(device)
        if reply == known:
            return
        if known is not None and reply.serial != known.serial:
            log.warning("%s: another serial number answers than before", device)
        self._identities[device] = reply
        facts = {"model": reply.model, "firmware": reply.firmware, "serial": reply.serial}
        self._audit(AuditEvent.DEVICE_IDENTIFIED, {"device": device, **facts})
