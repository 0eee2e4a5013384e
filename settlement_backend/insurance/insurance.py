"""The national insurance platform as the backend uses it (docs/platforms/insurance.md, B.1).

The one door of this package: quote, settle, reverse, annul, find, the same for outpatients and
inpatients. What a reader would get wrong: a quote registers the visit and uploads the lines first,
each once, so it may be asked for again; and silence after `settle` is neither yes nor no.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from settlement_backend.base.clock import Clock
from settlement_backend.base.database import Database
from settlement_backend.base.outside import Json, Outside
from settlement_backend.insurance import care, records, referrals
from settlement_backend.insurance.asking import VisitThere, visit_there
from settlement_backend.insurance.batches import Batches
from settlement_backend.insurance.envelope import Heard, Institution, Opter, Signer
from settlement_backend.insurance.gateway import Gateway
from settlement_backend.insurance.messages import Errand, Messages
from settlement_backend.insurance.persons import ID_NUMBER, TOKEN, Credential, Persons
from settlement_backend.insurance.setlinfo import Told, told_by
from settlement_backend.insurance.shown_codes import ShownCodes
from settlement_backend.insurance.tables import (
    InsuranceBatch,
    InsuranceMessage,
    InsuranceVisit,
    InsuredPerson,
)
from settlement_backend.insurance.visits import COURSES, Visits, done_by
from settlement_backend.insurance.words import (
    Decoded,
    Done,
    Expired,
    FeeLine,
    FundPart,
    Insured,
    NotFound,
    NotInsured,
    RefusedBy,
    Silent,
    Split,
    Status,
)
from settlement_backend.insurance.yuan import yuan
from settlement_backend.policy.profile import InsuranceRules

__all__ = [
    "Decoded",
    "Done",
    "Expired",
    "FeeLine",
    "FundPart",
    "Insurance",
    "Insured",
    "NotFound",
    "NotInsured",
    "RefusedBy",
    "Silent",
    "Split",
    "Status",
    "msgid_of",
]

_log = logging.getLogger(__name__)
_NUMBER_LENGTH = 30
_STRANGER = RefusedBy("1101 was not asked about this person")
_NOT_REFERRED = RefusedBy("a referral slip is not bound")
_OVER = RefusedBy("this settlement was reversed")
_USE_ACCOUNT = "1"
_BY_ITEM = "01"


def msgid_of(text: str) -> str:
    """An id of ours as our number of a settlement there: no dashes, at most 30 characters."""
    return text.replace("-", "")[:_NUMBER_LENGTH]


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a quote or a settlement needs there."""

    person: InsuredPerson
    visit: InsuranceVisit
    batch: InsuranceBatch
    opter: Opter


