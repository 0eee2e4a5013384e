"""Which card it is, and what it says (docs/protocols/pcsc_cards.md).

What a reader would get wrong: a social-security card may hold a bank application too, so it is
asked first; and a bank card is only recognised, its number is never asked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, assert_never

from core.ports import (
    BankCardPresent,
    CardNeedsPsam,
    CardUnreadable,
    HealthCardPresent,
    ResidentCardPresent,
    SocialCardPresent,
)
from devices.errors import DeviceError, DeviceRefused, ProtocolError
from devices.m1_layout import M1Layout
from devices.smart_card import files, frames
from devices.smart_card.driver import CardDriver

log = logging.getLogger(__name__)

CardPresent = (
    HealthCardPresent
    | SocialCardPresent
    | ResidentCardPresent
    | CardNeedsPsam
    | BankCardPresent
    | CardUnreadable
)
_STORAGE_CARD = bytes.fromhex("3B8F8001804F0CA000000306")
_RANDOM_UID_MARK = "08"
_RANDOM_UID_DIGITS = 8
_NOT_BY_TAG = frozenset({"6A81", "6A83", *frames.WRONG_PARAMETER, "6D00"})


class Psam(Protocol):
    """Authenticates the terminal towards a 3rd-generation card; True: try to read again.

    `exchange` takes an APDU and gives the answer with its status word.
    """

    def __call__(self, exchange: Callable[[bytes], bytes], atr: bytes, /) -> bool:
        """Called in the reader's worker thread; must come back within seconds."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One card. `chip_uid`: what the chip says before any file is read, "" if nothing lasting."""

    card: CardPresent
    chip_uid: str


@dataclass(frozen=True, slots=True)
class Recogniser:
    """What the settings say about cards."""

    layout: M1Layout
    psam: Psam | None = None

    def read(self, driver: CardDriver, atr: bytes) -> Reading:
        """The card that was taken. ProtocolError: it left or was swapped; DeviceRefused: broken."""
        is_storage = atr.startswith(_STORAGE_CARD)
        uid = driver.uid() if is_storage else _lasting_uid(driver)
        card = None if is_storage else self._card_with_files(driver, atr)
        if card is None:
            card = self._mifare(driver, uid)
        if uid and driver.uid() != uid:
            raise ProtocolError("the card was swapped while it was read")
        return Reading(card, uid)

    def _card_with_files(self, driver: CardDriver, atr: bytes) -> CardPresent | None:
        if any(driver.select_name(name) for name in files.SOCIAL_NAMES):
            return self._or_psam(driver, atr, social_card)
        if _has_file(driver, files.DDF1):
            return self._or_psam(driver, atr, resident_card)
        if any(driver.select_name(name) for name in files.UNIONPAY_NAMES):
            return BankCardPresent()
        return None

    def _mifare(self, driver: CardDriver, uid: str) -> CardPresent:
        if not uid:
            return CardUnreadable("")
        try:
            number = driver.number(self.layout)
        except DeviceRefused:
            number = None
        return CardUnreadable(uid) if number is None else HealthCardPresent(uid, number)

    def _or_psam(
        self, driver: CardDriver, atr: bytes, read: Callable[[CardDriver], CardPresent]
    ) -> CardPresent:
        try:
            return read(driver)
        except DeviceRefused as error:
            if error.code != frames.NEEDS_AUTHENTICATION:
                raise
        if self.psam is None or not _authenticated(self.psam, driver, atr):
            return CardNeedsPsam()
        try:
            return read(driver)
        except DeviceRefused as error:
            if error.code != frames.NEEDS_AUTHENTICATION:
                raise
            return CardNeedsPsam()


def uid_of(card: CardPresent) -> str:
    """What tells this card from any other; "" for cards nothing is known of."""
    match card:
        case BankCardPresent() | CardNeedsPsam():
            return ""
        case _:
            return card.uid


