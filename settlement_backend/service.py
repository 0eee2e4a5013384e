"""The backend in one object: its parts around one context, and the runner that moves them on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from settlement_backend.acquirers.acquirer import Acquirer
from settlement_backend.acquirers.agreeing import EVERY_S as AGREEMENTS_S
from settlement_backend.acquirers.agreeing import Agreeing
from settlement_backend.acquirers.banks import LEAD, PARTNER, Banks
from settlement_backend.acquirers.means import MeansTable
from settlement_backend.acquirers.ways import all_ways
from settlement_backend.base.clock import Clock
from settlement_backend.base.context import Context
from settlement_backend.base.database import Database
from settlement_backend.base.idempotency import Keys
from settlement_backend.base.runner import Job, Runner, each, moving
from settlement_backend.bills import goods
from settlement_backend.claims.direct import KIND, DirectClaims
from settlement_backend.claims.fast import FastClaims
from settlement_backend.claims.insurer import Insurer
from settlement_backend.cleanout.applications import CleanOuts
from settlement_backend.deferral.city_credit import CityCredit
from settlement_backend.deferral.credit_port import CreditPort
from settlement_backend.deferral.deferral import Deferral
from settlement_backend.deferral.own_credit import OwnCredit
from settlement_backend.documents.bureau import Bureau
from settlement_backend.documents.invoices import Invoices
from settlement_backend.documents.paper import Paper
from settlement_backend.holds.holds import Holds, release_expired
from settlement_backend.holds.reauthorising import Reauthorising
from settlement_backend.insurance.envelope import Institution
from settlement_backend.insurance.fund_claims import FundClaims
from settlement_backend.insurance.insurance import Insurance
from settlement_backend.insurance.reconciling import Reconciling
from settlement_backend.insurance.stays import Stays
from settlement_backend.insurance.upkeep import Upkeep
from settlement_backend.notices.delivery import EVERY_S as NOTICES_S
from settlement_backend.notices.delivery import Delivery
from settlement_backend.people.city import City
from settlement_backend.people.face_service import HttpFaces
from settlement_backend.people.identify import Identities
from settlement_backend.people.publishing import EVERY_S, CardRegister
from settlement_backend.policy.profile import load_policy
from settlement_backend.prepay.accounts import adopt
from settlement_backend.prepay.collecting import Collecting
from settlement_backend.reconciliation.fetching import DailyFiles
from settlement_backend.reconciliation.reconciliation import Reconciliation
from settlement_backend.refunds.payouts import Payouts
from settlement_backend.refunds.refunds import Refunds
from settlement_backend.refunds.transfers import Transfers
from settlement_backend.settling.saga import Saga
from settlement_backend.signatures import pictures
from settlement_backend.staff.passwords import Passwords
from settlement_backend.statistics.gathering import Statistics
from settlement_backend.terminals.authority import Authority
from settlement_backend.visits import visits

_DAY_S = 24 * 3600.0
_LOOK_AT_TOKENS_S = 10.0
_GATHER_S = 600.0
_ASK_INSURANCE_S = 30.0
_FILE_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Options:
    """Where everything is. `secret` signs slips; a hospital keeps its own.

    `…_limit_s`: how long one answer of that platform is waited for. A platform without a URL
    is one that the hospital does not use. `tls`: terminals are known by certificates alone;
    `authority`: the folder of the key that makes these; `passwords`: how new ones are hashed.
    """

    database_url: str
    acquirer_url: str
    insurance_url: str
    profile: Path
    secret: str
    acquirer_limit_s: float = 2.5
    insurance_limit_s: float = 5.0
    city_limit_s: float = 3.0
    partner_url: str = ""
    city_url: str = ""
    invoice_url: str = ""
    insurer_url: str = ""
    messages_url: str = ""
    face_url: str = ""
    invoice_limit_s: float = 5.0
    tls: bool = False
    authority: Path = Path("build/authority")
    passwords: Passwords = field(default_factory=Passwords)


class Service:
    """Made once per process; routes use its parts."""

    def __init__(self, options: Options, clock: Clock) -> None:
        self.options, self.clock = options, clock
        self.db = Database(options.database_url)
        self.policy = load_policy(options.profile)
        self.keys = Keys(self.db, clock)
        self.slip_key = hashlib.sha256(options.secret.encode()).digest()
        self.authority = Authority(options.authority, self.policy.hospital_id)
        self.context = Context(self.db, clock, self.policy, self.slip_key)
        self.acquirer = Acquirer(options.acquirer_url, read_s=options.acquirer_limit_s)
        self.insurance = Insurance(
            self.db,
            clock,
            self.policy.insurance,
            options.insurance_url,
            Institution(self.policy.hospital_id, self.policy.region),
            read_s=options.insurance_limit_s,
        )
        self.fund_claims = FundClaims(self.db, clock, self.insurance.messages)
        insured = (self.db, clock, self.policy.insurance, self.insurance)
        self.insurance_upkeep, self.stays = Upkeep(*insured), Stays(*insured)
        self.banks = Banks(self.acquirer, _partner(options))
        self.means = MeansTable(all_ways(self.banks, self.db))
        transfers = Transfers(options.acquirer_url, read_s=options.acquirer_limit_s)
        self.payouts = Payouts(self.context, transfers)
        self.collecting = Collecting(self.context, self.banks)
        self.refunds = Refunds(self.context, self.means, self.insurance, self.payouts)
        self.clean_outs = CleanOuts(self.context, self.banks, self.payouts)
        self.saga = Saga(self.context, self.means, self.banks, self.insurance)
        self.fast_claims = self._claims(options)
        self.holds = Holds(self.context, self.banks)
        self.agreeing = Agreeing(self.context, self.banks)
        self.reauthorising = Reauthorising(self.context, self.banks)
        city = City(options.city_url, self.policy.hospital_id) if options.city_url else None
        faces = HttpFaces(options.face_url) if options.face_url else None
        self.identities = Identities(self.context, self.insurance, city, faces)
        self.card_register = CardRegister(self.context, city)
        self.deferral = Deferral(
            self.context, self.insurance, self._credit_port(), self.saga, self.agreeing
        )
        bureau = Bureau(options.invoice_url, read_s=options.invoice_limit_s)
        self.invoices = Invoices(self.context, bureau)
        self.paper = Paper(self.context, bureau)
        self.statistics = Statistics(self.context)
        self.delivery = Delivery(self.context, options.messages_url)
        files = DailyFiles(_banks(options), read_s=_FILE_LIMIT_S)
        insured_days = Reconciling(self.db, self.insurance.gateway)
        self.reconciliation = Reconciliation(self.context, files, insured_days)
        self.runner = Runner(self.db, clock, self._jobs())

    def _jobs(self) -> list[Job]:
        agreeing = self.agreeing
        return [
            Job("places", self._expire),
            Job("old signatures", self._forget_signatures, _DAY_S),
            moving("settlements", self.saga.advance, self.saga.unfinished, urgent=True),
            Job("cards", self.card_register.publish_waiting, EVERY_S),
            moving("larger holds", self.reauthorising.advance, self.reauthorising.unfinished),
            moving("agreements", agreeing.refresh, agreeing.waiting, AGREEMENTS_S),
            moving("debits agreed", agreeing.confirm_debit, agreeing.unconfirmed, AGREEMENTS_S),
            *self.deferral.jobs(),
            Job("invoices", self._invoice),
            Job("statistics", self.statistics.gather, _GATHER_S),
            Job("print tokens", self.paper.expire, _LOOK_AT_TOKENS_S),
            moving("notices", self.delivery.send, self.delivery.waiting, NOTICES_S),
            moving("refunds", self.refunds.advance, self.refunds.unfinished, urgent=True),
            Job("claims", self._advance_claims),
            Job("fund claims", self.fund_claims.go_on, _ASK_INSURANCE_S),
            Job("insurance upkeep", self.insurance_upkeep.run, _ASK_INSURANCE_S),
            Job("stays", self.stays.run, _ASK_INSURANCE_S),
            moving("clean-outs", self.clean_outs.advance, self.clean_outs.unfinished),
            Job("old balances", self._adopt, _DAY_S),
            Job("transfers gathered", self.payouts.gather, self.policy.refund.batch_every),
            moving("transfers", self.payouts.advance, self.payouts.unfinished),
            Job("reconciliation", self.reconciliation.run_due, self.reconciliation.every_s),
        ]

    def _claims(self, options: Options) -> FastClaims | None:
        """Commercial insurance, where the hospital has it: also a way to pay (L10)."""
        if not options.insurer_url:
            return None
        insurer = Insurer(options.insurer_url, read_s=options.insurance_limit_s)
        direct = DirectClaims(self.context, insurer)
        self.means.add(KIND, direct)
        self.saga.quoting.add_source(KIND, direct)
        return FastClaims(self.context, insurer)

    def _credit_port(self) -> CreditPort:
        """The city's register, our own books where the city has none (C16)."""
        if not self.options.city_url:
            return OwnCredit(self.db, self.policy.hospital_id)
        url, limit_s = self.options.city_url, self.options.city_limit_s
        return CityCredit(url, self.policy.hospital_id, read_s=limit_s)

    def start(self) -> None:
        """Start the runner; it also picks up what a killed process left."""
        self.runner.start()

    def stop(self) -> None:
        """End the runner and the database."""
        self.runner.stop()
        self.db.close()

    def _adopt(self) -> None:
        with self.db.write() as session:
            adopt(session, self.clock.now())

    def _advance_claims(self) -> None:
        if self.fast_claims is not None:
            each(self.fast_claims.advance, self.fast_claims.waiting())

    def _invoice(self) -> None:
        if self.options.invoice_url:
            each(self.invoices.advance, self.invoices.unfinished())

    def _forget_signatures(self) -> None:
        with self.db.write() as session:
            pictures.forget(session, self.policy.signatures.keep_years, self.clock.now())

    def _expire(self) -> None:
        now = self.clock.now()
        with self.db.write() as session:
            visits.expire(session, now)
            goods.expire(session, now)
            goods.silent(session, self.context)
            release_expired(session, now.date())


def _banks(options: Options) -> dict[str, str]:
    """Their URLs by name."""
    partner = {PARTNER: options.partner_url} if options.partner_url else {}
    return {LEAD: options.acquirer_url, **partner}


def _partner(options: Options) -> Acquirer | None:
    if not options.partner_url:
        return None
    return Acquirer(options.partner_url, read_s=options.acquirer_limit_s)
