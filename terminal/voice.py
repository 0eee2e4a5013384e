"""The voice of a terminal: recorded clips where there are some, else espeak-ng, by a child process.

A sentence becomes samples (`<clips>/<language>/<clip name>.wav`, or what espeak-ng renders), is
made as loud as the hour allows, and goes to the standard input of aplay or paplay. One thread reads
one sentence after another and is waited for by nobody. What a reader would get wrong: programs
that are missing are no error; the voice is "out" and the screens say so.
"""

from __future__ import annotations

import io
import logging
import shutil
import subprocess
import sys
import threading
import wave
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.clock import CHINA, Clock
from core.settings import Kind, Setting, Settings

log = logging.getLogger(__name__)

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "voice.engine",
        Kind.TEXT,
        "What reads sentences that nobody recorded.",
        default="espeak-ng",
        choices=("espeak-ng", "none"),
    ),
    Setting(
        "voice.player",
        Kind.TEXT,
        "The program that plays sound; none: this terminal has no loudspeaker.",
        default="aplay",
        choices=("aplay", "paplay", "none"),
    ),
    Setting(
        "voice.clips",
        Kind.TEXT,
        "Folder of recorded sentences, <language>/<words joined by _>.wav; left out, there are"
        " none.",
        default="",
    ),
    Setting(
        "voice.headphones",
        Kind.BOOLEAN,
        "Whether sound goes to headphones alone: then amounts are read without being asked for.",
        default=False,
    ),
    Setting(
        "voice.volume",
        Kind.INTEGER,
        "Loudness in per cent.",
        default=80,
        low=0,
        high=100,
    ),
    Setting(
        "voice.quiet_volume",
        Kind.INTEGER,
        "Loudness in the quiet hours, in per cent.",
        default=30,
        low=0,
        high=100,
    ),
    Setting(
        "voice.quiet_from",
        Kind.INTEGER,
        "The hour at which the quiet hours begin.",
        default=21,
        low=0,
        high=23,
    ),
    Setting(
        "voice.quiet_to",
        Kind.INTEGER,
        "The hour at which they end; the same hour: there are none.",
        default=7,
        low=0,
        high=23,
    ),
)

_VOICES = {"zh": "cmn", "en": "en"}
_WORDS_A_MINUTE = "150"
RENDER_S = 10.0
PLAY_SLACK_S = 10.0
"""How long the engine may take, and the player longer than the sound."""
_CLOSE_S = 2.0
_LONGEST_NAME = 80
"""Of a clip: 80 Chinese characters are 240 bytes, and a file's name has 255."""
_SAMPLE_BYTES = 2


@dataclass(frozen=True, slots=True)
class Sound:
    """Samples of 16 bits, little-endian."""

    samples: bytes
    rate: int
    channels: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / (_SAMPLE_BYTES * self.channels * self.rate)


@dataclass(frozen=True, slots=True)
class _Reading:
    sentences: tuple[str, ...]
    language: str
    told: Callable[[str], None]


def clip_name(sentence: str) -> str:
    """Letters and digits of a sentence, joined by "_"; "" for one too long for a file's name."""
    words = "".join(sign if sign.isalnum() else " " for sign in sentence).split()
    name = "_".join(words)
    return name if len(name) <= _LONGEST_NAME else ""


def sound_of(content: bytes) -> Sound | None:
    """A WAV file of 16 bits, from a file or a pipe; None for anything else."""
    try:
        with wave.open(io.BytesIO(content)) as file:
            if file.getsampwidth() != _SAMPLE_BYTES or not file.getframerate():
                return None
            samples = file.readframes(file.getnframes())
            return Sound(samples, file.getframerate(), file.getnchannels())
    except (wave.Error, EOFError):
        return None


