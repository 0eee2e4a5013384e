"""What a guided signing page says, step by step, by scheme (H08, L13).

Talks to nobody. What a reader would get wrong: where a bank or a platform bears the risk the
patient signs on its page, and the hospital only shows the code.
"""

from __future__ import annotations

from settlement_backend.base.shapes import Words
from settlement_backend.deferral import rules

_HERE = (
    Words(zh="阅读信用承诺书", en="Read the commitment"),
    Words(
        zh="本人确认并签名；未满规定年龄的由监护人签名", en="Sign it; a guardian signs for a child"
    ),
    Words(zh="就诊结束后 24 小时内一次性缴费", en="Pay once, within 24 hours after the visit"),
)
_AT_BANK = (
    Words(zh="用手机扫描二维码，打开签约页面", en="Scan the code with your phone"),
    Words(zh="按页面提示完成实名认证和签约", en="Confirm who you are and sign on the phone"),
    Words(
        zh="签约后本机自动显示结果，可直接就诊", en="This machine shows the result; go and be seen"
    ),
)


def steps(scheme: str) -> tuple[Words, ...]:
    """None where nothing is deferred."""
    if scheme == rules.HERE:
        return _HERE
    return _AT_BANK if scheme in rules.AT_BANK else ()
