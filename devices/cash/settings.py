"""Settings of the banknote acceptor, and how a driver is opened from them.

What a reader would get wrong: `cash.overpay_fen` 0 lets in no note above what is due, so an
acceptor that has no fitting note stays disabled.
"""

from __future__ import annotations

from collections.abc import Callable

from core.settings import Kind, Setting, Settings
from devices.cash.ccnet.driver import CcnetAcceptor, CcnetLimits
from devices.cash.notes import NoteDriver
from devices.cash.ssp.driver import SspAcceptor, SspLimits
from devices.errors import DeviceError
from devices.transport.paths import open_line

SSP, CCNET = "ssp", "ccnet"
SSP_STOP_BITS = 2

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "cash.path",
        Kind.DEVICE_PATH,
        "Where the banknote acceptor is connected.",
        schemes=("serial", "tcp"),
    ),
    Setting(
        "cash.protocol",
        Kind.TEXT,
        "What the banknote acceptor speaks: ssp (ITL) or ccnet (CashCode and compatibles).",
        default=SSP,
        choices=(SSP, CCNET),
    ),
    Setting(
        "cash.baud",
        Kind.INTEGER,
        "Baud rate of the banknote acceptor.",
        default=9600,
        low=9600,
        high=115200,
    ),
    Setting(
        "cash.escrow_s",
        Kind.INTEGER,
        "Seconds after which a note that nobody decides about is given back.",
        default=10,
        low=2,
        high=60,
    ),
    Setting(
        "cash.overpay_fen",
        Kind.INTEGER,
        "By how much one note may exceed what is due; 0: never more than is due.",
        default=0,
        low=0,
        high=10000,
    ),
    Setting(
        "cash.poll_with_ack",
        Kind.BOOLEAN,
        "Whether an ssp acceptor repeats a credit until it was acknowledged (commands 56, 57).",
        default=False,
    ),
)


def contradictions(settings: Settings) -> list[str]:
    """Settings of one protocol that stand beside the other."""
    if settings.text("cash.protocol") == CCNET and settings.boolean("cash.poll_with_ack"):
        return [
            'cash.poll_with_ack = true and cash.protocol = "ccnet" do not go together: '
            "only ssp has it; write cash.poll_with_ack = false"
        ]
    return []


def ssp_at(
    path: str, baud: int, limits: SspLimits, *, poll_with_ack: bool = False
) -> Callable[[], NoteDriver]:
    """How an SSP acceptor is opened and brought to rest."""

    def connect() -> NoteDriver:
        driver = SspAcceptor(
            open_line(path, baud, SSP_STOP_BITS), limits, poll_with_ack=poll_with_ack
        )
        return _started(driver, driver.start)

    return connect


def ccnet_at(path: str, baud: int, limits: CcnetLimits) -> Callable[[], NoteDriver]:
    """How a CCNET validator is opened and brought to rest."""

    def connect() -> NoteDriver:
        driver = CcnetAcceptor(open_line(path, baud), limits)
        return _started(driver, driver.start)

    return connect


def connect_from(settings: Settings) -> Callable[[], NoteDriver]:
    """The driver that the settings name."""
    path, baud = settings.text("cash.path"), settings.integer("cash.baud")
    if settings.text("cash.protocol") == CCNET:
        return ccnet_at(path, baud, CcnetLimits())
    with_ack = settings.boolean("cash.poll_with_ack")
    return ssp_at(path, baud, SspLimits(), poll_with_ack=with_ack)


def _started(driver: NoteDriver, start: Callable[[], None]) -> NoteDriver:
    try:
        start()
    except DeviceError:
        driver.close()
        raise
    return driver
