"""The keyboard scanner: real event structs through a pipe, as the kernel would deliver them."""

from __future__ import annotations

import errno
import logging
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from peer import first_told, wait_until

from core.ports import CodeScanned, DeviceHealth
from devices.checks import Identity, Outcome
from devices.errors import TransportError
from devices.scanner.keyboard.driver import KeyboardScanner
from devices.scanner.keyboard.keys import KeyText
from devices.scanner.opening import scanner_at
from devices.scanner.service import CodeScanner
from devices.transport.evdev import Dropped, Key, KeyStream

ONLINE, OFFLINE = DeviceHealth("scanner", "ok"), DeviceHealth("scanner", "offline")
ENTER, KEYPAD_ENTER, TAB, LEFT_SHIFT, RIGHT_SHIFT = 28, 96, 15, 42, 54
LEFT_CONTROL, LEFT_ALT, META, F4 = 29, 56, 125, 62
KEYS = {"1": 2, "2": 3, "0": 11, "a": 30, "b": 48, "z": 44, "-": 12, ".": 52, "/": 53}
SHIFTED = {"A": 30, "B": 48, "Z": 44, ":": 39, "?": 53, "_": 12}


def raw(kind: int, code: int, value: int) -> bytes:
    """A `struct input_event`."""
    return struct.pack("@llHHi", 1700000000, 5, kind, code, value)


def press(code: int) -> bytes:
    """Scan code, key down, report, key up, report, as a keyboard says it."""
    report = raw(0, 0, 0)
    return raw(4, 4, 458756) + raw(1, code, 1) + report + raw(1, code, 0) + report


def typed(text: str, ending: int = ENTER) -> bytes:
    """All keys of a text."""
    keys = b""
    for character in text:
        if character in SHIFTED:
            key = press(SHIFTED[character])
            keys += raw(1, LEFT_SHIFT, 1) + raw(0, 0, 0) + key + raw(1, LEFT_SHIFT, 0)
        else:
            keys += press(KEYS[character])
    return keys + press(ending)


