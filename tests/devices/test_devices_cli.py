"""The command line's grammar and its commands, on plain services: lines, verdicts, records."""

from __future__ import annotations

import io
import string
from collections.abc import Callable
from pathlib import Path

import pytest
from devices_cli import Line, parse, parse_json

from core.audit import AuditEvent, audited
from core.journal.records import Record
from core.ports import CodeScanned, DeviceHealth, DeviceTrouble, Unknown
from core.settings import Settings
from core.upkeep.checks import check_records
from devices.checks import Check, Fact, Finding, Identity, Outcome, failed_because, passed
from devices.diagnostics.bench import Bench
from devices.diagnostics.commands import Commands, NoSuchTest
from devices.diagnostics.grammar import Speaker
from devices.diagnostics.loops import LOOPS, loops_of, print_and_read
from devices.fitting import FITTINGS
from devices.model import TroubleReason
from tests.helpers.bench import FakeBench, FakeService
from tests.helpers.journal import open_journal

HOSTILE = (
    *(
        "plain",
        "two words",
        "",
        'say "no"',
        "a=b",
        "back\\slash",
        "汉字 𠮷",
        " spaces ",
        "#",
        "OK x",
    ),
    *("new\nline", "carriage\rreturn", "tab\tstop", "bell\x07", "\x1b[2J", "\x7f", "\x85next"),
    *("\u2028line", "a\x00b", '"', "\\"),
)
CODES = {*(reason.value for reason in TroubleReason)}


def spoken(say: Callable[[Speaker], None], *, as_json: bool = False) -> str:
    stream = io.StringIO()
    say(Speaker(stream, as_json=as_json))
    text = stream.getvalue()
    assert text.endswith("\n")
    assert len(text.splitlines()) == 1
    assert all(sign == "\n" or sign.isprintable() or sign in "\u2028" for sign in text)
    return text[:-1]


@pytest.mark.parametrize("value", HOSTILE)
def test_any_value_is_one_line_and_comes_back_as_it_was(value: str) -> None:
    facts = {"first": value, "last": "1"}

    def ok(speaker: Speaker) -> None:
        speaker.ok("a.b", facts)

    def error(speaker: Speaker) -> None:
        speaker.error("jam", value, "a.b", facts)

    assert parse(spoken(ok)) == parse_json(spoken(ok, as_json=True))
    assert parse(spoken(ok)) == Line("OK", "a.b", facts=facts)
    assert parse(spoken(error)) == parse_json(spoken(error, as_json=True))
    assert parse(spoken(error)) == Line("ERROR", "a.b", "jam", value, facts)


@pytest.mark.parametrize("text", ["two\nlines", "\x1b[2Jgone", "a\u2028b", "x\r\ny"])
@pytest.mark.parametrize("how", [Speaker.progress, Speaker.trace])
def test_free_text_stays_on_its_line_and_commands_no_terminal(
    how: Callable[[Speaker, str], None], text: str
) -> None:
    line = parse(spoken(lambda speaker: how(speaker, f"a {text} z")))
    assert (line.text[:2], line.text[-2:]) == ("a ", " z")
    assert not set(line.text) - set(string.printable[:95])
    assert parse_json(spoken(lambda speaker: how(speaker, text), as_json=True)).text == text


@pytest.mark.parametrize(
    "line",
    ["", "OK", "ok x", "OK a b=c d", "OK a b=", 'OK a b="c', "ERROR jam text", 'ERROR  "x"', "#"],
)
def test_reader_refuses_what_the_grammar_does_not_know(line: str) -> None:
    with pytest.raises(AssertionError, match="not a line"):
        parse(line)


class Shell:
    """One command on fake devices: what it said, and what it left in the journal."""

    def __init__(self, folder: Path, bench: Bench) -> None:
        paths: dict[str, str | int | bool] = {"scanner.path": "serial:/dev/scanner"}
        settings = Settings({"terminal.id": "K01", "terminal.data": str(folder), **paths})
        self._stream = io.StringIO()
        self._journal = folder / "journal.db"
        self.commands = Commands(settings, bench, Speaker(self._stream))

    @property
    def lines(self) -> list[Line]:
        return [parse(line) for line in self._stream.getvalue().split("\n")[:-1]]

    @property
    def records(self) -> list[Record]:
        journal = open_journal(self._journal)
        found = list(journal.records())
        journal.close()
        return found


