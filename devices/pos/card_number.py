"""What may be kept of a card number: the first 6 and the last 4 digits at most.

Both POS protocols mask here, whatever the POS masked before. What a reader would get wrong: a
number too short to hide anything in the middle is masked whole.
"""

from __future__ import annotations

_HEAD_DIGITS, _TAIL_DIGITS = 6, 4


def masked(number: str) -> str:
    """`number`: digits and whatever the POS masks with; all but 6 and 4 digits become *."""
    tail_at = len(number) - _TAIL_DIGITS
    if tail_at <= _HEAD_DIGITS:
        return "*" * len(number)
    return "".join(
        letter if _is_digit(letter) and (at < _HEAD_DIGITS or at >= tail_at) else "*"
        for at, letter in enumerate(number)
    )


def _is_digit(letter: str) -> bool:
    return letter.isascii() and letter.isdecimal()
