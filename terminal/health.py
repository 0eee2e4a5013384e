"""What is well and what is not, and which functions that leaves: the matrix device × function.

A missing or sick device takes functions away; it never stops the program. The same answer serves
the patient's tiles, the cashier's status bar and diagnostics.
"""

from __future__ import annotations

import threading

from core.flow import Event
from core.operation import OperationKind
from core.ports import DeviceHealth
from core.upkeep.devices import WELL

NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "pay": (("backend",),),
    "register": (("backend",),),
    "hold": (("backend",), ("pos",)),
    "card": (("backend",), ("id_card",), ("card_dispenser",)),
    "cash": (("backend",), ("cash",)),
    "booklet": (("backend",), ("vending",)),
    "read_code": (("scanner", "camera"),),
    "read_id_card": (("id_card",),),
    "read_card": (("smart_card", "card_reader"),),
    "insurance_tap": (("nfc",),),
    "print_slip": (("receipt_printer",),),
    "print_page": (("page_printer",),),
    "cabinet": (("relay",),),
}
"""The matrix function × device: of each group one device is enough, and every group is needed."""

BLOCKED_BY: dict[str, OperationKind] = {
    "hold": OperationKind.HOLD,
    "card": OperationKind.CARD_ISSUE,
}


class DoubtsChanged(Event):
    """Other kinds of operations are in doubt than before."""

    __slots__ = ()


CHANGES = (DeviceHealth, DoubtsChanged)
"""The events after which a function may be missing, or be there again."""


class Health:
    """Last known state of each fitted device and of the backend. Safe from any thread."""

    def __init__(self, fitted: tuple[str, ...]) -> None:
        self._states = dict.fromkeys(fitted, "unknown")
        self._doubts: frozenset[OperationKind] = frozenset()
        self._lock = threading.Lock()

    def hear(self, health: DeviceHealth) -> None:
        """The newest word about one device."""
        with self._lock:
            self._states[health.device] = health.state

    def doubts_are(self, kinds: frozenset[OperationKind]) -> bool:
        """Kinds of operations whose outcome is still open; True when that is news."""
        with self._lock:
            news = kinds != self._doubts
            self._doubts = kinds
        return news

    def doubt_arose(self, kind: OperationKind) -> bool:
        """One more kind is open; True when that is news."""
        with self._lock:
            news = kind not in self._doubts
            self._doubts |= {kind}
        return news

    def told(self) -> bool:
        """Whether every device and the backend have said how they are."""
        with self._lock:
            return "unknown" not in self._states.values()

    def states(self) -> list[tuple[str, str]]:
        """Device and state, in the order of fitting."""
        with self._lock:
            return list(self._states.items())

    def missing(self, function: str) -> str:
        """Why a function cannot be given now, as a reason code; "" when it can."""
        return self.lacks(NEEDS[function], BLOCKED_BY.get(function))

    def lacks(self, needs: tuple[tuple[str, ...], ...], blocked_by: OperationKind | None) -> str:
        """The same for what needs a device of each group.

        A hold is refused while the outcome of an earlier one is open: its proof is the POS's
        *last* transaction, which a new one would replace.
        """
        with self._lock:
            if blocked_by in self._doubts:
                return "starting"
            reasons = (self._best(group) for group in needs)
            return next((reason for reason in reasons if reason), "")

    def _best(self, group: tuple[str, ...]) -> str:
        """ "" when one of the group is well, else why its first fitted member is not."""
        fitted = [(device, self._states[device]) for device in group if device in self._states]
        if not fitted:
            return "not_fitted"
        if any(state in WELL for _, state in fitted):
            return ""
        device, state = fitted[0]
        return "backend_silent" if device == "backend" else _reason(device, state)


OF_THE_THING: dict[tuple[str, str], str] = {
    ("receipt_printer", "empty"): "paper_out",
    ("receipt_printer", "jam"): "paper_jam",
    ("page_printer", "empty"): "paper_out",
    ("page_printer", "jam"): "paper_jam",
    ("vending", "empty"): "booklets_out",
    ("vending", "jam"): "booklet_jam",
}
"""What is empty or stuck in words of its own, where it is not cards."""


def _reason(device: str, state: str) -> str:
    reason = {"out": "empty", "jammed": "jam"}.get(state, "offline")
    return OF_THE_THING.get((device, reason), reason)
