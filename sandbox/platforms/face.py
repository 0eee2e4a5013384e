"""The face service: whether a look is that of the person of an ID number (docs/platforms/face.md).

Talks HTTP with the backend. What a reader would get wrong: no picture ever comes here or is kept;
a terminal gives its picture to the real service, and what stands for it is its SHA-256 alone.
"""

from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from sandbox.platforms.desk import Desk, Refuse, Refused, Reset
from sandbox.platforms.faults import FaultOrder
from sandbox.platforms.shapes import IdNumber, digest_of

Result = Literal["SAME", "OTHER", "UNKNOWN"]
PictureSha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_SCORES: dict[Result, int] = {"SAME": 97, "OTHER": 23, "UNKNOWN": 0}
_REFERENCE_DIGITS = 16


class Verify(BaseModel):
    """``/verify``."""

    check_no: Annotated[str, Field(min_length=1, max_length=128)]
    id_number: IdNumber
    picture_sha256: PictureSha256


class Search(BaseModel):
    """``/search``."""

    picture_sha256: PictureSha256


class Next(BaseModel):
    """The next new check, or the next search, ends so; OTHER is UNKNOWN for a search."""

    do: Literal["next"]
    result: Result


Control = Annotated[Next | FaultOrder | Refuse | Reset, Field(discriminator="do")]


@dataclass(frozen=True, slots=True)
class Verified:
    """``/verify``; ``score``: likeness in percent, 0 when nobody can say."""

    result: Result
    score: int


@dataclass(frozen=True, slots=True)
class Found:
    """``/search``; ``reference``: the service's own number of somebody."""

    result: Literal["FOUND", "UNKNOWN"]
    reference: str = ""


@dataclass(slots=True)
class KeptCheck:
    """One check; ``digest`` tells it sent again, whose look it was stands nowhere."""

    check_no: str
    digest: str
    result: Result


@dataclass(frozen=True, slots=True)
class BookedCheck:
    """A check in ``GET /books``."""

    check_no: str
    result: Result


@dataclass(frozen=True, slots=True)
class BooksShown:
    """``GET /books``."""

    checks: list[BookedCheck]


@dataclass(slots=True)
class FaceBooks:
    """What survives a restart: checks by check_no."""

    checks: dict[str, KeptCheck] = field(default_factory=dict)


class Face:
    """One face service whose books are in ``state_path``; ``app`` is what a server serves."""

    def __init__(self, state_path: Path) -> None:
        self._desk = Desk(state_path, FaceBooks)
        self._results: deque[Result] = deque()
        self.app = self._desk.app
        routes = self._desk.routes
        routes.post("/verify")(self._on_verify)
        routes.post("/search")(self._on_search)
        routes.get("/books")(self._on_books)
        routes.post("/control")(self._on_control)

    async def _on_verify(self, asked: Verify) -> Verified:
        checks = self._desk.books.checks
        check = checks.get(asked.check_no)
        if check is None:
            check = KeptCheck(asked.check_no, digest_of(asked), self._next())
            checks[asked.check_no] = check
        elif check.digest != digest_of(asked):
            raise Refused("CHECK_NO_USED")
        return Verified(check.result, _SCORES[check.result])

    async def _on_search(self, asked: Search) -> Found:
        if self._next() != "SAME":
            return Found("UNKNOWN")
        return Found("FOUND", f"F{asked.picture_sha256[:_REFERENCE_DIGITS]}")

    def _next(self) -> Result:
        return self._results.popleft() if self._results else "SAME"

    async def _on_books(self) -> BooksShown:
        checks = self._desk.books.checks.values()
        return BooksShown([BookedCheck(check.check_no, check.result) for check in checks])

    async def _on_control(self, asked: Control) -> None:
        match asked:
            case Next():
                self._results.append(asked.result)
            case Reset():
                self._results.clear()
                self._desk.obey(asked)
            case _:
                self._desk.obey(asked)
