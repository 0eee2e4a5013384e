"""The virtual PC/SC slot: APDU vectors, the wire to the driver, and a real daemon."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from units_bench import Bench, StartBench, vectors

from sandbox.units.card_slot import CardSlot
from sandbox.units.mifare import MifareChip
from sandbox.units.pcsc_card import ATR, PcscCard
from sandbox.units.pcsc_daemon import VirtualReader
from sandbox.units.request import ControlError, Request
from sandbox.units.wallet import Wallet

V = vectors("pcsc_m1")
LINE = vectors("vpcd")
CRT = vectors("crt591")
FILES = vectors("pcsc_cards")
UID = "1A2B3C4D"

FOREIGN_CLIENT = """
import sys, time
from smartcard.scard import *
hresult, context = SCardEstablishContext(SCARD_SCOPE_SYSTEM)
assert hresult == 0, SCardGetErrorMessage(hresult)
limit = time.monotonic() + 5
while True:
    hresult, card, protocol = SCardConnect(
        context, sys.argv[1], SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1)
    if hresult == 0 or time.monotonic() > limit:
        break
    time.sleep(0.05)
assert hresult == 0, SCardGetErrorMessage(hresult)
print(bytes(SCardStatus(card)[4]).hex())
for command in sys.argv[2:]:
    hresult, answer = SCardTransmit(card, protocol, list(bytes.fromhex(command)))
    print(bytes(answer).hex() if hresult == 0 else "error")
