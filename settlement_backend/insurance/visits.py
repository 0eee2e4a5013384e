"""Visits and admissions at the insurance: opened, described, discharged, withdrawn (22xx, 24xx).

Talks to the platform through `Messages`, never inside a transaction. What a reader would get wrong:
a visit opens by itself at its first quote, so the other methods are for what our own books learn
earlier or later than a bill does.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import update

from settlement_backend.base.clock import Clock
from settlement_backend.base.database import Database
from settlement_backend.base.outside import Json
from settlement_backend.insurance import insutypes
from settlement_backend.insurance.care import Care
from settlement_backend.insurance.envelope import Heard, Opter
from settlement_backend.insurance.gateway import Word
from settlement_backend.insurance.messages import Errand, Messages
from settlement_backend.insurance.tables import InsuranceVisit, InsuredPerson
from settlement_backend.insurance.words import Done, RefusedBy, Silent
from settlement_backend.policy.profile import InsuranceRules

_CLINIC_CLASS = "A01"
_ON_DOCTORS_ORDER = "1"
_ID_NUMBER = "02"
_OVER = RefusedBy("this visit was cancelled")


@dataclass(frozen=True, slots=True)
class Course:
    """The transactions of one kind of treatment."""

    upload: str
    drop: str
    quote: str
    settle: str
    reverse: str


COURSES = {
    "OUTPATIENT": Course("2204", "2205", "2206", "2207", "2208"),
    "INPATIENT": Course("2301", "2302", "2303", "2304", "2305"),
}


class Visits:
    """All visits of this institution."""

    def __init__(
        self, db: Database, clock: Clock, rules: InsuranceRules, messages: Messages
    ) -> None:
        self._db, self._clock, self._rules, self._messages = db, clock, rules, messages

    def opened(
        self, care: Care, person: InsuredPerson, opter: Opter
    ) -> InsuranceVisit | RefusedBy | Silent:
        """2201 and 2203, or 2401: once for each visit of ours."""
        with self._db.locks.alone(f"insurance/visit/{care.visit_id}"):
            visit = self._noted(care, person)
            if visit.state == "CANCELLED":
                return _OVER
            if visit.state == "ASKED":
                refused = self._open(visit, person, opter)
                if refused is not None:
                    return refused
                visit = self._row(visit.id)
            if visit.kind == "OUTPATIENT" and not visit.told:
                refused = self._tell(visit, person, opter)
                if refused is not None:
                    return refused
        return self._row(visit.id)

    def of(self, visit_id: str) -> InsuranceVisit | None:
        """The visit of one of ours."""
        with self._db.read() as session:
            return session.get(InsuranceVisit, visit_id)

    def declare(self, visit_id: str, disease_code: str) -> None:
        """The visit is for a registered special disease (14); "" for none. Told anew by 2203."""
        med_type = insutypes.SPECIAL if disease_code else insutypes.OUTPATIENT
        self._change(visit_id, med_type=med_type, disease_code=disease_code, told=False)

    def withdraw(
        self, visit: InsuranceVisit, region: str, opter: Opter
    ) -> Done | RefusedBy | Silent:
        """2202 or 2404: it never was."""
        named = {"mdtrt_id": visit.mdtrt_id, "psn_no": visit.psn_no}
        infno, asked = "2404", named
        if visit.kind == "OUTPATIENT":
            infno, asked = "2202", {**named, "ipt_otp_no": _number(visit)}
        return self._changed(visit, infno, visit.id, asked, region, opter, state="CANCELLED")

    def move_bed(
        self, visit: InsuranceVisit, care: Care, region: str, opter: Opter
    ) -> Done | RefusedBy | Silent:
        """2403: another ward, bed or doctor; before discharge only. The last word counts, so each
        has a number of its own."""
        asked = {"adminfo": {"mdtrt_id": visit.mdtrt_id, "psn_no": visit.psn_no, **_ward(care)}}
        values = {"department": care.department, "doctor": care.doctor, "bed": care.bed}
        number = f"{visit.id}/{self._moment()}"
        return self._changed(visit, "2403", number, asked, region, opter, **values)

    def discharge(
        self, visit: InsuranceVisit, region: str, opter: Opter
    ) -> Done | RefusedBy | Silent:
        """2402; before it no whole settlement of the stay."""
        if visit.state == "DISCHARGED":
            return Done()
        ended_at = visit.ended_at or self._moment()
        self._change(visit.id, ended_at=ended_at)
        asked = {
            "dscginfo": {
                "mdtrt_id": visit.mdtrt_id,
                "psn_no": visit.psn_no,
                "insutype": visit.insutype,
                "endtime": ended_at,
                "dscg_dept_codg": visit.department_code,
                "dscg_way": _ON_DOCTORS_ORDER,
            },
            "diseinfo": self._diagnoses(visit),
        }
        number = f"{visit.id}/{visit.times}"
        return self._changed(visit, "2402", number, asked, region, opter, state="DISCHARGED")

    def recall(self, visit: InsuranceVisit, region: str, opter: Opter) -> Done | RefusedBy | Silent:
        """2405: the discharge is taken back; refused while a settlement stands."""
        if visit.state != "DISCHARGED":
            return Done()
        asked = {"mdtrt_id": visit.mdtrt_id, "psn_no": visit.psn_no}
        number, times = f"{visit.id}/{visit.times}", visit.times + 1
        return self._changed(
            visit, "2405", number, asked, region, opter, state="OPEN", times=times, ended_at=""
        )

    # --- steps

    def _open(
        self, visit: InsuranceVisit, person: InsuredPerson, opter: Opter
    ) -> RefusedBy | Silent | None:
        inpatient = visit.kind == "INPATIENT"
        infno = "2401" if inpatient else "2201"
        asked = self._admission(visit, person) if inpatient else _registration(visit, person)
        errand = Errand(infno, visit.id, visit.psn_no, person.region, opter)
        match self._messages.carry_out(errand, asked).word:
            case Heard({"mdtrt_id": str(mdtrt_id)} | {"result": {"mdtrt_id": str(mdtrt_id)}}):
                self._change(visit.id, mdtrt_id=mdtrt_id, state="OPEN")
                return None
            case RefusedBy() as refused:
                return refused
        return Silent()

    def _tell(
        self, visit: InsuranceVisit, person: InsuredPerson, opter: Opter
    ) -> RefusedBy | Silent | None:
        """2203: diagnosis and kind of treatment."""
        asked = {
            "mdtrtinfo": {
                "mdtrt_id": visit.mdtrt_id,
                "psn_no": visit.psn_no,
                "med_type": visit.med_type,
                "begntime": visit.begun_at,
                "dise_codg": visit.disease_code,
            },
            "diseinfo": self._diagnoses(visit),
        }
        number = f"{visit.id}/{visit.med_type}/{visit.disease_code}"
        done = self._changed(visit, "2203", number, asked, person.region, opter, told=True)
        return None if isinstance(done, Done) else done

    def _changed(
        self,
        visit: InsuranceVisit,
        infno: str,
        number: str,
        asked: Json,
        region: str,
        opter: Opter,
        **values: object,
    ) -> Done | RefusedBy | Silent:
        """One transaction, and what is so after it."""
        errand = Errand(infno, number, visit.psn_no, region, opter)
        done = done_by(self._messages.carry_out(errand, asked).word)
        if isinstance(done, Done):
            self._change(visit.id, **values)
        return done

    # --- rows

    def _noted(self, care: Care, person: InsuredPerson) -> InsuranceVisit:
        with self._db.write() as session:
            known = session.get(InsuranceVisit, care.visit_id)
            if known is None:
                known = InsuranceVisit(
                    id=care.visit_id,
                    kind=care.kind,
                    psn_no=person.psn_no,
                    insutype=person.insutype,
                    med_type=care.med_type,
                    department_code=care.department_code,
                    department=care.department,
                    doctor=care.doctor,
                    bed=care.bed,
                    state="ASKED",
                    begun_at=self._moment(),
                )
                session.add(known)
        return known

    def _row(self, visit_id: str) -> InsuranceVisit:
        with self._db.read() as session:
            return session.get_one(InsuranceVisit, visit_id)

    def _change(self, visit_id: str, **values: object) -> None:
        with self._db.write() as session:
            session.execute(
                update(InsuranceVisit).where(InsuranceVisit.id == visit_id).values(**values)
            )

    def _moment(self) -> str:
        return f"{self._clock.now():%Y-%m-%d %H:%M:%S}"

    def _admission(self, visit: InsuranceVisit, person: InsuredPerson) -> Json:
        facts = {
            **_who(visit, person),
            "med_type": insutypes.INPATIENT,
            "ipt_no": _number(visit),
            "adm_dept_codg": visit.department_code,
            "adm_dept_name": visit.department,
            "adm_bed": visit.bed,
            "chfpdr_name": visit.doctor,
        }
        return {"mdtrtinfo": facts, "diseinfo": self._diagnoses(visit)}

    def _diagnoses(self, visit: InsuranceVisit) -> list[Json]:
        """The profile's stands for it until the hospital's records tell a better one."""
        return [
            {
                "diag_type": "1",
                "diag_srt_no": "1",
                "diag_code": self._rules.diagnosis_code,
                "diag_name": self._rules.diagnosis_name,
                "diag_time": visit.begun_at,
                "vali_flag": "1",
            }
        ]


def done_by(word: Word) -> Done | RefusedBy | Silent:
    """A transaction without an output of interest."""
    match word:
        case Heard():
            return Done()
        case RefusedBy():
            return word
        case None:
            return Silent()


def _registration(visit: InsuranceVisit, person: InsuredPerson) -> Json:
    return {
        **_who(visit, person),
        "ipt_otp_no": _number(visit),
        "atddr_no": visit.doctor,
        "dr_name": visit.doctor,
        "dept_code": visit.department_code,
        "dept_name": visit.department,
        "caty": _CLINIC_CLASS,
    }


def _who(visit: InsuranceVisit, person: InsuredPerson) -> Json:
    return {
        "psn_no": visit.psn_no,
        "insutype": visit.insutype,
        "begntime": visit.begun_at,
        "mdtrt_cert_type": _ID_NUMBER,
        "mdtrt_cert_no": person.id_number,
    }


def _ward(care: Care) -> Json:
    """What is known of it; an empty field would be refused."""
    facts = {
        "adm_dept_codg": care.department_code,
        "adm_dept_name": care.department,
        "adm_bed": care.bed,
        "chfpdr_name": care.doctor,
    }
    return {name: value for name, value in facts.items() if value}


def _number(visit: InsuranceVisit) -> str:
    """The hospital's number of the visit, 30 characters there."""
    return visit.id[:30]
