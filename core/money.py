"""Integer money. One unit everywhere: fen (1/100 yuan, CNY), carried as `int`.

What a reader would get wrong: there is no Decimal and no float here or anywhere near money.
A yuan text becomes fen by `parse_yuan`, fen becomes text by `format_yuan`; rounding happens once,
at the pricing of a line, in the backend (domain.md B.8).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_YUAN = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?")
SIGNED = {"signed": True}
"""Of a dataclass field `…_fen` that may be negative; all others of the contract never are."""
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def parse_yuan(text: str) -> int:
    """ "12.3" -> 1230 fen. Raises ValueError on signs, blanks, or more than two decimals."""
    match = _YUAN.fullmatch(text)
    if match is None:
        raise ValueError(f"not an amount of yuan: {text!r}")
    whole, part = match.group(1), match.group(2) or ""
    return int(whole) * 100 + int(part.ljust(2, "0"))


def format_yuan(amount_fen: int) -> str:
    """1234567 fen -> "12,345.67"; a negative amount keeps its sign in front."""
    sign, rest = ("-", -amount_fen) if amount_fen < 0 else ("", amount_fen)
    return f"{sign}{rest // 100:,}.{rest % 100:02d}"


def allocate(total_fen: int, weights: Sequence[int]) -> list[int]:
    """Split a total by weights so that the parts sum to the total to the fen.

    Largest remainder, earlier parts first on a tie. Raises ValueError on a negative weight or
    when all weights are zero and there is something to split.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("weights must not be negative")
    whole = sum(weights)
    if whole == 0:
        if total_fen:
            raise ValueError("nothing to split the amount by")
        return [0] * len(weights)
    parts = [total_fen * weight // whole for weight in weights]
    left = total_fen - sum(parts)
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total_fen * weights[i] % whole), i))
    for index in by_remainder[:left]:
        parts[index] += 1
    return parts


def yuan_in_words(amount_fen: int) -> str:
    """Amount in the banking capitals of Chinese slips: 18524 -> 壹佰捌拾伍元贰角肆分.

    Raises ValueError below zero and from a million million yuan on.
    """
    if not 0 <= amount_fen < 100 * 10_000 ** len(_GROUPS):
        raise ValueError("an amount in words is not negative and has at most 12 digits of yuan")
    yuan, jiao, fen = amount_fen // 100, amount_fen // 10 % 10, amount_fen % 10
    words = _integer_in_words(yuan) + "元" if yuan else ""
    if jiao == fen == 0:
        return (words or "零元") + "整"
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif words:
        words += "零"
    return words + (_DIGITS[fen] + "分" if fen else "")


def _integer_in_words(number: int) -> str:
    words = ""
    gap = False
    for group_index in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10_000**group_index % 10_000
        if group == 0:
            gap = gap or bool(words)
            continue
        if words and (gap or group < 1000):
            words += "零"
        words += _group_in_words(group) + _GROUPS[group_index]
        gap = False
    return words


def _group_in_words(group: int) -> str:
    words = ""
    gap = False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return words