@dataclass(slots=True)
class PipeDevice:
    """The reading end of a pipe in the place of an opened `/dev/input/event…`."""

    fd: int = -1
    name: str = "Barcode Reader"
    uniq: str = "SN1"
    grabbed: bool = False
    grab_error: int = 0
    writer: int = field(default=-1)

    def __post_init__(self) -> None:
        self.fd, self.writer = os.pipe()

    def grab(self) -> None:
        """EVIOCGRAB, or the kernel's refusal."""
        if self.grab_error:
            raise OSError(self.grab_error, os.strerror(self.grab_error))
        self.grabbed = True

    def close(self) -> None:
        """As evdev does."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1


@pytest.fixture
def device() -> Iterator[PipeDevice]:
    made = PipeDevice()
    yield made
    made.close()
    if made.writer >= 0:
        os.close(made.writer)


@pytest.fixture
def service(device: PipeDevice) -> Iterator[CodeScanner]:
    opened = CodeScanner(lambda: KeyboardScanner(KeyStream(device)))
    assert opened.poll() == [ONLINE]
    yield opened
    opened.close()


def texts(service: CodeScanner, last: str) -> list[str]:
    """What is told, up to `last`."""
    told: list[str] = []

    def came() -> bool:
        told.extend(e.text for e in service.poll() if isinstance(e, CodeScanned))
        return told[-1:] == [last]

    wait_until(came)
    return told


def read(*data: bytes) -> tuple[list[str], int]:
    """Codes of key events given as bytes, and how many were dropped."""
    text = KeyText()
    codes = []
    for kind, code, value in (e[2:] for e in struct.iter_unpack("@llHHi", b"".join(data))):
        event = Dropped() if (kind, code) == (0, 3) else Key(code, value == 1)
        if kind == 1 or isinstance(event, Dropped):
            found = text.feed(event)
            codes += [found] if found else []
    return codes, text.dropped


def test_code_is_told_and_the_keyboard_is_grabbed(device: PipeDevice, service: CodeScanner) -> None:
    os.write(device.writer, typed("Az-10_?"))
    assert texts(service, "Az-10_?") == ["Az-10_?"]
    assert device.grabbed
    assert service.identity() == Identity(model="Barcode Reader", serial="SN1")
    assert service.checks()[0].work().outcome is Outcome.PASSED


def test_events_cut_anywhere_give_the_same_text(device: PipeDevice, service: CodeScanner) -> None:
    data = typed("12a.b/0")
    for cut in (1, 23, 25, 100):
        os.write(device.writer, data[:cut])
        os.write(device.writer, data[cut:] + typed("z" * cut))
        assert texts(service, "z" * cut) == ["12a.b/0", "z" * cut]


def test_long_burst_between_two_polls_is_not_lost(device: PipeDevice, service: CodeScanner) -> None:
    for _ in range(20):
        os.write(device.writer, typed("120" * 9))
    os.write(device.writer, typed("ab"))
    assert texts(service, "ab") == ["120" * 9, "ab"]


@pytest.mark.parametrize("ending", [ENTER, KEYPAD_ENTER, TAB])
def test_each_ending_ends_a_code(ending: int) -> None:
    assert read(typed("12", ending)) == (["12"], 0)


def test_right_shift_and_keypad_digits_are_known() -> None:
    shift = raw(1, RIGHT_SHIFT, 1) + press(30) + raw(1, RIGHT_SHIFT, 0)
    assert read(shift, press(79), press(80), press(71), press(82), press(ENTER)) == (["A1270"], 0)


def test_held_key_is_one_character() -> None:
    repeat = raw(1, 30, 2)
    text = KeyText()
    stream = KeyStream(PipeDevice())
    os.write(stream.device.writer, raw(1, 30, 1) + repeat * 5 + raw(1, 30, 0) + press(ENTER))  # type: ignore[attr-defined]
    found = [text.feed(event) for event in stream.next(5.0)]
    stream.close()
    assert [code for code in found if code] == ["a"]


def test_alt_f4_printed_as_a_code_spoils_it_and_the_next_is_read() -> None:
    alt_f4 = raw(1, LEFT_ALT, 1) + press(F4) + raw(1, LEFT_ALT, 0)
    assert read(press(30), alt_f4, press(ENTER), typed("12")) == (["12"], 1)
    meta = raw(1, META, 1) + press(38) + raw(1, META, 0)
    assert read(meta, press(ENTER)) == ([], 1)


def test_control_character_is_nothing() -> None:
    separator = raw(1, LEFT_CONTROL, 1) + press(27) + raw(1, LEFT_CONTROL, 0)
    assert read(press(2), separator, press(3), press(ENTER)) == (["12"], 0)


def test_unknown_key_is_nothing() -> None:
    assert read(press(2), press(113), press(3), press(ENTER)) == (["12"], 0)


def test_events_lost_by_the_kernel_drop_the_code() -> None:
    lost = raw(0, 3, 0)
    assert read(press(2), lost, press(3), press(ENTER), typed("ab")) == (["ab"], 1)


def test_overlong_code_is_dropped_whole() -> None:
    assert read(typed("1" * 513), typed("2" * 512)) == (["2" * 512], 1)


@pytest.mark.expects_warnings("devices.scanner")
def test_keys_without_an_ending_are_dropped_and_logged_without_content(
    device: PipeDevice, service: CodeScanner, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        os.write(device.writer, press(2) + press(3))
        wait_until(lambda: bool(caplog.records))
        os.write(device.writer, typed("ab"))
        assert texts(service, "ab") == ["ab"]
    (record,) = caplog.records
    assert record.getMessage() == (
        "scanner: a code that was too long, broken or unended was dropped"
    )


@pytest.mark.expects_warnings("devices.link")
def test_unplugged_keyboard_is_offline(device: PipeDevice, service: CodeScanner) -> None:
    os.close(device.writer)
    device.writer = -1
    assert first_told(service.poll) == [OFFLINE]


def test_error_19_of_the_kernel_is_a_transport_error() -> None:
    device = PipeDevice()
    stream = KeyStream(device)
    device.close()
    with pytest.raises(TransportError):
        stream.next(0.1)
    stream.close()
    os.close(device.writer)
    assert errno.ENODEV == 19


@pytest.mark.expects_warnings("devices.link")
def test_keyboard_that_another_program_grabbed_is_offline() -> None:
    device = PipeDevice(grab_error=errno.EBUSY)
    service = CodeScanner(lambda: KeyboardScanner(KeyStream(device)))
    assert service.poll() == [OFFLINE]
    device.close()
    os.close(device.writer)


@pytest.mark.expects_warnings("devices.link")
@pytest.mark.parametrize("path", ["evdev:/dev/input/by-id/none", "evdev:/dev/null"])
def test_path_that_is_no_keyboard_is_offline(path: str) -> None:
    assert scanner_at(path).poll() == [OFFLINE]


@given(
    events=st.lists(
        st.one_of(st.just(Dropped()), st.builds(Key, st.integers(0, 767), st.booleans())),
        max_size=80,
    )
)
def test_any_keys_give_printable_texts(events: list[Key | Dropped]) -> None:
    text = KeyText()
    for event in events:
        code = text.feed(event)
        assert code is None or (code and code.isprintable() and code.isascii())
