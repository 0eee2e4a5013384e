"""The FastAPI application: routes, and errors turned into the answers of docs/backend_api.md."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from settlement_backend.clock import stamp
from settlement_backend.errors import KeyReused, NoSuch, NotAllowed, Refused
from settlement_backend.outside import NoWord
from settlement_backend.routes import money, people, visits, window
from settlement_backend.service import Service
from settlement_backend.shapes import Json


def make_app(service: Service) -> FastAPI:
    """One application for one service; the clockwork runs while it is up."""

    @asynccontextmanager
    async def running(_app: FastAPI) -> AsyncIterator[None]:
        service.start()
        yield
        service.stop()

    app = FastAPI(title="Zhenfu settlement backend", version="1", lifespan=running)
    app.state.service = service
    for part in (people, visits, money, window):
        app.include_router(part.router)
    _answer_errors(app)

    @app.get("/v1/health")
    def health() -> Json:
        """Alive."""
        return {"status": "ok", "time": stamp(service.clock.now())}

    return app


def _answer_errors(app: FastAPI) -> None:
    @app.exception_handler(Refused)
    async def _refused(_request: Request, error: Refused) -> JSONResponse:
        return JSONResponse({"refused": error.reason, "detail": error.detail}, 409)

    @app.exception_handler(NotAllowed)
    async def _not_allowed(_request: Request, _error: NotAllowed) -> JSONResponse:
        return JSONResponse({"error": "not_authorised"}, 401)

    @app.exception_handler(NoSuch)
    async def _no_such(_request: Request, error: NoSuch) -> JSONResponse:
        return JSONResponse({"error": error.reason}, 404)

    @app.exception_handler(KeyReused)
    async def _key_reused(_request: Request, _error: KeyReused) -> JSONResponse:
        return JSONResponse({"error": "key_reused"}, 422)

    @app.exception_handler(NoWord)
    async def _no_word(_request: Request, _error: NoWord) -> JSONResponse:
        return JSONResponse({"error": "no_word"}, 503)

    @app.exception_handler(RequestValidationError)
    async def _malformed(_request: Request, error: RequestValidationError) -> JSONResponse:
        fields = [".".join(str(part) for part in fault["loc"]) for fault in error.errors()]
        return JSONResponse({"error": "malformed: " + ", ".join(fields)}, 422)
