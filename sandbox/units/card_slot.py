"""Virtual card slots behind the system's own PC/SC daemon (protocol page 2.1 to 2.4).

Talks to the vpcd driver as the card side: a card is in the slot for as long as a connection is
open. The reader's pseudo-APDUs (class FF) reach the card here, because the driver passes them on.
A hung card never answers, and nothing but pulling it releases the host's call. Acknowledging each
packet at once is what keeps an APDU at 0.1 ms instead of 44 ms.
"""

import asyncio
import socket
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from sandbox.units.faults import Fault, spoil
from sandbox.units.json_files import Json
from sandbox.units.pcsc_card import command_name
from sandbox.units.pcsc_daemon import VirtualReader
from sandbox.units.pcsc_kinds import Chip, powered_chip
from sandbox.units.request import ControlError, Request
from sandbox.units.unit import Unit
from sandbox.units.wallet import Place, Wallet

POWER_OFF, RESET, SEND_ATR = 0, 2, 4
RECONNECT_S = 0.8  # longer than the daemon's poll, so that a cut is seen as a removal
BOOK_LENGTH = 500
VANISH = "vanish"  # the card is pulled instead of answering


class CardSlot(Unit):
    """Control: ``insert(uid)`` puts a card from the hand in, ``remove`` gives it back,
    ``swap(uid)`` does both at once, ``hang(on)`` silences it, ``vanish`` pulls it in the next
    command."""

    name: ClassVar[str] = "card_slot"
    table: ClassVar[str] = "smart_card"
    place: ClassVar[Place] = "slot"
    own_faults: ClassVar[tuple[str, ...]] = (VANISH,)

    def __init__(self, run_dir: Path, wallet: Wallet, reader: VirtualReader) -> None:
        super().__init__(run_dir)
        self._wallet = wallet
        self._reader = reader
        before = self.load() or {}
        card = before.get("card")
        self._card = card if isinstance(card, str) else None
        self._hangs = before.get("hangs") is True
        self._asked: list[str] = []
        self._session: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._connect()

    def stop(self) -> None:
        if self._session is not None:
            self._session.cancel()
            self._session = None

    def paths(self) -> Json:
        return {"path": f"pcsc:{self._reader.name}"}

    def state(self) -> Json:
        kind = self._wallet.card(self._card).kind if self._card else None
        return {"card": self._card, "kind": kind, "hangs": self._hangs}

    def books(self) -> Json:
        return {**self.state(), "asked": self._asked}

    def perform(self, request: Request) -> Json:
        match request.text("do"):
            case "insert":
                self._insert(request.text("uid").upper())
            case "remove":
                self._remove()
            case "swap":
                self._swap(request.text("uid").upper())
            case "hang":
                self._hangs = request.flag("on", True)
            case "vanish":
                self.faults.order(Request({**request.fields, "kind": VANISH}))
            case _:
                raise self.unknown(request)
        self.changed()
        return {}

    def _insert(self, uid: str) -> None:
        if self._card is not None:
            raise ControlError(f"card {self._card} is in the slot")
        powered_chip(self._wallet, uid)
        self._wallet.move(uid, "hand", self.place)
        self._card = uid
        self._connect()

    def _remove(self) -> None:
        if self._card is None:
            raise ControlError("no card is in the slot")
        self._wallet.move(self._card, self.place, "hand")
        self._card = None
        self._hangs = False
        self.stop()

    def _swap(self, uid: str) -> None:
        """One card out and another in, faster than anybody looks."""
        if self._wallet.card(uid).place != "hand":
            raise ControlError(f"card {uid} is not in the hand")
        self._remove()
        self._insert(uid)

    def _connect(self) -> None:
        if self._card is not None and self.is_on:
            chip = powered_chip(self._wallet, self._card)
            self._session = asyncio.get_running_loop().create_task(self._stay(chip))

    async def _stay(self, card: Chip) -> None:
        """Serve the driver, and come back after it or the line went away."""
        while True:
            with socket.socket() as wire:
                wire.setblocking(False)
                with suppress(ConnectionError, EOFError, OSError):
                    await asyncio.get_running_loop().sock_connect(
                        wire, ("127.0.0.1", self._reader.port)
                    )
                    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    await self._serve(wire, card)
            card.power_off()
            await asyncio.sleep(RECONNECT_S)

    async def _serve(self, wire: socket.socket, card: Chip) -> None:
        while True:
            length = int.from_bytes(await _receive(wire, 2), "big")
            message = await _receive(wire, length)
            if length == 1:
                if message[0] in (POWER_OFF, RESET):
                    card.power_off()
                elif message[0] == SEND_ATR:
                    await _send(wire, card.atr)
            elif length > 1:
                await self._on_apdu(wire, card, message)

    async def _on_apdu(self, wire: socket.socket, card: Chip, apdu: bytes) -> None:
        command = command_name(apdu)
        self._asked.append(command)
        del self._asked[:-BOOK_LENGTH]
        fault = self.faults.take(command)
        if self._hangs or (fault is not None and fault.kind == "silent"):
            return
        if fault is not None and fault.kind == VANISH:
            self._remove()
            self.changed()
        if fault is not None and fault.kind in ("cut", VANISH):
            raise EOFError
        answer = card.answer(apdu)
        await self._deliver_apdu(wire, fault, answer)

    async def _deliver_apdu(self, wire: socket.socket, fault: Fault | None, answer: bytes) -> None:
        match fault.kind if fault else None:
            case "answer_lost":
                return
            case "cut_after_execution":
                raise EOFError
            case "power_off":
                self.switch_off()
                raise EOFError
            case "duplicate":
                await _send(wire, answer)
            case "delay" if fault:
                await asyncio.sleep(fault.seconds)
            case "garble" | "drop_byte" as kind:
                answer = spoil(kind, answer)
            case _:
                pass
        await _send(wire, answer)


class SecondCardSlot(CardSlot):
    """A second reader beside the first, with a driver of its own."""

    name: ClassVar[str] = "card_slot_2"
    table: ClassVar[str] = ""
    place: ClassVar[Place] = "slot_2"


async def _receive(wire: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        chunk = await asyncio.get_running_loop().sock_recv(wire, count - len(data))
        if not chunk:
            raise EOFError
        data += chunk
    return data


async def _send(wire: socket.socket, data: bytes) -> None:
    await asyncio.get_running_loop().sock_sendall(wire, len(data).to_bytes(2, "big") + data)