def test_list_tells_fitted_devices_their_checks_and_loops(tmp_path: Path) -> None:
    look = Check("look", passed)
    shell = Shell(tmp_path, FakeBench(scanner=FakeService(look), receipt_printer=FakeService()))
    assert shell.commands.list_devices()
    told = {line.name: line.facts for line in shell.lines if line.word == "OK"}
    assert told == {
        "scanner": {"path": "serial:/dev/scanner", "checks": "line,look"},
        "receipt_printer": {"checks": "line"},
        "loop.print_and_scan": {"devices": "receipt_printer,scanner"},
    }
    missing = [line.text for line in shell.lines if line.word == "#"]
    assert len(missing) == len(FITTINGS) - 2
    assert "cash is not fitted" in missing


def test_status_of_a_well_device_has_its_identity_without_what_it_does_not_say(
    tmp_path: Path,
) -> None:
    well = FakeService(polls=[(), [DeviceHealth("pos", "low")]], identity=Identity("P1", "", "77"))
    shell = Shell(tmp_path, FakeBench(pos=well))
    assert shell.commands.status()
    assert shell.lines == [Line("OK", "pos", facts={"state": "low", "model": "P1", "serial": "77"})]


@pytest.mark.parametrize(
    ("state", "identity", "code"),
    [
        ("jammed", Identity("P1"), "jammed"),
        ("offline", DeviceTrouble("pos", "offline"), "offline"),
        ("ok", DeviceTrouble("pos", "timeout"), "timeout"),
        ("hung", Identity(), "hung"),
    ],
)
def test_status_of_a_sick_device_is_an_error_and_the_next_is_asked_all_the_same(
    tmp_path: Path, state: str, identity: Identity | DeviceTrouble, code: str
) -> None:
    sick = FakeService(polls=[[DeviceHealth("pos", state)]], identity=identity)
    well = FakeService(polls=[[DeviceHealth("cash", "ok")]])
    shell = Shell(tmp_path, FakeBench(pos=sick, cash=well))
    assert not shell.commands.status()
    assert [(line.word, line.name, line.code) for line in shell.lines] == [
        ("ERROR", "pos", code),
        ("OK", "cash", ""),
    ]


CONSUMING = Check("feed", passed, consumes=True)
HANDLED = Check("show", passed, hand="show_code")


@pytest.mark.parametrize(
    ("name", "tried"),
    [
        ("all", ["receipt_printer.line", "receipt_printer.look", "scanner.line"]),
        ("receipt_printer", ["receipt_printer.line", "receipt_printer.look"]),
        ("receipt_printer.feed", ["receipt_printer.feed"]),
        ("scanner.show", ["scanner.show"]),
    ],
)
def test_only_a_named_check_needs_a_hand_or_uses_something_up(
    tmp_path: Path, name: str, tried: list[str]
) -> None:
    look = Check("look", passed)
    bench = FakeBench(
        receipt_printer=FakeService(look, CONSUMING), scanner=FakeService(HANDLED, polls=[])
    )
    shell = Shell(tmp_path, bench)
    assert shell.commands.test(name)
    assert [line.name for line in shell.lines if line.word == "OK"] == tried
    told = [line.text.split(" ") for line in shell.lines if line.word == "PROGRESS"]
    assert [words[0] for words in told] == tried
    assert [words[1:] for words in told if words[0] == "scanner.show"] in ([], [["show_code"]])


@pytest.mark.parametrize("name", ["toaster", "scanner.toast", "all.line", "", "pos"])
def test_name_that_list_does_not_show_is_no_test(tmp_path: Path, name: str) -> None:
    shell = Shell(tmp_path, FakeBench(scanner=FakeService()))
    with pytest.raises(NoSuchTest, match="there is no test"):
        shell.commands.test(name)
    with pytest.raises(NoSuchTest, match="there is no loop"):
        shell.commands.loop(name)
    assert shell.lines == []


