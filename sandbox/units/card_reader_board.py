"""The board of the motorised card reader: what each command does (protocol page section 2.5).

Talks to mechanics and field. What a reader would get wrong: without power the board forgets entry
modes, stop position and light, and then cards enter by switch again.
"""

from typing import Any

from sandbox.units.card_reader_field import DONE, FAILED, NO_CARD, WRONG_PLACE, BadData, ReaderField
from sandbox.units.card_reader_path import FRONT_MODES, AbnormalCard, Position, ReaderPath, Result
from sandbox.units.crt310_frames import ReaderCommand, answer, error

VERSION, SERIAL = b"CRT 310 V3.0", "20250007"
BAD_COMMAND, BAD_PARAMETER, NOT_NOW, BAD_DATA, VOLTAGE, CARD_ERROR, BACKUP_POWER = (
    0,
    1,
    2,
    4,
    5,
    6,
    7,
)
NAMES = {
    0x30: "reset",
    0x2F: "entry",
    0x2E: "stop_position",
    0x31: "status",
    0x32: "move",
    0x33: "contact_power",
    0x34: "baud",
    0x35: "mifare",
    0x37: "chip",
    0x45: "magnetic",
    0x46: "light",
}
RESULTS: dict[Result, bytes] = {
    "done": DONE,
    "failed": FAILED,
    "no_card": NO_CARD,
    "wrong_place": WRONG_PLACE,
}
CARD_PLACES: dict[Position, bytes] = {
    "none": b"\x4e",
    "front_free": b"\x48",
    "front_held": b"\x49",
    "rf": b"\x4a",
    "contacts": b"\x4b",
    "rear_held": b"\x4c",
}
FRONT_BYTES = {"magnetic_and_switch": 0x49, "switch": 0x4A, "magnetic": 0x4B, "shut": 0x4E}
STOPS: dict[int, Position] = {
    0x30: "rf",
    0x31: "front_held",
    0x32: "rf",
    0x33: "contacts",
    0x34: "rear_held",
}
TARGETS: dict[int, Position] = {
    0x2E: "rf",
    0x2F: "contacts",
    0x30: "front_free",
    0x31: "front_held",
    0x32: "rear_held",
}
CAPTURE, EXPEL = 0x33, 0x34
RESETS_THAT_MOVE = (0x3031, 0x3032)
ORDERED_ERRORS = {"supply_voltage": VOLTAGE, "backup_power": BACKUP_POWER}
LIGHTS = {0x30: "on", 0x31: "off", 0x49: "blinking"}


class Refused(Exception):
    """The command is answered by an error frame."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class ReaderBoard:
    """Answers commands; ``serial`` is kept without power, ``light`` is not."""

    def __init__(self, path: ReaderPath, field: ReaderField, serial: str) -> None:
        self.serial = serial
        self.light = "off"
        self._path = path
        self._field = field

    def answer(self, command: ReaderCommand, ordered: str | None) -> bytes:
        """The frame that answers an executed command; ``ordered`` is a fault of its own."""
        try:
            return answer(command.code, self._execute(command, ordered))
        except AbnormalCard:
            return error(command.code, CARD_ERROR)
        except BadData:
            return error(command.code, BAD_DATA)
        except Refused as refusal:
            return error(command.code, refusal.number)

    def _execute(self, command: ReaderCommand, ordered: str | None) -> bytes:
        """The data of the answer."""
        if ordered in ORDERED_ERRORS:
            raise Refused(ORDERED_ERRORS[ordered])
        parameter, data = command.code & 0xFF, command.data
        match NAMES.get(command.code >> 8):
            case "reset":
                return self._reset(parameter, data)
            case "entry":
                return self._set_entry(parameter, data)
            case "stop_position":
                self._path.stop_position = STOPS[_known(parameter, STOPS)]
                return DONE
            case "status":
                return self._status(parameter)
            case "move":
                return self._move(parameter, ordered)
            case "mifare":
                return self._field.execute(parameter, data, self._path.now)
            case "light":
                self.light = LIGHTS[_known(parameter, LIGHTS)]
                return DONE
            case "contact_power":
                return DONE if self._path.now.position == "contacts" else WRONG_PLACE
            case "chip":
                return FAILED if self._path.now.card else NO_CARD
            case "baud":
                return DONE
            case "magnetic":
                raise Refused(NOT_NOW)
            case _:
                raise Refused(BAD_COMMAND)

    def _reset(self, parameter: int, data: bytes) -> bytes:
        match parameter:
            case 0x3A:
                return DONE + self.serial.encode()
            case 0x3B:
                self.serial = data.decode("ascii", "replace")
                return DONE
            case 0x30:
                pass
            case 0x31 if self._path.now.card is not None:
                self._path.bring("front_free")
            case 0x32 if self._path.now.card is not None:
                self._path.capture()
            case 0x31 | 0x32:
                pass
            case _:
                raise Refused(BAD_PARAMETER)
        self._field.off()
        return DONE + VERSION

    def _set_entry(self, front: int, rear: bytes) -> bytes:
        if rear not in (b"0", b"1"):
            raise Refused(BAD_PARAMETER)
        self._path.front_mode = FRONT_MODES[_known(front, FRONT_MODES)]
        self._path.rear_open = rear == b"0"
        return rear + DONE

    def _status(self, parameter: int) -> bytes:
        path = self._path
        match parameter:
            case 0x30:
                place = CARD_PLACES[path.now.position]
                if path.is_abnormal and path.now.card is not None:
                    place = b"\x47" if path.now.size == "short" else b"\x46"
                return place + bytes(
                    [FRONT_BYTES[path.front_mode], 0x4A if path.rear_open else 0x4E]
                )
            case 0x2E | 0x2F:
                sensors = path.sensors() if parameter == 0x2F else b"0" + path.sensors()
                return sensors + (b"1" if path.shutter_open else b"0") + b"0"
            case 0x31:
                return self._field.card_type(path.now)
            case _:
                raise Refused(BAD_PARAMETER)

    def _move(self, parameter: int, ordered: str | None) -> bytes:
        self._field.off()
        if ordered == "jam":
            self._path.jam()
        if ordered == "move_failed":
            return FAILED if self._path.now.card else NO_CARD
        if parameter == CAPTURE:
            return RESULTS[self._path.capture()]
        if parameter == EXPEL:
            return RESULTS[self._path.expel()]
        return RESULTS[self._path.bring(TARGETS[_known(parameter, TARGETS)])]


def _known(parameter: int, table: dict[int, Any]) -> int:
    if parameter not in table:
        raise Refused(BAD_PARAMETER)
    return parameter
