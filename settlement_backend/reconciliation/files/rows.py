"""What all daily files say, in one form, and the one way in which they are refused.

What a reader would get wrong: a damaged file is refused as a whole, with the line; half a file
would make differences that do not exist.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Literal

from core.money import parse_yuan

Kind = Literal["PAY", "REFUND", "REVOKED"]
MOST_BYTES = 64 * 1024 * 1024
MOST_LINES = 2_000_000


@dataclass(frozen=True, slots=True)
class Moved:
    """One movement of money as the other side has it.

    `number`: our own number of it (an order for PAY and REVOKED, a refund for REFUND);
    `original`: the order it gives back, "" for PAY; `amount_fen` is positive; `at`: YYYY-MM-DD or
    a time as the file tells it; `reference`: the other side's number, "" where it has none.
    """

    kind: Kind
    number: str
    original: str
    amount_fen: int
    at: str
    reference: str


@dataclass(frozen=True, slots=True)
class DailyFile:
    """All movements of a day and channel. `adjusted`: amounts that the other side set by hand,
    by our number of the payment, or by its trace number where the file does not have it."""

    rows: tuple[Moved, ...]
    adjusted: tuple[tuple[str, int], ...] = ()


class Damaged(ValueError):
    """Not a file of this form. The text names the line and never its content."""


def lines_of(content: bytes, encoding: str) -> list[str]:
    """The lines without their ends. Raises Damaged."""
    if len(content) > MOST_BYTES:
        raise Damaged("the file is too large")
    try:
        lines = content.decode(encoding).split("\r\n")
    except UnicodeDecodeError:
        raise Damaged(f"the file is not {encoding}") from None
    if len(lines) > MOST_LINES:
        raise Damaged("the file has too many lines")
    if lines[-1]:
        raise Damaged(f"line {len(lines)}: the file ends in the middle of a line")
    return lines[:-1]


def unzipped(content: bytes) -> dict[str, bytes]:
    """Files by name; what claims to become too large is not unpacked. Raises Damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_BYTES:
                raise Damaged("the files are too large")
            return {_name(entry): packed.read(entry) for entry in packed.infolist()}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, RuntimeError, EOFError) as error:
        raise Damaged(f"not a zip file ({type(error).__name__})") from None
    except (ValueError, OverflowError) as error:
        raise Damaged(f"not a zip file we read ({type(error).__name__})") from None


def _name(entry: zipfile.ZipInfo) -> str:
    return entry.filename


def fen_of(text: str, line: int) -> int:
    """Fen of a yuan text, which may be negative. Raises Damaged."""
    negative = text.startswith("-")
    try:
        amount_fen = parse_yuan(text.removeprefix("-"))
    except ValueError:
        raise Damaged(f"line {line}: not an amount") from None
    return -amount_fen if negative else amount_fen


def require(holds: bool, line: int, what: str) -> None:
    """Raise Damaged unless it holds."""
    if not holds:
        raise Damaged(f"line {line}: {what}")