def kind_of(card: CardPresent) -> str:
    """A word for a technician; tells nothing of the person."""
    match card:
        case HealthCardPresent():
            return "health_card"
        case SocialCardPresent():
            return "social_card"
        case ResidentCardPresent():
            return "resident_card"
        case CardNeedsPsam():
            return "needs_psam"
        case BankCardPresent():
            return "bank_card"
        case CardUnreadable():
            return "unreadable"
        case _:
            assert_never(card)


def _lasting_uid(driver: CardDriver) -> str:
    """A four-byte UID that begins with 08 is drawn anew at each activation: worth nothing."""
    try:
        uid = driver.uid()
    except DeviceRefused:
        return ""
    random = len(uid) == _RANDOM_UID_DIGITS and uid.startswith(_RANDOM_UID_MARK)
    return "" if random else uid


def _has_file(driver: CardDriver, file: int) -> bool:
    try:
        _select_by_id(driver, file)
    except DeviceRefused:
        return False
    return True


def _select_by_id(driver: CardDriver, file: int) -> None:
    driver.command(files.select_file(file, below_application=False))


def social_card(driver: CardDriver) -> SocialCardPresent:
    """The selected social-security environment, 1.0 to 3.0."""
    driver.select_file(files.EF05)
    code = _by_tag(driver, 0x01, 1, 16)
    version = files.text_of(_optional(driver, 0x03, 3, 4))
    valid_to = files.date_of(_optional(driver, 0x06, 6, 4))
    card_number = files.text_of(_by_tag(driver, 0x07, 7, 9))
    driver.select_file(files.EF06)
    id_number = files.text_of(_by_tag(driver, 0x08, 1, 18))
    name = files.text_of(_by_tag(driver, 0x09, 2, 30), _optional(driver, 0x4E, 3, 20))
    driver.select_file(files.EF05)
    if _by_tag(driver, 0x01, 1, 16) != code:
        raise ProtocolError("the card was swapped while it was read")
    _check_person(name, id_number)
    uid = code.hex().upper()
    return SocialCardPresent(uid, card_number, id_number, name, version, valid_to)


def resident_card(driver: CardDriver) -> ResidentCardPresent:
    """The selected DDF1 of a resident health card; its free files only."""
    _select_by_id(driver, files.EF05)
    number = files.text_of(_by_number(driver, 7, 18))
    _select_by_id(driver, files.EF06)
    name = files.text_of(_by_number(driver, 1, 30))
    id_number = files.text_of(_by_number(driver, 5, 18))
    _select_by_id(driver, files.EF05)
    if files.text_of(_by_number(driver, 7, 18)) != number:
        raise ProtocolError("the card was swapped while it was read")
    _check_person(name, id_number)
    return ResidentCardPresent(number, number, id_number, name)


def _check_person(name: str, id_number: str) -> None:
    if not name or not (id_number.isascii() and id_number.isalnum()):
        raise ProtocolError("a card without a name or an ID number")


def _by_tag(driver: CardDriver, tag: int, number: int, size: int) -> bytes:
    try:
        return files.value_of(driver.command(files.read_tag(tag, size)))
    except DeviceRefused as error:
        if error.code not in _NOT_BY_TAG:
            raise
    return files.value_of(driver.command(files.read_number(number, size)))


def _optional(driver: CardDriver, tag: int, number: int, size: int) -> bytes:
    try:
        return _by_tag(driver, tag, number, size)
    except DeviceRefused as error:
        if error.code == frames.NEEDS_AUTHENTICATION:
            raise
        return b""


def _by_number(driver: CardDriver, number: int, size: int) -> bytes:
    try:
        return files.value_of(driver.command(files.read_number(number, size)))
    except DeviceRefused as error:
        if error.code not in frames.WRONG_PARAMETER:
            raise
    return files.value_of(driver.command(files.read_tag(number, size)))


def _authenticated(psam: Psam, driver: CardDriver, atr: bytes) -> bool:
    """Foreign code: its own faults count as "not authenticated", the card's go on."""
    try:
        return psam(driver.exchange, atr)
    except DeviceError:
        raise
    except Exception as error:
        log.warning("the terminal security module failed: %s", type(error).__name__)
        return False
