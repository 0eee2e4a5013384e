"""One example of every state of the technician's page.

`python -m tests.gui.gallery` draws all of them to `build/screens/diagnostics`. Devices, people and
numbers are invented.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cashier_examples import catalogue
from PySide6.QtWidgets import QApplication

from core.flow import Act, Ask
from core.ports import Refused
from core.steps import Recorded
from core.upkeep.cash_box import Batch, BlindCount, Difference, LedgerNote
from core.upkeep.checks import CheckRecord
from core.upkeep.consumables import Item, Level
from core.upkeep.devices import DeviceHistory
from core.upkeep.steps import (
    Alarm,
    CheckOffer,
    CountAgreed,
    DeviceView,
    FindRecords,
    FunctionView,
    JournalLine,
    JournalPage,
    LogPage,
    LoopOffer,
    MachineView,
    Made,
    MakeReadinessReport,
    OpenDoubt,
    ProbeSite,
    ReadLog,
    RecordCount,
    RecordRefill,
    RunCheck,
    RunLoop,
    SiteFact,
    SiteReport,
    Technician,
)
from core.upkeep.stickers import Sticker
from diagnostics.pages.panel import Panel
from diagnostics.steps import (
    CountNotes,
    Doing,
    FoundLog,
    FoundRecords,
    Outcome,
    Section,
    SignIn,
    Told,
    Work,
)

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "screens" / "diagnostics"
SIZES = (((1080, 1920), True), ((1920, 1080), False), ((1366, 768), False))
PLACE = "K01"
NOW = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
ME = Technician("T007", "周明")


def at(minutes: int) -> str:
    """So long before the pictures were taken."""
    return (NOW - timedelta(minutes=minutes)).isoformat()


LINE = CheckOffer("line")


def _device(
    name: str,
    path: str,
    state: str,
    *checks: CheckOffer,
    **more: Any,  # noqa: ANN401 - fields of DeviceHistory
) -> DeviceView:
    history = DeviceHistory(
        name,
        state,
        at(192),
        model=more.pop("model", "M-200"),
        firmware="2.14",
        serial=more.pop("serial", f"SN-{name[:3].upper()}-0417"),
        **more,
    )
    return DeviceView(name, path, history, (LINE, *checks))


DEVICES = (
    _device(
        "id_card",
        "serial:/dev/serial/by-id/usb-reader-if00",
        "ok",
        CheckOffer("sam_id"),
        CheckOffer("read_card", "place_id_card"),
    ),
    _device(
        "card_dispenser",
        "serial:/dev/ttyS2",
        "jammed",
        CheckOffer("sensors"),
        CheckOffer("dispense_write_read_capture", consumes=True),
        last_fault="jammed",
        last_fault_at=at(7),
        faults=3,
    ),
    DeviceView("card_reader", "", DeviceHistory("card_reader", "not_fitted"), ()),
    _device("smart_card", "pcsc:ACS ACR39U ICC Reader 00 00", "ok"),
    _device("nfc", "nfc:usb", "ok", CheckOffer("tap_built_in_tag")),
    _device(
        "scanner", "evdev:/dev/input/by-id/usb-scanner", "ok", CheckOffer("read_code", "show_code")
    ),
    DeviceView("camera", "", DeviceHistory("camera", "not_fitted"), ()),
    _device(
        "cash",
        "serial:/dev/ttyS3",
        "ok",
        CheckOffer("sensors"),
        CheckOffer("box"),
        CheckOffer("accept_and_return", "insert_note"),
    ),
    _device(
        "pos",
        "tcp:10.20.1.31:22000",
        "ok",
        CheckOffer("ready"),
        CheckOffer("last_transaction"),
        CheckOffer("open_holds"),
        serial="85021177",
        accepted_serial="85020042",
        model="S90",
        last_fault="offline",
        last_fault_at=at(950),
        faults=1,
    ),
    _device(
        "receipt_printer",
        "serial:/dev/ttyS1",
        "low",
        CheckOffer("sensors"),
        CheckOffer("test_page", "look_at_paper", consumes=True),
        CheckOffer("cutter", "look_at_paper", consumes=True),
    ),
    _device("page_printer", "cups:A4-HALL", "unknown", CheckOffer("queue")),
    DeviceView("vending", "", DeviceHistory("vending", "not_fitted"), ()),
    _device("relay", "serial:/dev/ttyS4", "ok", CheckOffer("inputs")),
)
FUNCTIONS = (
    FunctionView("pay", ("backend",), ""),
    FunctionView("register", ("backend",), ""),
    FunctionView("hold", ("backend", "pos"), "starting"),
    FunctionView("card", ("backend", "id_card", "card_dispenser"), "jam"),
    FunctionView("cash", ("backend", "cash"), ""),
    FunctionView("booklet", ("backend", "vending"), "not_fitted"),
    FunctionView("read_code", ("scanner/camera",), ""),
    FunctionView("read_id_card", ("id_card",), ""),
    FunctionView("read_card", ("smart_card/card_reader",), ""),
    FunctionView("insurance_tap", ("nfc",), ""),
    FunctionView("print_slip", ("receipt_printer",), ""),
    FunctionView("print_page", ("page_printer",), "offline"),
    FunctionView("cabinet", ("relay",), ""),
)
LOOPS = (
    LoopOffer("card", ("card_dispenser",)),
    LoopOffer("print_and_scan", ("receipt_printer", "scanner"), "show_receipt"),
    LoopOffer("note", ("cash",), "insert_note"),
    LoopOffer("tap", ("nfc",)),
    LoopOffer("page", ("page_printer",)),
)
ALARMS = (
    Alarm("cabinet", "cabinet_door"),
    Alarm("exchanged", "pos", "85020042 → 85021177"),
    Alarm("device", "card_dispenser", "jammed"),
    Alarm("suspense", "journal", "1"),
    Alarm("low", "receipt", "38"),
)
LEVELS = (
    Level(Item.RECEIPT, 38, 146, at(2000), "T007", NOW + timedelta(hours=1, minutes=5)),
    Level(Item.CARD, 212, 19, at(4000), "T003", NOW + timedelta(hours=30)),
    Level(Item.PAGE, None, 4),
    Level(Item.TONER, 900, 4, at(9000), "T003", None),
)
_NOTES = [
    *(LedgerNote(10_000, number, at(3000 - number)) for number in range(1, 5)),
    LedgerNote(5_000, 5, at(2900)),
    LedgerNote(1_000, 6, at(2890)),
]
_AGREED = {10_000: 3, 5_000: 1, 1_000: 1}
COUNTED = Batch(
    1,
    _NOTES,
    at(2600),
    "S-20261120-1",
    [BlindCount("T003", _AGREED, at(2500)), BlindCount("T007", _AGREED, at(2490))],
)
SEALED = Batch(2, list(_NOTES), at(60), "", [])
ONCE = replace(SEALED, seal="S-20261122-2", counted=[BlindCount("T003", _AGREED, at(40))])
BATCHES = (COUNTED, SEALED, Batch(3))
STICKERS = (
    Sticker("Window 01", "04A1B2C3D4E580", "T003", at(40_000)),
    Sticker("收费窗口 07", "04F00DCAFE4280", "T007", at(39_000)),
    Sticker("门诊三楼 内科诊室 12 护士台", "0411223344556677", "T007", at(38_000)),
)
DOUBTS = (
    OpenDoubt("K01-20261122-000017", "hold", "unknown", 200_000),
    OpenDoubt("K01-20261121-000203", "settle", "suspense", 18_524),
)
JAM = CheckRecord(
    "card_dispenser",
    "sensors",
    "failed",
    "jam",
    (
        ("error", "CRT-591 error 10: card jam in the transport"),
        ("card_position", "transport"),
        ("captured", "4"),
        ("bin_full", "no"),
        ("took_s", "0.8"),
    ),
    "T007",
    at(3),
    2,
)
GOOD = CheckRecord(
    "loop",
    "print_and_scan",
    "passed",
    "",
    (("read_after_s", "2.4"), ("other_codes", "0")),
    "T007",
    at(15),
)
LOOK = CheckRecord(
    "receipt_printer", "test_page", "unsure", "", (("proof_of_print", "status"),), "T003", at(700)
)
RECORDS = (
    JAM,
    GOOD,
    LOOK,
    replace(JAM, at=at(900), similar=1, person="T003"),
    replace(JAM, at=at(2400), similar=0),
    CheckRecord(
        "pos", "line", "failed", "timeout", (("error", "no answer in 3 s"),), "T003", at(960)
    ),
    CheckRecord(
        "nfc",
        "tap_built_in_tag",
        "passed",
        "",
        (
            ("uid", "04A2"),
            ("uri", "https://e"),
        ),
        "T003",
        at(961),
    ),
    *(
        CheckRecord(
            "id_card", "line", "passed", "", (("answer_ms", str(30 + day)),), "T003", at(1500 * day)
        )
        for day in range(1, 20)
    ),
)
VIEW = MachineView(DEVICES, FUNCTIONS, LOOPS, ALARMS, LEVELS, BATCHES, STICKERS, DOUBTS, RECORDS)
WELL = replace(
    VIEW,
    devices=tuple(
        replace(one, history=replace(one.history, state="ok", accepted_serial=""))
        if one.path
        else one
        for one in DEVICES
    ),
    functions=tuple(replace(one, missing="") for one in FUNCTIONS),
    alarms=(),
    doubts=(),
    records=(),
    stickers=(),
    batches=(),
    levels=(),
    loops=(),
)
SITE = SiteReport(
    (
        SiteFact("network", "interface", "eth0: up", "good"),
        SiteFact("network", "backend", "10.20.0.5:443, 12 ms", "good"),
        SiteFact("clock", "skew", "+1 s", "good"),
        SiteFact("disk", "free", "21504 MB", "good"),
        SiteFact("disk", "journal", "1820 KB", "good"),
        SiteFact("protection", "program", "412 files as delivered", "good"),
        SiteFact("protection", "open_ports", "0.0.0.0:22", "bad"),
        SiteFact("protection", "usb_policy", "", "unsure"),
        SiteFact("site", "power_supply", "ups0: 1", "good"),
        SiteFact("site", "power", "A-03-1 插座，UPS 10 分钟", "unsure"),
        SiteFact("site", "network", "A-03-N2, 10.20.1.30", "unsure"),
        SiteFact("site", "safety", "地脚固定；2026-09-01 检查", "unsure"),
        SiteFact("site", "camera", "CAM-1F-12", "unsure"),
    )
)
LINES = tuple(
    JournalLine(
        4120 - number,
        at(number * 3),
        "audit.device_changed" if number % 3 else "hold.intend",
        "" if number % 3 else "K01-20261122-000017",
        f"device=card_dispenser, state={'jammed' if number % 2 else 'ok'}",
    )
    for number in range(60)
)
FOUND = FoundRecords(FindRecords("card_dispenser", "audit."), JournalPage(LINES, True))
LOG = FoundLog(
    ReadLog("pos"),
    LogPage(tuple(f"2026-11-22 10:{n:02d}:11,204 devices.pos no answer in 3 s" for n in range(60))),
)
WORK = Work(ME, VIEW)


def _told(act: Doing | RecordCount, outcome: Outcome, section: Section, subject: str = "") -> Work:
    return replace(WORK, section=section, subject=subject, told=Told(act, outcome))


@dataclass(frozen=True, slots=True)
class Example:
    """`act`: what runs over the page, None when it waits."""

    name: str
    step: Ask[Any]
    act: Act[Any] | None = None


_COUNT = RecordCount(2, "S-20261122-2", _AGREED, "T007")
EXAMPLES = (
    Example("sign_in", SignIn()),
    Example("sign_in_again", SignIn("260000000901", "bad_pin")),
    Example("second_by_name", SignIn(trouble="same_person", second=True, by_name=True)),
    Example("overview", WORK),
    Example("overview_well", replace(WORK, view=WELL)),
    Example("overview_broken", replace(WORK, journal_broken=True)),
    Example("device_exchanged", replace(WORK, section=Section.DEVICE, subject="pos")),
    Example(
        "device_failed",
        _told(RunCheck("card_dispenser", "sensors", "T007"), JAM, Section.DEVICE, "card_dispenser"),
    ),
    Example(
        "device_running",
        replace(WORK, section=Section.DEVICE, subject="cash"),
        RunCheck("cash", "accept_and_return", "T007"),
    ),
    Example("loops", _told(RunLoop("print_and_scan", "T007"), GOOD, Section.LOOPS)),
    Example("loops_refused", _told(RunLoop("card", "T007"), Refused("busy"), Section.LOOPS)),
    Example(
        "loops_running",
        replace(WORK, section=Section.LOOPS),
        RunLoop("print_and_scan", "T007"),
    ),
    Example(
        "supplies",
        _told(RecordRefill(Item.RECEIPT, 400, "T007"), Recorded(), Section.CONSUMABLES),
    ),
    Example(
        "supplies_counted",
        replace(
            _told(
                _COUNT,
                CountAgreed((Difference(10_000, 4, 3, tuple(_NOTES[:4])),)),
                Section.CONSUMABLES,
            ),
            view=replace(VIEW, batches=(COUNTED, ONCE, Batch(3))),
        ),
    ),
    Example("counting", CountNotes("T007", 2)),
    Example("checks", replace(WORK, section=Section.CHECKS)),
    Example("doubts", replace(WORK, section=Section.DOUBTS)),
    Example("journal", replace(WORK, section=Section.JOURNAL, found=FOUND)),
    Example("log", replace(WORK, section=Section.LOG, found=LOG)),
    Example("site", replace(WORK, section=Section.SITE, found=SITE)),
    Example("site_running", replace(WORK, section=Section.SITE), ProbeSite()),
    Example("stickers", replace(WORK, section=Section.STICKERS, tag="04A1B2C3D4E581")),
    Example(
        "papers",
        _told(
            MakeReadinessReport("T007"),
            Made("/var/lib/zhenfu/maintenance/readiness-20261122-101003-000123.pdf"),
            Section.PAPERS,
        ),
    ),
    *(
        Example(f"empty_{section}", Work(ME, WELL, section))
        for section in (Section.LOOPS, Section.CONSUMABLES, Section.CHECKS, Section.STICKERS)
    ),
)
BY_NAME = {example.name: example for example in EXAMPLES}


def page(language: str, size: tuple[int, int], *, touch: bool) -> Panel:
    """A page of that size, shown."""
    made = Panel(catalogue(language), PLACE, touch=touch)
    made.resize(*size)
    made.show()
    return made


def show(on: Panel, example: Example, ticket: int = 1) -> None:
    """Draw the example; an Act is waited for until the page says so."""
    on.show_step(ticket, example.step)
    if example.act is not None:
        on.show_act(ticket + 1, RunCheck("x", "x", "x"), False)
        on.show_act(ticket + 1, example.act, False)
    QApplication.processEvents()


def draw(names: list[str], out: Path = PICTURES) -> None:
    """The named examples, or all, in both languages and every size."""
    for language in ("zh", "en"):
        for size, touch in SIZES:
            folder = out / f"{language}_{size[0]}"
            folder.mkdir(parents=True, exist_ok=True)
            on = page(language, size, touch=touch)
            for example in EXAMPLES:
                if not names or example.name in names:
                    show(on, example)
                    QApplication.processEvents()
                    on.grab().save(str(folder / f"{example.name}.png"))
            on.deleteLater()


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    draw(sys.argv[1:])
