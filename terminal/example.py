"""The example settings file, made from the declared settings: `python -m terminal.example`.

Prints `zhenfu.example.toml`; a test holds the file to it. What a reader would get wrong: only what
has no default needs an example value here; everything else shows its default.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator

from backend_client.opening import SETTINGS as BACKEND
from core.settings import Setting
from devices.fitting import FITTINGS
from terminal import machine_front
from terminal.own_settings import TERMINAL
from terminal.settings import UPKEEP

_HEAD = """\
# Settings of one Zhenfu terminal. Copy this file, change the values, and start with
#     ./run kiosk --config FILE        or        ./run cashier --config FILE
# A setting that is left out has the value shown here, except those without any default: number,
# folder, hospital, backend and device paths. A device that is not fitted has no table at all.
# A wrong, unknown or contradictory setting stops the start; all of them are named at once.
"""
_LINE = "# " + "-" * 96
MARK = "#: "
WINDOW_DEVICES = (
    *("id_card", "card_dispenser", "smart_card", "scanner", "nfc", "pos", "receipt_printer"),
    *("page_printer", "cash"),
)
_BOTH: dict[str, str] = {
    "hospital.name_zh": "温和医科大学附属医院",
    "hospital.name_en": "Wenhe University Hospital",
    "hospital.service_line": "0577-0000 2120",
    "backend.url": "https://settlement.hospital.example",
    "backend.token": "the-token-of-this-terminal",
    "backend.ca_file": "/etc/zhenfu/hospital-ca.pem",
    "backend.certificate_file": "/etc/zhenfu/terminal.pem",
    "backend.key_file": "/etc/zhenfu/terminal.key",
    "id_card.path": "serial:/dev/zhenfu/id_reader",
    "card_dispenser.path": "serial:/dev/zhenfu/dispenser",
    "card_reader.path": "serial:/dev/zhenfu/card_reader",
    "smart_card.path": "pcsc:ACS ACR39U",
    "scanner.path": "serial:/dev/zhenfu/scanner",
    "camera.path": "camera:0",
    "nfc.path": "nfc:usb",
    "nfc.uri_template": "https://settlement.hospital.example/e-code?visit={visit}",
    "cash.path": "serial:/dev/zhenfu/banknotes",
    "pos.path": "tcp:192.0.2.10:20007",
    "receipt_printer.path": "serial:/dev/zhenfu/receipt_printer",
    "page_printer.path": "cups:A4",
    "vending.path": "serial:/dev/zhenfu/vending",
    "relay.path": "serial:/dev/zhenfu/relay",
    "voice.clips": "/var/lib/zhenfu/voice",
}
_INPUTS = ("cabinet_door", "cash_door", "tamper", "presence")
_LIGHTS = ("card_slot_light", "printer_light", "cash_light", "alarm_light")
_KIOSK: dict[str, str | int | bool] = {
    "terminal.id": "K01",
    "terminal.data": "/var/lib/zhenfu/K01",
    "hospital.place_zh": "自助机 A-03 · 门诊一楼",
    "hospital.place_en": "Machine A-03, outpatient hall 1F",
    **{f"relay.{name}": at for at, name in enumerate(_INPUTS, 1)},
    **{f"relay.{name}": at for at, name in enumerate(_LIGHTS, 1)},
}
_WINDOW: dict[str, str | int | bool] = {
    "terminal.id": "W07",
    "terminal.data": "/var/lib/zhenfu/W07",
    "terminal.full_screen": False,
    "display.customer_screen": 1,
    "hospital.place_zh": "收费窗口 07 · 门诊一楼",
    "hospital.place_en": "Window 07, outpatient hall 1F",
    "receipt_printer.drawer": "pin_2",
    "receipt_printer.drawer_switch": "open_is_1",
}
_FORMS = {
    "serial": "serial:/dev/NAME",
    "tcp": "tcp:HOST:PORT",
    "pcsc": "pcsc:READER NAME",
    "cups": "cups:QUEUE",
    "file": "file:/dev/usb/lp0",
    "evdev": "evdev:/dev/input/by-id/NAME",
}


def example_text() -> str:
    """A kiosk with every device, then a window in comments of its own mark."""
    both = (*BACKEND, *UPKEEP)
    own = (*TERMINAL, *machine_front.SETTINGS, *both)
    kiosk = _terminal(own, _KIOSK, [fitting.name for fitting in FITTINGS])
    window = _terminal((*TERMINAL, *both), _WINDOW, WINDOW_DEVICES)
    lines = [
        _HEAD,
        *(_LINE, "# A kiosk with every device", _LINE, ""),
        *kiosk,
        *(_LINE, f'# A staffed window: take these lines instead, without the first "{MARK}"'),
        *(_LINE, ""),
        *(f"{MARK}{line}" if line else "" for line in window),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _terminal(
    always: Iterable[Setting], given: dict[str, str | int | bool], devices: Iterable[str]
) -> list[str]:
    tables: dict[str, list[Setting]] = {}
    for setting in always:
        tables.setdefault(setting.key.split(".")[0], []).append(setting)
    fitted = {fitting.name: fitting.settings for fitting in FITTINGS}
    tables |= {device: list(fitted[device]) for device in devices}
    lines = []
    for name, settings in tables.items():
        lines.append(f"[{name}]")
        for setting in settings:
            lines += _setting(setting, given)
        lines.append("")
    return lines


def _setting(setting: Setting, given: dict[str, str | int | bool]) -> Iterator[str]:
    key = setting.key.split(".", 1)[1]
    value = given.get(setting.key, setting.default)
    shown = _BOTH.get(setting.key) if value in (None, "") else value
    yield from _wrapped(" ".join((setting.sentence, *_notes(setting))))
    mark = "# " if setting.default == "" else ""
    yield f"{mark}{key} = {_toml(shown if shown is not None else '')}"


def _notes(setting: Setting) -> Iterator[str]:
    if setting.choices:
        yield f"One of: {', '.join(setting.choices)}."
    if setting.low is not None:
        yield f"{setting.low} to {setting.high}."
    if setting.schemes:
        yield f"As {' or '.join(_FORMS.get(s, s + ':…') for s in setting.schemes)}."


def _wrapped(text: str) -> Iterator[str]:
    """Comment lines of at most 96 characters."""
    line = "#"
    for part in text.split(" "):
        if len(line) + 1 + len(part) > 96:
            yield line
            line = "#"
        line += f" {part}"
    yield line


def _toml(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.stdout.write(example_text())
