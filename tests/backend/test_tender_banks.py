"""Lead bank and partner: each keeps what it was asked, and nothing is asked of the other (S49)."""

from __future__ import annotations

import uuid

import pytest
from backend_bench import ANSWER_LIMIT_S, PAY_CODE, SLIP_KEY, Backend, Line, Platform, Platforms
from tender_bench import pos_sells

from settlement_backend.acquirers.acquirer import Acquirer
from settlement_backend.acquirers.banks import Banks
from settlement_backend.acquirers.means import MeansTable
from settlement_backend.acquirers.ways import all_ways
from settlement_backend.acquirers.words import Declined, Paid
from settlement_backend.base.context import Context
from settlement_backend.base.outside import Done
from settlement_backend.policy.profile import AcquirerRules
from settlement_backend.settling.saga import Saga
from settlement_backend.settling.settling import tender_id, tenders_of
from settlement_backend.settling.shapes import SettlementShape
from settlement_backend.settling.tables import Tender
from settlement_backend.settling.wish import Wish
from settlement_backend.terminals.tables import Terminal

pytestmark = pytest.mark.slow


def partner_saga(backend: Backend, platforms: Platforms) -> Saga:
    """A hospital whose window 07 belongs to the partner bank."""
    rules = AcquirerRules(by_terminal={"W07": "partner"})
    policy = backend.policy.model_copy(update={"acquirers": rules})
    context = Context(backend.db, backend.clock, policy, SLIP_KEY)
    partner = Acquirer(platforms.partner.url, read_s=ANSWER_LIMIT_S)
    banks = Banks(backend.acquirer, partner)
    means = MeansTable(all_ways(banks, backend.db))
    return Saga(context, means, banks, backend.insurance)


def paid_by(backend: Backend, saga: Saga, tender: str, auth_code: str = "") -> SettlementShape:
    """A bill of 12.00, committed at the window."""
    settlement_id, bill_id = uuid.uuid4().hex, backend.bill(Line(1200, "OWN"))
    with backend.db.read() as session:
        terminal = session.get_one(Terminal, "W07")
    saga.open(settlement_id, backend.person_id, [(bill_id, 1)], terminal)
    wish = Wish(f"{settlement_id}/commit", tender, auth_code, 1200)
    return saga.commit(settlement_id, wish, terminal)


def order_numbers(bank: Platform) -> list[str]:
    return [order["order_no"] for order in bank.books()["orders"]]


def test_s49_wallet_of_a_partners_terminal_is_paid_at_the_partner(
    backend: Backend, platforms: Platforms
) -> None:
    saga = partner_saga(backend, platforms)

    told = paid_by(backend, saga, "SCAN", PAY_CODE)

    assert told.state == "COMPLETED"
    assert order_numbers(platforms.partner) == [told.tenders[0].tender_id]
    assert order_numbers(platforms.acquirer) == []


def test_s49_refund_goes_to_the_bank_that_was_paid(backend: Backend, platforms: Platforms) -> None:
    saga = partner_saga(backend, platforms)
    told = paid_by(backend, saga, "SCAN", PAY_CODE)
    with backend.db.read() as session:
        tender = tenders_of(session, told.settlement_id)[0]
    partner = Acquirer(platforms.partner.url, read_s=ANSWER_LIMIT_S)
    means = MeansTable(all_ways(Banks(backend.acquirer, partner), backend.db)).of(tender)
    assert means is not None

    assert means.refund(tender, "R1", 200) == Done()
    assert means.refund_query(tender, "R1") == Done()

    assert platforms.partner.books()["orders"][0]["refunded_fen"] == 200


def test_card_sale_is_verified_and_refunded_at_its_own_bank(
    backend: Backend, platforms: Platforms
) -> None:
    saga = partner_saga(backend, platforms)
    told = paid_by(backend, saga, "BANK_CARD")
    assert told.pos is not None
    pos_sells(platforms.partner, told.pos.reference, 1200)
    with backend.db.read() as session:
        terminal = session.get_one(Terminal, "W07")

    ended = saga.pos_word(told.settlement_id, told.pos.tender_id, "DONE", terminal)

    assert ended.state == "COMPLETED"
    partner = Acquirer(platforms.partner.url, read_s=ANSWER_LIMIT_S)
    assert partner.refund_sale(told.pos.reference, "R1", 700) == Done()
    assert partner.refund_sale(told.pos.reference, "R1", 700) == Done()
    assert partner.refund_query("R1") == Done()
    assert isinstance(partner.refund_sale(told.pos.reference, "R2", 501), Declined)
    assert platforms.partner.books()["sales"][0]["refunded_fen"] == 700


def test_unionpay_of_yesterday_is_refunded_where_it_is_not_reversed(
    backend: Backend, platforms: Platforms
) -> None:
    """The scheme reverses on the same day only (B.4); the whole goes back as a refund then."""
    tender = Tender(
        id=tender_id("S1", 0), kind="SCAN", amount_fen=1200, channel="UNIONPAY", acquirer="lead"
    )
    means = MeansTable(all_ways(Banks(backend.acquirer), backend.db)).of(tender)
    assert means is not None
    assert isinstance(means.take(tender, "6212345678901234567"), Paid)
    platforms.acquirer.control("age_order", order_no=tender.id, days=1)

    assert means.reverse(tender) == Done()
    assert means.reverse(tender) == Done()

    assert platforms.acquirer.books()["orders"][0]["refunded_fen"] == 1200


def test_order_numbers_fit_every_channel_and_never_change() -> None:
    numbers = [tender_id(f"settlement {n}", place) for n in range(50) for place in range(4)]

    assert len(set(numbers)) == 200
    assert all(len(f"{number}R") <= 32 and number.isascii() for number in numbers)
    assert tender_id("S1", 0) == tender_id("S1", 0)
