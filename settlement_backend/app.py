"""The FastAPI application: routes, and errors turned into the answers of docs/backend_api.md."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.types import Lifespan

from settlement_backend.acquirers import routes as agreements
from settlement_backend.base.access_log import AccessLog
from settlement_backend.base.clock import MovableClock, stamp
from settlement_backend.base.errors import KeyReused, NoSuch, NotAllowed, Refused
from settlement_backend.base.outside import NoWord
from settlement_backend.base.shapes import Shape
from settlement_backend.base.without_nul import WithoutNul
from settlement_backend.bills import routes as bills
from settlement_backend.cases import enquiry_routes, money_routes
from settlement_backend.cases import routes as cases
from settlement_backend.claims import routes as claims
from settlement_backend.cleanout import routes as cleanout
from settlement_backend.deferral import routes as deferral
from settlement_backend.demo import routes as demo
from settlement_backend.documents import invoice_routes
from settlement_backend.documents import routes as documents
from settlement_backend.exams import routes as exams
from settlement_backend.gate import ServiceDep
from settlement_backend.holds import routes as holds
from settlement_backend.inpatient import routes as inpatient
from settlement_backend.insurance import routes as insurance
from settlement_backend.ledger import routes as ledger
from settlement_backend.notices import routes as notices
from settlement_backend.openapi import API_VERSION, describe
from settlement_backend.people import (
    card_routes,
    consent_routes,
    media_routes,
    relative_routes,
    window_routes,
)
from settlement_backend.people import routes as people
from settlement_backend.prepay import routes as prepay
from settlement_backend.reconciliation import routes as reconciliation
from settlement_backend.refunds import routes as refunds
from settlement_backend.service import Service
from settlement_backend.settling import routes as settling
from settlement_backend.signatures import routes as signatures
from settlement_backend.staff import routes as staff
from settlement_backend.staff import shift_routes as shifts
from settlement_backend.statistics import routes as statistics
from settlement_backend.terminals import fleet_routes as fleet
from settlement_backend.terminals import routes as terminals
from settlement_backend.visits import liability_routes, queue_routes
from settlement_backend.visits import routes as visits

PARTS = (
    terminals,
    card_routes,
    media_routes,
    consent_routes,
    relative_routes,
    window_routes,
    people,
    visits,
    liability_routes,
    queue_routes,
    bills,
    exams,
    inpatient,
    settling,
    insurance,
    claims,
    holds,
    agreements,
    invoice_routes,
    documents,
    enquiry_routes,
    money_routes,
    cases,
    staff,
    shifts,
    fleet,
    refunds,
    prepay,
    cleanout,
    ledger,
    deferral,
    signatures,
    statistics,
    notices,
    reconciliation,
)

_UNREADABLE, _WRONG_METHOD = 400, 405
_MOST_BODY_BYTES = 4 * 1024 * 1024


def make_app(service: Service) -> FastAPI:
    """One application for one service; the clockwork runs while it is up."""

    @asynccontextmanager
    async def running(_app: FastAPI) -> AsyncIterator[None]:
        service.start()
        yield
        service.stop()

    app = bare_app(running)
    app.state.service = service
    if isinstance(service.clock, MovableClock):
        app.router.routes.extend(demo.router.routes)
    return app


def bare_app(lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """All routes and errors; without a service in `app.state` it can only describe itself."""
    app = FastAPI(
        title="Zhenfu settlement backend",
        version=API_VERSION,
        lifespan=lifespan,
        max_body_size=_MOST_BODY_BYTES,
        routes=[*(route for part in PARTS for route in part.router.routes), *_alive.routes],
    )
    app.add_middleware(WithoutNul)
    app.add_middleware(AccessLog)
    _answer_errors(app)
    describe(app)
    return app


_alive = APIRouter(prefix="/v1")


class Health(Shape):
    """Alive; `time` is the backend's."""

    status: str
    time: str


@_alive.get("/health", response_model=Health)
def health(service: ServiceDep) -> Health:
    """Alive."""
    return Health(status="ok", time=stamp(service.clock.now()))


def _allowed(app: FastAPI, path: str) -> list[str]:
    """The methods of the most specific path that fits."""
    fitting = [
        route
        for route in app.routes
        if isinstance(route, APIRoute) and route.path_regex.match(path)
    ]
    fewest = min((len(route.param_convertors) for route in fitting), default=0)
    exact = (route for route in fitting if len(route.param_convertors) == fewest)
    return sorted({method for route in exact for method in route.methods or ()})


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

    @app.exception_handler(StarletteHTTPException)
    async def _no_route(request: Request, error: StarletteHTTPException) -> JSONResponse:
        """What the framework refuses: an unreadable body, an unknown path or method."""
        if error.status_code == _UNREADABLE:
            return JSONResponse({"error": "malformed: body"}, 422)
        headers = error.headers
        if error.status_code == _WRONG_METHOD:
            headers = {"Allow": ", ".join(_allowed(app, request.url.path))}
        return JSONResponse({"error": "no_route"}, error.status_code, headers)

    @app.exception_handler(RequestValidationError)
    async def _malformed(_request: Request, error: RequestValidationError) -> JSONResponse:
        fields = [".".join(str(part) for part in fault["loc"]) for fault in error.errors()]
        return JSONResponse({"error": "malformed: " + ", ".join(fields)}, 422)
