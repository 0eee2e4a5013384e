"""The desk of a platform: its saved books, its faults, refusals, and the orders that all obey.

Stands between a platform's own routes and the server. What a reader would get wrong: ordered faults
and refusals are not part of the books; a restarted platform behaves normally again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Literal, TypeVar, assert_never

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, TypeAdapter
from starlette.types import ASGIApp

from sandbox.platforms.faults import FaultOrder, FaultQueue, Gate
from sandbox.platforms.shapes import Text
from sandbox.platforms.state_file import StateFile

Books = TypeVar("Books")


class Refused(Exception):
    """The platform says no; ``code`` goes out."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Done:
    """The answer that says only that it is done."""

    result: Literal["SUCCESS"] = "SUCCESS"


class Refuse(BaseModel):
    """The next request of ``path`` is refused with ``code`` and does nothing."""

    do: Literal["refuse"]
    path: str
    code: Text


class Reset(BaseModel):
    """Forget everything: books and a tester's orders."""

    do: Literal["reset"]


CommonOrder = FaultOrder | Refuse | Reset


def fail(code: str) -> dict[str, str]:
    """A refusal as most platforms send it."""
    return {"result": "FAIL", "code": code}


class Desk(Generic[Books]):
    """One platform's desk; ``app`` is what a server serves, ``routes`` what the platform fills.

    ``kind()`` makes fresh books; ``refusal`` turns a code into the answer sent.
    """

    def __init__(
        self,
        state_path: Path,
        kind: type[Books],
        refusal: Callable[[str], dict[str, str]] = fail,
    ) -> None:
        self._kind = kind
        self._file = StateFile(state_path, TypeAdapter(kind), kind)
        self.books = self._file.load()
        self._faults = FaultQueue()
        self._refusals: list[Refuse] = []

        async def refuse(_request: Request, refused: Exception) -> JSONResponse:
            return JSONResponse(refusal(str(refused)))

        self.routes = FastAPI(openapi_url=None, dependencies=[Depends(self._refuse_if_ordered)])
        self.routes.add_exception_handler(Refused, refuse)
        self.app: ASGIApp = Gate(
            self.routes,
            self._faults,
            lambda: self._file.save(self.books),
            lambda path, _body: frozenset({path}),
        )

    def obey(self, order: CommonOrder) -> None:
        """Carry out an order that every platform understands."""
        match order:
            case FaultOrder():
                self._faults.order(order)
            case Refuse():
                self._refusals.append(order)
            case Reset():
                self.books = self._kind()
                self._refusals.clear()
                self._faults.waiting.clear()
            case _:
                assert_never(order)

    async def _refuse_if_ordered(self, request: Request) -> None:
        for refusal in self._refusals:
            if refusal.path == request.url.path:
                self._refusals.remove(refusal)
                raise Refused(refusal.code)
