"""The desk between the pump thread, which owns the line, and the thread that uses the service.

One order at a time lies on it; the VMC's messages are put beside it. What a reader would get
wrong: an order that was put on the line cannot be taken back, only one that never was.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from devices.vending.frames import Message

MOST_MESSAGES = 256


@dataclass(slots=True)
class Order:
    """A command of ours. `tries`: how often it was put on the line."""

    command: int
    text: bytes = b""
    tries: int = 0
    is_acknowledged: bool = False


class Desk:
    """Safe for two threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._order: Order | None = None
        self._messages: deque[Message] = deque(maxlen=MOST_MESSAGES)
        self._heard: Message | None = None
        self._is_online: bool | None = None

    def put(self, order: Order) -> None:
        """Instead of the order that lay here."""
        with self._changed:
            self._order = order

    def take_back(self, order: Order) -> bool:
        """True: it never was on the line and never will be."""
        with self._changed:
            if self._order is order:
                self._order = None
            return order.tries == 0

    def next(self, limit_s: float) -> Message | None:
        """The oldest message of the VMC; None when none came in time."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._messages), limit_s)
            return self._messages.popleft() if self._messages else None

    @property
    def is_free(self) -> bool:
        """No order waits."""
        with self._changed:
            return self._order is None

    @property
    def is_online(self) -> bool | None:
        """Whether the VMC polls; None before anything is known."""
        with self._changed:
            return self._is_online

    def due(self, most_tries: int) -> Order | None:
        """For the pump: the order to put on the line now, counted."""
        with self._changed:
            order = self._order
            if order is None:
                return None
            if order.tries == most_tries:
                self._order = None
                return None
            order.tries += 1
            return order

    def acknowledged(self) -> None:
        """For the pump: the VMC has the order."""
        with self._changed:
            if self._order is not None and self._order.tries:
                self._order.is_acknowledged = True
                self._order = None

    def tell(self, message: Message) -> None:
        """For the pump: a message of the VMC; the same again, number and all, is a repeat."""
        with self._changed:
            if message == self._heard:
                return
            self._heard = message
            self._messages.append(message)
            self._changed.notify_all()

    def online(self) -> None:
        """For the pump: the VMC polls."""
        with self._changed:
            self._is_online = True

    def offline(self) -> None:
        """For the pump: line or VMC is gone.

        An order that was on the line is not put there again: a fresh line counts PackNO anew, and
        the VMC would take the repeat for another order.
        """
        with self._changed:
            self._is_online = False
            if self._order is not None and self._order.tries:
                self._order = None
