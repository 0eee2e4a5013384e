"""One method a command for the card in the slot.

What a reader would get wrong: a PC/SC handle may reach another card after a fast swap, so `uid` is
asked again after the number was read.
"""

from __future__ import annotations

from devices.errors import DeviceRefused
from devices.m1_layout import M1Layout
from devices.smart_card import frames
from devices.transport.pcsc import PcscReader, ReaderState
from devices.worker import Owner


class M1Slot:
    """Owns an open reader. Errors: see `devices.errors`."""

    def __init__(self, reader: PcscReader) -> None:
        self._reader = reader
        self._owner = Owner()

    def close(self) -> None:
        """Give the reader back."""
        self._reader.close()

    def state(self) -> ReaderState:
        """Is a card there."""
        self._owner.check()
        return self._reader.state()

    def take_card(self) -> None:
        """Connect to the card."""
        self._owner.check()
        self._reader.take_card()

    def release_card(self) -> None:
        """Let go of it."""
        self._reader.release_card()

    def uid(self) -> str:
        """The chip's own number, hex."""
        return frames.good(self._reader.exchange(frames.GET_UID)).hex().upper()

    def number(self, layout: M1Layout) -> str | None:
        """The number in the layout's block; None: that block holds none of ours."""
        block = layout.absolute_block
        frames.good(self._reader.exchange(frames.load_key(layout.key)))
        try:
            frames.good(self._reader.exchange(frames.authenticate(block)))
        except DeviceRefused as error:
            if error.code not in frames.NOT_SUPPORTED:
                raise
            frames.good(self._reader.exchange(frames.authenticate_old(block)))
        return layout.decode(frames.good(self._reader.exchange(frames.read_block(block))))
