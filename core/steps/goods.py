"""Acts of selling what is in the machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.flow import Act
from core.goods import Articles, Sale
from core.ports import DeviceTrouble, Done, NotSent, Refused, Unknown, Vended


@dataclass(frozen=True, slots=True)
class FetchArticles(Act[Articles | Refused | NotSent | Unknown]):
    """What this machine sells, and how many it has."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class KeepSale(Act[Sale | Refused | NotSent | Unknown]):
    """One piece is this buyer's for some minutes; unpaid, it falls free by itself."""

    durable: ClassVar[bool] = False
    patient_id: str
    item_code: str


@dataclass(frozen=True, slots=True)
class TellSale(Act[Sale | Refused | NotSent | Unknown]):
    """Whether a paid piece provably came out; if not, the backend opens a case about its money."""

    operation_id: str
    sale_id: str
    handed_out: bool


@dataclass(frozen=True, slots=True)
class CheckVending(Act[Done | DeviceTrouble]):
    """Is there one in the machine, before anybody pays?"""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class VendGoods(Act[Vended | DeviceTrouble | Unknown]):
    """The motor turns. Once for each operation."""

    operation_id: str
