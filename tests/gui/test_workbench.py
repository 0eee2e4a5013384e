"""The patient at the workbench, against real units, platforms and backend: each press is seen at
the other end.

The parts run as processes of one house on loopback; what a test looks at is the wire or the unit's
own record, never the window's memory.
"""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from workbench_houses import (
    OpenWindow,
    OpenWire,
    StartHouse,
    house,
    open_window,
    open_wire,
    start_house,
)
from workbench_rig import Bench, Wire, ask

from sandbox.house import House

pytestmark = pytest.mark.slow

SLIP = b"ZF1.R.S261122ABCDEF.ABCDEFGHIJKLMNOP"
PRINT_SLIP = (
    b"\x1b@Slip\n\x1d(k\x27\x00\x31\x50\x30" + SLIP + b"\x1d(k\x03\x00\x31\x51\x30\x1dV\x00"
)
FIND, SELECT, READ = (
    bytes.fromhex("AA AA AA 96 69 00 03 20 01 22"),
    bytes.fromhex("AA AA AA 96 69 00 03 20 02 21"),
    bytes.fromhex("AA AA AA 96 69 00 03 30 01 32"),
)
ANSWER_LENGTHS = {FIND: 15, SELECT: 19, READ: 1295}
REGISTRATION = bytes.fromhex("06 00 06 12 34 56 DE 01 56")
RESERVE_25_YUAN = bytes.fromhex(
    "06 22 1E 19 40 49 01 56 04 00 00 00 00 25 00"
    "06 10 E9 0E 1F 62 02 41 43 1F 63 06 33 38 34 48 48 32"
)
INITIALISE, DISPENSE, MOVE_TO_GATE = (
    bytes.fromhex("F2 00 00 03 43 30 33 03 B2"),
    bytes.fromhex("F2 00 00 03 43 32 32 03 B1"),
    bytes.fromhex("F2 00 00 03 43 32 30 03 B3"),
)
KIOSK_TOKEN = "demo-kiosk-01"
ACK = bytes.fromhex("80 00 00")
__all__ = ["house", "open_window", "open_wire", "start_house"]
PRESSED_BY_A_PERSON = {
    *("put_id_new_patient", "remove_id", "take_card", "insert_card", "remove_card"),
    *("show_wechat", "show_alipay", "show_slow_wechat", "show_expired", "show_foreign"),
    *("show_ecode_new_patient", "show_last_slip", "tear_paper", "doctor_done"),
    *("bank_card_good", "bank_card_declined", "bank_card_cancel"),
    *("load_paper", "paper_out", "open_cover", "close_cover"),
    *("note_100", "take_note", "insert_in_reader", "take_from_reader", "tap_phone"),
    *("take_slip", "take_booklet", "take_pages", "toggle_cabinet_door"),
}