"""


def inserted(run_dir: Path) -> PcscCard:
    wallet = Wallet(run_dir)
    wallet.create("hand", UID)
    return PcscCard(MifareChip(wallet, UID))


def check(card: PcscCard, command: str, answer: str) -> None:
    assert card.answer(V[command].data).hex(" ") == V[answer].data.hex(" ")


def test_block_is_written_and_read_after_authentication(run_dir: Path) -> None:
    card = inserted(run_dir)
    check(card, "get_uid", "uid_answer")
    check(card, "load_key", "ok")
    for authenticate in ("authenticate_block_4_key_a", "authenticate_block_4_key_b"):
        check(card, authenticate, "ok")
    check(card, "read_block_4", "blank_block_answer")
    check(card, "write_block_4", "ok")
    check(card, "read_block_4", "block_answer")
    check(card, "read_wrong_length", "wrong_length_16")


def test_old_authenticate_opens_the_sector_too(run_dir: Path) -> None:
    card = inserted(run_dir)
    check(card, "load_key", "ok")
    check(card, "authenticate_old_block_4_key_a", "ok")
    check(card, "read_block_4", "blank_block_answer")


def test_block_without_authentication_is_refused(run_dir: Path) -> None:
    card = inserted(run_dir)
    check(card, "read_block_4", "failed")
    check(card, "write_block_4", "failed")
    check(card, "authenticate_block_4_key_a", "failed")
    check(card, "load_key", "ok")
    check(card, "authenticate_block_4_key_a", "ok")
    check(card, "read_block_8", "failed")


def test_wrong_key_is_refused_and_closes_the_sector(run_dir: Path) -> None:
    card = inserted(run_dir)
    check(card, "load_key", "ok")
    check(card, "authenticate_block_4_key_a", "ok")
    check(card, "load_key_nonvolatile", "ok")
    wrong_slot = V["authenticate_block_4_key_a"].data[:-1] + b"\x01"
    assert card.answer(wrong_slot) == V["failed"].data
    check(card, "read_block_4", "failed")


def test_power_off_forgets_authentication_and_volatile_keys(run_dir: Path) -> None:
    card = inserted(run_dir)
    check(card, "load_key", "ok")
    check(card, "authenticate_block_4_key_a", "ok")
    card.power_off()
    check(card, "read_block_4", "failed")
    check(card, "authenticate_block_4_key_a", "failed")


def test_unknown_command_is_not_supported(run_dir: Path) -> None:
    card = inserted(run_dir)
    assert card.answer(bytes.fromhex("00A4040000")) == V["not_supported"].data
    assert V["atr"].data == ATR


class Driver:
    """The daemon's side of the wire: waits for a card and asks it things."""

    def __init__(self, run_dir: Path) -> None:
        self.wallet = Wallet(run_dir)
        self.wallet.create("hand", UID)
        self._run_dir = run_dir
        self._arrived: asyncio.Queue[asyncio.StreamReader] = asyncio.Queue()
        self._writer: asyncio.StreamWriter | None = None

    async def insert_card(self) -> CardSlot:
        server = await asyncio.start_server(self._on_card, "127.0.0.1", 0)
        reader = VirtualReader("Reader", server.sockets[0].getsockname()[1])
        slot = CardSlot(self._run_dir, self.wallet, reader)
        await slot.start()
        slot.control(Request({"do": "insert", "uid": UID}))
        return slot

    async def card(self) -> asyncio.StreamReader:
        return await asyncio.wait_for(self._arrived.get(), 3)

    def write(self, *commands: str) -> None:
        assert self._writer is not None
        for command in commands:
            self._writer.write(LINE[command].data)

    def write_apdu(self, apdu: bytes) -> None:
        assert self._writer is not None
        self._writer.write(len(apdu).to_bytes(2, "big") + apdu)

    def _on_card(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._arrived.put_nowait(reader)


async def read(reader: asyncio.StreamReader, count: int) -> bytes:
    return await asyncio.wait_for(reader.readexactly(count), 3)


def test_slot_serves_the_driver_for_as_long_as_the_card_is_in(run_dir: Path) -> None:
    async def story() -> None:
        driver = Driver(run_dir)
        slot = await driver.insert_card()
        reader = await driver.card()
        driver.write("power_off", "power_on", "reset", "ask_atr", "get_uid")
        answers = LINE["atr"].data + LINE["uid_answer"].data
        assert await read(reader, len(answers)) == answers
        slot.control(Request({"do": "remove"}))
        assert await asyncio.wait_for(reader.read(1), 3) == b""
        assert driver.wallet.card(UID).place == "hand"

    asyncio.run(story())


@pytest.mark.parametrize("kind", ["silent", "answer_lost"])
def test_card_that_does_not_answer_answers_the_next_command(run_dir: Path, kind: str) -> None:
    async def story() -> None:
        driver = Driver(run_dir)
        slot = await driver.insert_card()
        slot.control(Request({"do": "fault", "kind": kind}))
        reader = await driver.card()
        driver.write("get_uid", "ask_atr", "get_uid")
        answers = LINE["atr"].data + LINE["uid_answer"].data
        assert await read(reader, len(answers)) == answers
        slot.stop()

    asyncio.run(story())


@pytest.mark.parametrize("kind", ["cut", "cut_after_execution"])
def test_card_that_vanishes_in_a_command_comes_back(run_dir: Path, kind: str) -> None:
    async def story() -> None:
        driver = Driver(run_dir)
        slot = await driver.insert_card()
        slot.control(Request({"do": "fault", "kind": kind}))
        reader = await driver.card()
        driver.write("get_uid")
        assert await asyncio.wait_for(reader.read(1), 3) == b""
        reader = await driver.card()
        driver.write("get_uid")
        assert await read(reader, 8) == LINE["uid_answer"].data
        slot.stop()

    asyncio.run(story())


def test_garbled_card_answer_keeps_its_length(run_dir: Path) -> None:
    async def story() -> None:
        driver = Driver(run_dir)
        slot = await driver.insert_card()
        slot.control(Request({"do": "fault", "kind": "garble"}))
        reader = await driver.card()
        driver.write("get_uid")
        assert await read(reader, 8) == bytes.fromhex("00 06 1A 2B 3C 6C 90 00")
        slot.stop()

    asyncio.run(story())


def test_hung_card_answers_nothing_until_it_is_pulled(run_dir: Path) -> None:
    async def story() -> None:
        driver = Driver(run_dir)
        slot = await driver.insert_card()
        slot.control(Request({"do": "hang"}))
        reader = await driver.card()
        driver.write("get_uid", "get_uid", "ask_atr")
        assert await read(reader, len(LINE["atr"].data)) == LINE["atr"].data
        slot.control(Request({"do": "remove"}))
        slot.control(Request({"do": "insert", "uid": UID}))
        reader = await driver.card()
        driver.write("get_uid")
        assert await read(reader, 8) == LINE["uid_answer"].data
        assert slot.books()["asked"] == ["get_uid"] * 3
        slot.stop()

    asyncio.run(story())


def test_card_that_vanishes_in_a_command_lies_in_the_hand(run_dir: Path) -> None:
    async def story() -> None:
        driver = Driver(run_dir)
        slot = await driver.insert_card()
        slot.control(Request({"do": "vanish", "on": "read"}))
        reader = await driver.card()
        driver.write("get_uid")
        assert await read(reader, 8) == LINE["uid_answer"].data
        driver.write_apdu(V["read_block_4"].data)
        assert await asyncio.wait_for(reader.read(1), 3) == b""
        assert driver.wallet.card(UID).place == "hand"
        assert slot.state()["card"] is None

    asyncio.run(story())


def test_swapped_card_answers_with_its_own_number(run_dir: Path) -> None:
    async def story() -> None:
        driver = Driver(run_dir)
        driver.wallet.create("hand", "0A0B0C0D")
        slot = await driver.insert_card()
        old = await driver.card()
        slot.control(Request({"do": "swap", "uid": "0A0B0C0D"}))
        assert await asyncio.wait_for(old.read(1), 3) == b""
        reader = await driver.card()
        driver.write("get_uid")
        assert await read(reader, 8) == bytes.fromhex("00 06 0A 0B 0C 0D 90 00")
        assert (driver.wallet.card(UID).place, slot.state()["card"]) == ("hand", "0A0B0C0D")
        slot.stop()

    asyncio.run(story())


def test_duplicated_answer_stands_in_for_the_next_one(run_dir: Path) -> None:
    async def story() -> None:
        driver = Driver(run_dir)
        slot = await driver.insert_card()
        slot.control(Request({"do": "fault", "kind": "duplicate"}))
        reader = await driver.card()
        driver.write("get_uid", "ask_atr")
        answers = LINE["uid_answer"].data * 2 + LINE["atr"].data
        assert await read(reader, len(answers)) == answers
        slot.stop()

    asyncio.run(story())


def test_slot_without_power_lets_go_of_its_card(run_dir: Path) -> None:
    async def story() -> None:
        driver = Driver(run_dir)
        slot = await driver.insert_card()
        slot.control(Request({"do": "fault", "kind": "power_off"}))
        reader = await driver.card()
        driver.write("get_uid")
        assert await asyncio.wait_for(reader.read(1), 3) == b""
        assert slot.shown() == {"card": UID, "kind": "M1_1K", "hangs": False, "power": "off"}

    asyncio.run(story())


def test_card_that_lies_elsewhere_is_refused(run_dir: Path) -> None:
    wallet = Wallet(run_dir)
    wallet.create("stacker", UID)
    slot = CardSlot(run_dir, wallet, VirtualReader("Reader", 0))
    with pytest.raises(ControlError, match="is in the stacker, not in the hand"):
        slot.control(Request({"do": "insert", "uid": UID}))


def foreign_client(bench: Bench, *commands: str, slot: str = "card_slot") -> list[str]:
    """ATR and answers as an independent PC/SC client sees them."""
    environment = bench.wires["environment"]
    assert isinstance(environment, dict)
    reader = bench.path(slot).removeprefix("pcsc:")
    arguments = [(FILES if name in FILES else V)[name].data.hex() for name in commands]
    done = subprocess.run(
        [sys.executable, "-c", FOREIGN_CLIENT, reader, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.slow
def test_number_the_dispenser_wrote_is_what_pcsc_reads(start: StartBench) -> None:
    bench = start("card_dispenser", "card_slot")
    bench.control.ask("card_dispenser", "load", count=12)
    with bench.wire("card_dispenser") as wire:
        for name, length in (("init_keep", 24), ("dispense_to_rf", 12), ("rf_activate", 21)):
            wire.write(CRT[name].data)
            assert len(wire.read(1 + length)) == 1 + length
        for name in ("mifare_verify", "mifare_write"):
            wire.exchange(CRT[name].data, b"\x06" + CRT["mifare_ok_answer"].data)
        wire.exchange(CRT["move_to_holding"].data, b"\x06" + CRT["holding_answer"].data)
        uid = str(bench.control.ask("card_dispenser", "take")["uid"])
    bench.control.ask("card_slot", "insert", uid=uid)
    commands = ("get_uid", "load_key", "authenticate_block_4_key_a", "read_block_4")
    assert foreign_client(bench, *commands) == [
        ATR.hex(),
        uid.lower() + "9000",
        "9000",
        "9000",
        V["block_answer"].data.hex(),
    ]
    bench.stop()
    again = start("card_dispenser", "card_slot")
    assert foreign_client(again, "get_uid") == [ATR.hex(), uid.lower() + "9000"]
    again.control.ask("card_slot", "remove")
    assert again.control.state()["card_slot"] == {"card": None, "kind": None, "hangs": False}


@pytest.mark.slow
def test_two_readers_each_answer_with_their_own_card(start: StartBench) -> None:
    bench = start("card_slot", "card_slot_2")
    social = str(bench.control.ask("wallet", "create", kind="social_security")["uid"])
    bench.control.ask("wallet", "create", uid="0BADCAFE", kind="bank")
    bench.control.ask("card_slot", "insert", uid=social)
    bench.control.ask("card_slot_2", "insert", uid="0BADCAFE")
    answers = foreign_client(bench, "select_ssse", "get_response_24", "select_ef05", "read_tag_07")
    assert answers == [
        FILES[name].data.hex()
        for name in ("social_atr", "more_24", "ssse_fci_answer", "ok", "tag_07_answer")
    ]
    answers = foreign_client(bench, "select_ssse", "select_ppse", slot="card_slot_2")
    expected = ("bank_atr", "not_found", "ppse_answer")
    assert answers == [FILES[name].data.hex() for name in expected]
