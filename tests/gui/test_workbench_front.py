"""The machine's front and its service menus, against real units: notes, lights, doors, power."""

from __future__ import annotations

import re
import urllib.error

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton, QTabWidget
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
from sandbox.units.control import ControlClient
from sandbox.units.program import UNIT_NAMES
from sandbox.workbench.painting import Lamp
from sandbox.workbench.props import ID_CARDS, OWN_CARDS
from sandbox.workbench.window import HEIGHT, WIDTH
from sandbox.workbench.words import LANGUAGES, TABLE

__all__ = ["house", "open_window", "open_wire", "start_house"]
pytestmark = pytest.mark.slow

SWITCH_LIGHT_4_ON = bytes.fromhex("01 05 00 03 FF 00 7C 3A")
RESET = bytes.fromhex("02 03 06 30 41 B3")
ENABLE_ALL = bytes.fromhex("02 03 0C 34 FF FF FF FF FF FF FE F7")
RETURN = bytes.fromhex("02 03 06 36 77 D6")
POLL = bytes.fromhex("02 03 06 33 DA 81")
ACK = bytes.fromhex("02 03 06 00 C2 82")
DISABLED, ESCROW = 0x19, 0x80


def test_every_unit_stands_in_the_front_or_is_another_make(open_window: OpenWindow) -> None:
    bench = open_window()
    bench.until(lambda: bench.text("chip_units") == "✓ 设备")
    parts = {part.name for part in bench.parts()}
    makes = {"scanner_gm65", "scanner_newland", "pos_mis", "cash_ccnet"}
    assert parts == {*UNIT_NAMES, "doors"} - makes


def test_documents_of_all_four_kinds_lie_on_the_reader(open_window: OpenWindow) -> None:
    bench = open_window(language="en")
    kinds = set()
    for given in ID_CARDS:
        bench.press(given.control)
        person = bench.unit("id_reader")["person"]
        assert isinstance(person, dict)
        kinds.add(person["kind"])
        bench.press("remove_id")
    assert kinds == {"citizen", "permit", "foreigner", "foreigner_old"}


def test_every_own_card_goes_into_a_slot_and_the_motor_reader(open_window: OpenWindow) -> None:
    bench = open_window()
    for uid, own in OWN_CARDS.items():
        name = own.person.name if own.person is not None else ""
        bench.choose("choose_card", TABLE[own.says][0].format(name=name))
        bench.press("insert_card_2")
        assert bench.unit("card_slot_2")["card"] == uid
        assert bench.unit("card_slot_2")["kind"] == own.kind
        bench.press("remove_card_2")
    bench.press("insert_in_reader")
    bench.until(lambda: bench.unit("card_reader")["position"] != "none")
    assert bench.unit("card_reader")["card"] == list(OWN_CARDS)[-1]


def test_note_goes_in_comes_back_and_is_taken(
    open_window: OpenWindow, open_wire: OpenWire, start_house: StartHouse
) -> None:
    ccnet = start_house("cash_ccnet")
    bench = open_window(ccnet.run_dir, language="en")
    bench.until(lambda: bench.says("cash") == "Takes no notes now")
    assert bench.button("note_20").toolTip() == "Takes no notes now"
    with ControlClient(bench.machine / "control.sock") as units:
        units.ask("cash_ccnet", "fill", count=3, denomination_fen=10000)
    wire = open_wire("cash_ccnet", at=ccnet)
    wire.send(RESET)
    assert wire.receive(6) == ACK
    _poll_until(bench, wire, DISABLED)
    wire.send(ENABLE_ALL)
    assert wire.receive(6) == ACK
    bench.until(lambda: bench.says("cash") == "Takes notes")
    bench.press("note_20")
    _poll_until(bench, wire, ESCROW)
    bench.until(lambda: bench.says("cash") == "20 yuan in escrow")
    assert bench.button("note_20").toolTip() == "A note is still in the way"
    wire.send(RETURN)
    assert wire.receive(6) == ACK
    bench.until(lambda: bench.part("cash").sight.asks)
    assert bench.button("take_note").text() == "20"
    bench.press("take_note")
    state = bench.unit("cash_ccnet")
    assert (state["note"], state["box"]) == (None, {"10000": 3})


