"""A slip printed once more: what it says now, marked as a copy.

What a reader would get wrong: it is a copy even when it is the first print that was counted; the
machine where it was made may have printed one.
"""

from __future__ import annotations

from core.papers import Receipt, ReceiptRow, SlipPrint
from core.phrase import Moment, Phrase, Yuan, said
from core.slips import WrittenSlip


def copy_of(receipt: Receipt, counted: SlipPrint) -> WrittenSlip:
    """As things stand now. It is a copy even when it is the first one counted: the machine where
    it was made may have printed one."""
    pairs: list[tuple[Phrase, Phrase]] = [(said("Date"), Moment(receipt.at))]
    for section in receipt.sections:
        pairs.append((section.title, ""))
        pairs.extend((row.label, amount_of(row)) for row in section.rows)
    if receipt.total_fen is not None:
        pairs.append((said("Total"), Yuan(receipt.total_fen)))
    mark = (counted.mark,) if counted.mark is not None else ()
    return WrittenSlip(
        about=receipt.slip.slip_id,
        title=receipt.title,
        display_name=receipt.patient,
        pairs=tuple(pairs),
        lines=(*mark, receipt.footer),
        slip=receipt.slip,
        is_copy=True,
    )


def amount_of(row: ReceiptRow) -> Phrase:
    """A text, an amount, or both."""
    if row.amount_fen is None:
        return row.text
    amount = Yuan(row.amount_fen)
    return said("{text} {amount}", text=row.text, amount=amount) if row.text else amount
