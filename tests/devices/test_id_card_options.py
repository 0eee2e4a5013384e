"""What the ID card reader does beyond the plain reading: address, fingerprint, photo, checks."""

from __future__ import annotations

from pathlib import Path

import pytest
from device_vectors import by_name
from peer import PtyWire, TcpWire, first_told, serial_peer, tcp_peer, wait_until

import devices.id_card
from core.errors import SettingsError
from core.ports import DeviceTrouble, IdCardPresent
from core.settings import load
from devices.checks import Fact, Finding, Identity, Outcome
from devices.id_card.driver import SamLimits
from devices.id_card.service import IdCardOptions, IdCardReader

STATUS, FIND, SELECT, READ, READ_ALL, ADDRESS, SAM_ID = (
    "AAAAAA9669 0003 11FF ED",
    "AAAAAA9669 0003 2001 22",
    "AAAAAA9669 0003 2002 21",
    "AAAAAA9669 0003 3001 32",
    "AAAAAA9669 0003 3010 23",
    "AAAAAA9669 0003 3003 30",
    "AAAAAA9669 0003 12FF EE",
)
OK = "AAAAAA9669 0004 000090 94"
FOUND = "AAAAAA9669 0008 00009F 00000000 97"
NOT_FOUND = "AAAAAA9669 0004 000080 84"
SELECTED = "AAAAAA9669 000C 000090 0000000000000000 9C"
NO_CONTENT = "AAAAAA9669 0004 000091 95"
VECTORS = by_name("sam_v")
PERSON = VECTORS["read_text_photo_answer"].raw.hex()
PERMIT = VECTORS["read_permit_answer"].raw.hex()
ALL = VECTORS["read_fingerprint_answer_512"].raw.hex()
NEW_ADDRESS = VECTORS["additional_address_answer"]


def decode_nothing(photo: bytes) -> bytes | None:
    return None


def decode(photo: bytes) -> bytes | None:
    return b"PNG" + photo[:2]


def fail(photo: bytes) -> bytes | None:
    raise RuntimeError("no licence")


def reader(path: str, options: IdCardOptions) -> IdCardReader:
    return IdCardReader(path, options=options, limits=SamLimits(answer_s=0.5, read_s=0.5))


def present(service: IdCardReader) -> IdCardPresent:
    event = service.poll()[1]
    assert isinstance(event, IdCardPresent)
    service.close()
    return event


def play(wire: PtyWire | TcpWire, *pairs: tuple[str, str]) -> None:
    for request, answer in ((STATUS, OK), (FIND, FOUND), (SELECT, SELECTED), *pairs):
        wire.expect(request)
        wire.send(answer)


@pytest.mark.parametrize(
    ("answer", "address"),
    [
        (NEW_ADDRESS.raw.hex(), NEW_ADDRESS.text("address")),
        (NO_CONTENT, VECTORS["read_text_photo_answer"].text("address")),
    ],
)
def test_latest_address_replaces_the_printed_one(answer: str, address: str) -> None:
    with serial_peer(lambda wire: play(wire, (READ, PERSON), (ADDRESS, answer))) as path:
        event = present(reader(path, IdCardOptions(latest_address=True)))
    assert event.document.address == address


def test_permit_is_not_asked_for_a_latest_address() -> None:
    with serial_peer(lambda wire: play(wire, (READ, PERMIT))) as path:
        event = present(reader(path, IdCardOptions(latest_address=True)))
    assert event.document.layout == "permit"


def test_fingerprint_is_read_over_and_thrown_away() -> None:
    with serial_peer(lambda wire: play(wire, (READ_ALL, ALL))) as path:
        event = present(reader(path, IdCardOptions(fingerprint=True)))
    assert event.document.name == "张三"
    assert len(event.document.photo) == 1024


def test_card_is_read_through_a_serial_server() -> None:
    def script(wire: TcpWire) -> None:
        wire.accept()
        play(wire, (READ, PERSON))

    with tcp_peer(script) as path:
        event = present(reader(path, IdCardOptions()))
    assert event.document.name == "张三"
    assert event.document.picture == b""
    assert "张三" not in repr(event)


@pytest.mark.parametrize(
    ("decoder", "picture"), [(decode_nothing, b""), (decode, b"PNG"), (fail, b"")]
)
@pytest.mark.expects_warnings("devices.id_card.service")
def test_picture_is_what_the_decoder_gives_and_nothing_when_it_fails(
    decoder: devices.id_card.service.PhotoDecoder, picture: bytes
) -> None:
    with serial_peer(lambda wire: play(wire, (READ, PERSON))) as path:
        event = present(reader(path, IdCardOptions(photo_decoder=decoder)))
    assert event.document.picture[:3] == picture


@pytest.mark.parametrize("name", ["json:loads", "no_such_module:x", "json:no_such", "json:__doc__"])
def test_photo_decoder_is_loaded_at_the_start(tmp_path: Path, name: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f'[id_card]\npath = "serial:/dev/x"\nphoto_decoder = "{name}"\n')
    settings = load(file, devices.id_card.SETTINGS)
    if name == "json:loads":
        devices.id_card.open_from(settings).close()
        return
    with pytest.raises(SettingsError, match="photo_decoder"):
        devices.id_card.open_from(settings)


def findings(service: IdCardReader) -> dict[str, Finding]:
    found = {check.name: check.work() for check in service.checks()}
    service.close()
    return found


def test_checks_tell_serial_layout_and_times_and_nothing_of_the_person() -> None:
    def script(wire: PtyWire) -> None:
        answers = (STATUS, OK), (STATUS, OK), (SAM_ID, VECTORS["sam_id_answer"].raw.hex())
        card = (FIND, NOT_FOUND), (FIND, FOUND), (SELECT, SELECTED), (READ, PERSON)
        for request, answer in (*answers, *card):
            wire.expect(request)
            wire.send(answer)

    with serial_peer(script) as path:
        found = findings(reader(path, IdCardOptions()))
    assert found["line"] == Finding(Outcome.PASSED)
    assert found["sam_id"].facts == (Fact("serial", "05.01-20160101-0012345678-0987654321"),)
    assert [fact.name for fact in found["read_card"].facts] == ["layout", "read_ms", "photo_bytes"]
    assert found["read_card"].facts[0].value == "citizen"


@pytest.mark.expects_warnings("devices.link")
def test_identity_is_the_sam_number_or_trouble() -> None:
    def script(wire: PtyWire) -> None:
        for request, answer in ((STATUS, OK), (SAM_ID, VECTORS["sam_id_answer"].raw.hex())):
            wire.expect(request)
            wire.send(answer)
        wire.expect(SAM_ID)
        wire.hang_up()

    with serial_peer(script) as path:
        service = reader(path, IdCardOptions())
        serial = "05.01-20160101-0012345678-0987654321"
        assert service.identity() == Identity(model="SAM_V", serial=serial)
        assert isinstance(service.identity(), DeviceTrouble)
        service.close()


@pytest.mark.expects_warnings("devices.link")
def test_card_checked_by_a_technician_is_not_told_to_a_patient() -> None:
    def script(wire: PtyWire) -> None:
        play(wire, (READ, PERSON))
        for _ in range(2):
            wire.expect(FIND)
            wire.send(NOT_FOUND)

    with serial_peer(script) as path:
        service = reader(path, IdCardOptions(gone_after_ms=60000))
        check = next(check for check in service.checks() if check.name == "read_card")
        assert check.work().outcome is Outcome.PASSED
        assert [type(event).__name__ for event in first_told(service.poll)] == ["DeviceHealth"]
        wait_until(lambda: service.poll() == [])
        service.close()
