"""The relay board's settings, apart from what drives it: without a board no pymodbus is loaded."""

from __future__ import annotations

from core.settings import Kind, Setting, Settings
from devices.relay.status import INPUTS, LIGHTS

HIGHEST_NUMBER = 32
_SENTENCES = {
    "cabinet_door": "Input of the cabinet door's contact, counted from 1; 0: not wired.",
    "cash_door": "Input of the cash compartment's door contact, from 1; 0: not wired.",
    "tamper": "Input of the tamper contact, from 1; 0: not wired.",
    "presence": "Input of the presence sensor, from 1; 0: not wired.",
    "card_slot_light": "Relay of the light at the card slot, from 1; 0: not wired.",
    "printer_light": "Relay of the light at the printer, from 1; 0: not wired.",
    "cash_light": "Relay of the light at the banknote slot, from 1; 0: not wired.",
    "alarm_light": "Relay of the alarm light, from 1; 0: not wired.",
}

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "relay.path",
        Kind.DEVICE_PATH,
        "Where the relay and input board is connected.",
        schemes=("serial", "tcp"),
    ),
    Setting(
        "relay.baud",
        Kind.INTEGER,
        "Baud rate of the relay board.",
        default=9600,
        low=1200,
        high=115200,
    ),
    Setting(
        "relay.address",
        Kind.INTEGER,
        "Modbus address of the relay board.",
        default=1,
        low=1,
        high=247,
    ),
    Setting(
        "relay.channels",
        Kind.INTEGER,
        "How many relays and inputs the board has.",
        default=8,
        low=1,
        high=HIGHEST_NUMBER,
    ),
    *(
        Setting(f"relay.{name}", Kind.INTEGER, sentence, default=0, low=0, high=HIGHEST_NUMBER)
        for name, sentence in _SENTENCES.items()
    ),
    Setting(
        "relay.inverted",
        Kind.TEXT,
        'Inputs whose contact is on when closed or nobody is there, such as "cabinet_door tamper"; '
        '"none" for none.',
        default="none",
    ),
)


def contradictions(settings: Settings) -> list[str]:
    """A number used twice or beyond the board, and inverted inputs that do not exist."""
    faults = []
    channels = settings.integer("relay.channels")
    for names in (INPUTS, LIGHTS):
        seen: dict[int, str] = {}
        for name in names:
            number = settings.integer(f"relay.{name}")
            if number > channels:
                faults.append(
                    f"relay.{name} = {number}, but relay.channels = {channels}: "
                    f"write a number of 1 to {channels}, or 0"
                )
            elif number and number in seen:
                faults.append(
                    f"relay.{name} and relay.{seen[number]} are both {number}: "
                    "give each its own number, or 0"
                )
            seen.setdefault(number, name)
    for name in inverted(settings) - set(INPUTS):
        faults.append(f'relay.inverted names "{name}": write names of {", ".join(INPUTS)}, or none')
    return faults


def inverted(settings: Settings) -> frozenset[str]:
    """Names of inputs whose contact is on when nothing is the matter."""
    return frozenset(settings.text("relay.inverted").split()) - {"none"}
