"""The voice as a technician sees it: found or not, and a sentence whose verdict is a person's."""

from __future__ import annotations

import shutil
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest
from terminal_bench import NO_WISH
from upkeep_bench import Upkeep

from core.flow import Event
from core.ports import DeviceHealth, DeviceTrouble
from core.settings import Kind, Setting, load
from core.upkeep import steps
from core.upkeep.checks import CheckRecord
from devices.checks import LINE, Fact, Finding, Identity, Outcome
from terminal import voice, voice_service
from terminal.voice_service import VoiceService
from tests.helpers.bench import FakeService

_LANGUAGE = Setting("terminal.language", Kind.TEXT, "The terminal's.", default="zh")
Make = Callable[..., VoiceService]


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder programs are found in: espeak-ng itself, and what a test puts there."""
    engine = shutil.which("espeak-ng")
    assert engine is not None, "espeak-ng is not installed"
    folder = tmp_path / "programs"
    folder.mkdir()
    (folder / "espeak-ng").symlink_to(engine)
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def make(tmp_path: Path, programs: Path) -> Make:
    def _make(text: str = "") -> VoiceService:
        file = tmp_path / "voice.toml"
        file.write_text(f"[voice]\n{text}", encoding="utf-8")
        return VoiceService(load(file, (*voice.SETTINGS, _LANGUAGE)))

    return _make


def player(programs: Path, script: str) -> None:
    """A player that does this."""
    program = programs / "aplay"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def found(service: VoiceService, name: str) -> Finding:
    """Of one check."""
    return next(check for check in service.checks() if check.name == name).work()


def told(service: VoiceService) -> list[Event]:
    """Of one poll."""
    return list(service.poll())


def test_line_says_where_each_program_is(make: Make, programs: Path) -> None:
    player(programs, "/bin/cat >/dev/null")
    finding = found(make(), LINE)
    assert finding.outcome is Outcome.PASSED
    assert finding.facts == (
        Fact("engine", str(programs / "espeak-ng")),
        Fact("player", str(programs / "aplay")),
        Fact("clips", "-"),
    )


@pytest.mark.parametrize(
    ("settings", "engine"), [("", "programs/espeak-ng"), ('engine = "none"', "not found")]
)
def test_missing_player_is_told_and_fails(make: Make, settings: str, engine: str) -> None:
    finding = found(make(settings), LINE)
    assert (finding.outcome, finding.reason) == (Outcome.FAILED, "offline")
    assert finding.facts[0].value.endswith(engine)
    assert finding.facts[1] == Fact("player", "not found")


def test_sentence_is_rendered_and_played_and_a_person_judges(
    make: Make, programs: Path, tmp_path: Path
) -> None:
    player(programs, f"/bin/cat >{tmp_path}/played")
    finding = found(make(), "test_sentence")
    assert finding.outcome is Outcome.UNSURE
    (seconds,) = finding.facts
    assert seconds.name == "seconds"
    assert 1 < float(seconds.value) < 20
    played = array("h", (tmp_path / "played").read_bytes())
    assert max(abs(value) for value in played) > 5000


def test_player_that_fails_says_what_it_said(make: Make, programs: Path) -> None:
    player(programs, "echo no sound card >&2; exit 1")
    finding = found(make(), "test_sentence")
    assert (finding.outcome, finding.reason) == (Outcome.FAILED, "hardware_error")
    assert finding.facts[0].value.endswith("aplay: no sound card")


def test_engine_that_gives_no_sound_fails(make: Make, programs: Path) -> None:
    player(programs, "/bin/cat >/dev/null")
    (programs / "espeak-ng").unlink()
    (programs / "espeak-ng").write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    (programs / "espeak-ng").chmod(0o755)
    finding = found(make(), "test_sentence")
    assert (finding.outcome, finding.reason) == (Outcome.FAILED, "hardware_error")


def test_player_that_never_ends_is_ended(
    make: Make, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_service, "PLAY_SLACK_S", -3.0)
    player(programs, "exec /bin/sleep 60")
    finding = found(make(), "test_sentence")
    assert finding.facts[0].value.endswith("aplay: no end")


@pytest.mark.parametrize("missing", ["engine", "player"])
def test_sentence_without_a_program_names_it(make: Make, programs: Path, missing: str) -> None:
    if missing == "engine":
        player(programs, "/bin/cat >/dev/null")
        (programs / "espeak-ng").unlink()
    finding = found(make(), "test_sentence")
    assert finding.facts == (Fact("error", f"voice.{missing}: not found"),)


def test_state_is_told_once_and_again_when_a_program_appears(
    make: Make, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(voice_service, "now_s", lambda: now[0])
    service = make()
    assert told(service) == [DeviceHealth("voice", "offline")]
    player(programs, "/bin/cat >/dev/null")
    assert told(service) == []
    now[0] += 11
    assert told(service) == [DeviceHealth("voice", "ok")]
    now[0] += 11
    assert told(service) == []


def test_engine_says_who_it_is(make: Make, programs: Path) -> None:
    assert make().identity() == DeviceTrouble("voice", "offline")
    player(programs, "/bin/cat >/dev/null")
    named = make().identity()
    assert isinstance(named, Identity)
    assert (named.model, named.firmware[:2], named.serial) == ("espeak-ng", "1.", "")


def test_technician_sees_the_voice_among_the_devices_and_its_checks(
    make: Make, programs: Path, tmp_path: Path
) -> None:
    player(programs, "/bin/cat >/dev/null")
    _line, sentence = make().checks()
    made = Upkeep(tmp_path, {"voice": FakeService(sentence)})
    view = made.acts.look(steps.LookAtMachine(), NO_WISH)
    assert isinstance(view, steps.MachineView)
    (shown,) = (device for device in view.devices if device.name == "voice")
    assert shown.checks == (
        steps.CheckOffer("line"),
        steps.CheckOffer("test_sentence", "listen"),
    )
    record = made.acts.check(steps.RunCheck("voice", "test_sentence", "T-07"), NO_WISH)
    assert isinstance(record, CheckRecord)
    assert record.outcome == "unsure"
