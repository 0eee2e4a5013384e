"""The voice as a technician sees it: what it is made of, and a sentence to listen to.

A `devices.checks.Service` like any device's, with a worker of its own; looks for the programs anew
each time. What a reader would get wrong: a player that ends well may have played into nothing, so
the verdict of the test sentence is a person's.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable

from core.flow import Event
from core.ports import DeviceHealth, DeviceTrouble
from core.settings import Settings
from devices.checks import LINE, Check, Fact, Finding, Identity, Outcome, failed_because, passed
from devices.model import TroubleReason
from terminal.clock import now_s
from terminal.voice import (
    PLAY_SLACK_S,
    RENDER_S,
    engine_command,
    engine_of,
    has_clips,
    player_command,
    player_of,
    sound_of,
)

DEVICE = "voice"
_LOOK_S = 10.0
_NOT_FOUND = "not found"
_SENTENCES = {"zh": "这是语音测试。请听一听声音是否清楚。", "en": "This is a test of the voice."}


class VoiceService:
    """See the module; all calls in one thread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._state, self._look_at = "", 0.0

    def poll(self) -> Iterable[Event]:
        """Once, and again when a program appeared or went."""
        if now_s() < self._look_at:
            return
        self._look_at = now_s() + _LOOK_S
        state = "ok" if self._is_heard() else "offline"
        if state != self._state:
            self._state = state
            yield DeviceHealth(DEVICE, state)

    def identity(self) -> Identity | DeviceTrouble:
        """What the engine says of itself; recorded sentences have no name."""
        engine = engine_of(self._settings)
        if not self._is_heard():
            return DeviceTrouble(DEVICE, TroubleReason.OFFLINE.value)
        told = _run([engine, "--version"], b"", RENDER_S) if engine else None
        words = told.stdout.decode("utf-8", "replace").split() if told else []
        version = next((word for word in words if word[:1].isdigit()), "")
        return Identity(model=self._settings.text("voice.engine"), firmware=version)

    def checks(self) -> tuple[Check, ...]:
        """Engine and player, then a sentence."""
        return (
            Check(LINE, self._check_line),
            Check("test_sentence", self._check_sentence, hand="listen"),
        )

    def close(self) -> None:
        """Nothing is held."""

    def _is_heard(self) -> bool:
        heard = engine_of(self._settings) or has_clips(self._settings)
        return bool(player_of(self._settings) and heard)

    def _check_line(self) -> Finding:
        facts = (
            Fact("engine", engine_of(self._settings) or _NOT_FOUND),
            Fact("player", player_of(self._settings) or _NOT_FOUND),
            Fact("clips", self._settings.text("voice.clips") or "-"),
        )
        if self._is_heard():
            return passed(*facts)
        return failed_because(TroubleReason.OFFLINE, *facts)

    def _check_sentence(self) -> Finding:
        """Rendered and played; whether it was heard, only who listens can say."""
        engine, player = engine_of(self._settings), player_of(self._settings)
        if engine is None or player is None:
            missing = "voice.engine" if engine is None else "voice.player"
            return _failed(TroubleReason.OFFLINE, f"{missing}: {_NOT_FOUND}")
        language = self._settings.text("terminal.language")
        told = _run(engine_command(engine, language), _SENTENCES[language].encode(), RENDER_S)
        sound = sound_of(told.stdout) if told is not None else None
        if sound is None or not any(sound.samples):
            return _failed(TroubleReason.HARDWARE_ERROR, f"{engine}: no sound")
        limit_s = sound.seconds + PLAY_SLACK_S
        played = _run(player_command(player, sound), sound.samples, limit_s)
        if played is None or played.returncode:
            words = played.stderr.decode("utf-8", "replace").strip() if played else "no end"
            return _failed(TroubleReason.HARDWARE_ERROR, f"{player}: {words}")
        return Finding(Outcome.UNSURE, (Fact("seconds", f"{sound.seconds:.1f}"),))


def _failed(reason: TroubleReason, error: str) -> Finding:
    return failed_because(reason, Fact("error", error))


def _run(
    command: list[str], given: bytes, limit_s: float
) -> subprocess.CompletedProcess[bytes] | None:
    """None: it could not start, or took too long."""
    try:
        return subprocess.run(command, input=given, capture_output=True, timeout=limit_s)
    except (OSError, subprocess.TimeoutExpired):
        return None
