"""What the model backend tells about paying."""

from __future__ import annotations

from typing import Any

from core.billing import GiveUp, Slip
from core.deferral import Decision
from core.flow import Act
from core.prepay import Residual
from core.steps.paying import FetchResidual, GiveUpItems

TOLD: dict[type[Act[Any]], object] = {
    GiveUpItems: GiveUp(Slip("R1", "ZF1.R.R1.AAAA"), ("L1",)),
    FetchResidual: Residual(0, Decision(False, "OP-RESIDUAL", "", ()), None),
}
