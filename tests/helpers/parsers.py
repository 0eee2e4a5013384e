"""Every parser of bytes that come from outside, by name: for random bytes and for the fuzzer.

A parser eats one byte string and may raise DeviceError only; daily files are refused as Damaged.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from devices.card_dispenser import commands as dispenser_commands
from devices.card_dispenser import frames as crt591
from devices.card_dispenser import status as dispenser_status
from devices.card_reader import commands as reader_commands
from devices.card_reader import frames as crt310
from devices.card_reader import status as reader_status
from devices.cash.ccnet import frames as ccnet
from devices.cash.ccnet import status as ccnet_status
from devices.cash.ssp import frames as ssp
from devices.cash.ssp import status as ssp_status
from devices.errors import ProtocolError
from devices.id_card import frames as sam_v
from devices.id_card.text_block import document_of, latest_address_of
from devices.nfc.type3 import Type3Tag
from devices.nfc.type4 import Type4Tag
from devices.pos.mis_tlv import bank_host
from devices.pos.mis_tlv import frames as mis_tlv
from devices.pos.mis_tlv import status as mis_status
from devices.pos.zvt import fields as zvt_fields
from devices.pos.zvt import frames as zvt
from devices.pos.zvt import serial_blocks
from devices.receipt_printer.escpos import answers as escpos
from devices.relay import frames as modbus
from devices.scanner.gm65 import frames as gm65
from devices.scanner.newland import frames as newland
from devices.scanner.text import CodeSplitter, text_of
from devices.smart_card import files as card_files
from devices.smart_card import frames as card_frames
from devices.vending import frames as vmc
from devices.vending import status as vmc_status
from settlement_backend.reconciliation.fetching import READERS
from settlement_backend.reconciliation.files.rows import DailyFile, Damaged

Take = Callable[[bytearray], object]
Parser = Callable[[bytes], object]
MAX_FRAMES = 2000


def until_empty(take: Take) -> Parser:
    """Frame after frame; a `take` that neither takes nor ends is a bug (AssertionError)."""

    def parse(data: bytes) -> None:
        buffer = bytearray(data)
        for _ in range(MAX_FRAMES + len(data)):
            before = len(buffer)
            try:
                if take(buffer) is None:
                    return
            except ProtocolError:
                assert len(buffer) < before, "an error that removes nothing never ends"
        raise AssertionError("no end")

    return parse


def scanned_texts(data: bytes) -> list[str]:
    """Whatever a line scanner may send: clean texts."""
    splitter = CodeSplitter()
    codes = [*splitter.feed(data), *splitter.end()]
    return [text_of(code) for code in codes]


_IDM = bytes.fromhex("02FE001122334455")
_MESSAGE = bytes.fromhex("D1010C5504") + b"example.com"


def type3_frame(data: bytes) -> None:
    """A phone's frame to our Type 3 tag, also behind our own IDm."""
    Type3Tag(_MESSAGE, _IDM).answer(data)
    body = data[:1] + _IDM + data[1:200]
    Type3Tag(_MESSAGE, _IDM).answer(bytes([len(body) + 1]) + body)


def type4_blocks(data: bytes) -> None:
    """A phone's blocks to our Type 4 tag; the first byte of each piece is its length."""
    tag = Type4Tag(_MESSAGE)
    at = 0
    while at < len(data):
        tag.answer(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]


def daily_file(read: Callable[[bytes], DailyFile]) -> Parser:
    """An acquirer's file: read, or refused as a whole."""

    def parse(data: bytes) -> None:
        with contextlib.suppress(Damaged):
            read(data)

    return parse


TAKES: dict[str, Take] = {
    "escpos": escpos.take,
    "sam_v": sam_v.take,
    "crt591": crt591.take,
    "crt310": crt310.take,
    "zvt": zvt.take,
    "zvt_serial": serial_blocks.take,
    "mis_tlv": mis_tlv.take,
    "mis_host": bank_host.take,
    "ssp": ssp.take,
    "ccnet": ccnet.take,
    "vmc": vmc.take,
    "modbus": modbus.take,
    "gm65": gm65.take,
    "newland": newland.take,
}

DECODERS: dict[str, Parser] = {
    "ssp.setup": ssp_status.setup_of,
    "ssp.stacked": ssp_status.stacked_count,
    "ssp.events": lambda data: ssp_status.events_of(data, (500, 1000)),
    "ccnet.state": lambda data: ccnet_status.state_of(data or b"0"),
    "ccnet.bills": ccnet_status.bills_fen,
    "ccnet.identity": ccnet_status.identity_of,
    "vmc.words": lambda data: [
        vmc_status.word_of(vmc.Message(code, 1, data)) for code in vmc_status.Code
    ],
    "zvt.status": zvt_fields.status_information,
    "zvt.terminal": zvt_fields.terminal_state,
    "zvt.open_hold": zvt_fields.open_hold_receipt,
    "mis_tlv.tlvs": mis_tlv.tlvs_of,
    "mis_tlv.result": lambda data: mis_status.result_of(
        mis_tlv.Packet(mis_tlv.tlvs_of(data)), 0xDF69
    ),
    "crt310.uid": reader_commands.uid_of,
    "crt310.block": reader_commands.block_of,
    "crt310.text": reader_commands.text_of,
    "crt310.status": reader_status.status_of,
    "crt591.text": dispenser_commands.text_of,
    "crt591.counter": dispenser_commands.counter_of,
    "crt591.uid": dispenser_commands.uid_of,
    "crt591.mifare": dispenser_commands.mifare_reply,
    "crt591.status": dispenser_status.status_of,
    "sam_v.blocks": sam_v.card_blocks,
    "sam_v.sam_id": sam_v.sam_id,
    "sam_v.text": document_of,
    "sam_v.address": latest_address_of,
    "card.answer": card_frames.good,
    "card.value": card_files.value_of,
    "card.text": card_files.text_of,
    "card.date": card_files.date_of,
    "scanner.line": scanned_texts,
    "nfc.type3": type3_frame,
    "nfc.type4": type4_blocks,
    **{f"daily_file.{channel.lower()}": daily_file(read) for channel, read in READERS.items()},
}

PARSERS: dict[str, Parser] = {
    **{name: until_empty(take) for name, take in TAKES.items()},
    **DECODERS,
}
TOGETHER = "together"


def any_parser(data: bytes) -> None:
    """The first byte chooses the parser; for a short look at all of them in one process."""
    if data:
        list(PARSERS.values())[data[0] % len(PARSERS)](data[1:])
