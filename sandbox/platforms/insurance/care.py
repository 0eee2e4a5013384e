"""Transactions of visits and admissions: 2201-2203, 2401-2405 and the query 5201.

Called by the dispatch. What a reader would get wrong: a visit or an admission goes only when no
settlement stands for it.
"""

from sandbox.platforms.desk import Refused
from sandbox.platforms.insurance import care_wire as wire
from sandbox.platforms.insurance.books import Centre, Output
from sandbox.platforms.insurance.envelope import Call
from sandbox.platforms.insurance.people import has_disease
from sandbox.platforms.insurance.scheme import INPATIENT, SPECIAL
from sandbox.platforms.insurance.visits import Stay, Visit
from sandbox.platforms.insurance.wire import VisitQuery

SETTLED = "a settlement of this visit stands"


def register(centre: Centre, call: Call) -> Output:
    """2201."""
    asked = wire.Registration.model_validate(call.input)
    person = centre.covered(asked.psn_no, asked.insutype)
    centre.check_credential(person, asked.mdtrt_cert_type, asked.mdtrt_cert_no)
    visit = Visit(
        mdtrt_id=centre.books.visits.next_number(),
        kind="OUTPATIENT",
        psn_no=person.psn_no,
        insutype=person.insutype,
        number=asked.ipt_otp_no,
        begntime=asked.begntime,
        msgid=call.msgid,
    )
    centre.books.visits.add(visit)
    return {"mdtrt_id": visit.mdtrt_id, "psn_no": visit.psn_no, "ipt_otp_no": visit.number}


def cancel_registration(centre: Centre, call: Call) -> None:
    """2202."""
    asked = wire.RegistrationCancel.model_validate(call.input)
    visit = centre.books.visits.find(asked.mdtrt_id, asked.psn_no, "OUTPATIENT")
    if visit.number != asked.ipt_otp_no:
        raise Refused("ipt_otp_no is not this visit's")
    if centre.books.settlements.standing(visit.mdtrt_id):
        raise Refused(SETTLED)
    centre.books.fees.take_back(centre.books.fees.of(visit.mdtrt_id))
    visit.state = "CANCELLED"


def visit_information(centre: Centre, call: Call) -> None:
    """2203."""
    asked = wire.VisitInformation.model_validate(call.input).mdtrtinfo
    visit = centre.books.visits.find(asked.mdtrt_id, asked.psn_no, "OUTPATIENT")
    person = centre.person(asked.psn_no)
    if asked.med_type == SPECIAL and not has_disease(person, asked.dise_codg):
        raise Refused("the special disease is not registered")
    visit.med_type, visit.dise_codg = asked.med_type, asked.dise_codg


def admit(centre: Centre, call: Call) -> Output:
    """2401."""
    asked = wire.Admission.model_validate(call.input).mdtrtinfo
    person = centre.covered(asked.psn_no, asked.insutype)
    centre.check_credential(person, asked.mdtrt_cert_type, asked.mdtrt_cert_no)
    if centre.books.visits.admission_of(asked.psn_no) is not None:
        raise Refused("another admission of this person is open")
    visit = Visit(
        mdtrt_id=centre.books.visits.next_number(),
        kind="INPATIENT",
        psn_no=person.psn_no,
        insutype=person.insutype,
        number=asked.ipt_no,
        begntime=asked.begntime,
        msgid=call.msgid,
        med_type=INPATIENT,
        stay=Stay(asked.adm_dept_codg, asked.adm_dept_name, asked.adm_bed, asked.chfpdr_name),
    )
    centre.books.visits.add(visit)
    return {"result": {"mdtrt_id": visit.mdtrt_id, "psn_no": visit.psn_no}}


def discharge(centre: Centre, call: Call) -> None:
    """2402."""
    asked = wire.Discharge.model_validate(call.input).dscginfo
    visit = open_admission(centre, asked.mdtrt_id, asked.psn_no)
    visit.state, visit.endtime = "DISCHARGED", asked.endtime


def change_stay(centre: Centre, call: Call) -> None:
    """2403."""
    asked = wire.StayChange.model_validate(call.input).adminfo
    stay = open_admission(centre, asked.mdtrt_id, asked.psn_no).stay
    stay.adm_dept_codg = asked.adm_dept_codg or stay.adm_dept_codg
    stay.adm_dept_name = asked.adm_dept_name or stay.adm_dept_name
    stay.adm_bed = asked.adm_bed or stay.adm_bed
    stay.chfpdr_name = asked.chfpdr_name or stay.chfpdr_name


def cancel_admission(centre: Centre, call: Call) -> None:
    """2404."""
    asked = wire.VisitName.model_validate(call.input)
    visit = centre.books.visits.find(asked.mdtrt_id, asked.psn_no, "INPATIENT")
    drop_admission(centre, visit)


def drop_admission(centre: Centre, visit: Visit) -> None:
    """An admission never was (2404, 2601); Refused while there are lines or a settlement."""
    if centre.books.fees.of(visit.mdtrt_id):
        raise Refused("fee lines of this admission are uploaded")
    if centre.books.settlements.standing(visit.mdtrt_id):
        raise Refused(SETTLED)
    visit.state = "CANCELLED"


def cancel_discharge(centre: Centre, call: Call) -> None:
    """2405."""
    asked = wire.VisitName.model_validate(call.input)
    visit = centre.books.visits.find(asked.mdtrt_id, asked.psn_no, "INPATIENT")
    if visit.state != "DISCHARGED":
        raise Refused("this admission is not discharged")
    if any(not made.mid_stay for made in centre.books.settlements.standing(visit.mdtrt_id)):
        raise Refused(SETTLED)
    if centre.books.visits.admission_of(asked.psn_no) is not None:
        raise Refused("another admission of this person is open")
    visit.state, visit.endtime = "OPEN", ""


def open_admission(centre: Centre, mdtrt_id: str, psn_no: str) -> Visit:
    """An admission before discharge; Refused otherwise."""
    visit = centre.books.visits.find(mdtrt_id, psn_no, "INPATIENT")
    if visit.state != "OPEN":
        raise Refused("this admission is discharged")
    return visit


def visits(centre: Centre, call: Call) -> Output:
    """5201."""
    asked = VisitQuery.model_validate(call.input)
    return {
        "mdtrtinfo": [
            {
                "mdtrt_id": visit.mdtrt_id,
                "psn_no": visit.psn_no,
                "insutype": visit.insutype,
                "med_type": visit.med_type or "",
                "dise_codg": visit.dise_codg,
                "begntime": visit.begntime,
                "endtime": visit.endtime,
                "ipt_otp_no": visit.number,
                "mdtrt_stas": visit.state,
                **{name: getattr(visit.stay, name) for name in Stay.__slots__},
            }
            for visit in centre.books.visits.of_person(asked.psn_no)
            if asked.mdtrt_id in (None, visit.mdtrt_id)
            # A day sorts before its moments, so the end is compared by its own length.
            and asked.begntime <= visit.begntime[: len(asked.begntime)]
            and visit.begntime[: len(asked.endtime)] <= asked.endtime
        ]
    }