def louder(sound: Sound, percent: int) -> Sound:
    """The same with its samples at `percent` (0 to 100) of what they were."""
    values = array("h", sound.samples[: len(sound.samples) // _SAMPLE_BYTES * _SAMPLE_BYTES])
    if sys.byteorder == "big":
        values.byteswap()
    scaled = array("h", (value * percent // 100 for value in values))
    if sys.byteorder == "big":
        scaled.byteswap()
    return Sound(scaled.tobytes(), sound.rate, sound.channels)


def volume_at(hour: int, settings: Settings) -> int:
    """Per cent at this hour of the day."""
    begins, ends = settings.integer("voice.quiet_from"), settings.integer("voice.quiet_to")
    quiet = begins <= hour < ends if begins <= ends else hour >= begins or hour < ends
    return settings.integer("voice.quiet_volume" if quiet else "voice.volume")


def engine_of(settings: Settings) -> str | None:
    """Where the engine is; None when it is not there."""
    return shutil.which(settings.text("voice.engine"))


def player_of(settings: Settings) -> str | None:
    """Where the player is; None when it is not there."""
    return shutil.which(settings.text("voice.player"))


def has_clips(settings: Settings) -> bool:
    """Whether sentences were recorded."""
    clips = settings.text("voice.clips")
    return bool(clips) and Path(clips).is_dir()


def engine_command(engine: str, language: str) -> list[str]:
    """Takes a sentence, gives a WAV file."""
    return [
        engine,
        "-v",
        _VOICES.get(language, language),
        "-s",
        _WORDS_A_MINUTE,
        "--stdin",
        "--stdout",
    ]


def player_command(player: str, sound: Sound) -> list[str]:
    """Takes the samples."""
    rate, channels = str(sound.rate), str(sound.channels)
    if Path(player).name == "aplay":
        return [player, "-q", "-t", "raw", "-f", "S16_LE", "-r", rate, "-c", channels, "-"]
    return [player, "--raw", "--format=s16le", f"--rate={rate}", f"--channels={channels}"]


class TerminalVoice:
    """See the module and `core.ports.voice.Voice`."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._engine, self._player = engine_of(settings), player_of(settings)
        clips = settings.text("voice.clips")
        self._clips = Path(clips) if clips else None
        self._change = threading.Condition()
        self._wanted: _Reading | None = None
        self._closed = False
        self._child: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        log.info("the voice is %s: engine %s, player %s", self.state, self._engine, self._player)

    @property
    def state(self) -> str:
        return "ok" if self._player and (self._engine or has_clips(self._settings)) else "out"

    def read(self, sentences: tuple[str, ...], language: str, told: Callable[[str], None]) -> None:
        self._want(_Reading(sentences, language, told))

    def stop(self) -> None:
        self._want(None)

    def close(self) -> None:
        with self._change:
            self._closed = True
        self._want(None)
        if self._thread is not None:
            self._thread.join(_CLOSE_S)

    def _want(self, reading: _Reading | None) -> None:
        with self._change:
            self._wanted = reading
            if self._child is not None:
                self._child.kill()
            if reading is not None and self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
                self._thread.start()
            self._change.notify()

    def _run(self) -> None:
        while self._read_next():
            pass

    def _read_next(self) -> bool:
        """One reading, from the moment it is wanted; False once closed. Nothing of it is kept."""
        with self._change:
            self._change.wait_for(lambda: self._wanted is not None or self._closed)
            reading = self._wanted
        if self._closed or reading is None:
            return False
        for sentence in reading.sentences:
            sound = self._sound(sentence, reading)
            if sound is not None and self._wanted is reading:
                reading.told(sentence)
                self._play(sound, reading)
        if self._is_over(reading):
            reading.told("")
        return True

    def _is_over(self, reading: _Reading) -> bool:
        """It was read to its end, and nothing else is wanted."""
        with self._change:
            if self._wanted is not reading:
                return False
            self._wanted = None
            return True

    def _sound(self, sentence: str, reading: _Reading) -> Sound | None:
        if self._player is None:
            return None
        sound = self._recorded(sentence, reading.language) or self._rendered(sentence, reading)
        if sound is None:
            return None
        hour = self._clock.wall().astimezone(CHINA).hour
        return louder(sound, volume_at(hour, self._settings))

    def _recorded(self, sentence: str, language: str) -> Sound | None:
        name = clip_name(sentence)
        if self._clips is None or not name:
            return None
        try:
            return sound_of((self._clips / language / f"{name}.wav").read_bytes())
        except OSError:
            return None

    def _rendered(self, sentence: str, reading: _Reading) -> Sound | None:
        if self._engine is None:
            return None
        command = engine_command(self._engine, reading.language)
        answer = self._run_child(command, sentence.encode(), RENDER_S, reading)
        return sound_of(answer) if answer else None

    def _play(self, sound: Sound, reading: _Reading) -> None:
        assert self._player is not None, "without one there is no sound"
        limit_s = sound.seconds + PLAY_SLACK_S
        self._run_child(player_command(self._player, sound), sound.samples, limit_s, reading)

    def _run_child(
        self, command: list[str], given: bytes, limit_s: float, reading: _Reading
    ) -> bytes:
        """What it wrote; nothing when it could not start, was killed or took too long."""
        with self._change:
            if self._wanted is not reading:
                return b""
            pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
            try:
                child = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere)
            except OSError as error:
                log.warning("the voice cannot start %s: %s", command[0], error.strerror)
                return b""
            self._child = child
        try:
            return child.communicate(given, limit_s)[0]
        except subprocess.TimeoutExpired:
            child.kill()
            return child.communicate()[0]
        finally:
            with self._change:
                self._child = None
