"""`python -m devices` as a process, before scripted far ends: status, codes, lock, settings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from devices_cli import LIMIT_S, ROOT, Line, parse, run, start
from peer import PtyWire, serial_peer

from core.upkeep.checks import CheckRecord, check_records
from devices.__main__ import OTHERS
from devices.fitting import FITTINGS
from terminal.own_settings import TERMINAL
from terminal.settings import UPKEEP
from tests.helpers.journal import open_journal

pytestmark = pytest.mark.slow
STATUS, WELL = "AAAAAA9669 0003 11FF ED", "AAAAAA9669 0004 000090 94"
NOISE, REFUSAL = "AAAAAA9669 0004 000090 95", "AAAAAA9669 0004 000041 45"
NOBODY = 'path = "tcp:127.0.0.1:1"'
_HOLDER = """
import sys
from pathlib import Path
from devices.ownership import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def config(folder: Path, tables: str = "", data: str = "") -> Path:
    file = folder / "terminal.toml"
    data = data or str(folder / "data")
    file.write_text(f'[terminal]\nid = "K01"\ndata = "{data}"\n{tables}', "utf-8")
    return file


def recorded(folder: Path) -> list[CheckRecord]:
    """Oldest first."""
    journal = open_journal(folder / "data" / "journal.db")
    found = check_records(journal.records())[::-1]
    journal.close()
    return found


def answering(wire: PtyWire) -> None:
    """An ID card reader that is there: opened once, asked once."""
    for _ in range(2):
        wire.expect(STATUS)
        wire.send(WELL)


def test_device_that_answers_is_ok_with_status_0_and_recorded(tmp_path: Path) -> None:
    with serial_peer(answering) as path:
        done = run(config(tmp_path, f'[id_card]\npath = "{path}"\n'), "test", "id_card.line")
    assert done.lines == (
        Line("PROGRESS", text="id_card.line"),
        Line("OK", "id_card.line", facts={"outcome": "passed"}),
    )
    assert (done.status, done.log) == (0, "")
    (record,) = recorded(tmp_path)
    assert (record.device, record.check, record.outcome) == ("id_card", "line", "passed")


def test_json_is_one_object_a_line(tmp_path: Path) -> None:
    with serial_peer(answering) as path:
        file = config(tmp_path, f'[id_card]\npath = "{path}"\n')
        done = run(file, "--json", "test", "id_card.line")
    assert [line.word for line in done.lines] == ["PROGRESS", "OK"]
    assert done.ok("id_card.line").facts == {"outcome": "passed"}


@pytest.mark.parametrize(("answer", "code"), [(NOISE, "timeout"), (REFUSAL, "hardware_error")])
def test_wrong_answer_is_an_error_with_status_1_and_recorded(
    tmp_path: Path, answer: str, code: str
) -> None:
    def script(wire: PtyWire) -> None:
        wire.expect(STATUS)
        wire.send(answer)

    with serial_peer(script) as path:
        done = run(config(tmp_path, f'[id_card]\npath = "{path}"\n'), "test", "id_card.line")
    told = done.error("id_card.line")
    assert (done.status, told.code, told.text) == (1, code, "id_card.line failed")
    assert told.facts["error"]
    (record,) = recorded(tmp_path)
    assert (record.outcome, record.reason) == ("failed", code)


@pytest.mark.parametrize("command", ["status", "test"])
def test_absent_device_is_offline_and_the_others_are_asked_all_the_same(
    tmp_path: Path, command: str
) -> None:
    tables = f'[pos]\n{NOBODY}\n[receipt_printer]\npath = "serial:/dev/zhenfu/nothing"\n'
    done = run(config(tmp_path, tables), command, *(["all"] if command == "test" else []))
    assert done.status == 1
    assert {line.code for line in done.of("ERROR")} == {"offline"}
    assert {line.name.split(".")[0] for line in done.of("ERROR")} == {"pos", "receipt_printer"}
    assert not done.of("OK")


def test_scanned_text_is_watched_without_telling_it(tmp_path: Path) -> None:
    wire = PtyWire()
    file = config(tmp_path, f'[scanner]\npath = "{wire.path}"\n')
    with start(file, "watch", "--seconds", "1") as child:
        assert child.stdout is not None
        first = parse(child.stdout.readline().rstrip("\n"))
        wire.write(b"13912345678\r\n")
        rest = [parse(line) for line in child.communicate(timeout=LIMIT_S)[0].splitlines()]
    wire.hang_up()
    assert first.text == "scanner DeviceHealth(device='scanner', state='ok')"
    assert [line.text for line in rest] == ["scanner CodeScanned(11 characters)"]
    assert child.returncode == 0


