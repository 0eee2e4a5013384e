"""Files for people: readiness report, problem reports, and a bundle without personal data."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from terminal_bench import NO_WISH
from upkeep_bench import Upkeep, every_device

from core.audit import AuditEvent
from core.operation import OperationKind
from core.ports import DeviceTrouble, Printed, Refused, Unknown
from core.steps import Intend, JournalBroken, Recorded
from core.upkeep import steps
from core.upkeep.consumables import Item
from devices.checks import Check, Fact, Finding, Outcome
from terminal.bundle import without_numbers
from tests.helpers.bench import FakeService

WANG = "T-07-wanggong"
PRINTER = '[page_printer]\npath = "cups:A4"\npaper = "A5"\n'


def made(answer: object, folder: Path) -> Path:
    """The file that was written into the maintenance folder."""
    assert isinstance(answer, steps.Made)
    path = Path(answer.path)
    assert path.parent == folder / "data" / "maintenance"
    return path


# --- the readiness report


def report(upkeep: Upkeep, *, print_it: bool = False) -> steps.Made | Refused:
    return upkeep.papers.report(steps.MakeReadinessReport(WANG, print_it), NO_WISH)


def test_readiness_report_is_a_pdf_and_an_audit_line(tmp_path: Path) -> None:
    upkeep = Upkeep(tmp_path, every_device())
    answer = report(upkeep)
    path = made(answer, tmp_path)
    assert (path.name[:10], path.suffix, path.read_bytes()[:5]) == ("readiness-", ".pdf", b"%PDF-")
    assert answer == steps.Made(str(path), printed=False)
    assert upkeep.told(AuditEvent.REPORT_MADE) == [{"person": WANG}]


@pytest.mark.parametrize(
    ("answer", "printed", "used"),
    [
        (Printed(), True, True),
        (Unknown("timeout"), False, True),
        (DeviceTrouble("page_printer", "offline"), False, False),
    ],
)
def test_printed_report_is_the_written_file_and_counts_its_pages_s47(
    tmp_path: Path, answer: Printed | Unknown | DeviceTrouble, printed: bool, used: bool
) -> None:
    printer = FakeService()
    printer.print_answer = answer
    upkeep = Upkeep(tmp_path, {"page_printer": printer}, PRINTER)
    told = report(upkeep, print_it=True)
    size = made(told, tmp_path).stat().st_size
    assert isinstance(told, steps.Made)
    assert told.printed is printed
    assert len(printer.printed) == 1
    assert printer.printed[0].endswith(f": {size} bytes")
    consumed = upkeep.told(AuditEvent.CONSUMED)
    assert [facts["item"] for facts in consumed] == (["page", "toner"] if used else [])
    assert all(int(facts["pieces"]) >= 1 for facts in consumed)


def test_report_that_cannot_be_printed_is_written_all_the_same(tmp_path: Path) -> None:
    absent = Upkeep(tmp_path)
    told = report(absent, print_it=True)
    assert made(told, tmp_path).exists()
    assert told == steps.Made(str(made(told, tmp_path)), printed=False)
    busy = Upkeep(tmp_path, {"page_printer": FakeService()}, PRINTER)
    busy.bench.busy.add("page_printer")
    assert not getattr(report(busy, print_it=True), "printed", True)


@pytest.mark.parametrize("paper", ["report", "bundle", "problem"])
def test_full_disk_is_said(tmp_path: Path, paper: str) -> None:
    upkeep = Upkeep(tmp_path)
    (tmp_path / "data" / "maintenance").write_text("a file stands here", "utf-8")
    match paper:
        case "report":
            assert report(upkeep) == Refused("disk")
        case "bundle":
            answer = upkeep.papers.bundle(steps.MakeSupportBundle(WANG), NO_WISH)
            assert answer == Refused("disk")
        case _:
            problem = steps.ReportProblem("stuck", WANG)
            assert upkeep.papers.problem(problem, NO_WISH) == JournalBroken()
    assert [record.entry.kind for record in upkeep.keeper.records()] == []


def test_unreadable_journal_is_said(tmp_path: Path) -> None:
    upkeep = Upkeep(tmp_path)
    upkeep.keeper.close()
    assert report(upkeep) == Refused("journal_broken")
    answer = upkeep.papers.bundle(steps.MakeSupportBundle(WANG), NO_WISH)
    assert answer == Refused("journal_broken")


# --- a problem report


def test_problem_report_keeps_words_and_picture_and_the_bundle_has_both_s52(tmp_path: Path) -> None:
    upkeep = Upkeep(tmp_path)
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    problem = steps.ReportProblem("卡机不动了, card 6222021234561234567", WANG, picture)
    assert upkeep.papers.problem(problem, NO_WISH) == Recorded()
    (line,) = upkeep.told(AuditEvent.PROBLEM_REPORTED)
    words = tmp_path / "data" / "maintenance" / str(line["file"])
    assert json.loads(words.read_text("utf-8"))["text"] == problem.text
    assert words.with_suffix(".png").read_bytes() == picture
    names = unpacked(upkeep)
    assert names[f"logs/{words.stem}.png"] == picture
    assert "卡机不动了, card ######" in names[f"logs/{words.name}"].decode()


def test_problem_report_without_a_picture_has_none_s52(tmp_path: Path) -> None:
    upkeep = Upkeep(tmp_path)
    upkeep.papers.problem(steps.ReportProblem("", WANG), NO_WISH)
    folder = tmp_path / "data" / "maintenance"
    assert [file.suffix for file in folder.iterdir()] == [".json"]


# --- the bundle


def unpacked(upkeep: Upkeep) -> dict[str, bytes]:
    """The bundle's files by name."""
    answer = upkeep.papers.bundle(steps.MakeSupportBundle(WANG), NO_WISH)
    path = made(answer, upkeep.folder)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as bundle:
        assert bundle.testzip() is None
        return {name: bundle.read(name) for name in bundle.namelist()}


