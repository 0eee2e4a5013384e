"""Cards with files: APDUs and records against the hand-written vectors, and odd cards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from device_vectors import by_name

from core.ports import (
    BankCardPresent,
    CardNeedsPsam,
    CardUnreadable,
    HealthCardPresent,
    ResidentCardPresent,
    SocialCardPresent,
)
from devices.errors import DeviceRefused, ProtocolError
from devices.m1_layout import M1Layout
from devices.smart_card import files
from devices.smart_card.driver import CardDriver
from devices.smart_card.kinds import CardPresent, Psam, Reading, Recogniser
from devices.transport.pcsc import PcscReader

VECTORS = by_name("pcsc_cards")
CODE = "430299D156000005000000133A05F2E3"
ID_NUMBER = "11010119900307109X"
SOCIAL = SocialCardPresent(CODE, "B00000131", ID_NUMBER, "张三", "2.0", "2022")
RESIDENT = ResidentCardPresent("330302A00000001234", "330302A00000001234", ID_NUMBER, "张三")
ATR = VECTORS["social_atr"].raw
M1_ATR = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")

COMMANDS: dict[str, bytes] = {
    "select_ssse": files.select_name(files.SOCIAL_NAMES[0]),
    "select_ssse_2": files.select_name(files.SOCIAL_NAMES[1]),
    "get_response_24": files.get_response(24),
    "select_ef05": files.select_file(files.EF05),
    "select_ef05_short": files.select_file(files.EF05, below_application=False),
    "select_ef06": files.select_file(files.EF06),
    "read_tag_01": files.read_tag(0x01, 16),
    "read_tag_07": files.read_tag(0x07, 9),
    "read_record_07": files.read_number(7, 9),
    "read_tag_4e": files.read_tag(0x4E, 20),
    "select_ddf1": files.select_file(files.DDF1, below_application=False),
    "read_health_record_07": files.read_number(7, 18),
    "select_unionpay": files.select_name(files.UNIONPAY_NAMES[0]) + b"\0",
    "select_unionpay_debit": files.select_name(files.UNIONPAY_NAMES[1]) + b"\0",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_the_vector(name: str) -> None:
    assert VECTORS[name].raw == COMMANDS[name]


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("20210615", "2021-06-15"),
        ("32303232", "2022"),
        ("20210231", ""),
        ("FFFFFFFF", ""),
        ("00000000", ""),
        ("", ""),
        ("99999999", ""),
    ],
)
def test_dates_that_are_none_are_not_known(value: str, date: str) -> None:
    assert files.date_of(bytes.fromhex(value)) == date


def test_name_cut_in_the_middle_of_a_character_is_joined() -> None:
    whole = "阿卜杜拉提甫".encode("gbk")
    assert files.text_of(whole[:5] + b"\0\0", whole[5:]) == "阿卜杜拉提甫"
    assert files.digits_of(bytes.fromhex("1234FF")) == "1234"


class Card(PcscReader):
    """A card that is a table; an APDU it does not know is 6A 82."""

    def __init__(self, answers: dict[str, str], uid: str = "6A81") -> None:
        super().__init__("table")
        self._answers = {bytes.fromhex("FFCA000000"): bytes.fromhex(uid)}
        self.asked: list[bytes] = []
        self.learn(answers)

    def learn(self, answers: dict[str, str]) -> None:
        """APDU to answer, both hex."""
        self._answers |= {bytes.fromhex(k): bytes.fromhex(v) for k, v in answers.items()}

    def exchange(self, apdu: bytes) -> bytes:
        self.asked.append(apdu)
        return self._answers.get(apdu, b"\x6a\x82")


def table(*pairs: tuple[str, str]) -> dict[str, str]:
    """Vector names to answers; a word of four is a status."""
    return {
        VECTORS[command].raw.hex(): VECTORS[answer].raw.hex() if answer in VECTORS else answer
        for command, answer in pairs
    }


ENVIRONMENT = (("select_ssse", "more_24"), ("get_response_24", "ssse_fci_answer"))
ABOUT_THE_CARD = (
    ("select_ef05", "ok"),
    ("read_tag_01", "tag_01_answer"),
    ("read_tag_03", "tag_03_answer"),
    ("read_tag_06", "tag_06_answer"),
    ("read_tag_07", "tag_07_answer"),
)
ABOUT_THE_PERSON = (
    ("select_ef06", "ok"),
    ("read_tag_08", "tag_08_answer"),
    ("read_tag_09", "tag_09_answer"),
    ("read_tag_4e", "tag_4e_answer"),
)
WHOLE = (*ENVIRONMENT, *ABOUT_THE_CARD, *ABOUT_THE_PERSON)


def recognise(card: Card, psam: Psam | None = None, atr: bytes = ATR) -> CardPresent:
    return Recogniser(M1Layout(), psam).read(CardDriver(card), atr).card


def test_card_of_the_trace_is_read() -> None:
    assert recognise(Card(table(*WHOLE))) == SOCIAL
    assert "张三" not in repr(SOCIAL)
    assert "张三" not in repr(RESIDENT)


def test_card_with_the_second_environment_and_short_select_is_read() -> None:
    other = (("select_ssse_2", "ok"), ("select_ef05", "6A86"), ("select_ef05_short", "ok"))
    assert recognise(Card(table(*ABOUT_THE_CARD, *ABOUT_THE_PERSON, *other))) == SOCIAL


def test_wrong_length_is_mended_and_waiting_bytes_are_fetched() -> None:
    mended = (("read_tag_09", "more_32"), ("get_response_32", "tag_09_answer"))
    card = Card(
        table(*WHOLE, *mended) | {"00B208 0014": "6C16", "00B208 0016": tag_08()},
    )
    assert recognise(card) == SOCIAL


def tag_08() -> str:
    return VECTORS["tag_08_answer"].raw.hex()


def test_card_read_by_number_where_tags_are_refused() -> None:
    tags = ("01", "03", "06", "07", "08", "09", "4e")
    sizes = (16, 4, 4, 9, 18, 30, 20)
    numbers = (1, 3, 6, 7, 1, 2, 3)
    answers = dict(table(*ENVIRONMENT, ("select_ef06", "ok"), ("select_ef05", "ok")))
    card = ByNumber(answers)
    for tag, size, number in zip(tags, sizes, numbers, strict=True):
        card.add(tag, number, size)
    assert recognise(card) == SOCIAL


class ByNumber(Card):
    """Its two files number their records each from 1."""

    def __init__(self, answers: dict[str, str]) -> None:
        super().__init__(answers)
        self._records: dict[tuple[str, bytes], bytes] = {}
        self._file = ""

    def add(self, tag: str, number: int, size: int) -> None:
        file = "EF06" if tag in ("08", "09", "4e") else "EF05"
        answer = VECTORS[f"tag_{tag}_answer"].raw
        self._records[file, files.read_number(number, size)] = answer

    def exchange(self, apdu: bytes) -> bytes:
        if apdu[:3] == bytes.fromhex("00A402"):
            self._file = apdu[-2:].hex().upper()
        if apdu[1] == 0xB2:
            return self._records.get((self._file, apdu), b"\x6a\x83")
        return super().exchange(apdu)


def test_missing_version_and_date_are_not_known() -> None:
    card = Card(table(*WHOLE, ("read_tag_03", "6A83"), ("read_tag_06", "6A83")))
    read = recognise(card)
    assert isinstance(read, SocialCardPresent)
    assert (read.version, read.valid_to) == ("", "")


LOCKED = table(*WHOLE, ("read_tag_08", "security_not_satisfied"))


def _fails(exchange: Callable[[bytes], bytes], atr: bytes) -> bool:
    raise RuntimeError("no module")


def _cannot(exchange: Callable[[bytes], bytes], atr: bytes) -> bool:
    return False


def _says_so(exchange: Callable[[bytes], bytes], atr: bytes) -> bool:
    return exchange(VECTORS["get_challenge"].raw) == b"\x6a\x82"


@pytest.mark.parametrize("psam", [None, _fails, _cannot, _says_so])
@pytest.mark.expects_warnings("devices.smart_card.kinds")
def test_locked_card_needs_a_security_module(psam: Psam | None) -> None:
    assert recognise(Card(LOCKED), psam) == CardNeedsPsam()


def test_locked_card_is_read_once_more_after_the_hook() -> None:
    card = Card(LOCKED)

    def psam(exchange: Callable[[bytes], bytes], atr: bytes) -> bool:
        assert atr == ATR
        card.learn(table(*WHOLE))
        return True

    assert recognise(card, psam) == SOCIAL


class Swapped(Card):
    """Another card's code from the second look on."""

    def exchange(self, apdu: bytes) -> bytes:
        answer = super().exchange(apdu)
        is_again = self.asked.count(apdu) > 1 and apdu == VECTORS["read_tag_01"].raw
        return bytes.fromhex("0110" + "00" * 16 + "9000") if is_again else answer


