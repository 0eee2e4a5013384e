"""GM65 and Newland: vectors, answers between codes, broken and lost answers, the trigger."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from device_vectors import by_name
from hypothesis import given
from hypothesis import strategies as st
from peer import PtyWire, bytes_of, first_told, serial_peer, wait_until

from core.ports import CodeScanned, DeviceHealth, DeviceTrouble, Done
from core.settings import Settings
from devices.checks import Finding, Identity, Outcome
from devices.errors import ProtocolError
from devices.scanner import contradictions, open_from
from devices.scanner.dialect import Answer, Dialect, Sieve
from devices.scanner.gm65 import frames as gm65
from devices.scanner.newland import frames as newland
from devices.scanner.opening import scanner_at
from devices.scanner.service import CodeScanner
from devices.scanner.text import text_of

CODE = "281234567890123456"
ONLINE, OFFLINE = DeviceHealth("scanner", "ok"), DeviceHealth("scanner", "offline")


@dataclass(frozen=True, slots=True)
class Words:
    """Literal bytes of one dialect."""

    protocol: str
    dialect: Dialect
    look: str
    stop: str
    done: str
    refused: str
    broken: str
    half: str


GM65 = Words(
    "gm65",
    gm65.GM65,
    look="7E 00 08 01 00 02 01 02 DA",
    stop="7E 00 08 01 00 02 00 12 FB",
    done="02 00 00 01 00 33 31",
    refused="02 00 03 01 00 6A 61",
    broken="02 00 00 01 00 33 30",
    half="02 00 00 01",
)
NEWLAND = Words(
    "newland",
    newland.NEWLAND,
    look="7E 01 30 30 30 30 23 53 43 4E 54 52 47 31 3B 03",
    stop="7E 01 30 30 30 30 23 53 43 4E 54 52 47 30 3B 03",
    done="02 01 30 30 30 30 23 53 43 4E 54 52 47 31 06 3B 03",
    refused="02 01 30 30 30 30 23 53 43 4E 54 52 47 31 05 3B 03",
    broken="02 01 30 30 31 30 23 53 43 4E 54 52 47 31 06 3B 03",
    half="02 01 30 30 30 30 23 53",
)
BOTH = pytest.mark.parametrize("words", [GM65, NEWLAND], ids=lambda w: w.protocol)


def texts_of(words: Words, *pieces: bytes) -> list[str]:
    """What a sieve lets through, silence at the end."""
    sieve = Sieve(words.dialect)
    codes = [code for piece in pieces for code in sieve.feed(piece)]
    return [text_of(code) for code in codes + sieve.end()]


@pytest.mark.parametrize(
    ("name", "command"), [("trigger_crc", gm65.trigger(True)), ("stop_crc", gm65.trigger(False))]
)
def test_gm65_command_is_the_vector(name: str, command: bytes) -> None:
    assert by_name("gm65")[name].raw == command


@pytest.mark.parametrize(
    ("name", "command"), [("trigger", newland.trigger(True)), ("stop", newland.trigger(False))]
)
def test_newland_command_is_the_vector(name: str, command: bytes) -> None:
    assert by_name("newland")[name].raw == command


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("ok", Answer(done=True, code="00", data=b"\x00")),
        ("unknown_command", Answer(done=False, code="03", data=b"\x00")),
        ("crc_error", Answer(done=False, code="01", again=True, data=b"\x00")),
        ("baud_answer", Answer(done=True, code="00", data=b"\x39\x01")),
    ],
)
def test_gm65_answer_vector_gives_its_word(name: str, answer: Answer) -> None:
    assert gm65.take(bytearray(by_name("gm65")[name].raw)) == answer


@pytest.mark.parametrize(
    ("name", "code"), [("trigger_ok", "06"), ("out_of_range", "15"), ("unknown_answer", "05")]
)
def test_newland_answer_vector_gives_its_word(name: str, code: str) -> None:
    answer = newland.take(bytearray(by_name("newland")[name].raw))
    assert answer is not None
    assert (answer.code, answer.done) == (code, code == "06")


@BOTH
@pytest.mark.parametrize("name", ["code_cr", "answer_then_code", "chinese_code"])
def test_code_vector_gives_its_text(words: Words, name: str) -> None:
    vector = by_name(words.protocol)[name]
    assert texts_of(words, vector.raw) == [vector.text("text")]


@BOTH
def test_answer_inside_a_code_leaves_the_code_whole_however_it_is_cut(words: Words) -> None:
    stream = b"2812345" + bytes_of(words.done) + b"67890123456\r\n"
    for cut in range(len(stream)):
        assert texts_of(words, stream[:cut], stream[cut:]) == [CODE]


@BOTH
def test_broken_answer_spoils_the_code_around_it_and_no_other(words: Words) -> None:
    broken = bytes_of(words.broken)
    stream = b"AAA\r\n2812345" + broken + b"67890123456\r\nBBB\r\n"
    assert texts_of(words, stream) == ["AAA", "BBB"]


@BOTH
def test_answer_that_stops_in_the_middle_is_no_code(words: Words) -> None:
    assert texts_of(words, bytes_of(words.half)) == []
    assert texts_of(words, b"2812345" + bytes_of(words.half)) == []


@BOTH
@pytest.mark.parametrize("at", [0, 1])
def test_answer_whose_beginning_was_garbled_is_no_code(words: Words, at: int) -> None:
    garbled = bytearray(bytes_of(words.done))
    garbled[at] ^= 0x5A
    missing = bytes_of(words.done)
    for torn in (bytes(garbled), missing[:at] + missing[at + 1 :]):
        assert texts_of(words, torn) == []
        assert texts_of(words, torn + b"\r", b"AAA\r") == ["AAA"]


def test_newland_answer_without_an_ending_does_not_swallow_for_ever() -> None:
    stream = b"\x02\x010000" + b"7" * 58 + b"888\r\nAAA\r\n"
    assert texts_of(NEWLAND, stream) == ["AAA"]


@BOTH
@given(noise=st.binary(max_size=300))
def test_noise_behind_a_marker_gives_an_answer_or_a_protocol_error(
    words: Words, noise: bytes
) -> None:
    buffer = bytearray(words.dialect.marker + noise)
    before = len(buffer)
    try:
        taken = words.dialect.take(buffer)
    except ProtocolError:
        assert len(buffer) < before
    else:
        assert taken is None or len(buffer) < before


@BOTH
@given(pieces=st.lists(st.binary(max_size=100), max_size=8))
def test_noise_gives_clean_codes(words: Words, pieces: list[bytes]) -> None:
    noisy = [words.dialect.marker + piece for piece in pieces]
    for text in texts_of(words, *noisy):
        assert not any(ord(character) < 0x20 for character in text)


def opened(path: str, words: Words) -> CodeScanner:
    """A service of that dialect."""
    return scanner_at(path, protocol=words.protocol)


def heard(service: CodeScanner) -> str:
    """The next text."""
    texts: list[str] = []

    def came() -> bool:
        texts.extend(e.text for e in service.poll() if isinstance(e, CodeScanned))
        return bool(texts)

    wait_until(came)
    return texts[0]


@BOTH
def test_scanner_looks_from_the_start_and_again_after_each_code(words: Words) -> None:
    def script(wire: PtyWire) -> None:
        wire.expect(words.look)
        wire.write(bytes_of(words.done) + CODE.encode() + b"\r")
        wire.expect(words.look)
        wire.write(b"AAA\r" + bytes_of(words.done))
        wire.expect(words.look)
        wire.send(words.done)

    with serial_peer(script) as path:
        service = opened(path, words)
        assert heard(service) == CODE
        assert heard(service) == "AAA"
        service.poll()
        service.close()


@BOTH
def test_trigger_off_is_said_and_not_taken_back_by_a_code(words: Words) -> None:
    def script(wire: PtyWire) -> None:
        wire.expect(words.look)
        wire.send(words.done)
        wire.expect(words.stop)
        wire.write(b"28123" + bytes_of(words.done) + b"4567890123456\r")
        wire.expect(words.stop)
        wire.send(words.done)

    with serial_peer(script) as path:
        service = opened(path, words)
        assert service.poll() == [ONLINE]
        assert service.trigger(False) == Done()
        assert heard(service) == CODE
        service.poll()
        assert service.trigger(False) == Done()
        service.close()


@BOTH
def test_answer_lost_once_is_asked_again(words: Words) -> None:
    def script(wire: PtyWire) -> None:
        wire.expect(words.look)
        wire.expect(words.look)
        wire.send(words.done)

    with serial_peer(script) as path:
        service = opened(path, words)
        assert service.poll() == [ONLINE]
        service.close()


def test_gm65_that_did_not_get_the_command_well_is_asked_again() -> None:
    def script(wire: PtyWire) -> None:
        wire.expect(GM65.look)
        wire.send("02 00 01 01 00 04 01")
        wire.expect(GM65.look)
        wire.send(GM65.done)

    with serial_peer(script) as path:
        service = opened(path, GM65)
        assert service.poll() == [ONLINE]
        service.close()


@BOTH
@pytest.mark.expects_warnings("devices.link")
def test_silent_scanner_is_offline_and_its_trigger_a_timeout(words: Words) -> None:
    def script(wire: PtyWire) -> None:
        for _ in range(4):
            wire.expect(words.look)

    with serial_peer(script) as path:
        service = opened(path, words)
        assert service.poll() == [OFFLINE]
        assert service.trigger(True) == DeviceTrouble("scanner", "timeout")
        service.close()


@BOTH
@pytest.mark.expects_warnings("devices.link")
def test_refused_command_is_a_hardware_error(words: Words) -> None:
    def script(wire: PtyWire) -> None:
        wire.expect(words.stop)
        wire.send(words.refused)

    with serial_peer(script) as path:
        service = opened(path, words)
        assert service.trigger(False) == DeviceTrouble("scanner", "hardware_error")
        service.close()


@BOTH
@pytest.mark.expects_warnings("devices.scanner")
def test_broken_answer_and_its_code_are_logged_without_content(
    words: Words, caplog: pytest.LogCaptureFixture
) -> None:
    def script(wire: PtyWire) -> None:
        wire.expect(words.look)
        wire.write(bytes_of(words.done) + b"2812345" + bytes_of(words.broken) + b"678\rAAA\r")
        wire.expect(words.look)
        wire.send(words.done)

    with caplog.at_level(logging.WARNING), serial_peer(script) as path:
        service = opened(path, words)
        assert heard(service) == "AAA"
        service.poll()
        service.close()
    assert [r.getMessage() for r in caplog.records] == [
        "scanner: a code that was too long or broken was dropped"
    ]


@BOTH
@pytest.mark.expects_warnings("devices.link")
def test_unplugged_scanner_is_offline(words: Words) -> None:
    def script(wire: PtyWire) -> None:
        wire.expect(words.look)
        wire.send(words.done)
        wire.read_some(64, 5.0)
        wire.hang_up()

    with serial_peer(script) as path:
        service = opened(path, words)
        assert service.poll() == [ONLINE]
        service.trigger(False)
        assert first_told(service.poll) == [OFFLINE]


def check(service: CodeScanner, name: str) -> Finding:
    """The finding of one check."""
    (found,) = [one for one in service.checks() if one.name == name]
    return found.work()


def test_line_check_of_a_commanded_scanner_passes_by_its_answer() -> None:
    def script(wire: PtyWire) -> None:
        for _ in range(2):
            wire.expect(GM65.look)
            wire.send(GM65.done)

    with serial_peer(script) as path:
        service = opened(path, GM65)
        assert check(service, "line").outcome is Outcome.PASSED
        assert service.identity() == Identity()
        service.close()


def test_line_check_of_a_plain_scanner_cannot_know() -> None:
    with serial_peer(lambda wire: None) as path:
        service = scanner_at(path)
        assert check(service, "line").outcome is Outcome.UNSURE
        service.close()


def test_read_code_check_tells_the_length_and_not_the_text() -> None:
    def script(wire: PtyWire) -> None:
        for reply in (b"", CODE.encode() + b"\r"):
            wire.expect(NEWLAND.look)
            wire.write(bytes_of(NEWLAND.done) + reply)

    with serial_peer(script) as path:
        service = opened(path, NEWLAND)
        finding = check(service, "read_code")
        service.close()
    assert finding.outcome is Outcome.PASSED
    assert [f.value for f in finding.facts if f.name == "characters"] == ["18"]
    assert CODE not in repr(finding)


def given_settings(path: str, protocol: str) -> Settings:
    """Checked settings of the table."""
    return Settings({"scanner.path": path, "scanner.protocol": protocol, "scanner.baud": 9600})


@pytest.mark.parametrize(
    ("path", "protocol", "told"),
    [
        ("evdev:/dev/input/event3", "gm65", 'write scanner.protocol = "line"'),
        ("serial:/dev/input/event3", "line", 'write scanner.path = "evdev:/dev/input/event3"'),
    ],
)
def test_settings_that_contradict_one_another_are_told(path: str, protocol: str, told: str) -> None:
    (sentence,) = contradictions(given_settings(path, protocol))
    assert sentence.endswith(told)


@pytest.mark.parametrize(
    ("path", "protocol"),
    [("evdev:/dev/input/event3", "line"), ("serial:/dev/ttyUSB0", "newland")],
)
def test_settings_that_go_together_open(path: str, protocol: str) -> None:
    given = given_settings(path, protocol)
    assert contradictions(given) == []
    maker: Callable[[Settings], CodeScanner] = open_from
    assert isinstance(maker(given), CodeScanner)
