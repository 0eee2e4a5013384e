"""The daily files of the channels.

Talk HTTP with the backend. What a reader would get wrong: the file of a day is there from nine
o'clock of the next day by the platform's clock, and a day without UnionPay rows has no file at all.
"""

import zlib
from collections.abc import Callable
from datetime import datetime, time, timedelta

from fastapi import APIRouter, HTTPException, Response
from fastapi.responses import JSONResponse

from sandbox.platforms.acquirer.alipay_file import alipay_file
from sandbox.platforms.acquirer.control_orders import FileDay, date_of
from sandbox.platforms.acquirer.plain_file import plain_file
from sandbox.platforms.acquirer.state import AcquirerState
from sandbox.platforms.acquirer.statement import Statement
from sandbox.platforms.acquirer.unionpay_file import unionpay_file
from sandbox.platforms.acquirer.wechat_file import wechat_file

_READY_AT = time(9)
_CSV, _ZIP = "text/csv; charset=utf-8", "application/zip"


def file_routes(state: AcquirerState) -> APIRouter:
    """One route for all files."""
    routes = APIRouter(prefix="/files")

    @routes.get("/{channel}/{day}")
    async def on_file(channel: str, day: FileDay) -> Response:
        make = _FILES.get(channel)
        if make is None:
            raise HTTPException(404, "UNKNOWN_CHANNEL")
        if state.now() < datetime.combine(date_of(day) + timedelta(days=1), _READY_AT):
            raise HTTPException(404, "NOT_READY")
        return make(_statement(state, channel, day))

    return routes


def _statement(state: AcquirerState, channel: str, day: str) -> Statement:
    rows = [row for row in state.rows() if row.movement.channel == channel]
    return Statement(
        merchant=f"8983301{zlib.crc32(state.name.encode()) % 10**8:08d}",
        day=date_of(day),
        rows=[row for row in rows if row.at.date() == date_of(day)],
        payments={row.movement.number: row for row in rows if row.movement.kind == "PAY"},
        adjusted_fen=state.plans.adjusted_fen,
    )


def _wechat(statement: Statement) -> Response:
    return Response(wechat_file(statement), media_type=_CSV)


def _alipay(statement: Statement) -> Response:
    return Response(alipay_file(statement), media_type=_ZIP)


def _unionpay(statement: Statement) -> Response:
    content = unionpay_file(statement)
    if content is None:
        return JSONResponse({"respCode": "98", "respMsg": "no file"})
    return Response(content, media_type=_ZIP)


def _plain(statement: Statement) -> Response:
    return Response(plain_file(statement), media_type=_CSV)


_FILES: dict[str, Callable[[Statement], Response]] = {
    "WECHAT": _wechat,
    "ALIPAY": _alipay,
    "UNIONPAY": _unionpay,
    "CREDIT": _plain,
    "CARD": _plain,
    "TRANSFER": _plain,
}
