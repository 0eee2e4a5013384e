"""What is physically true of pages and booklets, and what the backend knows of them.

What a reader would get wrong: a sheet is used up when its token is taken, not when it is printed;
and a piece that fell is with the patient whether or not anybody was told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from core.flow import Act
from core.goods import Sale
from core.journal.operations import Operation
from core.operation import OperationKind, OperationState
from core.ports import Done, Printed, Vended
from core.steps.goods import CheckVending, KeepSale, TellSale, VendGoods
from core.steps.papers import CheckPagePrinter, PrintPages, TakeSheet, TellSheet
from tests.helpers.told import told_papers

DEVICES = (PrintPages, CheckPagePrinter, VendGoods, CheckVending)
REPLIES = (Vended,)
_BACKEND = (TakeSheet, TellSheet, KeepSale, TellSale)
_PRINTING = (OperationKind.DOCUMENT, OperationKind.INVOICE)


@dataclass(slots=True)
class Papers:
    """`sheets`: states of the sheets of each invoice. `sales`: the state of each sale. `fallen`:
    by the operation that let it fall."""

    pages: list[str] = field(default_factory=list)
    sheets: dict[str, list[str]] = field(default_factory=dict)
    sales: dict[str, str] = field(default_factory=dict)
    fallen: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)

    def knows(self, act: Act[Any]) -> bool:
        """Acts whose truth is here."""
        return isinstance(act, (*DEVICES, *_BACKEND))

    def do(self, act: Act[Any]) -> object:
        """Carry it out."""
        match act:
            case CheckPagePrinter() | CheckVending():
                return Done()
            case PrintPages(about):
                self.pages.append(about)
                return Printed()
            case VendGoods(operation_id):
                self.fallen.append(operation_id)
                return Vended(1)
            case TakeSheet(_, invoice_id):
                self.sheets.setdefault(invoice_id, ["PRINTING"])
                return told_papers.OFFICIAL
            case TellSheet(invoice_id=invoice_id, printed=printed):
                self.sheets[invoice_id] = ["PRINTED" if printed else "UNCERTAIN"]
                state = "PRINTED" if printed else "PRINT_UNCERTAIN"
                return replace(told_papers.INVOICE, state=state)
            case KeepSale():
                self.sales.setdefault(told_papers.SALE.sale_id, "KEPT")
                return told_papers.SALE
            case TellSale(operation_id, sale_id, handed_out):
                return self._sold(operation_id, sale_id, handed_out)
        raise AssertionError(f"the model does not know {act}")

    def broken(self, act: Act[Any], operations: Mapping[str, Operation]) -> str:
        """Which rule this Act breaks; "" for none."""
        moving = [one for one in operations.values() if one.state is OperationState.STARTED]
        name = type(act).__name__
        match act:
            case PrintPages():
                fine = any(one.kind in _PRINTING for one in moving)
            case VendGoods(operation_id):
                fine = any(one.operation_id == operation_id for one in moving)
                if operation_id in self.fallen:
                    return "a second piece of one sale"
            case _:
                return ""
        return "" if fine else f"{name} before its start was on disk"

    def _sold(self, operation_id: str, sale_id: str, handed_out: bool) -> Sale:
        if self.sales.get(sale_id) not in ("HANDED_OUT", "JAMMED"):
            self.sales[sale_id] = "HANDED_OUT" if handed_out else "JAMMED"
            if not handed_out:
                self.cases.append(operation_id)
        return replace(told_papers.SALE, state=self.sales[sale_id])
