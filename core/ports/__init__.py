"""What journeys get back from outside: closed result types, and the events devices tell.

Expected outcomes are values, matched with `assert_never`; exceptions are bugs.
"""

from core.ports.answers import Done, NotSent, Refused, Unknown
from core.ports.cards import (
    CardGone,
    CardMoved,
    CardPath,
    CardTaken,
    CardUnreadable,
    CardWritten,
    HealthCardPresent,
    IdCardGone,
    IdCardPresent,
    IdCardUnreadable,
)
from core.ports.codes import CodeScanned
from core.ports.health import DeviceHealth, DeviceTrouble
from core.ports.paper import Printed
from core.ports.pos import HoldApproved, NoSuchTransaction

__all__ = [
    "CardGone",
    "CardMoved",
    "CardPath",
    "CardTaken",
    "CardUnreadable",
    "CardWritten",
    "CodeScanned",
    "DeviceHealth",
    "DeviceTrouble",
    "Done",
    "HealthCardPresent",
    "HoldApproved",
    "IdCardGone",
    "IdCardPresent",
    "IdCardUnreadable",
    "NoSuchTransaction",
    "NotSent",
    "Printed",
    "Refused",
    "Unknown",
]
