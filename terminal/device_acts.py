"""Carries out the Acts that move cards, money at the POS and paper; each in its device's worker.

A device that is not fitted answers `not_fitted` instead of raising: the same journeys run on every
machine.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from core.catalogue import Catalogue
from core.operation import pos_reference
from core.ports import (
    CardConfirmed,
    CardMissing,
    CardMoved,
    CardPath,
    CardSwapped,
    CardWritten,
    DeviceTrouble,
    Done,
    DrawerSeen,
    HoldApproved,
    NoSuchTransaction,
    NotSent,
    Printed,
    Refused,
    Unknown,
)
from core.routes import Wish
from core.steps import (
    AskPosForLast,
    CaptureCard,
    CheckPrinter,
    ConfirmCard,
    FindDispenserCard,
    MoveCardToEncoder,
    PlaceHoldAtPos,
    PresentCard,
    PrintSlip,
    ReleaseHoldAtPos,
    WriteCard,
)
from core.steps.drawer import LookAtDrawer, OpenDrawer
from core.steps.window_people import WriteCardAtDesk
from devices.card_dispenser.service import CardDispenser
from devices.diagnostics.bench import Bench, BenchBusy
from devices.pos.service import Pos
from devices.receipt_printer.escpos.service import ReceiptPrinter
from devices.receipt_printer.escpos.status import reason_of
from terminal.clock import local_time
from terminal.slips import Letterhead, Moment, lay_out

Confirmation = CardConfirmed | CardSwapped | CardMissing | DeviceTrouble


class DispenserActs:
    """The card dispenser."""

    def __init__(self, dispenser: CardDispenser) -> None:
        self._dispenser = dispenser

    def where(self, _step: FindDispenserCard, _wish: Wish) -> CardPath | DeviceTrouble:
        """Where a card is."""
        return self._dispenser.where()

    def to_encoder(
        self, _step: MoveCardToEncoder, _wish: Wish
    ) -> CardMoved | DeviceTrouble | Unknown:
        """The motor turns."""
        return self._dispenser.to_encoder()

    def write(self, step: WriteCard, _wish: Wish) -> CardWritten | DeviceTrouble | Unknown:
        """Write and read back."""
        return self._dispenser.write(step.number)

    def present(self, _step: PresentCard, _wish: Wish) -> CardMoved | DeviceTrouble | Unknown:
        """To the gate."""
        return self._dispenser.present()

    def capture(self, _step: CaptureCard, _wish: Wish) -> CardMoved | DeviceTrouble | Unknown:
        """To the bin."""
        return self._dispenser.capture()


class CardActs:
    """The readers a patient's card may be in."""

    READERS = ("smart_card", "card_reader")

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def confirm(
        self, step: ConfirmCard, _wish: Wish
    ) -> CardConfirmed | CardSwapped | CardMissing | DeviceTrouble:
        """One reader's yes is enough; else the most telling of the other answers."""
        answers = [self._ask(name, step.uid) for name in self.READERS if name in self._bench.fitted]
        for kind in (CardConfirmed, CardSwapped, CardMissing, DeviceTrouble):
            for answer in answers:
                if isinstance(answer, kind):
                    return answer
        return DeviceTrouble("smart_card", "not_fitted")

    def write(self, step: WriteCardAtDesk, _wish: Wish) -> CardWritten | DeviceTrouble | Unknown:
        """On the blank card that lies on the reader."""
        if "smart_card" not in self._bench.fitted:
            return DeviceTrouble("smart_card", "not_fitted")
        try:
            written: CardWritten | DeviceTrouble | Unknown = self._bench.on(
                "smart_card", lambda reader: reader.write(step.number)
            )
        except BenchBusy:
            return Unknown("timeout")
        return written

    def _ask(self, name: str, uid: str) -> Confirmation:
        try:
            answer: Confirmation = self._bench.on(name, lambda reader: reader.confirm(uid))
        except BenchBusy:
            return DeviceTrouble(name, "busy")
        return answer


class PosActs:
    """The bank POS."""

    def __init__(self, pos: Pos) -> None:
        self._pos = pos

    def hold(self, step: PlaceHoldAtPos, wish: Wish) -> HoldApproved | Refused | NotSent | Unknown:
        """Reservation; the wish to leave becomes an abort at the POS."""
        assert isinstance(wish, threading.Event), "the driver waits on it"
        return self._pos.hold(pos_reference(step.operation_id), step.amount_fen, wish)

    def last(
        self, step: AskPosForLast, _wish: Wish
    ) -> HoldApproved | NoSuchTransaction | NotSent | Unknown:
        """Only our own reference counts."""
        return self._pos.last(pos_reference(step.operation_id))

    def release(self, step: ReleaseHoldAtPos, _wish: Wish) -> Done | Refused | NotSent | Unknown:
        """Reverse in full."""
        return self._pos.release(step.receipt)


class PrinterActs:
    """The receipt printer, with what every slip of this terminal carries."""

    def __init__(
        self,
        printer: ReceiptPrinter,
        letterhead: Callable[[], Letterhead],
        journal_head: Callable[[], tuple[int, str]],
        catalogue: Callable[[], Catalogue],
    ) -> None:
        self._printer = printer
        self._letterhead, self._journal_head = letterhead, journal_head
        self._catalogue = catalogue

    def check(self, _step: CheckPrinter, _wish: Wish) -> Done | DeviceTrouble:
        """Is there paper."""
        status = self._printer.status()
        if status.can_print:
            return Done()
        return DeviceTrouble("receipt_printer", reason_of(status).value)

    def open_drawer(self, _step: OpenDrawer, _wish: Wish) -> Done | DeviceTrouble | Unknown:
        """One pulse."""
        return self._printer.open_drawer()

    def look_at_drawer(self, _step: LookAtDrawer, _wish: Wish) -> DrawerSeen | DeviceTrouble:
        """Does it stand open."""
        return self._printer.drawer()

    def print_slip(self, step: PrintSlip, _wish: Wish) -> Printed | DeviceTrouble | Unknown:
        """Lay out, print, prove."""
        seq, digest = self._journal_head()
        moment = Moment(f"{local_time():%Y-%m-%d %H:%M}", seq, digest)
        _ = self._catalogue()
        document = lay_out(step.content, self._letterhead(), moment, _)
        return self._printer.print_document(document)
