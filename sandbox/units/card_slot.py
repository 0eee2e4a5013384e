"""Virtual contactless card slot behind the system's own PC/SC daemon (protocol page 2.3 and 2.4).

Talks to the vpcd driver as the card side: a card is in the slot for as long as a connection is
open. The reader's pseudo-APDUs (class FF) reach the card here, because the driver passes them on.
Acknowledging each packet at once is what keeps an APDU at 0.1 ms instead of 44 ms.
"""

import asyncio
import socket
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from sandbox.units.faults import Fault, spoil
from sandbox.units.json_files import Json
from sandbox.units.mifare import MifareChip
from sandbox.units.pcsc_card import ATR, PcscCard, command_name
from sandbox.units.request import ControlError, Request
from sandbox.units.unit import Unit
from sandbox.units.wallet import Wallet

POWER_OFF, RESET, SEND_ATR = 0, 2, 4
RECONNECT_S = 0.8  # longer than the daemon's poll, so that a cut is seen as a removal


class CardSlot(Unit):
    """Control: ``insert(uid)`` puts a card from the hand in, ``remove`` gives it back."""

    name: ClassVar[str] = "card_slot"

    def __init__(self, run_dir: Path, wallet: Wallet, vpcd_port: int, reader_name: str) -> None:
        super().__init__(run_dir)
        self._wallet = wallet
        self._port = vpcd_port
        self._reader_name = reader_name
        before = self.load() or {}
        card = before.get("card")
        self._card = card if isinstance(card, str) else None
        self._session: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._connect()

    def stop(self) -> None:
        if self._session is not None:
            self._session.cancel()
            self._session = None

    def paths(self) -> Json:
        return {"path": f"pcsc:{self._reader_name}"}

    def state(self) -> Json:
        return {"card": self._card}

    def perform(self, request: Request) -> Json:
        match request.text("do"):
            case "insert":
                self._insert(request.text("uid").upper())
            case "remove":
                self._remove()
            case _:
                raise self.unknown(request)
        self.changed()
        return {}

    def _insert(self, uid: str) -> None:
        if self._card is not None:
            raise ControlError(f"card {self._card} is in the slot")
        self._wallet.move(uid, "hand", "slot")
        self._card = uid
        self._connect()

    def _remove(self) -> None:
        if self._card is None:
            raise ControlError("no card is in the slot")
        self._wallet.move(self._card, "slot", "hand")
        self._card = None
        self.stop()

    def _connect(self) -> None:
        if self._card is not None:
            chip = MifareChip(self._wallet, self._card)
            self._session = asyncio.get_running_loop().create_task(self._stay(PcscCard(chip)))

    async def _stay(self, card: PcscCard) -> None:
        """Serve the driver, and come back after it or the line went away."""
        while True:
            with socket.socket() as wire:
                wire.setblocking(False)
                with suppress(ConnectionError, EOFError, OSError):
                    await asyncio.get_running_loop().sock_connect(wire, ("127.0.0.1", self._port))
                    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    await self._serve(wire, card)
            card.power_off()
            await asyncio.sleep(RECONNECT_S)

    async def _serve(self, wire: socket.socket, card: PcscCard) -> None:
        while True:
            length = int.from_bytes(await _receive(wire, 2), "big")
            message = await _receive(wire, length)
            if length == 1:
                if message[0] in (POWER_OFF, RESET):
                    card.power_off()
                elif message[0] == SEND_ATR:
                    await _send(wire, ATR)
            elif length > 1:
                await self._on_apdu(wire, card, message)

    async def _on_apdu(self, wire: socket.socket, card: PcscCard, apdu: bytes) -> None:
        fault = self.faults.take(command_name(apdu))
        if fault is not None and fault.kind == "silent":
            return
        if fault is not None and fault.kind == "cut":
            raise EOFError
        answer = card.answer(apdu)
        await self._deliver_apdu(wire, fault, answer)

    @staticmethod
    async def _deliver_apdu(wire: socket.socket, fault: Fault | None, answer: bytes) -> None:
        match fault.kind if fault else None:
            case "answer_lost":
                return
            case "cut_after_execution":
                raise EOFError
            case "delay" if fault:
                await asyncio.sleep(fault.seconds)
            case "garble" | "drop_byte" as kind:
                answer = spoil(kind, answer)
            case _:
                pass
        await _send(wire, answer)


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
