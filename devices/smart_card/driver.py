"""One method a command for the card in one reader.

What a reader would get wrong: a PC/SC handle may reach another card after a fast swap, so whoever
reads a card reads what tells it apart twice.
"""

from __future__ import annotations

from devices.errors import DeviceRefused, ProtocolError
from devices.m1_layout import M1Layout
from devices.smart_card import files, frames
from devices.transport.pcsc import PcscReader, ReaderState
from devices.worker import Owner

MOST_ROUNDS = 4
_READ_APDU_BYTES = 5


class CardDriver:
    """Owns an open reader. Errors: see `devices.errors`."""

    def __init__(self, reader: PcscReader) -> None:
        self._reader = reader
        self._owner = Owner()

    @property
    def hung(self) -> bool:
        """A card that never answered holds a thread, and the reader, until it leaves."""
        return self._reader.hung

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

    def exchange(self, apdu: bytes) -> bytes:
        """One APDU as it is; answer with its status word."""
        return self._reader.exchange(apdu)

    def uid(self) -> str:
        """The chip's own number, hex; DeviceRefused: the reader knows none (contact cards)."""
        return frames.good(self._reader.exchange(frames.GET_UID)).hex().upper()

    def number(self, layout: M1Layout) -> str | None:
        """The number in the layout's block of a Mifare card; None: none of ours."""
        self._open_sector(layout)
        block = frames.read_block(layout.absolute_block)
        return layout.decode(frames.good(self._reader.exchange(block)))

    def write_number(self, layout: M1Layout, number: str) -> None:
        """Write it into the layout's block. DeviceRefused: the card or its key says no."""
        self._open_sector(layout)
        content = layout.encode(number)
        frames.good(self._reader.exchange(frames.write_block(layout.absolute_block, content)))

    def _open_sector(self, layout: M1Layout) -> None:
        block = layout.absolute_block
        frames.good(self._reader.exchange(frames.load_key(layout.key)))
        try:
            frames.good(self._reader.exchange(frames.authenticate(block)))
        except DeviceRefused as error:
            if error.code not in frames.NOT_SUPPORTED:
                raise
            frames.good(self._reader.exchange(frames.authenticate_old(block)))

    def select_name(self, name: bytes) -> bool:
        """Whether the card has that application."""
        try:
            self.command(files.select_name(name))
        except DeviceRefused:
            return False
        return True

    def select_file(self, file: int) -> None:
        """Below the application; where that is refused, by id alone."""
        try:
            self.command(files.select_file(file))
        except DeviceRefused as error:
            if error.code not in frames.WRONG_PARAMETER:
                raise
            self.command(files.select_file(file, below_application=False))

    def command(self, apdu: bytes) -> bytes:
        """The answer's data; what waits (61) is fetched, a wrong length (6C) mended."""
        data = b""
        for _ in range(MOST_ROUNDS):
            answer = frames.answer_of(self._reader.exchange(apdu))
            kind, count = int(answer.status_word[:2], 16), int(answer.status_word[2:], 16)
            if kind == frames.MORE:
                data += answer.data
                apdu = files.get_response(count)
            elif kind == frames.OTHER_LENGTH and len(apdu) == _READ_APDU_BYTES:
                apdu = apdu[:-1] + bytes([count])
            else:
                return data + frames.good_data(answer)
        raise ProtocolError("the card never comes to an end")