def test_cash_box_is_taken_out_emptied_and_put_in(open_window: OpenWindow) -> None:
    bench = open_window(language="en")
    bench.until(lambda: bench.action("insert_box").toolTip() == "The box is in")
    assert not bench.action("insert_box").isEnabled()
    bench.serve("remove_box")
    bench.until(lambda: bench.part("cash").sight.lamp is Lamp.BAD)
    bench.serve("empty_box")
    bench.serve("insert_box")
    assert bench.unit("cash")["box_inserted"] is True


def test_light_that_the_terminal_switches_is_seen(
    open_window: OpenWindow, open_wire: OpenWire
) -> None:
    bench = open_window(language="en")
    wire = open_wire("relay")
    wire.send(SWITCH_LIGHT_4_ON)
    assert wire.receive(8) == SWITCH_LIGHT_4_ON
    bench.until(lambda: bench.says("relay") == "alarm")


def test_door_is_opened_and_shut_by_pressing_it(open_window: OpenWindow) -> None:
    bench = open_window(language="en")
    bench.press("toggle_cash_door")
    bench.until(lambda: bench.says("doors") == "Cash open")
    assert bench.unit("relay")["inputs"] == [False, True, *[False] * 6]
    bench.press("toggle_cash_door")
    bench.until(lambda: bench.says("doors") == "All shut, nobody there")


def test_power_goes_and_comes_while_the_card_stays(open_window: OpenWindow) -> None:
    bench = open_window(language="en")
    bench.until(lambda: bench.action("power_card_slot").isChecked())
    bench.choose("choose_card", TABLE["own_card"][1].format(name="李秀芳"))
    bench.press("insert_card")
    bench.serve("power_card_slot")
    bench.until(lambda: bench.says("card_slot") == "No power")
    assert bench.button("remove_card").isVisible()
    bench.serve("power_card_slot")
    bench.until(lambda: bench.says("card_slot") == "Card in it")
    bench.press("remove_card")


def test_jam_of_the_dispenser_is_made_and_cleared(open_window: OpenWindow) -> None:
    bench = open_window(language="en")
    bench.until(lambda: bench.action("unjam_dispenser").toolTip() == "It is not jammed")
    bench.serve("jam_dispenser")
    assert bench.unit("card_dispenser")["jammed"] is True
    bench.serve("unjam_dispenser")
    assert bench.unit("card_dispenser")["jammed"] is False


def test_booklets_and_paper_are_filled_from_the_service_menu(open_window: OpenWindow) -> None:
    bench = open_window(language="en")
    bench.until(lambda: bench.says("vending") == "No booklets left")
    bench.serve("fill_booklets")
    bench.until(lambda: bench.says("vending") == "60 left")
    bench.serve("page_paper_out")
    bench.until(lambda: bench.says("page_printer") == "Out of paper")
    bench.serve("page_paper_new")
    assert bench.unit("page_printer")["paper"] == 250


def test_code_before_the_camera_stays_until_it_is_taken_away(open_window: OpenWindow) -> None:
    bench = open_window(language="en")
    bench.choose("choose_scanner", "Camera")
    bench.press("show_wechat")
    assert str(bench.unit("camera")["text"]).startswith("13")
    bench.press("hide_code")
    assert bench.unit("camera")["text"] is None


def test_tag_at_the_tap_point_is_taken_by_pressing_it(open_window: OpenWindow) -> None:
    bench = open_window(language="en")
    bench.press("hold_tag")
    bench.until(lambda: bench.says("nfc") == "A tag is held there")
    assert bench.button("tap_phone").toolTip() == "A tag is held there"
    bench.press("remove_tag")
    assert bench.unit("nfc")["tag"] is None


