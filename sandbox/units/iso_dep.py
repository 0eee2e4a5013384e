"""ISO-DEP (ISO/IEC 14443-4) block by block, for a card in our hand and for a phone that reads.

Talks to nothing itself: the card answers frames, the phone is given a way to exchange them. No CID,
no NAD. A repeated question (R(NAK)) gets the last block again, so that a lost answer does no harm.
"""

from collections.abc import Awaitable, Callable

RATS, ANSWER_TO_SELECT = 0xE0, bytes.fromhex("0578807002")
FRAME_SIZES = (16, 24, 32, 40, 48, 64, 96, 128, 256)
OVERHEAD_BYTES = 3  # block byte and check bytes
CHAINED, NUMBER_BIT = 0x10, 0x01
DESELECT, WAIT_MORE = 0xC2, 0xF2
TRIES, LONGEST_CHAIN, MOST_WAITS = 3, 64, 16

Exchange = Callable[[bytes], Awaitable[bytes | None]]


class IsoDepCard:
    """The card's side; ``answer_apdu`` is what lies behind it."""

    def __init__(self, answer_apdu: Callable[[bytes], bytes]) -> None:
        self._answer_apdu = answer_apdu
        self.reset()

    def reset(self) -> None:
        """Field lost or deselected."""
        self._frame_size = FRAME_SIZES[-1]
        self._command, self._rest, self._last = b"", b"", b""

    def answer(self, frame: bytes) -> bytes | None:
        """The answer to one frame; None is silence."""
        if not frame:
            return None
        block = frame[0]
        if block == RATS and len(frame) == 2:
            self.reset()
            self._frame_size = FRAME_SIZES[min(frame[1] >> 4, len(FRAME_SIZES) - 1)]
            return ANSWER_TO_SELECT
        if block & 0xF7 == DESELECT:
            self.reset()
            return frame[:1]
        if block & 0xE2 == 0x02:
            self._last = self._on_information(block, frame[1:])
        elif block & 0xF6 == 0xA2:
            if self._last and (self._last[0] ^ block) & NUMBER_BIT:
                self._last = self._next_part(block & NUMBER_BIT)
        elif block & 0xF6 != 0xB2:
            return None
        elif not self._last or (self._last[0] ^ block) & NUMBER_BIT:
            return bytes([0xA2 | block & NUMBER_BIT])
        return self._last or None

    def _on_information(self, block: int, data: bytes) -> bytes:
        self._command += data
        if block & CHAINED:
            return bytes([0xA2 | block & NUMBER_BIT])
        self._rest, self._command = self._answer_apdu(self._command), b""
        return self._next_part(block & NUMBER_BIT)

    def _next_part(self, number: int) -> bytes:
        room = self._frame_size - OVERHEAD_BYTES
        part, self._rest = self._rest[:room], self._rest[room:]
        return bytes([0x02 | CHAINED * bool(self._rest) | number]) + part


class IsoDepReader:
    """The phone's side: APDUs over ``exchange``, which answers None when nothing came."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._number = 0

    async def activate(self) -> bool:
        """Select the card for blocks; False when it does not answer."""
        answer = await self._exchange(bytes([RATS, 0x80]))
        return answer is not None and answer[:1] == bytes([len(answer)])

    async def apdu(self, command: bytes) -> bytes | None:
        """The answer to one short command, or None when the card is gone."""
        block = await self._ask(bytes([0x02 | self._number]) + command)
        answer = b""
        for _part in range(LONGEST_CHAIN):
            if block is None or block[0] & 0xE2 != 0x02 or block[0] & 1 != self._number:
                return None
            answer += block[1:]
            self._number ^= 1
            if not block[0] & CHAINED:
                return answer
            block = await self._ask(bytes([0xA2 | self._number]))
        return None

    async def deselect(self) -> None:
        """Say good-bye."""
        await self._exchange(bytes([DESELECT]))

    async def _ask(self, frame: bytes) -> bytes | None:
        """The answer to a frame; silence is met by asking for it again."""
        answer = await self._exchange(frame)
        for _try in range(TRIES - 1):
            if answer:
                break
            answer = await self._exchange(bytes([0xB2 | self._number]))
        for _wait in range(MOST_WAITS):
            if not answer or answer[0] != WAIT_MORE:
                break
            answer = await self._exchange(answer)
        return answer or None
