"""Visits and admissions as the insurance knows them (2201-2203, 2401-2405).

Talks to nothing. What a reader would get wrong: the mdtrt_id is the centre's, given here; a bill
with inline lines names one that is in no book.
"""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.platforms.desk import Refused
from sandbox.platforms.insurance.scheme import Insutype, MedType

VisitKind = Literal["OUTPATIENT", "INPATIENT"]
VisitState = Literal["OPEN", "DISCHARGED", "CANCELLED"]


@dataclass(slots=True)
class Stay:
    """What 2401 and 2403 tell of an admission."""

    adm_dept_codg: str = ""
    adm_dept_name: str = ""
    adm_bed: str = ""
    chfpdr_name: str = ""


@dataclass(slots=True)
class Visit:
    """One visit; ``med_type`` of an outpatient is None until 2203. ``number`` is the hospital's."""

    mdtrt_id: str
    kind: VisitKind
    psn_no: str
    insutype: Insutype
    number: str
    begntime: str
    msgid: str
    med_type: MedType | None = None
    dise_codg: str = ""
    endtime: str = ""
    stay: Stay = field(default_factory=Stay)
    state: VisitState = "OPEN"


@dataclass(slots=True)
class VisitBooks:
    """All visits by mdtrt_id."""

    known: dict[str, Visit] = field(default_factory=dict)

    def next_number(self) -> str:
        """The mdtrt_id of the visit that is added next."""
        return f"MDTRT{len(self.known) + 1:016d}"

    def add(self, visit: Visit) -> None:
        """Keep a visit."""
        self.known[visit.mdtrt_id] = visit

    def find(self, mdtrt_id: str, psn_no: str, kind: VisitKind) -> Visit:
        """A person's visit that was not cancelled; Refused when there is none of that kind."""
        visit = self.known.get(mdtrt_id)
        if visit is None or (visit.psn_no, visit.kind) != (psn_no, kind):
            raise Refused("no such visit")
        if visit.state == "CANCELLED":
            raise Refused("this visit was cancelled")
        return visit

    def admission_of(self, psn_no: str) -> Visit | None:
        """The person's open admission."""
        return next(
            (
                visit
                for visit in self.known.values()
                if (visit.psn_no, visit.kind, visit.state) == (psn_no, "INPATIENT", "OPEN")
            ),
            None,
        )

    def admitted_by(self, msgid: str) -> Visit | None:
        """The admission that a 2401 of this msgid made."""
        return next(
            (
                visit
                for visit in self.known.values()
                if visit.msgid == msgid and visit.kind == "INPATIENT"
            ),
            None,
        )

    def of_person(self, psn_no: str) -> list[Visit]:
        """Everything a person had, oldest first."""
        return [visit for visit in self.known.values() if visit.psn_no == psn_no]
