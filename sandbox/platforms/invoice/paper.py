"""Sheets of invoice paper: blank ones by place, and what became of the used ones (domain B.6).

Talks to nothing; the e-invoice books call it. What a reader would get wrong: asking for the next
sheet uses up nothing; only an exchange or a spoilt sheet does.
"""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.platforms.desk import Refused

PAPER_BATCH_CODE = "33010125"
SHEET_USED, NOT_NEXT_SHEET, NO_SHEET, NOT_THIS_SHEET = "E3004", "E3005", "E3006", "E3007"
_SHEETS_OF_A_NEW_PLACE = 1000
_NUMBERS_OF_A_PLACE = 10_000_000


@dataclass(slots=True)
class Place:
    """The blank sheets in one printer: the next number, and how many are left."""

    next_no: int
    left: int = _SHEETS_OF_A_NEW_PLACE


@dataclass(slots=True)
class Sheet:
    """A used sheet; ``invoice`` is the key of its e-invoice, "" for a spoilt blank one."""

    place_code: str
    paper_no: str
    invoice: str
    state: Literal["ISSUED", "VOID"]
    reason: str = ""


@dataclass(slots=True)
class PaperBooks:
    """Places by place_code, used sheets by paper_no."""

    places: dict[str, Place] = field(default_factory=dict)
    used: dict[str, Sheet] = field(default_factory=dict)

    def place(self, place_code: str) -> Place:
        """The sheets of a place, which has a stock of its own from the first question on."""
        fresh = Place(next_no=len(self.places) * _NUMBERS_OF_A_PLACE + 1)
        return self.places.setdefault(place_code, fresh)

    def next_no(self, place_code: str) -> str:
        """The number of the next blank sheet; Refused when there is none."""
        place = self.place(place_code)
        if place.left == 0:
            raise Refused(NO_SHEET)
        return f"{place.next_no:010d}"

    def use(self, sheet: Sheet, paper_batch_code: str) -> None:
        """Take the next blank sheet of a place; Refused for any other."""
        if sheet.paper_no in self.used:
            raise Refused(SHEET_USED)
        place = self.place(sheet.place_code)
        expected = PAPER_BATCH_CODE, f"{place.next_no:010d}"
        if place.left == 0 or (paper_batch_code, sheet.paper_no) != expected:
            raise Refused(NOT_NEXT_SHEET)
        place.next_no += 1
        place.left -= 1
        self.used[sheet.paper_no] = sheet

    def spoil(self, place_code: str, paper_batch_code: str, paper_no: str, reason: str) -> None:
        """Void a blank sheet, once."""
        known = self.used.get(paper_no)
        if known is not None and (known.place_code, known.invoice) == (place_code, ""):
            return
        self.use(Sheet(place_code, paper_no, "", "VOID", reason), paper_batch_code)

    def call_back(self, paper_batch_code: str, paper_no: str, invoice: str, reason: str) -> None:
        """Void the sheet of an e-invoice, once; Refused when it never was its sheet."""
        sheet = self.used.get(paper_no)
        if sheet is None or (paper_batch_code, sheet.invoice) != (PAPER_BATCH_CODE, invoice):
            raise Refused(NOT_THIS_SHEET)
        if sheet.state == "ISSUED":
            sheet.state, sheet.reason = "VOID", reason
