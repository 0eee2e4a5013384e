"""Virtual tap point: tags and phones held to it, over simulated air and to a virtual PN532.

Talks to the terminal's NFC code by two wires: datagrams on a port of the loopback, and a PN532 on a
pty. What is held to the tap point is there on both. A phone keeps trying for a while, because the
terminal listens in short turns.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from sandbox.units.faults import spoil
from sandbox.units.json_files import Json
from sandbox.units.nfc_air import PhoneInTheAir, TagInTheAir, free_port, hold_in_the_air
from sandbox.units.nfc_messages import records_of, uri_message
from sandbox.units.nfc_phone import Field, Reading, read_what_is_there
from sandbox.units.nfc_tags import Tag, Type2Tag, Type3Tag, Type4Tag
from sandbox.units.pn532 import Pn532
from sandbox.units.pty_line import PtyLine
from sandbox.units.request import ControlError, Request
from sandbox.units.tcp_line import HOST
from sandbox.units.unit import Unit

UIDS = {
    "type2": bytes.fromhex("04A1B2C3D4E580"),
    "type3": bytes.fromhex("02FE010203040506"),
    "type4": bytes.fromhex("04112233445566"),
}
MAKERS: dict[str, Callable[[bytes, bytes], Tag]] = {
    "type2": Type2Tag,
    "type3": Type3Tag,
    "type4": Type4Tag,
}
LONGEST_MESSAGE = {"type2": 120, "type3": 240, "type4": 240}
URI_TEMPLATE = "https://ehc.example/v/{visit}"
TAP_S, BETWEEN_LOOKS_S = 5.0, 0.02
BOOK_LENGTH = 500


class Nfc(Unit):
    """Control: ``tap(kind, seconds)`` holds a phone to it, ``present_tag(uri, app, kind)`` a tag
    until ``remove_tag``."""

    name: ClassVar[str] = "nfc"
    table: ClassVar[str] = "nfc"
    polls: ClassVar[frozenset[str]] = frozenset({"chip", "find_tag"})

    def __init__(self, run_dir: Path) -> None:
        super().__init__(run_dir)
        before: dict[str, Any] = self.load() or {}
        self._port = int(before.get("port", 0)) or free_port()
        self._held: Json | None = before.get("tag")
        self._taps: list[Json] = list(before.get("taps", []))
        self._link = run_dir / "nfc.tty"
        self._line = PtyLine(self._link, lambda data: self._chip.on_bytes(data))
        self._chip = Pn532(self._line, self._answer_host)
        self._tag_in_the_air: asyncio.Task[None] | None = None
        self._tap: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._line.open()
        if self._held is not None:
            self._hold(self._held)

    def stop(self) -> None:
        for task in (self._tag_in_the_air, self._tap):
            if task is not None:
                task.cancel()
        self._tap = None
        self._chip.off()
        self._line.close()

    def paths(self) -> Json:
        return {"path": f"nfc:udp:{HOST}:{self._port}", "pn532": f"nfc:pn532:{self._link}"}

    def settings(self) -> Json:
        return {**super().settings(), "uri_template": URI_TEMPLATE}

    def state(self) -> Json:
        return {"tag": self._held, "tapping": self._tap is not None, "taps": len(self._taps)}

    def books(self) -> Json:
        return {"taps": self._taps}

    def saved(self) -> Json:
        return {"port": self._port, "tag": self._held, "taps": self._taps}

    def perform(self, request: Request) -> Json:
        match request.text("do"):
            case "tap":
                request.choice("kind", ("phone",), "phone")
                self._begin_tap(request.seconds("seconds", TAP_S))
            case "present_tag":
                self._present(request)
            case "remove_tag":
                self._remove()
            case _:
                raise self.unknown(request)
        self.changed()
        return {}

    def _present(self, request: Request) -> None:
        if self._held is not None or self._tap is not None:
            raise ControlError("something is held to the tap point already")
        kind = request.choice("kind", tuple(MAKERS), "type4")
        app = request.text("app") if request.has("app") else None
        held: Json = {"kind": kind, "uri": request.text("uri"), "app": app}
        if len(uri_message(request.text("uri"), app)) > LONGEST_MESSAGE[kind]:
            raise ControlError(f"a {kind} tag holds {LONGEST_MESSAGE[kind]} bytes")
        self._held = held
        if self.is_on:
            self._hold(held)

    def _hold(self, held: Json) -> None:
        kind, app = str(held["kind"]), held["app"]
        message = uri_message(str(held["uri"]), None if app is None else str(app))
        air = MAKERS[kind](UIDS[kind], message)
        self._chip.tag = MAKERS[kind](UIDS[kind], message)
        presence = hold_in_the_air(self._port, TagInTheAir(air, self._through_the_air))
        self._tag_in_the_air = asyncio.get_running_loop().create_task(presence)

    def _remove(self) -> None:
        if self._held is None:
            raise ControlError("no tag is held to the tap point")
        self._held = self._chip.tag = None
        if self._tag_in_the_air is not None:
            self._tag_in_the_air.cancel()

    def _through_the_air(self, answer: bytes) -> bytes | None:
        """What arrives of a tag's answer; a fault that breaks the line swallows it."""
        fault = self.faults.take("exchange")
        match fault.kind if fault else None:
            case None | "duplicate" | "delay":
                return answer
            case "garble" | "drop_byte" as kind:
                return spoil(kind, answer)
            case "power_off":
                self.switch_off()
        return None

    def _answer_host(self, command: str, answer: bytes) -> None:
        fault = self.faults.take(command)
        if not self.stopped_before(fault, self._line):
            self.deliver(fault, self._line, answer)

    def _begin_tap(self, seconds: float) -> None:
        if self._held is not None or self._tap is not None or not self.is_on:
            raise ControlError("something is held to the tap point already, or it has no power")
        self._tap = asyncio.get_running_loop().create_task(self._tapping(seconds))

    async def _tapping(self, seconds: float) -> None:
        air = PhoneInTheAir(self._port)
        await air.open()
        try:
            reading = await self._read_somehow(air, seconds)
        finally:
            air.close()
        self._tap = None
        self._taps.append(_told(reading))
        del self._taps[:-BOOK_LENGTH]
        self.changed()

    async def _read_somehow(self, air: PhoneInTheAir, seconds: float) -> Reading | None:
        """Look until a whole message was read, or the phone is taken away."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + seconds
        best: Reading | None = None
        while loop.time() < ends:
            field: Field = self._chip if self._chip.plays_card else air
            reading = await read_what_is_there(field)
            if reading is not None:
                field.leave()
                best = reading
                if reading.message is not None:
                    break
            await asyncio.sleep(BETWEEN_LOOKS_S)
        return best


def _told(reading: Reading | None) -> Json:
    """One tap as the books have it: what answered, and the records the phone now knows."""
    time = datetime.now().isoformat(timespec="seconds")
    if reading is None:
        return {"time": time, "tag": None, "uid": None, "records": None}
    records = None if reading.message is None else [r.told() for r in records_of(reading.message)]
    return {"time": time, "tag": reading.kind, "uid": reading.uid.hex(), "records": records}