@dataclass(frozen=True, slots=True)
class Traps:
    """What must not leave the hospital, wherever it was written by mistake."""

    name: str = "欧阳测试甲"
    id_number: str = "11010519491231002X"
    phone: str = "13912345678"
    spaced_phone: str = "139 1234 5678"
    card: str = "6222021234561234567"
    grouped_card: str = "6222 0212 3456 1234 567"
    payment_code: str = "134567890123456789"
    uid: str = "04DEADBEEF"
    passport: str = "E87654321"
    patient: str = "patient-opaque-91f2"
    tokens: tuple[str, ...] = ("demo-kiosk-01", "000815", "A0B1C2D3E4F5", "camera:s3cret")
    people: tuple[str, ...] = field(default=(WANG, "shell:lishi", "T-99"))

    @property
    def all(self) -> tuple[str, ...]:
        """Every one of them."""
        told = (self.name, self.id_number, self.phone, self.spaced_phone, self.card, self.uid)
        more = (self.grouped_card, self.payment_code, self.passport, self.patient)
        return (*told, *more, *self.tokens, *self.people)

    @property
    def spoken(self) -> str:
        """All numbers in one sentence, as a careless log line."""
        numbers = (self.id_number, self.phone, self.spaced_phone, self.card, self.grouped_card)
        return f"read {' / '.join(numbers)} / {self.payment_code} / {self.passport}"


TRAPS = Traps()
SECRETS = """
[pos]
path = "tcp:127.0.0.1:9"
password = "000815"
[card_dispenser]
path = "tcp:127.0.0.1:10"
m1_key = "A0B1C2D3E4F5"
[camera]
path = "stream:http://camera:s3cret@127.0.0.1:9/a.mjpg"
[site]
safety = "call 139 1234 5678"
"""


def trapped(folder: Path) -> Upkeep:
    """A machine in whose journal, log, settings and papers somebody was careless."""
    devices = every_device()
    facts = (Fact("error", TRAPS.spoken), Fact("uid", TRAPS.uid), Fact("serial", "20250007"))
    finding = Finding(Outcome.FAILED, facts, TRAPS.spoken)
    devices["cash"] = FakeService(Check("try", lambda: finding))
    return Upkeep(folder, devices, SECRETS)


def write_traps(upkeep: Upkeep) -> None:
    """Personal data in every place that a bundle is made from."""
    person = {"name": TRAPS.name, "id_number": TRAPS.id_number, "phone": TRAPS.phone}
    upkeep.keeper.intend(Intend(OperationKind.HOLD, {"amount_fen": 1, **person}), NO_WISH)
    upkeep.keeper.intend(Intend(OperationKind.CARD_ISSUE, {"patient": TRAPS.patient}), NO_WISH)
    for event in (AuditEvent.OPERATOR_SIGNED_IN, AuditEvent.NOTICE_ACCEPTED):
        upkeep.audit(event, **person, card=TRAPS.card, patient=TRAPS.patient)
    for who in TRAPS.people:
        upkeep.acts.check(steps.RunCheck("cash", "try", who), NO_WISH)
        upkeep.acts.refill(steps.RecordRefill(Item.CARD, 50, who), NO_WISH)
        upkeep.acts.sticker(steps.PlaceSticker(f"W{len(who)}", "04A1", who), NO_WISH)
    upkeep.audit(AuditEvent.CASH_BOX_REMOVED)
    upkeep.acts.count(steps.RecordCount(1, "S-1", {1000: 2}, "T-99"), NO_WISH)
    camera = upkeep.settings.text("camera.path")
    facts = {"model": camera, "firmware": "1", "serial": "20250007"}
    upkeep.audit(AuditEvent.DEVICE_IDENTIFIED, device="camera", **facts)
    tokens = f"{' '.join(TRAPS.tokens[:-1])} {camera}"
    line = f"2026-03-02 12:00:01,123 WARNING pos: {TRAPS.spoken} {tokens}\n"
    for name in ("terminal.log", "terminal.log.1"):
        (upkeep.folder / "data" / name).write_text(line * 3, "utf-8")
    problem = steps.ReportProblem(f"the code {TRAPS.spoken}", WANG)
    assert upkeep.papers.problem(problem, NO_WISH) == Recorded()


