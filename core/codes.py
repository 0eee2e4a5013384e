"""What a scanned text is: payment code, a person's code, slip, staff badge, or something foreign.

Only the outer form is looked at; what an insurance e-code or a city code means is decoded by its
issuer's service (protocols.md 9). A payment code is as good as cash for a minute: never log it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from core.identity import Medium, MediumKind

_PAYMENT = (
    ("WECHAT", re.compile(r"1[0-5]\d{16}")),
    ("ALIPAY", re.compile(r"(?:2[5-9]|30)\d{14,22}")),
    ("UNIONPAY", re.compile(r"62\d{17}")),
)
_SLIP = re.compile(r"ZF1\.[RSUCV]\.[A-Za-z0-9.\-]{1,120}")
_EC_CODE = re.compile(r"[A-Z0-9]{28}")
_CITY_CODE = re.compile(r"CITY[A-Z0-9]{32}")
_BADGE = re.compile(r"ZF1\.B\.([A-Za-z0-9\-]{1,32})")
_LONGEST = 512


class PaymentChannel(StrEnum):
    """Wallets whose codes are recognised (protocols.md 9)."""

    WECHAT = "WECHAT"
    ALIPAY = "ALIPAY"
    UNIONPAY = "UNIONPAY"


@dataclass(frozen=True, slots=True)
class PaymentCode:
    """A wallet's one-time code; `text` is spendable."""

    channel: PaymentChannel
    text: str

    def __repr__(self) -> str:
        return f"PaymentCode({self.channel.value}, …)"


@dataclass(frozen=True, slots=True)
class IdentityCode:
    """A code that names a person or a bill."""

    medium: Medium


@dataclass(frozen=True, slots=True)
class BadgeCode:
    """A staff badge. It gives no right: the number on it is written down, and that is all (H34)."""

    staff: str


@dataclass(frozen=True, slots=True)
class ForeignCode:
    """Readable, but not ours: a web address, another hospital's label, control characters."""


RecognisedCode = PaymentCode | IdentityCode | BadgeCode | ForeignCode


def recognise(text: str) -> RecognisedCode:
    """Tell what was scanned. Never raises; anything unexpected is ForeignCode."""
    if len(text) > _LONGEST or not text.isascii() or not text.isprintable():
        return ForeignCode()
    for channel, form in _PAYMENT:
        if form.fullmatch(text):
            return PaymentCode(PaymentChannel(channel), text)
    if _SLIP.fullmatch(text):
        return IdentityCode(Medium(MediumKind.SLIP, text))
    if _CITY_CODE.fullmatch(text):
        return IdentityCode(Medium(MediumKind.CITY_CODE, text))
    if badge := _BADGE.fullmatch(text):
        return BadgeCode(badge[1])
    if _EC_CODE.fullmatch(text):
        return IdentityCode(Medium(MediumKind.EC_CODE, text))
    return ForeignCode()
