"""A card that cannot be read at once: tried again before the patient is sent to take it out."""

from __future__ import annotations

from typing import cast

import pytest

from core.ports import CardUnreadable, HealthCardPresent
from devices.errors import DeviceRefused
from devices.m1_layout import M1Layout
from devices.smart_card.driver import CardDriver
from devices.smart_card.kinds import Recogniser
from devices.smart_card.slot import READ_TRIES, ReaderSlot
from devices.transport.pcsc import ReaderState

_UID, _NUMBER = "04C0FFE2", "260000000025"
_ATR = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")


class _Reluctant:
    """Refuses the block with the number so many times."""

    hung = False

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals

    def state(self) -> ReaderState:
        return ReaderState(present=True, counter=1, atr=_ATR)

    def take_card(self) -> None: ...

    def release_card(self) -> None: ...

    def uid(self) -> str:
        return _UID

    def number(self, _layout: M1Layout) -> str:
        self.refusals -= 1
        if self.refusals >= 0:
            raise DeviceRefused("6300", "the block could not be read")
        return _NUMBER


class _Slot(ReaderSlot):
    def __init__(self, driver: _Reluctant) -> None:
        self._reluctant = driver
        super().__init__("the reader", Recogniser(M1Layout()), 1.0)

    def _connect(self) -> CardDriver:
        return cast("CardDriver", self._reluctant)


@pytest.mark.parametrize("refusals", range(READ_TRIES))
def test_card_is_told_as_soon_as_it_could_be_read(refusals: int) -> None:
    slot = _Slot(_Reluctant(refusals))
    for _ in range(refusals):
        slot.look()
        assert slot.card is None
    slot.look()
    assert slot.card == HealthCardPresent(_UID, _NUMBER)


def test_card_that_is_refused_each_time_is_told_as_unreadable() -> None:
    slot = _Slot(_Reluctant(READ_TRIES))
    for _ in range(READ_TRIES):
        assert slot.card is None
        slot.look()
    assert slot.card == CardUnreadable(_UID)
