"""Cash: rounding as a line of its own, and change that a machine could not give (C12, B.8)."""

from __future__ import annotations

import uuid

import pytest
from backend_bench import SLIP_KEY, Backend, Line

from settlement_backend.base.context import Context
from settlement_backend.base.errors import Refused
from settlement_backend.ledger import ledger
from settlement_backend.settling.saga import Saga
from settlement_backend.settling.shapes import SettlementShape
from settlement_backend.settling.wish import Wish
from settlement_backend.terminals.tables import Terminal

pytestmark = pytest.mark.slow


class Desk:
    """A window of a hospital that takes cash in whole jiao."""

    def __init__(self, backend: Backend) -> None:
        rules = backend.policy.tender.model_copy(update={"cash_round_to_fen": 10})
        policy = backend.policy.model_copy(update={"tender": rules})
        context = Context(backend.db, backend.clock, policy, SLIP_KEY)
        self.backend = backend
        self.saga = Saga(context, backend.means, backend.banks, backend.insurance)
        with backend.db.read() as session:
            self.window = session.get_one(Terminal, "W07")

    def quoted(self, amount_fen: int) -> SettlementShape:
        """A bill of own expenses."""
        bill_id = self.backend.bill(Line(amount_fen, "OWN"))
        person_id, settlement_id = self.backend.person_id, uuid.uuid4().hex
        return self.saga.open(settlement_id, person_id, [(bill_id, 1)], self.window)

    def hand_over(
        self, told: SettlementShape, handed_fen: int, change_fen: int = 0
    ) -> SettlementShape:
        """Notes go in, change comes out."""
        number = told.settlement_id
        wish = Wish(f"{number}/commit", "CASH", "", told.due_fen, handed_fen, change_fen)
        return self.saga.commit(number, wish, self.window)

    def balance_fen(self, account: str) -> int:
        """What the ledger says."""
        with self.backend.db.read() as session:
            assert ledger.balanced(session)
            return ledger.balance(session, account)


@pytest.fixture
def desk(backend: Backend) -> Desk:
    return Desk(backend)


@pytest.mark.parametrize(
    ("amount_fen", "taken_fen"), [(1234, 1230), (1235, 1240), (1230, 1230), (1, 0)]
)
def test_rounding_is_a_line_of_its_own(desk: Desk, amount_fen: int, taken_fen: int) -> None:
    told = desk.quoted(amount_fen)
    assert told.cash_fen == taken_fen

    paid = desk.hand_over(told, 0)

    assert [(t.kind, t.amount_fen, t.state) for t in paid.tenders] == [
        ("CASH", amount_fen, "TAKEN")
    ]
    assert paid.cash is not None
    assert (paid.state, paid.cash.to_take_fen) == ("COMPLETED", taken_fen)
    assert desk.balance_fen("outside:cash") == -taken_fen
    assert desk.balance_fen("rounding") == taken_fen - amount_fen
    assert desk.balance_fen("revenue") == amount_fen


def test_c12_change_the_machine_cannot_give_is_owed_with_a_slip(desk: Desk) -> None:
    told = desk.quoted(8730)

    paid = desk.hand_over(told, 10000, 1000)

    assert paid.cash is not None
    assert paid.cash.slip is not None
    assert (paid.state, paid.cash.owed_fen) == ("COMPLETED", 270)
    assert paid.cash.slip.qr_text.startswith("ZF1.C.")
    assert desk.balance_fen(f"change:{told.settlement_id}") == 270
    assert desk.balance_fen("outside:cash") == -9000


def test_exact_cash_owes_nothing(desk: Desk) -> None:
    paid = desk.hand_over(desk.quoted(8730), 9000, 270)

    assert paid.cash is not None
    assert (paid.cash.owed_fen, paid.cash.slip) == (0, None)
    assert desk.balance_fen("outside:cash") == -8730


@pytest.mark.parametrize(
    ("handed_fen", "change_fen", "reason"),
    [(8720, 0, "cash_short"), (9000, 280, "change_too_much")],
)
def test_cash_that_does_not_add_up_is_refused(
    desk: Desk, handed_fen: int, change_fen: int, reason: str
) -> None:
    told = desk.quoted(8730)

    with pytest.raises(Refused, match=reason):
        desk.hand_over(told, handed_fen, change_fen)

    assert desk.saga.view(told.settlement_id, desk.window).state == "QUOTED"