def test_card_swapped_while_it_is_read_is_a_protocol_error() -> None:
    with pytest.raises(ProtocolError, match="swapped"):
        recognise(Swapped(table(*WHOLE)))


RESIDENT_CARD = table(
    ("select_ddf1", "ok"),
    ("select_health_ef05", "ok"),
    ("select_health_ef06", "ok"),
    ("read_health_record_07", "health_record_07_answer"),
    ("read_health_name", "health_name_answer"),
    ("read_health_id_number", "health_id_number_answer"),
)


def test_resident_health_card_is_read_by_number_or_by_the_other_form() -> None:
    assert recognise(Card(RESIDENT_CARD)) == RESIDENT
    other_form = RESIDENT_CARD | table(
        ("read_health_record_07", "6A86"),
        ("read_health_record_07_p2_00", "health_record_07_answer"),
    )
    assert recognise(Card(other_form)) == RESIDENT


def test_bank_card_is_selected_and_nothing_more() -> None:
    card = Card({COMMANDS["select_unionpay"][:-1].hex(): VECTORS["unionpay_answer"].raw.hex()})
    assert recognise(card) == BankCardPresent()
    assert {apdu[1] for apdu in card.asked} <= {0xCA, 0xA4}


def test_storage_card_is_never_asked_for_files() -> None:
    number = "FFB0000410", b"20250008".ljust(16, b"\0").hex() + "9000"
    keys = {"FF82000006FFFFFFFFFFFF": "9000", "FF860000050100046000": "9000"}
    card = Card(keys | dict([number]), uid="1A2B3C4D9000")
    assert recognise(card, atr=M1_ATR) == HealthCardPresent("1A2B3C4D", "20250008")
    assert all(apdu[0] == 0xFF for apdu in card.asked)
    assert recognise(card, atr=ATR) == HealthCardPresent("1A2B3C4D", "20250008")


def test_card_that_knows_nothing_is_unreadable_and_a_random_uid_is_not_kept() -> None:
    assert recognise(Card({})) == CardUnreadable("")
    reading = Recogniser(M1Layout()).read(CardDriver(Card({}, uid="08A1B2C39000")), ATR)
    assert reading == Reading(CardUnreadable(""), "")


def test_card_without_an_end_is_a_protocol_error() -> None:
    card = Card(table(("select_ssse", "more_24"), ("get_response_24", "more_24")))
    with pytest.raises(ProtocolError, match="never comes to an end"):
        recognise(card)


def test_storage_card_without_a_uid_is_tried_again() -> None:
    with pytest.raises(DeviceRefused):
        recognise(Card({}), atr=M1_ATR)
