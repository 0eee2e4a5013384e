"""Old balances as tests of the clean-out use them: top-ups, applications, two persons agreeing.

Talks to the parts of `backend_bench`. What a reader would get wrong: a wallet's top-up was really
paid at the simulated acquirer, so it can really be given back there.
"""

from __future__ import annotations

from datetime import timedelta

from backend_bench import CASHIER, Backend, Platforms

from settlement_backend.acquirers.words import Paid
from settlement_backend.base.steps import Actor
from settlement_backend.cleanout.applications import CleanOuts
from settlement_backend.cleanout.requests import Account, NewCleanOut
from settlement_backend.cleanout.shapes import CleanOutShape
from settlement_backend.ledger import ledger
from settlement_backend.people.faces import keep
from settlement_backend.prepay import accounts
from settlement_backend.prepay.accounts import TopUp

KIOSK = Actor("", "K01", "kiosk")
REVIEWER = Actor("2201", "W08", "window")
ALIPAY_CODE = "281234567890123456"
GOOD, WRONG_NAME = "6222021234567890123", "6222021234567890404"


def add_lot(
    backend: Backend, name: str, fen: int, channel: str = "OLD", days_ago: int = 30
) -> None:
    """A top-up of so long ago; a wallet's was really paid at the acquirer."""
    order_no = ""
    if channel in ("WECHAT", "ALIPAY"):
        order_no = f"TOPUP{name}"
        code = ALIPAY_CODE if channel == "ALIPAY" else f"1345678901234{len(name):05d}"
        assert isinstance(backend.acquirer.micropay(order_no, code, fen), Paid)
    now = backend.clock.now()
    day = (now - timedelta(days=days_ago)).date().isoformat()
    source = TopUp(channel, day, payer="王**", order_no=order_no)
    with backend.db.write() as session:
        accounts.collect(session, backend.person_id, fen, f"topup/{name}", "opening", source, now)


def face(backend: Backend) -> str:
    with backend.db.write() as session:
        now = backend.clock.now()
        return keep(session, backend.person_id, True, "2026-01", "K01", now).id


def asked(
    backend: Backend,
    clean_outs: CleanOuts,
    *,
    key: str = "K1/clean",
    account_no: str = GOOD,
    actor: Actor = KIOSK,
    name: str = "",
) -> CleanOutShape:
    payee = Account(account_no=account_no, bank="ICBC", name=name)
    check = face(backend) if actor == KIOSK else ""
    body = NewCleanOut(patient_id=backend.person_id, warned=True, face_check_id=check, payee=payee)
    return clean_outs.apply(key, body, actor)


def agreed(clean_outs: CleanOuts, told: CleanOutShape) -> CleanOutShape:
    """Reviewed and confirmed."""
    clean_outs.review([told.clean_out_id], REVIEWER, True, "")
    return clean_outs.confirm(told.clean_out_id, CASHIER)


def ways(told: CleanOutShape) -> list[tuple[str, int, str]]:
    return [(way.route, way.amount_fen, way.state) for way in told.ways]


def balance(backend: Backend, account: str) -> int:
    with backend.db.read() as session:
        assert ledger.balanced(session)
        return ledger.balance(session, account)


def state_of(backend: Backend) -> str:
    with backend.db.read() as session:
        return accounts.state_of(session, backend.person_id)


def refunds_of(platforms: Platforms) -> dict[str, int]:
    return {
        order["order_no"]: order["refunded_fen"] for order in platforms.acquirer.books()["orders"]
    }