def test_no_trap_of_journal_log_and_settings_is_in_the_bundle(tmp_path: Path) -> None:
    upkeep = trapped(tmp_path)
    write_traps(upkeep)
    files = unpacked(upkeep)
    assert {"settings.json", "machine.json", "site.json", "journal.txt"} <= set(files)
    assert {"logs/terminal.log", "logs/terminal.log.1"} <= set(files)
    found = [
        f"{trap} in {name}"
        for name, content in files.items()
        for trap in TRAPS.all
        if trap in content.decode() or trap in name
    ]
    assert found == []


def test_bundle_still_says_what_support_needs(tmp_path: Path) -> None:
    upkeep = trapped(tmp_path)
    write_traps(upkeep)
    files = {name: content.decode() for name, content in unpacked(upkeep).items()}
    machine = json.loads(files["machine.json"])
    assert len(machine["devices"]) == len(every_device())
    assert "20250007" in files["machine.json"]
    settings = json.loads(files["settings.json"])
    assert (settings["pos.path"], settings["pos.password"]) == ("tcp:127.0.0.1:9", "…")
    journal = files["journal.txt"].splitlines()
    assert len(journal) == len(upkeep.keeper.records()) - 1, "the bundle's own line came after"
    assert [line.split(" ")[2] for line in journal[:3]] == [
        *("operation.hold.intend", "operation.card_issue.intend", "audit.operator_signed_in")
    ]
    assert journal[2].endswith(" {}")
    assert files["logs/terminal.log"].startswith("2026-03-02 12:00:01,123 WARNING pos: read")
    assert [fact["name"] for fact in json.loads(files["site.json"])].count("safety") == 1
    assert upkeep.told(AuditEvent.BUNDLE_MADE) == [{"person": WANG}]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("id 11010519491231002X.", "id ######."),
        ("11010519491231002x", "######"),
        ("tel 139-1234-5678, 12345", "tel ######, 12345"),
        ("6222_0212_3456", "######"),
        ("１３９１２３４５６７８", "######"),
        ("2026-03-02 12:00:01,123 ok", "2026-03-02 12:00:01,123 ok"),
        ("2026-03-02T04:00:01.123456+00:00", "2026-03-02T04:00:01.123456+00:00"),
        ("born 1949-12-31", "born ######"),
        ("192.168.1.10:8080 took 99999 ms", "192.168.1.10:8080 took 99999 ms"),
        ("", ""),
    ],
)
def test_numbers_are_struck_out_and_moments_stay(text: str, clean: str) -> None:
    assert without_numbers(text) == clean


def test_report_that_a_power_cut_tore_does_not_keep_the_bundle_from_being_made(
    tmp_path: Path,
) -> None:
    upkeep = Upkeep(tmp_path)
    upkeep.papers.problem(steps.ReportProblem("stuck", WANG), NO_WISH)
    (report_file,) = (tmp_path / "data" / "maintenance").iterdir()
    report_file.write_bytes(report_file.read_bytes()[:-5])
    assert unpacked(upkeep)[f"logs/{report_file.name}"] == b""


def test_end_of_a_long_log_is_enough_and_begins_with_a_whole_line(tmp_path: Path) -> None:
    upkeep = Upkeep(tmp_path)
    log = tmp_path / "data" / "terminal.log"
    log.write_bytes(b"".join(b"line %d of the log\n" % number for number in range(250_000)))
    told = unpacked(upkeep)["logs/terminal.log"].splitlines()
    assert log.stat().st_size > 4 * 1024 * 1024
    assert told[0].startswith(b"line ")
    assert told[-1] == b"line ###### of the log"