def test_keyboard_ends_a_check_that_waits_for_a_hand(tmp_path: Path) -> None:
    wire = PtyWire()
    file = config(tmp_path, f'[scanner]\npath = "{wire.path}"\n')
    with start(file, "test", "scanner.read_code") as child:
        assert child.stdout is not None
        assert parse(child.stdout.readline().rstrip("\n")).text == "scanner.read_code show_code"
        child.send_signal(2)
        told = parse(child.communicate(timeout=LIMIT_S)[0].rstrip("\n"))
    wire.hang_up()
    assert (told.word, told.code, child.returncode) == ("ERROR", "interrupted", 1)


def test_held_lock_names_its_holder_and_touches_no_device(tmp_path: Path) -> None:
    file = config(tmp_path, f"[pos]\n{NOBODY}\n")
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path / "data")],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        done = run(file, "test", "all")
        holder.kill()
    assert (done.status, len(done.lines), done.log) == (3, 1, "")
    assert done.error().code == "held"
    assert done.error().text.endswith(f"process {holder.pid}")
    assert run(file, "list").status == 0


def test_every_wrong_setting_is_told_at_once_with_status_2(tmp_path: Path) -> None:
    wrong = (
        '[pos]\npath = "telnet:pos"\nprotokol = "zvt"\n'
        '[scanner]\npath = "serial:/dev/x"\n[id_card]\npath = "serial:/dev/x"\n[camra]\npath = 1\n'
    )
    done = run(config(tmp_path, wrong), "status")
    told = done.error()
    assert (done.status, len(done.lines), told.code) == (2, 1, "settings")
    for fault in ("pos.path", "pos.protokol", "did you mean pos.protocol", "camra.path"):
        assert fault in told.text
    assert "is there already" in told.text
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("case", ["no_file", "not_toml", "data_is_a_file", "no_font"])
def test_file_that_cannot_be_used_is_status_2(tmp_path: Path, case: str) -> None:
    file = config(tmp_path)
    match case:
        case "no_file":
            file.unlink()
        case "not_toml":
            file.write_text("[terminal", "utf-8")
        case "data_is_a_file":
            config(tmp_path, data=str(file))
        case _:
            config(tmp_path, f'[id_card]\n{NOBODY}\nphoto_decoder = "no.such:decoder"\n')
    done = run(file, "list")
    assert (done.status, done.error().code) == (2, "settings")
    assert len(done.lines) == 1


@pytest.mark.parametrize("arguments", [("test", "toaster"), ("loop", "toast"), ("test", "all")])
def test_name_that_list_does_not_show_is_status_2(
    tmp_path: Path, arguments: tuple[str, str]
) -> None:
    done = run(config(tmp_path), *arguments)
    assert (done.status, done.error().code) == (2, "no_such_test")


@pytest.mark.parametrize("arguments", [(), ("dance",), ("test",), ("watch", "--seconds", "x")])
def test_wrong_words_are_status_2_with_the_usage_on_standard_error(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = run(config(tmp_path), *arguments)
    assert (done.status, done.lines) == (2, ())
    assert done.log.startswith("usage: python -m devices")


def test_machine_without_devices_lists_what_could_be_fitted(tmp_path: Path) -> None:
    done = run(config(tmp_path), "list")
    assert done.status == 0
    assert [line.text for line in done.lines] == [f"{f.name} is not fitted" for f in FITTINGS]


def test_terminals_own_settings_file_is_understood(tmp_path: Path) -> None:
    example = (ROOT / "zhenfu.example.toml").read_text("utf-8")
    file = tmp_path / "terminal.toml"
    file.write_text(example.replace("/var/lib/zhenfu/K01", str(tmp_path / "data")), "utf-8")
    done = run(file, "list")
    assert (done.status, done.of("#"), done.of("ERROR")) == (0, [], [])
    for fitting in FITTINGS:
        assert done.ok(fitting.name).facts["checks"].split(",")[0] == "line"
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["terminal.lock"]


def test_every_table_of_the_terminal_is_known_here() -> None:
    tables = {setting.key.split(".")[0] for setting in (*TERMINAL, *UPKEEP)}
    assert tables <= set(OTHERS)
