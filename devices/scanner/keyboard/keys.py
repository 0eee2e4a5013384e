"""Key events to scanned texts, US layout (docs/protocols/evdev.md). No I/O.

What a reader would get wrong: only Enter or Tab completes a code. Silence does not: a scanner may
type slowly, and half a payment code must never look like a code, so `forget` drops what is left.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from devices.transport.evdev import Dropped, Key, KeyEvent

CAP_CHARACTERS = 512
_ENDINGS = frozenset({15, 28, 96})
_SHIFTS = frozenset({42, 54})
_CONTROLS = frozenset({29, 97})
_SPOILERS = frozenset({56, 100, 125, 126})
_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (55, "*", "*"),
    (57, " ", " "),
    (71, "789-456+1230.", "789-456+1230."),
    (98, "/", "/"),
)
_PLAIN = {first + n: text for first, row, _ in _ROWS for n, text in enumerate(row)}
_SHIFTED = {first + n: text for first, _, row in _ROWS for n, text in enumerate(row)}


@dataclass(slots=True)
class KeyText:
    """Collects one code. `dropped` counts codes that were spoiled, too long or unended."""

    dropped: int = 0
    _text: list[str] = field(default_factory=list)
    _held: set[int] = field(default_factory=set)
    _spoiled: bool = False

    def feed(self, event: KeyEvent) -> str | None:
        """The code that `event` completes; "" never."""
        match event:
            case Dropped():
                self._spoiled = True
                self._held.clear()
            case Key(code, down) if code in _SHIFTS | _CONTROLS | _SPOILERS:
                (self._held.add if down else self._held.discard)(code)
            case Key(code, down=True):
                return self._pressed(code)
            case Key():
                pass
        return None

    def forget(self) -> None:
        """No key for long: what was collected has no ending and is no code."""
        self._end()
        self._held.clear()

    @property
    def begun(self) -> bool:
        """Whether a code waits for its ending."""
        return bool(self._text) or self._spoiled

    def _pressed(self, code: int) -> str | None:
        if code in _ENDINGS:
            text, spoiled = "".join(self._text).strip(), self._spoiled
            self._text.clear()
            self._spoiled = False
            self.dropped += spoiled
            return None if spoiled else text or None
        if self._held & _SPOILERS or len(self._text) == CAP_CHARACTERS:
            self._spoiled = True
        elif not self._held & _CONTROLS:
            self._text.append((_SHIFTED if self._held & _SHIFTS else _PLAIN).get(code, ""))
        return None

    def _end(self) -> None:
        self.dropped += self.begun
        self._text.clear()
        self._spoiled = False