@pytest.mark.parametrize(
    ("finding", "code", "facts"),
    [
        (failed_because(TroubleReason.JAM, Fact("at", "gate")), "jam", {"at": "gate"}),
        (Finding(Outcome.FAILED), "failed", {}),
        (Finding(Outcome.FAILED, (), "it said no"), "failed", {"error": "it said no"}),
        (Finding(Outcome.FAILED, (), "[Errno 5] \x1b"), "failed", {"error": "[Errno 5] \x1b"}),
    ],
)
def test_failure_is_an_error_with_a_word_for_a_code_and_recorded(
    tmp_path: Path, finding: Finding, code: str, facts: dict[str, str]
) -> None:
    shell = Shell(tmp_path, FakeBench(cash=FakeService(Check("try", lambda: finding))))
    assert not shell.commands.test("cash.try")
    assert shell.lines[-1] == Line("ERROR", "cash.try", code, "cash.try failed", facts)
    (record,) = check_records(shell.records)
    assert (record.device, record.check, record.outcome) == ("cash", "try", "failed")
    assert (record.reason, dict(record.facts)) == (code, facts)
    assert record.person.startswith("shell:")


def test_unsure_is_ok_with_its_outcome_because_only_a_person_can_say(tmp_path: Path) -> None:
    unsure = Check("page", lambda: Finding(Outcome.UNSURE, (Fact("sheets", "1"),)), consumes=True)
    shell = Shell(tmp_path, FakeBench(page_printer=FakeService(unsure)))
    assert shell.commands.test("page_printer.page")
    assert shell.lines[-1].facts == {"outcome": "unsure", "sheets": "1"}


@pytest.mark.parametrize(
    ("finding", "used"),
    [
        (passed(), ["page", "toner"]),
        (Finding(Outcome.UNSURE), ["page", "toner"]),
        (failed_because(TroubleReason.JAM), ["page", "toner"]),
        (failed_because(TroubleReason.OFFLINE), []),
        (failed_because(TroubleReason.PAPER_OUT), []),
    ],
)
def test_what_a_check_used_up_counts_against_the_levels_s47(
    tmp_path: Path, finding: Finding, used: list[str]
) -> None:
    check = Check("page", lambda: finding, consumes=True)
    shell = Shell(tmp_path, FakeBench(page_printer=FakeService(check)))
    shell.commands.test("page_printer.page")
    consumed = [r.entry.payload for r in shell.records if audited(r) is AuditEvent.CONSUMED]
    assert consumed == [{"item": item, "pieces": 1} for item in used]


def raising() -> Finding:
    raise ValueError("a bug")


def test_crash_and_busy_at_one_device_do_not_keep_the_others_from_being_tried(
    tmp_path: Path,
) -> None:
    bench = FakeBench(
        pos=FakeService(Check("bug", raising)), cash=FakeService(), scanner=FakeService()
    )
    bench.busy.add("cash")
    shell = Shell(tmp_path, bench)
    assert not shell.commands.test("all")
    assert [
        (line.word, line.name, line.code) for line in shell.lines if line.word != "PROGRESS"
    ] == [
        ("OK", "pos.line", ""),
        ("ERROR", "pos.bug", "crashed"),
        ("ERROR", "cash.line", "busy"),
        ("OK", "scanner.line", ""),
    ]
    assert [record.check for record in check_records(shell.records)] == ["line", "line"]


def test_journal_that_cannot_be_written_is_a_trace_and_no_verdict(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"not a database" * 100)
    shell = Shell(tmp_path, FakeBench(cash=FakeService()))
    assert shell.commands.test("cash")
    assert [line.word for line in shell.lines] == ["PROGRESS", "#", "OK"]
    assert shell.lines[1].text.startswith("not recorded: ")


def test_watch_tells_events_without_a_scanned_text_and_leaves_out_a_device_that_crashed(
    tmp_path: Path,
) -> None:
    scanner = FakeService(polls=[[DeviceHealth("scanner", "ok")], [CodeScanned("13912345678")]])
    broken = FakeService(polls=[ValueError("a bug")])
    shell = Shell(tmp_path, FakeBench(scanner=scanner, pos=broken))
    assert not shell.commands.watch(0.2)
    assert [(line.word, line.text) for line in shell.lines] == [
        ("PROGRESS", "scanner DeviceHealth(device='scanner', state='ok')"),
        ("ERROR", "pos: a bug"),
        ("PROGRESS", "scanner CodeScanned(11 characters)"),
    ]


