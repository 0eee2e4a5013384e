"""Resident ID numbers (GB 11643): whether one is possible, and what it says by itself.

Talks to nothing. What a reader would get wrong: the area must have existed at some time, not in
the year of birth, because numbers were first given in 1984.
"""

from __future__ import annotations

import re
from datetime import date

from stdnum import numdb
from stdnum.cn import ric

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"\d{17}[\dX]")
_WITHOUT_AREA = ("9", "81", "82", "83")


def valid_number(number: str) -> bool:
    """Form, known area, check digit.

    People born before 1984 carry areas younger than they are (ric.validate refuses those).
    Foreigners (9…) and permits of Hong Kong, Macau and Taiwan (81, 82, 83) have no area.
    """
    if not _NUMBER.fullmatch(number) or number[-1] != ric.calc_check_digit(number):
        return False
    if number.startswith(_WITHOUT_AREA):
        return True
    return any(facts for _part, facts in numdb.get("cn/loc").info(number[:6]))


def born_of(number: str) -> str:
    """The birth date inside a number, YYYY-MM-DD; it need not exist."""
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def sex_of(number: str) -> str:
    """M or F by the digit before the last."""
    return "M" if int(number[16]) % 2 else "F"


def day_of(text: str) -> date | None:
    """A day written YYYY-MM-DD, None for everything else."""
    try:
        return date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else None
    except ValueError:
        return None


def age_of(birth_date: str, today: date) -> int:
    """Full years; 0 for somebody whose birth date nobody knows."""
    born = day_of(birth_date)
    if born is None:
        return 0
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
