"""The e-invoice platform's routes: issue, write off, paper, pictures, and the control.

Talks HTTP with the backend (docs/platforms/invoice.md, domain B.6). What a reader would get wrong:
an e-invoice whose sheet counts cannot be written off; the sheet is called back first.
"""

from pathlib import Path

from fastapi import HTTPException, Response

from sandbox.platforms.clock import PlatformClock
from sandbox.platforms.desk import Desk
from sandbox.platforms.invoice import wire as wire
from sandbox.platforms.invoice.books import Invoice as Kept
from sandbox.platforms.invoice.books import InvoiceBooks
from sandbox.platforms.invoice.paper import PAPER_BATCH_CODE
from sandbox.platforms.invoice.picture import PictureKind, draw

_MESSAGES = {
    "E1001": "分项之和与总额不符",
    "E1002": "支付渠道之和与总额不符",
    "E2001": "业务流水号已用于其他业务",
    "E2002": "票据不存在",
    "E3001": "已换开纸质票据，请先收回",
    "E3002": "票据已冲红",
    "E3003": "已换开其他纸质票据",
    "E3004": "纸质票据已使用或作废",
    "E3005": "不是该开票点的下一张纸质票据",
    "E3006": "该开票点没有空白纸质票据",
    "E3007": "票据未换开为该纸质票据",
}
_MEDIA: dict[PictureKind, str] = {"pdf": "application/pdf", "png": "image/png"}


def _refusal(code: str) -> dict[str, str]:
    return {"result": code, "message": _MESSAGES.get(code, "")}


class Invoice:
    """One bureau whose books are in ``state_path``; ``app`` is what a server serves."""

    def __init__(self, state_path: Path) -> None:
        self._desk = Desk(state_path, InvoiceBooks, _refusal)
        self._clock = PlatformClock()
        self.app = self._desk.app
        routes = self._desk.routes
        routes.post("/invoice/issue")(self._on_issue)
        routes.post("/invoice/write_off")(self._on_write_off)
        routes.post("/invoice/query")(self._on_query)
        routes.post("/invoice/paper/next")(self._on_next_paper)
        routes.post("/invoice/paper/turn")(self._on_turn)
        routes.post("/invoice/paper/return")(self._on_return)
        routes.post("/invoice/paper/invalidate_blank")(self._on_invalidate)
        routes.get("/invoice/picture/{bill_batch_code}/{bill_no}/{random}.{kind}")(self._on_picture)
        routes.get("/books")(self._on_books)
        routes.post("/control")(self._on_control)

    @property
    def _books(self) -> InvoiceBooks:
        return self._desk.books

    async def _on_issue(self, asked: wire.Issue) -> wire.Issued:
        made = self._books.issue(asked, self._clock.now())
        return wire.Issued(
            bill_batch_code=made.bill_batch_code,
            bill_no=made.bill_no,
            random=made.random,
            create_time=made.create_time,
            bill_qr=made.bill_qr,
            picture_url=made.picture_url,
        )

    async def _on_write_off(self, asked: wire.WriteOff) -> wire.WrittenOff:
        scarlet = self._books.write_off(asked, self._clock.now())
        return wire.WrittenOff(
            scarlet_bill_batch_code=scarlet.bill_batch_code,
            scarlet_bill_no=scarlet.bill_no,
            scarlet_random=scarlet.random,
            create_time=scarlet.create_time,
            bill_qr=scarlet.bill_qr,
            picture_url=scarlet.picture_url,
        )

    async def _on_query(self, asked: wire.BusinessQuery | wire.BillQuery) -> wire.InvoiceShown:
        if isinstance(asked, wire.BusinessQuery):
            found = self._books.by_business_no(asked.business_no)
        else:
            found = self._books.by_number(asked.bill_batch_code, asked.bill_no)
        other = self._books.invoices.get(found.other)
        return wire.InvoiceShown(
            state=found.state,
            business_no=found.business_no,
            bill_batch_code=found.bill_batch_code,
            bill_no=found.bill_no,
            random=found.random,
            total_fen=found.total_fen,
            create_time=found.create_time,
            bill_qr=found.bill_qr,
            picture_url=found.picture_url,
            paper_batch_code=PAPER_BATCH_CODE if found.paper_no else "",
            paper_no=found.paper_no,
            other_bill_batch_code=other.bill_batch_code if other else "",
            other_bill_no=other.bill_no if other else "",
        )

    async def _on_next_paper(self, asked: wire.NextPaper) -> wire.BlankSheet:
        return wire.BlankSheet(PAPER_BATCH_CODE, self._books.paper.next_no(asked.place_code))

    async def _on_turn(self, asked: wire.Turn) -> wire.Success:
        self._books.turn(asked)
        return wire.Success()

    async def _on_return(self, asked: wire.Return) -> wire.Success:
        invoice = self._books.by_number(asked.bill_batch_code, asked.bill_no)
        self._books.call_back(invoice, asked.paper_batch_code, asked.paper_no, asked.reason)
        return wire.Success()

    async def _on_invalidate(self, asked: wire.InvalidateBlank) -> wire.Success:
        self._books.paper.spoil(
            asked.place_code, asked.paper_batch_code, asked.paper_no, asked.reason
        )
        return wire.Success()

    async def _on_picture(
        self, bill_batch_code: str, bill_no: str, random: str, kind: PictureKind
    ) -> Response:
        invoice = self._books.invoices.get(bill_batch_code + bill_no)
        if invoice is None or invoice.random != random:
            raise HTTPException(404)
        return Response(draw(invoice, kind), media_type=_MEDIA[kind])

    async def _on_books(self) -> wire.BooksShown:
        invoices = self._books.invoices
        return wire.BooksShown(
            invoices=[
                _booked(invoice, invoices.get(invoice.other)) for invoice in invoices.values()
            ],
            sheets=[
                wire.BookedSheet(
                    place_code=sheet.place_code,
                    paper_batch_code=PAPER_BATCH_CODE,
                    paper_no=sheet.paper_no,
                    bill_batch_code=sheet.invoice[:8],
                    bill_no=sheet.invoice[8:],
                    state=sheet.state,
                    reason=sheet.reason,
                )
                for sheet in self._books.paper.used.values()
            ],
        )

    async def _on_control(self, asked: wire.Control) -> None:
        match asked:
            case wire.SetPaper():
                self._books.paper.place(asked.place_code).left = asked.count
            case _:
                self._desk.obey(asked)


def _booked(invoice: Kept, other: Kept | None) -> wire.BookedInvoice:
    return wire.BookedInvoice(
        business_no=invoice.business_no,
        kind=invoice.kind,
        bill_batch_code=invoice.bill_batch_code,
        bill_no=invoice.bill_no,
        state=invoice.state,
        total_fen=invoice.total_fen,
        paper_no=invoice.paper_no,
        other_bill_no=other.bill_no if other else "",
    )