def test_nothing_running_is_said_and_nothing_can_be_pressed(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    bench = open_window(tmp_path / "nobody", "en")
    assert bench.text("chip_units") == "✕ Devices"
    assert bench.says("id_reader") == "This device is not running"
    for name in PRESSED_BY_A_PERSON:
        assert not bench.button(name).isEnabled(), name
        assert bench.button(name).toolTip(), name


def test_put_id_card_lies_on_the_reader_and_is_taken_again(open_window: OpenWindow) -> None:
    bench = open_window()
    bench.press("put_id_insured_patient")
    person = bench.unit("id_reader")["person"]
    assert isinstance(person, dict)
    assert (person["name"], person["id_number"]) == ("李秀芳", "330302196207184525")
    bench.until(lambda: bench.says("id_reader") == "放着一张")
    assert bench.button("remove_id").text() == "李秀芳"
    bench.until(lambda: bench.button("put_id_new_patient").toolTip().startswith("上面已有证件"))
    bench.press("remove_id")
    assert bench.unit("id_reader")["person"] is None
    bench.until(lambda: bench.says("id_reader") == "上面没有证件")


def test_damaged_id_card_spoils_the_answer_until_it_is_taken(
    open_window: OpenWindow, open_wire: OpenWire
) -> None:
    bench = open_window()
    wire = open_wire("id_reader")
    bench.press("put_id_unreadable")
    assert _checksum(_read_id_card(wire)) != 0
    bench.press("remove_id")
    bench.press("put_id_wrong_digit")
    answer = _read_id_card(wire)
    bench.press("remove_id")
    assert _checksum(answer) == 0
    number = answer[14:270].decode("utf-16-le")[61:79]
    assert number[:-1] == "33030219550112341"
    assert number != "330302195501123411"


def test_codes_of_phones_reach_the_wire_and_are_fresh_each_time(
    open_window: OpenWindow, open_wire: OpenWire
) -> None:
    bench = open_window()
    wire = open_wire("scanner")
    forms = {
        "show_wechat": r"13\d{16}",
        "show_alipay": r"28\d{16}",
        "show_slow_wechat": r"13\d{12}2222",
        "show_expired": r"13\d{12}0000",
        "show_ecode_new_patient": r"ECDEMO\d{16}WANGJ1",
        "show_ecode_expired": r"ECDEMO[0-9]{15}0000EXP",
        "show_foreign": r"https://example\.com/.*",
    }
    for name, form in forms.items():
        bench.press(name)
        first = wire.receive_line()
        bench.press(name)
        assert re.fullmatch(form, first), (name, first)
        assert wire.receive_line() != first


def test_insurance_code_is_decoded_by_the_platform(
    open_window: OpenWindow, open_wire: OpenWire, house: House
) -> None:
    bench = open_window()
    wire = open_wire("scanner")
    bench.press("show_ecode_benefit_patient")
    url = f"{house.read('platforms.json')['insurance']}/ecquery"
    asked = {"ecCode": wire.receive_line(), "businessType": "01101"}
    assert ask(url, asked)["data"]["userName"] == "周明华"


def test_printed_slip_is_shown_torn_off_and_can_be_scanned(
    open_window: OpenWindow, open_wire: OpenWire
) -> None:
    bench = open_window()
    open_wire("printer").send(PRINT_SLIP)
    bench.until(bench.button("tear_paper").isEnabled)
    paper = bench.window.findChild(QLabel, "paper")
    assert isinstance(paper, QLabel)
    assert paper.pixmap().width() > 200
    bench.press("tear_paper")
    sheets = bench.unit("printer")["sheets"]
    assert isinstance(sheets, list)
    assert sheets[-1]["taken"] is True
    bench.until(lambda: not bench.button("tear_paper").isEnabled())
    wire = open_wire("scanner")
    bench.press("show_last_slip")
    assert wire.receive_line() == SLIP.decode()


def test_code_shown_at_the_window_reaches_the_scanner_there(
    open_window: OpenWindow, open_wire: OpenWire, house: House
) -> None:
    bench = open_window()
    bench.until(lambda: bench.text("chip_units") == "✓ 设备")
    place = bench.window.findChild(QComboBox, "choose_scanner")
    assert isinstance(place, QComboBox)
    assert place.findText("收费窗口") < 0
    house.start_units(house.run_dir / "window", ("scanner",))
    wire = open_wire("scanner", "window")
    bench.choose("choose_scanner", "收费窗口")
    bench.press("show_alipay")
    assert re.fullmatch(r"28\d{16}", wire.receive_line())


def test_paper_and_cover_change_at_the_printer(open_window: OpenWindow) -> None:
    bench = open_window(language="en")
    bench.press("paper_out")
    assert bench.unit("printer")["paper"] == "out"
    bench.press("load_paper")
    bench.press("open_cover")
    assert bench.unit("printer")["cover"] == "open"
    bench.until(lambda: not bench.button("open_cover").isEnabled())
    assert bench.button("open_cover").toolTip() == "Cover open"
    bench.press("close_cover")
    state = bench.unit("printer")
    assert (state["paper"], state["cover"]) == ("full", "closed")


def test_old_health_card_goes_in_and_comes_out_again(open_window: OpenWindow) -> None:
    bench = open_window()
    bench.choose("choose_card", "周明华的就诊卡")
    bench.press("insert_card")
    assert bench.unit("card_slot")["card"] == "04C0FFEE"
    bench.until(lambda: not bench.button("insert_card").isEnabled())
    bench.press("remove_card")
    bench.choose("choose_card", "周明华的就诊卡")
    bench.press("insert_card")
    bench.press("remove_card")
    assert bench.unit("wallet")["hand"] == ["04C0FFEE"]


def test_card_at_the_gate_lights_the_part_up_and_is_taken(
    open_window: OpenWindow, open_wire: OpenWire
) -> None:
    bench = open_window(language="en")
    bench.serve("load_cards")
    wire = open_wire("card_dispenser")
    for command in (INITIALISE, DISPENSE, MOVE_TO_GATE):
        wire.send(command)
        assert wire.receive(1) == b"\x06"
        head = wire.receive(4)
        assert wire.receive(head[3] + 2)[:1] == b"P"
        wire.send(b"\x06")
    bench.until(lambda: bench.part("card_dispenser").sight.asks)
    screen = bench.window.findChild(QWidget, "screen")
    assert isinstance(screen, QWidget)
    assert "Card dispenser: Take the card at the gate" in screen.accessibleDescription()
    uid = bench.unit("card_dispenser")["card"]
    bench.press("take_card")
    assert bench.unit("card_dispenser")["card"] is None
    bench.until(lambda: not bench.part("card_dispenser").sight.asks)
    bench.until(lambda: not bench.button("take_card").isVisible())
    assert bench.button("take_card").toolTip() == "No card is at the gate"
    bench.press("insert_card")
    assert bench.unit("card_slot")["card"] == uid
    bench.press("remove_card")


def test_bank_card_is_taken_only_while_the_terminal_waits(open_window: OpenWindow) -> None:
    bench = open_window(language="en")
    told = json.loads((bench.machine / "units.json").read_text("utf-8"))
    host, port = told["pos"]["path"].removeprefix("tcp:").split(":")
    assert not bench.button("bank_card_good").isEnabled()
    with socket.create_connection((host, int(port)), 5) as till:
        till.settimeout(5)
        _zvt(till, REGISTRATION, b"\x06\x0f")
        _zvt(till, RESERVE_25_YUAN, b"\x04\xff")
        bench.until(lambda: bench.says("pos") == "It waits for a card")
        assert bench.part("pos").sight.asks
        bench.press("bank_card_good")
        _zvt(till, b"", b"\x06\x0f")
    bench.until(lambda: bench.says("pos") == "Idle · 1 open holds")


def test_doctor_orders_three_groups_for_the_registered_patient(
    open_window: OpenWindow, house: House
) -> None:
    house.start_backend()
    bench = open_window(language="en")
    bench.until(lambda: bench.text("says_doctor") == "No registered patient waits")
    patient_id = _register(bench, house.backend_url)
    bench.until(lambda: bench.text("says_doctor") == "1 waiting")
    bench.press("doctor_done")
    url = f"{house.backend_url}/v1/patients/{patient_id}/bills"
    bills = ask(url, token=KIOSK_TOKEN)["bills"]
    totals = sorted((bill["department"]["en"], bill["total_fen"]) for bill in bills)
    assert totals == [
        ("Cardiology", 3200 + 22000 + 2840 + 4210),
        ("Endocrinology", 6500 + 2 * 2380),
        ("Endocrinology", 6500 + 3600 + 2380),
        ("Ophthalmology", 9000 + 5260),
    ]


def test_refused_deed_is_told_in_words(open_window: OpenWindow) -> None:
    bench = open_window(language="en")
    bench.until(lambda: bench.text("chip_units") == "✓ Devices")
    bench.window.perform("Take", lambda hands: hands.unit("card_dispenser", "take"))
    bench.until(lambda: bench.text("outcome") == "Not done: Take. no card is at the gate")


def test_units_that_end_are_missing_again(open_window: OpenWindow, start_house: StartHouse) -> None:
    brief = start_house("scanner")
    bench = open_window(brief.run_dir)
    bench.until(lambda: bench.text("chip_units") == "✓ 设备")
    assert bench.says("pos") == "这台设备没有启动"
    brief.kill("units-kiosk")
    bench.until(lambda: bench.text("chip_units") == "✕ 设备")


def _register(bench: Bench, backend: str) -> str:
    """Li Xiufang registers with today's first doctor and pays from insurance and balance."""
    card = {"kind": "HEALTH_CARD", "value": "260000000025"}
    identified = ask(f"{backend}/v1/people/identify", {"medium": card}, token=KIOSK_TOKEN)
    patient_id = str(identified["patient_id"])
    departments = ask(f"{backend}/v1/departments", token=KIOSK_TOKEN)["departments"]
    wanted = {
        "patient_id": patient_id,
        "schedule_id": departments[0]["doctors"][0]["schedule_id"],
    }
    made = ask(f"{backend}/v1/registrations", wanted, token=KIOSK_TOKEN, key="registration-1")
    bill = {"bill_id": made["bill"]["bill_id"], "version": made["bill"]["version"]}
    settlement = {"patient_id": patient_id, "bills": [bill]}
    url = f"{backend}/v1/settlements"
    quoted = ask(url, settlement, token=KIOSK_TOKEN, key="settlement-1")
    url += f"/{quoted['settlement_id']}"
    tender = {"tender": "NONE", "auth_code": "", "amount_fen": quoted["due_fen"]}
    ask(f"{url}/commit", tender, token=KIOSK_TOKEN, key="commit-1")
    bench.until(lambda: ask(url, token=KIOSK_TOKEN)["state"] == "COMPLETED")
    return patient_id


def _read_id_card(wire: Wire) -> bytes:
    for request, length in ANSWER_LENGTHS.items():
        wire.send(request)
        answer = wire.receive(length)
        assert len(answer) == length, (request.hex(), answer.hex())
    return answer


def _checksum(answer: bytes) -> int:
    total = 0
    for byte in answer[5:]:
        total ^= byte
    return total


def _zvt(till: socket.socket, command: bytes, ends_with: bytes) -> None:
    """Send one command and acknowledge everything up to the APDU that ends it."""
    till.sendall(command)
    while True:
        head = _exactly(till, 3)
        _exactly(till, head[2])
        if head == ACK:
            continue
        till.sendall(ACK)
        if head[:2] == ends_with:
            return


def _exactly(till: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        chunk = till.recv(count - len(data))
        assert chunk
        data += chunk
    return data
