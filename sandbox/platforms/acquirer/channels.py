"""The channels orders are paid through, and what each allows (domain B.2, B.3, B.4).

Talks to nothing. What a reader would get wrong: the days are those of the platform; a hospital's
contract may allow more, which a tester orders by ``refund_window``.
"""

import re
from dataclasses import dataclass
from typing import Literal

WalletChannel = Literal["WECHAT", "ALIPAY", "UNIONPAY"]
Channel = Literal[WalletChannel, "CREDIT"]
UNIONPAY_NUMBER_LIMIT = 32
_CODE_FORMS: tuple[tuple[WalletChannel, re.Pattern[str]], ...] = (
    ("WECHAT", re.compile(r"1[0-5]\d{16}")),
    ("ALIPAY", re.compile(r"(?:2[5-9]|30)\d{14,22}")),
    ("UNIONPAY", re.compile(r"62\d{17}")),
)


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a paid order can be given back; None is no limit, 0 days is the same day."""

    reverse_days: int | None
    refund_days: int
    refund_parts: int | None


TERMS: dict[Channel, Terms] = {
    "WECHAT": Terms(reverse_days=7, refund_days=365, refund_parts=50),
    "ALIPAY": Terms(reverse_days=None, refund_days=365, refund_parts=None),
    "UNIONPAY": Terms(reverse_days=0, refund_days=335, refund_parts=None),
    "CREDIT": Terms(reverse_days=None, refund_days=365, refund_parts=None),
}


def channel_of(auth_code: str) -> WalletChannel | None:
    """The wallet a pay code belongs to, by its form; None for a foreign text."""
    for channel, form in _CODE_FORMS:
        if form.fullmatch(auth_code):
            return channel
    return None


def fits(channel: str, number: str) -> bool:
    """Whether a channel can carry our order or refund number into its daily file."""
    if channel != "UNIONPAY":
        return True
    return number.isascii() and number.isprintable() and len(number) <= UNIONPAY_NUMBER_LIMIT


def masked_name(name: str) -> str:
    """李秀芳 → 李**."""
    return name[:1] + "*" * (len(name) - 1)
