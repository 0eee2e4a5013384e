"""One acquirer: the lead bank's gateway, or a partner bank's.

Talks HTTP with the backend and the virtual card terminal. What a reader would get wrong: planned
outcomes and faults are not part of the saved books; a restarted acquirer behaves normally again.
"""

from collections.abc import AsyncIterator
from pathlib import Path

from fastapi import APIRouter, Depends

from sandbox.platforms.acquirer import control as acquirer_control
from sandbox.platforms.acquirer.control_orders import Control, FileOrder, PersonOrder, PlanOrder
from sandbox.platforms.acquirer.debit_routes import agreement_routes, credit_routes
from sandbox.platforms.acquirer.file_routes import file_routes
from sandbox.platforms.acquirer.pos_routes import hold_routes, pos_routes, sale_routes
from sandbox.platforms.acquirer.shown import BooksShown, shown
from sandbox.platforms.acquirer.state import AcquirerBooks, AcquirerState
from sandbox.platforms.acquirer.transfer_routes import transfer_routes
from sandbox.platforms.acquirer.wallet_routes import one_code_routes, wallet_routes
from sandbox.platforms.desk import Desk, Reset

_ROUTES = (
    wallet_routes,
    one_code_routes,
    agreement_routes,
    credit_routes,
    transfer_routes,
    pos_routes,
    hold_routes,
    sale_routes,
    file_routes,
)


class Acquirer:
    """One acquirer whose books are in ``state_path``; ``app`` is what a server serves.

    ``name`` tells its merchant number apart from another acquirer's, ``bank`` is told to cards.
    """

    def __init__(self, state_path: Path, name: str = "lead", bank: str = "中国银行") -> None:
        self._desk = Desk(state_path, AcquirerBooks)
        self._state = AcquirerState(self._desk, name, bank)
        self.app = self._desk.app
        routes = APIRouter(dependencies=[Depends(self._note_movements)])
        for make in _ROUTES:
            routes.include_router(make(self._state))
        routes.get("/books")(self._on_books)
        routes.post("/control")(self._on_control)
        self._desk.routes.include_router(routes)

    async def _note_movements(self) -> AsyncIterator[None]:
        yield
        self._state.note_movements()

    async def _on_books(self) -> BooksShown:
        return shown(self._state)

    async def _on_control(self, asked: Control) -> None:
        if isinstance(asked, PlanOrder):
            acquirer_control.plan(self._state, asked)
        elif isinstance(asked, PersonOrder):
            acquirer_control.act(self._state, asked)
        elif isinstance(asked, FileOrder):
            acquirer_control.change_files(self._state, asked)
        else:
            self._desk.obey(asked)
            if isinstance(asked, Reset):
                self._state.forget_plans()
