"""Parts of the front from which paper comes: receipt printer, page printer, booklet machine.

Talks to its `Bench` and reads the picture of the receipt that hangs out.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap

from sandbox.workbench.front_part import Part, Sight, lay
from sandbox.workbench.painting import Lamp, booklet, box, paper, slit, text
from sandbox.workbench.parts import Bench
from sandbox.workbench.seen import PrinterSeen, Sheet
from sandbox.workbench.snapshot import Snapshot
from sandbox.workbench.words import Words
from ui.tokens import LIGHT

TRAY_OF_PAPER, SPIRAL_CAPACITY, SPIRALS = 250, 10, 6


class PrinterPart(Part):
    """The outlet; the slip that hangs from it is torn off by pressing it."""

    def __init__(self, words: Words, bench: Bench, size: QSize) -> None:
        super().__init__("printer", words, bench, size)
        self._lines = 0
        self._hanging: Sheet | None = None
        self._picture = QPixmap()
        place = QRect(26, 30, 84, size.height() - 52)
        self._slip = self.thing(
            "take_slip", self._paint_slip, place, lambda h: h.unit("printer", "tear")
        )
        for name, left in (("roll_new", "full"), ("roll_low", "near_end"), ("roll_none", "out")):
            self.unit_service(name, "paper", left=left)
        self.unit_service("lid_open", "cover", position="open")
        self.unit_service("lid_close", "cover", position="closed")

    def see(self, snapshot: Snapshot) -> Sight | None:
        """The slip that hangs out, and how the paper is."""
        seen = snapshot.printer
        hanging = seen.hanging if seen is not None else None
        cannot = self.words("no_unit" if seen is None else "nothing_hangs")
        lay(self._slip, hanging is not None, "" if hanging else cannot)
        if hanging != self._hanging:
            self._hanging = hanging
            self._picture = QPixmap(str(hanging.picture)) if hanging is not None else QPixmap()
        if seen is None:
            return None
        self._lines = seen.paper_lines
        return self._sight(seen)

    def draw(self, painter: QPainter, body: QRect) -> None:
        """The outlet, and the roll as thick as it is."""
        slit(painter, QRect(18, body.top() + 4, 100, 9))
        radius = 6 + min(14, self._lines * 14 // 2000)
        centre = QRect(self.width() - 50, body.center().y() - 20, 40, 40).center()
        painter.setPen(QColor(LIGHT.line_strong))
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawEllipse(centre, radius, radius)
        painter.setBrush(QColor(LIGHT.machine_glass))
        painter.drawEllipse(centre, 5, 5)

    def _sight(self, seen: PrinterSeen) -> Sight:
        if seen.cover_open:
            return Sight(self.words("cover_open"), Lamp.BAD)
        if seen.cutter_jammed:
            return Sight(self.words("cutter_jammed"), Lamp.BAD)
        if seen.paper == "out":
            return Sight(self.words("roll_out"), Lamp.BAD)
        if seen.hanging is not None:
            return Sight(self.words("take_paper"), Lamp.ASKS)
        return Sight(self.words(f"roll_{seen.paper}"))

    def _paint_slip(self, painter: QPainter, rect: QRect, _words: str) -> None:
        paper(painter, rect, self._picture)


class PagePrinterPart(Part):
    """The tray of paper and the pages that lie on top."""

    def __init__(self, words: Words, bench: Bench, size: QSize) -> None:
        super().__init__("page_printer", words, bench, size)
        self._paper = 0
        place = QRect(20, 22, 96, 32)
        self._pages = self.thing(
            "take_pages", _pages, place, lambda h: h.unit("page_printer", "take")
        )
        self.unit_service("page_paper_new", "paper", left="full")
        self.unit_service("page_paper_out", "paper", left="out")
        self.unit_service("toner_low", "toner", level="low")
        self.unit_service("toner_full", "toner", level="full")
        self.unit_service("page_offline", "offline")
        self.unit_service("page_online", "online")
        self.unit_service("jam_page", "jam")
        self.unit_service("unjam_page", "unjam")

    def see(self, snapshot: Snapshot) -> Sight | None:
        """Pages in the tray, paper, toner."""
        seen = snapshot.page_printer
        count = seen.in_tray if seen is not None else 0
        cannot = self.words("no_unit" if seen is None else "no_pages")
        lay(self._pages, count > 0, "" if count else cannot, self.words("pages", count=count))
        if seen is None:
            return None
        self._paper = seen.paper
        for is_so, word in (
            (not seen.online, "page_is_offline"),
            (seen.jammed, "page_jammed"),
            (seen.cover_open, "cover_open"),
            (seen.paper == 0, "roll_out"),
            (seen.toner == "empty", "toner_is_empty"),
        ):
            if is_so:
                return Sight(self.words(word), Lamp.BAD)
        if count:
            return Sight(self.words("take_pages_now"), Lamp.ASKS)
        if seen.printing:
            return Sight(self.words("page_prints"))
        word = "page_ready" if seen.toner == "full" else "page_toner_low"
        return Sight(self.words(word, count=seen.paper))

    def draw(self, painter: QPainter, body: QRect) -> None:
        """The body of a laser printer with its paper drawer."""
        case = QRect(body.left() + 4, body.top() + 18, body.width() - 8, body.height() - 20)
        box(painter, case, LIGHT.machine_glass, "#05090C", 5)
        drawer = QRect(case.left() + 8, case.bottom() - 12, case.width() - 16, 8)
        box(painter, drawer, LIGHT.machine_dark, "#05090C", 2)
        full = (drawer.width() - 4) * min(self._paper, TRAY_OF_PAPER) // TRAY_OF_PAPER
        painter.fillRect(QRect(drawer.left() + 2, drawer.top() + 2, full, 4), QColor("#FFFFFF"))


class VendingPart(Part):
    """Six spirals of booklets above the tray."""

    def __init__(self, words: Words, bench: Bench, size: QSize) -> None:
        super().__init__("vending", words, bench, size)
        self._stock: tuple[int, ...] = ()
        place = QRect(12, size.height() - 46, 76, 27)
        self._booklet = self.thing(
            "take_booklet", booklet, place, lambda h: h.unit("vending", "take")
        )
        self.service("fill_booklets", lambda h: h.fill_booklets(self._stock, SPIRAL_CAPACITY))
        self.unit_service("jam_vending", "jam", self._cannot_jam)
        self.unit_service("unjam_vending", "unjam", self._cannot_unjam)
        self.unit_service("vending_door_open", "door", position="open")
        self.unit_service("vending_door_close", "door", position="closed")

    def see(self, snapshot: Snapshot) -> Sight | None:
        """Booklets left, and those in the tray."""
        seen = snapshot.vending
        count = seen.in_tray if seen is not None else 0
        cannot = self.words("no_unit" if seen is None else "no_booklet")
        lay(self._booklet, count > 0, "" if count else cannot, self.words("booklet", count=count))
        if seen is None:
            return None
        self._stock = seen.stock
        if seen.jammed:
            return Sight(self.words("jammed"), Lamp.BAD)
        if seen.door_open:
            return Sight(self.words("vending_is_open"), Lamp.BAD)
        if count:
            return Sight(self.words("take_booklet_now"), Lamp.ASKS)
        total = sum(seen.stock)
        if not total:
            return Sight(self.words("booklets_none"), Lamp.BAD)
        return Sight(self.words("booklets_left", count=total))

    def draw(self, painter: QPainter, body: QRect) -> None:
        """A bar of booklets for each spiral, the tray."""
        step = body.width() // SPIRALS
        for place, stock in enumerate(self._stock[:SPIRALS]):
            cell = QRect(body.left() + place * step, body.top() + 1, step - 4, 26)
            box(painter, cell, "#DCE6EC", "#A9BAC5", 2)
            height = 22 * min(stock, SPIRAL_CAPACITY) // SPIRAL_CAPACITY
            painter.fillRect(
                QRect(cell.left() + 2, cell.bottom() - 1 - height, cell.width() - 4, height),
                QColor("#E9C46A"),
            )
            text(painter, cell, str(stock), LIGHT.ink, 11, bold=True)
        slit(painter, QRect(body.left(), body.bottom() - 12, body.width(), 10))

    def _cannot_jam(self, snapshot: Snapshot) -> str:
        is_jammed = snapshot.vending is not None and snapshot.vending.jammed
        return self.words("jammed") if is_jammed else ""

    def _cannot_unjam(self, snapshot: Snapshot) -> str:
        is_jammed = snapshot.vending is not None and snapshot.vending.jammed
        return "" if is_jammed else self.words("not_jammed")


def _pages(painter: QPainter, rect: QRect, words: str) -> None:
    for shift in (6, 3, 0):
        box(painter, rect.adjusted(6 - shift, 6 - shift, -shift, -shift), "#FFFFFF", "#A9BAC5", 1)
    text(painter, rect.adjusted(0, 0, -6, -6), words, LIGHT.ink, 12, bold=True)