def test_watch_ends_at_once_at_the_keyboard(tmp_path: Path) -> None:
    class Keyboard(FakeService):
        def poll(self) -> list[DeviceHealth]:
            raise KeyboardInterrupt

    assert Shell(tmp_path, FakeBench(scanner=Keyboard())).commands.watch(None)


def loop_bench(reader: FakeService) -> FakeBench:
    return FakeBench(receipt_printer=FakeService(), scanner=reader)


class Mirror(FakeService):
    """Reads what the printer printed last, after another paper and a word of its own."""

    printer: FakeService

    def poll(self) -> list[CodeScanned | DeviceHealth]:
        if not self.printer.printed:
            return []
        other, own = CodeScanned("another"), CodeScanned(self.printer.printed[-1])
        return [DeviceHealth("scanner", "ok"), other, own]


def test_printed_code_is_read_and_other_words_of_the_scanner_are_told_on() -> None:
    mirror = Mirror()
    bench = loop_bench(mirror)
    mirror.printer = bench.services["receipt_printer"]
    finding = print_and_read("scanner")(bench)
    assert (finding.outcome, [fact.name for fact in finding.facts]) == (
        Outcome.PASSED,
        ["read_after_s"],
    )
    assert bench.heard == [DeviceHealth("scanner", "ok")]
    first, second = mirror.printer.printed[0], print_and_read("scanner")(bench)
    assert second.outcome is Outcome.PASSED
    assert mirror.printer.printed[1] != first


def test_code_that_nobody_shows_is_a_timeout_with_the_codes_seen() -> None:
    bench = loop_bench(FakeService(polls=[[CodeScanned("one")], [CodeScanned("two")]]))
    finding = print_and_read("scanner", limit_s=0.3)(bench)
    assert (finding.outcome, finding.reason) == (Outcome.FAILED, "timeout")
    assert finding.facts == (Fact("step", "scan"), Fact("other_codes", "2"))


def test_dead_scanner_costs_no_paper() -> None:
    bench = loop_bench(FakeService(line=failed_because(TroubleReason.OFFLINE)))
    finding = print_and_read("scanner")(bench)
    assert (finding.reason, finding.facts) == ("offline", (Fact("step", "scan"),))
    assert bench.services["receipt_printer"].printed == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [(DeviceTrouble("receipt_printer", "paper_out"), "paper_out"), (Unknown("jam"), "jam")],
)
def test_code_that_was_not_printed_is_not_waited_for(
    answer: DeviceTrouble | Unknown, reason: str
) -> None:
    bench = loop_bench(FakeService())
    bench.services["receipt_printer"].print_answer = answer
    finding = print_and_read("scanner")(bench)
    assert (finding.outcome, finding.reason) == (Outcome.FAILED, reason)
    assert finding.facts == (Fact("step", "print"),)


def test_loop_uses_up_what_its_devices_hold_and_is_recorded_s47(tmp_path: Path) -> None:
    card = Check("dispense_write_read_capture", passed, consumes=True)
    shell = Shell(tmp_path, FakeBench(card_dispenser=FakeService(card)))
    assert shell.commands.loop("all")
    tested, consumed = shell.records
    assert (tested.entry.payload["device"], tested.entry.payload["check"]) == ("loop", "card")
    assert consumed.entry.payload == {"item": "card", "pieces": 1}


def test_loop_is_offered_only_when_all_its_devices_are_fitted() -> None:
    assert [loop.name for loop in loops_of(("receipt_printer", "cash"))] == ["note"]
    every = tuple(fitting.name for fitting in FITTINGS)
    assert loops_of(every) == LOOPS


def test_every_code_of_a_device_is_documented() -> None:
    documented = Path(__file__).resolve().parents[2] / "docs" / "devices_cli.md"
    text = documented.read_text("utf-8")
    others = {"hung", "unknown", "out", "jammed", "failed", "crashed", "interrupted"}
    missing = {code for code in CODES | others | {"settings", "held"} if f"`{code}`" not in text}
    assert missing == set()
