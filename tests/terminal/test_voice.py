"""The voice of a terminal: real sound from espeak-ng, and a player that writes down what it got."""

from __future__ import annotations

import queue
import shutil
import threading
import wave
from array import array
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.clock import SystemClock
from core.settings import Settings, load
from terminal import voice
from terminal.voice import Sound, TerminalVoice, clip_name, louder, sound_of, volume_at

LIMIT_S = 10.0
NOON, NIGHT = datetime(2025, 11, 22, 4, 0, tzinfo=UTC), datetime(2025, 11, 22, 15, 0, tzinfo=UTC)
Make = Callable[..., TerminalVoice]


class At(SystemClock):
    """Always the same moment."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def wall(self) -> datetime:
        return self._moment


def _settings(folder: Path, text: str = "") -> Settings:
    file = folder / "voice.toml"
    file.write_text(f"[voice]\n{text}", encoding="utf-8")
    return load(file, voice.SETTINGS)


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
def make(tmp_path: Path, programs: Path) -> Iterator[Make]:
    made: list[TerminalVoice] = []

    def _make(text: str = "", moment: datetime = NOON) -> TerminalVoice:
        made.append(TerminalVoice(_settings(tmp_path, text), At(moment)))
        return made[-1]

    before = set(threading.enumerate())
    yield _make
    for one in made:
        one.close()
    assert [one for one in set(threading.enumerate()) - before if one.name == "voice"] == []


def _player(programs: Path, name: str, script: str) -> None:
    """`player.sh` under this name, which reads the script beside it.

    Nothing that is run is written here: Linux runs no program that somebody has open for writing
    (ETXTBSY), and a child of another thread may hold for a moment what this one has open.
    """
    (programs / f"{name}.do").write_text(script, encoding="utf-8")
    if not (programs / name).exists():
        (programs / name).symlink_to(Path(__file__).with_name("player.sh"))


def _loudest(samples: bytes) -> int:
    return max(abs(value) for value in array("h", samples))


def _read(one: TerminalVoice, sentences: tuple[str, ...], language: str) -> list[str]:
    """Captions in order, until all is read."""
    told: queue.SimpleQueue[str] = queue.SimpleQueue()
    one.read(sentences, language, told.put)
    return list(iter(lambda: told.get(timeout=LIMIT_S), ""))


@pytest.mark.parametrize(
    ("language", "sentence"), [("zh", "请把身份证放在读卡区"), ("en", "Lay your ID card here")]
)
def test_sentence_becomes_sound_that_is_not_silent(
    language: str, sentence: str, make: Make, programs: Path, tmp_path: Path
) -> None:
    _player(programs, "aplay", f'echo "$@" >{tmp_path}/asked; /bin/cat >{tmp_path}/played')
    assert _read(make(), (sentence,), language) == [sentence]
    sound = Sound((tmp_path / "played").read_bytes(), 22050, 1)
    with wave.open(str(tmp_path / "sound.wav"), "wb") as file:
        file.setparams((1, 2, sound.rate, 0, "NONE", ""))
        file.writeframes(sound.samples)
    read = sound_of((tmp_path / "sound.wav").read_bytes())
    assert read == sound
    assert 0.5 < sound.seconds < 15
    assert _loudest(sound.samples) > 5000
    assert (tmp_path / "asked").read_text().split() == [
        *("-q", "-t", "raw", "-f", "S16_LE", "-r", "22050", "-c", "1", "-")
    ]


def test_quiet_hours_are_quieter(make: Make, programs: Path, tmp_path: Path) -> None:
    _player(programs, "paplay", f"/bin/cat >{tmp_path}/played")
    loud = []
    for moment in (NOON, NIGHT):
        _read(make('player = "paplay"', moment), ("Good day",), "en")
        loud.append(_loudest((tmp_path / "played").read_bytes()))
    assert loud[1] * 2 < loud[0]


def test_recorded_sentence_is_played_instead(make: Make, programs: Path, tmp_path: Path) -> None:
    _player(programs, "aplay", f"/bin/cat >{tmp_path}/played")
    (tmp_path / "clips" / "zh").mkdir(parents=True)
    with wave.open(str(tmp_path / "clips" / "zh" / "请付款.wav"), "wb") as file:
        file.setparams((2, 2, 8000, 0, "NONE", ""))
        file.writeframes(array("h", [1000, -1000] * 4).tobytes())
    one = make(f'engine = "none"\nvolume = 50\nclips = "{tmp_path}/clips"')
    assert one.state == "ok"
    assert _read(one, ("请付款。", "没有录音。"), "zh") == ["请付款。"]
    assert array("h", (tmp_path / "played").read_bytes()) == array("h", [500, -500] * 4)


def test_another_reading_cuts_off_the_one_before(
    make: Make, programs: Path, tmp_path: Path
) -> None:
    _player(programs, "aplay", f"/bin/cat >{tmp_path}/played; exec /bin/sleep 60")
    one = make()
    told: queue.SimpleQueue[str] = queue.SimpleQueue()
    one.read(("First", "Never"), "en", told.put)
    assert told.get(timeout=LIMIT_S) == "First"
    _player(programs, "aplay", f"/bin/cat >{tmp_path}/played")
    assert _read(one, ("Second",), "en") == ["Second"]
    assert told.empty()


def test_stop_ends_the_player_at_once(make: Make, programs: Path) -> None:
    _player(programs, "aplay", "exec /bin/sleep 60")
    one = make()
    told: queue.SimpleQueue[str] = queue.SimpleQueue()
    one.read(("First", "Never"), "en", told.put)
    assert told.get(timeout=LIMIT_S) == "First"
    one.stop()
    one.close()
    assert told.empty()


@pytest.mark.parametrize("text", ["", 'player = "none"', 'player = "paplay"'])
def test_player_that_is_missing_makes_the_voice_out_and_no_error(text: str, make: Make) -> None:
    one = make(text)
    assert one.state == "out"
    assert _read(one, ("Nobody hears it",), "en") == []


def test_engine_that_is_missing_makes_the_voice_out(make: Make, programs: Path) -> None:
    _player(programs, "aplay", "/bin/cat >/dev/null")
    assert make('engine = "none"').state == "out"
    assert make().state == "ok"


def test_player_that_fails_is_no_error(make: Make, programs: Path) -> None:
    _player(programs, "aplay", "exit 1")
    assert _read(make(), ("One.", "Two."), "en") == ["One.", "Two."]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Lay your ID card on the reader.", "Lay_your_ID_card_on_the_reader"),
        ("请稍候，正在付款。", "请稍候_正在付款"),
        ("../etc/passwd", "etc_passwd"),
        ("word " * 40, ""),
        ("。", ""),
    ],
)
def test_name_of_a_clip(sentence: str, name: str) -> None:
    assert clip_name(sentence) == name


@pytest.mark.parametrize("content", [b"", b"RIFF", b"RIFF\x04\x00\x00\x00WAVE", b"MP3" * 20])
def test_file_that_is_no_sound_is_none(content: bytes) -> None:
    assert sound_of(content) is None


def test_loudness_is_a_share_of_every_sample() -> None:
    samples = array("h", [-32768, -1, 0, 32767]).tobytes()
    assert array("h", louder(Sound(samples, 8000, 1), 100).samples) == array("h", samples)
    assert array("h", louder(Sound(samples, 8000, 1), 0).samples) == array("h", [0, 0, 0, 0])


@pytest.mark.parametrize(
    ("hours", "hour", "percent"),
    [
        ((21, 7), 20, 80),
        ((21, 7), 21, 30),
        ((21, 7), 0, 30),
        ((21, 7), 7, 80),
        ((12, 14), 13, 30),
        ((12, 14), 14, 80),
        ((7, 7), 7, 80),
    ],
)
def test_loudness_of_the_hour(
    hours: tuple[int, int], hour: int, percent: int, tmp_path: Path
) -> None:
    begins, ends = hours
    settings = _settings(tmp_path, f"quiet_from = {begins}\nquiet_to = {ends}")
    assert volume_at(hour, settings) == percent
