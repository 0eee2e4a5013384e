"""Who may open the machine: a staff file with card numbers and hashed PINs, readable offline.

Its [[guide]] lines are staff who help patients at the screen: number, name, card, and no PIN.

`python -m diagnostics pin` makes a line of it. What a reader would get wrong: PINs are scrypt
hashes with a salt each, and five wrong tries lock everybody out for ten minutes, because a
patient may be the one who tries.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import tomllib
from collections.abc import Callable
from pathlib import Path

from core.errors import SettingsError
from core.ports import Refused
from core.settings import Kind, Setting
from core.upkeep.steps import SignInTechnician, Technician
from terminal.clock import now_s

MAX_TRIES = 5
LOCKED_S = 600.0
_COST, _BLOCK, _LANES = 2**14, 8, 1
_HASHED = re.compile(r"scrypt:([0-9a-f]{2})+:[0-9a-f]{128}")

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "maintenance.staff_file",
        Kind.TEXT,
        "File of the technicians who may open this machine; left out, only a shell may.",
        default="",
    ),
)


def hash_pin(pin: str, salt: bytes | None = None) -> str:
    """`scrypt:SALT:HASH` in hex."""
    salt = salt or secrets.token_bytes(16)
    digest = hashlib.scrypt(pin.encode(), salt=salt, n=_COST, r=_BLOCK, p=_LANES)
    return f"scrypt:{salt.hex()}:{digest.hex()}"


def _fits(pin: str, stored: str) -> bool:
    _, salt, _ = stored.split(":")
    return hmac.compare_digest(hash_pin(pin, bytes.fromhex(salt)), stored)


class Technicians:
    """The staff file, read at each sign-in so that a change needs no restart."""

    def __init__(self, path: Path | None, now: Callable[[], float] = now_s) -> None:
        self._path, self._now = path, now
        self._wrong, self._locked_until = 0, float("-inf")

    def sign_in(self, step: SignInTechnician) -> Technician | Refused:
        """Card and PIN must fit one line. Refused: bad_pin | locked | no_staff_file."""
        if self._now() < self._locked_until:
            return Refused("locked")
        try:
            staff = _staff(self._path)
        except SettingsError:
            return Refused("no_staff_file")
        for number, name, card, pin in staff:
            if card == step.card and _fits(step.pin, pin):
                self._wrong = 0
                return Technician(number, name)
        self._wrong += 1
        if self._wrong >= MAX_TRIES:
            self._wrong, self._locked_until = 0, self._now() + LOCKED_S
        return Refused("bad_pin")

    def knows(self, card: str) -> bool:
        """Whether a card is a technician's."""
        try:
            return any(known == card for _, _, known, _ in _staff(self._path))
        except SettingsError:
            return False

    def helper(self, card: str) -> str:
        """The number of the member of staff whose card this is, "" for nobody's."""
        try:
            found = [(number, known) for number, _, known, _ in _staff(self._path)]
            found += _guides(self._path)
        except SettingsError:
            return ""
        return next((number for number, known in found if known == card), "")


def _guides(path: Path | None) -> list[tuple[str, str]]:
    """(number, card) of each [[guide]]; the file was read as a staff file already."""
    if path is None:
        return []
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    guides = content.get("guide", [])
    try:
        return [(str(one["number"]), str(one["card"])) for one in guides]
    except (KeyError, TypeError) as error:
        raise SettingsError(f"{path}: {error}") from None


def _staff(path: Path | None) -> list[tuple[str, str, str, str]]:
    """(number, name, card, PIN hash) of each [[technician]]."""
    if path is None:
        raise SettingsError("no staff file is named")
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        staff = [
            (str(one["number"]), str(one["name"]), str(one["card"]), str(one["pin"]))
            for one in content["technician"]
        ]
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise SettingsError(f"{path}: {error}") from None
    for number, name, card, pin in staff:
        if not (number and name and card) or not _HASHED.fullmatch(pin):
            raise SettingsError(f"{path}: technician {number!r} cannot sign in with this line")
    return staff
