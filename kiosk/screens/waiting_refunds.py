"""What the machine is doing, in words, while it asks about refunds."""

from __future__ import annotations

from typing import Any

from core.flow import Act
from core.phrase import Said, said
from core.steps.refunds import (
    AskRefund,
    FetchPayee,
    FetchRefundable,
    FetchRefunds,
    ResubmitContact,
)

WAITING: dict[type[Act[Any]], Said] = {
    FetchRefundable: said("Looking for what you paid"),
    FetchPayee: said("Asking who may get the money"),
    AskRefund: said("Your request is being sent"),
    FetchRefunds: said("Looking for your refund requests"),
    ResubmitContact: said("The contact's name is being checked"),
}