def test_ordered_platform_fault_meets_the_next_request(
    open_window: OpenWindow, house: House
) -> None:
    bench = open_window(language="en")
    bench.choose("choose_request", "Acquirer: query")
    bench.choose("choose_platform_fault", "Answers with error 500")
    bench.press("order_platform_fault")
    url = f"{house.read('platforms.json')['acquirer']}/pay/query"
    with pytest.raises(urllib.error.HTTPError) as raised:
        ask(url, {"order_no": "nobody-1"})
    raised.value.close()
    assert raised.value.code == 500
    assert ask(url, {"order_no": "nobody-1"})["state"] == "NOTFOUND"


def test_faults_of_a_part_open_at_its_device_and_meet_the_next_command(
    open_window: OpenWindow, open_wire: OpenWire
) -> None:
    bench = open_window()
    wire = open_wire("scanner")
    bench.until(bench.action("faults_scanner").isEnabled)
    bench.action("faults_scanner").trigger()
    pages = bench.window.findChild(QTabWidget, "pages")
    assert isinstance(pages, QTabWidget)
    assert pages.currentWidget().objectName() == "page_faults"
    unit = bench.window.findChild(QComboBox, "choose_unit")
    assert isinstance(unit, QComboBox)
    assert unit.currentText() == "扫码窗"
    bench.choose("choose_unit_fault", "不执行，不回答")
    bench.press("order_unit_fault")
    bench.press("show_wechat")
    bench.press("show_alipay")
    assert wire.receive_line().startswith("28")


def test_service_menu_offers_power_and_faults(open_window: OpenWindow) -> None:
    bench = open_window(language="en")
    bench.until(lambda: bench.text("chip_units") == "✓ Devices")
    for part in bench.parts():
        names = [action.objectName() for action in part.menu().actions()]
        assert names[-2:] == [f"power_{part.name}", f"faults_{part.name}"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_control_has_names_and_room(open_window: OpenWindow, language: str) -> None:
    bench = open_window(language=language)
    bench.until(lambda: bench.button("put_id_new_patient").isEnabled())
    controls = [
        *bench.window.findChildren(QPushButton),
        *bench.window.findChildren(QComboBox),
    ]
    assert len(controls) > 60
    pages = bench.window.findChild(QTabWidget)
    assert isinstance(pages, QTabWidget)
    for page in range(pages.count()):
        pages.setCurrentIndex(page)
        for control in controls:
            assert re.fullmatch(r"[a-z][a-z0-9_]+", control.objectName()), control
            assert control.accessibleName(), control.objectName()
            if isinstance(control, QPushButton) and control.isVisible():
                assert control.width() >= control.sizeHint().width(), control.objectName()
    assert (bench.window.width(), bench.window.height()) == (WIDTH, HEIGHT)


def test_folder_of_units_alone_is_a_machine_too(
    open_window: OpenWindow, start_house: StartHouse
) -> None:
    brief = start_house("scanner")
    bench = open_window(brief.run_dir / "kiosk", language="en")
    bench.until(lambda: bench.text("chip_units") == "✓ Devices")
    assert bench.says("scanner") == "Phone or slip"


def test_every_word_is_there_in_both_languages() -> None:
    for name, pair in TABLE.items():
        assert all(pair), name
        assert re.findall(r"{\w+}", pair[0]) == re.findall(r"{\w+}", pair[1]), name
        if pair[0].replace("{name}", "").replace("{count}", ""):
            assert re.search(r"[\u4e00-\u9fff]", pair[0]), name
        assert not re.search(r"[\u4e00-\u9fff]", pair[1]), name


def _poll_until(bench: Bench, wire: Wire, state: int) -> None:
    """Ask as a host does until the acceptor says this state."""

    def told() -> bool:
        wire.send(POLL)
        head = wire.receive(3)
        answer = wire.receive(head[2] - len(head))
        wire.send(ACK)
        return answer[0] == state

    bench.until(told)
