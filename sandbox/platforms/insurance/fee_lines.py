"""Fee lines uploaded to the insurance by 2204 and 2301, as its catalogue judges them.

Talks to nothing. What a reader would get wrong: a line's own parts are rounded at the line and are
for showing; a settlement is split again from the amounts, by `scheme.share`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sandbox.platforms.desk import Refused
from sandbox.platforms.insurance.scheme import SCOPE_PERCENT, FeeClass, FeeLine
from sandbox.platforms.yuan import line_fen, price_of_fen

SHIPPED_LIMITS_FEN = {"02LENS": 80_000}
ALL = "0000"


def class_of(med_list_codg: str) -> FeeClass:
    """The class that a catalogue code begins with; own expense for any other code."""
    match med_list_codg[:2]:
        case "01":
            return "01"
        case "02":
            return "02"
    return "03"


@dataclass(slots=True)
class UploadedLine:
    """One line; ``setl_id`` is the settlement that stands for it, "" before and after.

    ``quantity`` in ten-thousandths, ``price`` in millionths of a yuan.
    """

    feedetl_sn: str
    mdtrt_id: str
    chrg_bchno: str
    med_list_codg: str
    medins_list_codg: str
    fee_ocur_time: str
    quantity: int
    price: int
    amount_fen: int
    limit_fen: int | None = None
    setl_id: str = ""

    @property
    def fee_class(self) -> FeeClass:
        """As the catalogue says."""
        return class_of(self.med_list_codg)

    @property
    def over_limit_fen(self) -> int:
        """What of an insured line lies above its price limit."""
        if self.limit_fen is None or self.fee_class == "03":
            return 0
        return max(0, self.amount_fen - line_fen(self.quantity, price_of_fen(self.limit_fen)))

    @property
    def first_part_fen(self) -> int:
        """What the person pays first, rounded at the line."""
        if self.fee_class == "03":
            return 0
        percent = 100 - SCOPE_PERCENT[self.fee_class]
        return ((self.amount_fen - self.over_limit_fen) * percent + 50) // 100

    @property
    def in_scope_fen(self) -> int:
        """What is left for the fund's rule."""
        if self.fee_class == "03":
            return 0
        return self.amount_fen - self.over_limit_fen - self.first_part_fen

    def for_scheme(self) -> FeeLine:
        """The line as the scheme reads it."""
        return FeeLine(self.feedetl_sn, self.amount_fen, self.fee_class, self.over_limit_fen)


@dataclass(slots=True)
class FeeBooks:
    """All lines, by visit and by their number there."""

    by_visit: dict[str, dict[str, UploadedLine]] = field(default_factory=dict)

    def of(self, mdtrt_id: str) -> list[UploadedLine]:
        """The lines of a visit, oldest first."""
        return list(self.by_visit.get(mdtrt_id, {}).values())

    def unsettled(self, mdtrt_id: str, chrg_bchno: str = ALL) -> list[UploadedLine]:
        """The lines of a batch, or of the whole visit, for which no settlement stands."""
        return [
            line
            for line in self.of(mdtrt_id)
            if not line.setl_id and chrg_bchno in (ALL, line.chrg_bchno)
        ]

    def upload(self, lines: list[UploadedLine]) -> None:
        """Keep the lines, all or none. Refused for a number in use or an amount that is wrong."""
        taken = {(line.mdtrt_id, number) for line in lines for number in self._of_visit(line)}
        for line in lines:
            if (line.mdtrt_id, line.feedetl_sn) in taken:
                raise Refused(f"feedetl_sn {line.feedetl_sn} is in use")
            if line.amount_fen != line_fen(line.quantity, line.price):
                raise Refused(f"det_item_fee_sumamt of {line.feedetl_sn} is not cnt x pric")
            taken.add((line.mdtrt_id, line.feedetl_sn))
        for line in lines:
            self.by_visit.setdefault(line.mdtrt_id, {})[line.feedetl_sn] = line

    def take_back(self, lines: Iterable[UploadedLine]) -> None:
        """Forget unsettled lines; their numbers are free again."""
        for line in lines:
            del self.by_visit[line.mdtrt_id][line.feedetl_sn]

    def settle(self, mdtrt_id: str, numbers: list[str], setl_id: str) -> None:
        """A settlement stands for these lines."""
        for number in numbers:
            self.by_visit[mdtrt_id][number].setl_id = setl_id

    def free(self, setl_id: str, mdtrt_id: str) -> None:
        """The lines of a settlement that no longer stands are unsettled again."""
        for line in self.of(mdtrt_id):
            if line.setl_id == setl_id:
                line.setl_id = ""

    def _of_visit(self, line: UploadedLine) -> dict[str, UploadedLine]:
        return self.by_visit.get(line.mdtrt_id, {})
