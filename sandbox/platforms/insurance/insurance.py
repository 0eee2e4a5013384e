"""The insurance platform's routes: e-code decoding, the national envelope, and the control.

Talks HTTP with the backend. What a reader would get wrong: a refusal is HTTP 200 with infcode -1;
an HTTP error says nothing about whether a transaction was carried out.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from pydantic import TypeAdapter, ValidationError
from starlette.types import ASGIApp

from sandbox.platforms.clock import china_now
from sandbox.platforms.desk import Refused, Reset
from sandbox.platforms.faults import FaultOrder, FaultQueue, Gate
from sandbox.platforms.insurance.books import Centre, InsuranceBooks, Orders, Output
from sandbox.platforms.insurance.control import Control, Refuse, obey
from sandbox.platforms.insurance.dispatch import carry_out
from sandbox.platforms.insurance.envelope import Call
from sandbox.platforms.insurance.people import decode
from sandbox.platforms.insurance.shown import BooksShown, shown
from sandbox.platforms.insurance.wire import CodeQuery
from sandbox.platforms.state_file import StateFile


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer's envelope; the times are ``yyyyMMddHHmmssSSS``."""

    infcode: Literal[0, -1]
    inf_refmsgid: str
    refmsg_time: str
    respond_time: str
    err_msg: str
    output: Output | None


class Insurance:
    """One platform whose books are in ``state_path``; ``app`` is what a server serves."""

    def __init__(self, state_path: Path) -> None:
        self._file = StateFile(state_path, TypeAdapter(InsuranceBooks), InsuranceBooks)
        self._centre = Centre(self._file.load(), Orders())
        self._refusals: list[Refuse] = []
        self._faults = FaultQueue()
        routes = FastAPI(openapi_url=None)
        routes.post("/fsi")(self._on_fsi)
        routes.post("/ecquery")(self._on_ecquery)
        routes.get("/books")(self._on_books)
        routes.post("/control")(self._on_control)
        self.app: ASGIApp = Gate(
            routes, self._faults, lambda: self._file.save(self._centre.books), _names_of
        )

    async def _on_ecquery(self, asked: CodeQuery) -> Output:
        return decode(self._centre, asked)

    async def _on_fsi(self, call: Call) -> Response:
        came = china_now()
        self._centre.books.answer_count += 1
        reference = (
            f"{call.mdtrtarea_admvs}{came:%Y%m%d%H%M%S}{self._centre.books.answer_count:010d}"
        )
        refusal, output = "", None
        try:
            self._refuse_if_ordered(call.infno)
            output = carry_out(self._centre, call)
        except Refused as refused:
            refusal = str(refused)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            refusal = f"input {place}: {first['msg']}"
        if isinstance(output, bytes):
            return Response(output, media_type="application/octet-stream")
        answer = Answer(
            infcode=-1 if refusal else 0,
            inf_refmsgid=reference,
            refmsg_time=_milliseconds(came),
            respond_time=_milliseconds(china_now()),
            err_msg=refusal,
            output=output,
        )
        return JSONResponse(asdict(answer))

    def _refuse_if_ordered(self, infno: str) -> None:
        for refusal in self._refusals:
            if refusal.infno == infno:
                self._refusals.remove(refusal)
                raise Refused(refusal.err_msg)

    async def _on_books(self) -> BooksShown:
        return shown(self._centre.books)

    async def _on_control(self, asked: Control) -> None:
        match asked:
            case Refuse():
                self._refusals.append(asked)
            case FaultOrder():
                self._faults.order(asked)
            case Reset():
                self._centre = Centre(InsuranceBooks(), Orders())
                self._refusals.clear()
                self._faults.waiting.clear()
            case _:
                obey(asked, self._centre)


def _milliseconds(moment: datetime) -> str:
    return f"{moment:%Y%m%d%H%M%S}{moment.microsecond // 1000:03d}"


def _names_of(path: str, body: bytes) -> frozenset[str]:
    """A fault may name ``/fsi`` for every transaction or ``/fsi/2207`` for one kind."""
    if path != "/fsi":
        return frozenset({path})
    try:
        return frozenset({path, f"{path}/{json.loads(body)['infno']}"})
    except (ValueError, KeyError, TypeError):
        return frozenset({path})
