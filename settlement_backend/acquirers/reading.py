"""Answers of the acquirer's gateway, read into the closed words of `words.py`.

Talks to nobody. What a reader would get wrong: `ORDER_PAID` and `ORDER_NO_USED` are no refusals:
they say that an earlier request of ours may have taken the money, so they decide nothing.
"""

from __future__ import annotations

import logging

from settlement_backend.acquirers.words import Declined, Paid, Paying, RefundOutcome, Taking
from settlement_backend.base.outside import Done, Json, Silent

_log = logging.getLogger(__name__)
_UNDECIDED = ("ORDER_PAID", "ORDER_NO_USED")


def taking(path: str, answer: Json | None) -> Taking:
    """The answer of a request that takes money under an order number."""
    match answer:
        case {"result": "SUCCESS", "transaction_no": str(transaction_no)}:
            return Paid(transaction_no)
        case {"result": "USERPAYING"}:
            return Paying()
        case {"result": "FAIL", "code": str(code)} if code not in _UNDECIDED:
            return Declined(code)
        case {"result": "SYSTEMERROR"}:
            return Silent()
    return silent(path, answer)


def refund_outcome(path: str, answer: Json | None) -> RefundOutcome:
    """The answer of a refund; a channel whose window is over says so by its code."""
    match answer:
        case {"state": "SUCCESS"}:
            return Done()
        case {"state": "PROCESSING"}:
            return Paying()
        case {"state": "FAIL"}:
            return Declined(word(answer, "code") or "REFUND_FAILED")
    return silent(path, answer)


def done(path: str, answer: Json | None) -> Done | Declined | Silent:
    """The answer of a request that is done or refused."""
    match answer:
        case {"result": "SUCCESS" | "CONFIRMED" | "RECORDED" | "CANCELLED" | "CLOSED"}:
            return Done()
        case {"result": "FAIL", "code": str(code)}:
            return Declined(code)
    return silent(path, answer)


def word(answer: Json | None, name: str) -> str:
    """A text that may be missing, "" then."""
    found = (answer or {}).get(name)
    return found if isinstance(found, str) else ""


def silent(path: str, answer: Json | None) -> Silent:
    """Unknown, with a line in the log when something was said."""
    if answer is not None:
        _log.warning("%s: the answer decides nothing", path)
    return Silent()
