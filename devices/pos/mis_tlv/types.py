"""The type codes (DF02) of the MIS-TLV functions, as the bank gave them.

What a reader would get wrong: they are unpublished, so they are a setting; a function without a
code is simply not offered by this POS.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

_CODE = re.compile(r"[0-9]{2}", re.ASCII)


class Function(StrEnum):
    """What can be asked; the words of `pos.mis_types`."""

    SIGN_IN = "sign_in"
    SALE = "sale"
    VOID = "void"
    REFUND = "refund"
    HOLD = "hold"
    RELEASE = "release"
    COMPLETE = "complete"
    REPRINT = "reprint"
    SETTLE = "settle"
    STATUS = "status"


TypeCodes = Mapping[Function, str]


def type_codes(text: str) -> TypeCodes:
    """From words such as "sale=01 hold=05". ValueError names the word that is wrong."""
    codes: dict[Function, str] = {}
    for word in text.split():
        name, _, code = word.partition("=")
        if name not in set(Function):
            raise ValueError(f"{word}: not one of {', '.join(Function)}")
        if not _CODE.fullmatch(code):
            raise ValueError(f"{word}: a code is two digits, such as {name}=01")
        if code in codes.values():
            raise ValueError(f"{word}: that code is another function's")
        codes[Function(name)] = code
    return codes