class Insurance:
    """One institution's adapter; no method raises for what the other side does."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        rules: InsuranceRules,
        url: str,
        institution: Institution,
        *,
        signer: Signer | None = None,
        connect_s: float = 2.0,
        read_s: float = 5.0,
    ) -> None:
        self._db, self._clock, self._rules = db, clock, rules
        self._outside = Outside(url, connect_s, read_s)
        self._shown: ShownCodes[Decoded] = ShownCodes()
        self.gateway = Gateway(db, clock, self._outside, institution, signer, sign_on=rules.sign_on)
        self.messages = Messages(db, clock, self.gateway)
        self.persons = Persons(db, clock, rules, self.gateway)
        self.visits = Visits(db, clock, rules, self.messages)
        self.batches = Batches(db, clock, self.messages)

    # --- people

    def decode(self, code: str, purpose: str) -> Decoded | Expired | Silent:
        """Who shows this e-code. `purpose`: businessType, 01301 is outpatient settlement."""
        answer = self._outside.ask("/ecquery", {"ecCode": code, "businessType": purpose})
        match answer:
            case {"code": 0, "data": {"idNo": str(id_number), "ecToken": str(token), **more}}:
                decoded = Decoded(id_number, token, str(more.get("userName", "")))
                self._shown.keep(f"{purpose}{code}", decoded, self._clock.now())
                return decoded
            case {"code": -1}:
                return Expired()
        return Silent()

    def decoded(self, code: str, purpose: str) -> Decoded | Expired | Silent:
        """As `decode`, or what was heard a moment ago of the same scan, once (W12)."""
        heard = self._shown.take(f"{purpose}{code}", self._clock.now())
        return heard or self.decode(code, purpose)

    def person(self, id_number: str) -> Insured | NotInsured | Silent:
        """1101 by ID number."""
        return self.persons.asked(Credential(ID_NUMBER, id_number))

    def person_by_token(self, token: str) -> Insured | NotInsured | Silent:
        """1101 by a decoded e-code."""
        return self.persons.asked(Credential(TOKEN, token))

    def status(self, id_number: str) -> Status | Silent:
        """Whether the insurance is active (N03)."""
        return self.persons.status(id_number)

    # --- money

    def quote(
        self, psn_no: str, visit_id: str, lines: Sequence[FeeLine]
    ) -> Split | RefusedBy | Silent:
        """2206 or 2303: what the insurance would bear now. `visit_id`: our settlement."""
        ready = self._prepared(psn_no, visit_id, lines)
        if not isinstance(ready, Prepared):
            return ready
        told = self._quoted(ready)
        return told.split if isinstance(told, Told) else told

    def settle(
        self, msgid: str, psn_no: str, visit_id: str, lines: Sequence[FeeLine]
    ) -> Split | RefusedBy | Silent:
        """2207 or 2304 under our number: settled once, answers the same for ever."""
        known = self._known(msgid)
        if known is not None:
            return known
        ready = self._prepared(psn_no, visit_id, lines)
        if not isinstance(ready, Prepared):
            return ready
        if ready.batch.in_scope_fen is None:
            told = self._quoted(ready)
            if not isinstance(told, Told):
                return told
            ready = Prepared(ready.person, ready.visit, self._batch(ready.batch.id), ready.opter)
        if ready.visit.kind == "INPATIENT":
            done = self.visits.discharge(ready.visit, ready.person.region, ready.opter)
            if not isinstance(done, Done):
                return done
        return self._settled(msgid, ready)

    def reverse(self, setl_id: str, psn_no: str, visit_id: str) -> Done | RefusedBy | Silent:
        """2208 or 2305: cancel a known settlement; asking again is harmless."""
        with self._db.read() as session:
            row = records.by_setl_id(session, setl_id)
            opter = care.opter_of(session, visit_id)
        person = self.persons.known(psn_no)
        if row is None or person is None:
            return RefusedBy("no such settlement")
        asked = {"setl_id": setl_id, "mdtrt_id": row.mdtrt_id, "psn_no": psn_no}
        errand = Errand(COURSES[row.kind].reverse, setl_id, psn_no, person.region, opter)
        done = done_by(self.messages.carry_out(errand, asked).word)
        if isinstance(done, Done):
            with self._db.write() as session:
                records.over(session, row, "REVERSED", self._clock.now().date())
        return done

    def annul(self, msgid: str, psn_no: str) -> Done | Silent:
        """2601: the settlement of this number is treated as not done, heard of or not (冲正).

        A number that was never sent is closed here and nothing is said there.
        """
        sent = self._sent(msgid)
        if sent is None:
            for course in COURSES.values():
                self.messages.never(Errand(course.settle, msgid, psn_no, ""))
            return Done()
        if sent.state == "REVERSED":
            return Done()
        asked = {"psn_no": psn_no, "omsgid": sent.msgid, "oinfno": sent.infno}
        opter = Opter(sent.opter_type, sent.opter)
        word = self.gateway.ask("2601", asked, region=self._region(psn_no), opter=opter)
        if not isinstance(word, Heard):
            return Silent()
        self.messages.reversed(sent.msgid)
        with self._db.write() as session:
            row = records.by_number(session, msgid)
            if row is not None:
                records.over(session, row, "ANNULLED", self._clock.now().date())
        return Done()

    def find(self, msgid: str, psn_no: str) -> Split | NotFound | Silent:
        """5203: the settlement of our number while it stands; NotFound too when reversed."""
        asked = {"psn_no": psn_no, "medins_setl_id": msgid}
        match self.gateway.ask("5203", asked, region=self._region(psn_no)):
            case Heard({"setlinfo": None}):
                return NotFound()
            case Heard({"setlinfo": dict(setlinfo)}):
                told = told_by(setlinfo)
                if told is None or not told.split.setl_id:
                    return Silent()
                self._keep(msgid, told)
                return told.split
        return Silent()

    def there(self, visit_id: str) -> VisitThere | NotFound | RefusedBy | Silent:
        """What the platform has of the visit behind a settlement of ours (5201, 5204)."""
        with self._db.read() as session:
            visit = records.visit_behind(session, visit_id)
        if visit is None or not visit.mdtrt_id:
            return NotFound()
        return visit_there(self.gateway, visit, self._region(visit.psn_no))

    # --- steps

    def _prepared(
        self, psn_no: str, of: str, lines: Sequence[FeeLine]
    ) -> Prepared | RefusedBy | Silent:
        """The visit is open there and the lines are uploaded."""
        person = self.persons.known(psn_no)
        if person is None:
            return _STRANGER
        with self._db.read() as session:
            treatment = care.care_of(session, of, [line.line_id for line in lines])
            details = care.upload_lines(session, lines)
            opter = care.opter_of(session, of)
            today = self._clock.now().date()
            area = self.gateway.institution.pooling_area
            if referrals.missing(session, self._rules, person, area, treatment.med_type, today):
                return _NOT_REFERRED
        visit = self.visits.opened(treatment, person, opter)
        if not isinstance(visit, InsuranceVisit):
            return visit
        if visit.state == "DISCHARGED" and not self.batches.live(of, details):
            recalled = self.visits.recall(visit, person.region, opter)
            if not isinstance(recalled, Done):
                return recalled
            visit = self.visits.of(visit.id) or visit
        batch = self.batches.uploaded(visit, of, details, person.region, opter)
        if not isinstance(batch, InsuranceBatch):
            return batch
        return Prepared(person, visit, batch, opter)

    def _quoted(self, ready: Prepared) -> Told | RefusedBy | Silent:
        infno = COURSES[ready.visit.kind].quote
        word = self.gateway.ask(infno, _bill(ready), region=ready.person.region, opter=ready.opter)
        match word:
            case RefusedBy():
                return word
            case Heard({"setlinfo": dict(setlinfo)}):
                told = told_by(setlinfo, ready.batch.total_fen)
                if told is not None:
                    self.batches.quoted(ready.batch, told.classes)
                    return told
        return Silent()

    def _settled(self, msgid: str, ready: Prepared) -> Split | RefusedBy | Silent:
        course, psn_no = COURSES[ready.visit.kind], ready.person.psn_no
        region, batch_id = ready.person.region, ready.batch.id
        errand = Errand(course.settle, msgid, psn_no, region, ready.opter, batch_id)
        asked = {**_bill(ready), "medins_setl_id": msgid, **_classes(ready.batch)}
        outcome = self.messages.carry_out(errand, asked)
        match outcome.word:
            case RefusedBy() as refused:
                return self._refused(msgid, psn_no, refused) if outcome.again else refused
            case Heard({"setlinfo": dict(setlinfo)}):
                told = told_by(setlinfo, ready.batch.total_fen)
                if told is not None and told.split.setl_id:
                    self._keep(msgid, told)
                    return told.split
        return Silent()

    def _refused(self, msgid: str, psn_no: str, refused: RefusedBy) -> Split | RefusedBy | Silent:
        """An earlier try may have been carried out before this no: 5203 knows."""
        found = self.find(msgid, psn_no)
        return refused if isinstance(found, NotFound) else found

    # --- rows

    def _known(self, msgid: str) -> Split | RefusedBy | None:
        with self._db.read() as session:
            row = records.by_number(session, msgid)
            if row is None:
                return None
            return records.split_of(session, row) if row.state == "SETTLED" else _OVER

    def _sent(self, msgid: str) -> InsuranceMessage | None:
        """The message that settles, or would settle, under our number."""
        with self._db.read() as session:
            for course in COURSES.values():
                sent = self.messages.of(session, course.settle, msgid)
                if sent is not None:
                    return sent
        return None

    def _keep(self, msgid: str, told: Told) -> None:
        sent = self._sent(msgid)
        if sent is None or not sent.batch_id:
            return
        try:
            with self._db.write() as session:
                batch = session.get_one(InsuranceBatch, sent.batch_id)
                records.keep(session, msgid, batch, told, self._clock.now().date())
        except IntegrityError:
            _log.info("another worker kept this settlement")

    def _batch(self, batch_id: str) -> InsuranceBatch:
        with self._db.read() as session:
            return session.get_one(InsuranceBatch, batch_id)

    def _region(self, psn_no: str) -> str:
        person = self.persons.known(psn_no)
        return person.region if person is not None else self.gateway.institution.admvs


def _bill(ready: Prepared) -> Json:
    """What pre-settlement and settlement say alike."""
    return {
        "psn_no": ready.person.psn_no,
        "mdtrt_id": ready.visit.mdtrt_id,
        "mdtrt_cert_type": ID_NUMBER,
        "mdtrt_cert_no": ready.person.id_number,
        "med_type": ready.visit.med_type,
        "medfee_sumamt": yuan(ready.batch.total_fen),
        "psn_setlway": _BY_ITEM,
        "acct_used_flag": _USE_ACCOUNT,
        "insutype": ready.visit.insutype,
        "chrg_bchno": ready.batch.id,
    }


def _classes(batch: InsuranceBatch) -> Json:
    """The quote's amounts, which the settlement must agree with."""
    amounts = {
        "fulamt_ownpay_amt": batch.own_expense_fen,
        "overlmt_selfpay": batch.over_limit_fen,
        "preselfpay_amt": batch.pay_first_fen,
        "inscp_scp_amt": batch.in_scope_fen,
    }
    return {name: yuan(amount) for name, amount in amounts.items() if amount is not None}
