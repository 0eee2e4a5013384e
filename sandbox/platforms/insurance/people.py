"""Transactions about people and sessions: 9001, 9002, 1101, 2001, 5301, and the e-code decoder.

Called by the dispatch. What a reader would get wrong: 1101 tells paused and former insurances too;
the active one need not come first.
"""

from sandbox.platforms.desk import Refused
from sandbox.platforms.insurance import wire as wire
from sandbox.platforms.insurance.books import Centre, Output, moment_text
from sandbox.platforms.insurance.envelope import Call
from sandbox.platforms.insurance.insured import Person
from sandbox.platforms.insurance.scheme import SPECIAL
from sandbox.platforms.insurance.setlinfo import basic_fund_type
from sandbox.platforms.yuan import yuan_of

_ACTIVE, _PAUSED = "1", "2"


def sign_in(centre: Centre, call: Call) -> Output:
    """9001."""
    asked = wire.SignIn.model_validate(call.input).signIn
    sign_no = centre.books.sessions.begin(asked.opter_no)
    return {"signinoutb": {"sign_no": sign_no, "sign_time": moment_text(centre.now())}}


def sign_out(centre: Centre, call: Call) -> Output:
    """9002."""
    asked = wire.SignOut.model_validate(call.input).signOut
    centre.books.sessions.end(asked.sign_no, asked.opter_no)
    return {"signinoutb": {"sign_time": moment_text(centre.now())}}


def decode(centre: Centre, asked: wire.CodeQuery) -> Output:
    """``/ecquery``."""
    found = centre.books.insured.decode(asked.ecCode, asked.businessType)
    if isinstance(found, str):
        return {"code": -1, "msg": found}
    person = found.person
    data = {"idNo": person.id_number, "userName": person.name, "ecToken": found.token}
    return {"code": 0, "data": data}


def person_information(centre: Centre, call: Call) -> Output:
    """1101."""
    asked = wire.PersonQuery.model_validate(call.input)
    person = centre.by_credential(asked.mdtrt_cert_type, asked.mdtrt_cert_no)
    if person is None:
        raise Refused("no such person")
    if asked.mdtrt_cert_type == "03" and asked.card_sn != person.card_sn:
        raise Refused("card_sn is not this card's")
    if asked.psn_name not in ("", person.name):
        raise Refused("psn_name is not this person's")
    return {
        "baseinfo": {
            "psn_no": person.psn_no,
            "psn_cert_type": "01",
            "certno": person.id_number,
            "psn_name": person.name,
            "gend": person.gender,
            "naty": "01",
            "brdy": person.born.isoformat(),
            "age": str(person.age(centre.now().date())),
        },
        "insuinfo": _insurances(person),
        "idetinfo": _identities(person),
    }


def _insurances(person: Person) -> list[Output]:
    state = _PAUSED if person.paused else _ACTIVE
    former = [(insutype, _PAUSED, 0) for insutype in person.former_insutypes]
    account_fen = person.account_fen if person.insutype == "310" else 0
    return [
        {
            "insutype": insutype,
            "psn_type": person.psn_type,
            "psn_insu_stas": stands,
            "balc": yuan_of(balance_fen),
            "cvlserv_flag": "1" if person.civil_servant else "0",
            "insuplc_admdvs": person.insuplc_admdvs,
            "emp_name": "",
        }
        for insutype, stands, balance_fen in (*former, (person.insutype, state, account_fen))
    ]


def _identities(person: Person) -> list[Output]:
    marks = (("31", "医疗救助对象", person.medical_aid), ("32", "大病备案", person.serious_illness))
    return [{"psn_idet_type": kind, "memo": memo} for kind, memo, marked in marks if marked]


def benefit_check(centre: Centre, call: Call) -> Output:
    """2001."""
    asked = wire.BenefitQuery.model_validate(call.input)
    person = centre.person(asked.psn_no)
    reason = ""
    if person.paused:
        reason = "the insurance is paused"
    elif person.insutype != asked.insutype:
        reason = f"insutype {asked.insutype} is not active"
    elif asked.med_type == SPECIAL and not has_disease(person, asked.dise_codg):
        reason = "the special disease is not registered"
    benefit = {
        "psn_no": person.psn_no,
        "med_type": asked.med_type,
        "fund_pay_type": basic_fund_type(asked.insutype),
        "trt_enjymnt_flag": "0" if reason else "1",
        "trt_chk_rslt": reason,
    }
    return {"trtinfo": [benefit]}


def has_disease(person: Person, code: str) -> bool:
    """Whether a special disease is registered; any one where no code is named."""
    return any(code in ("", disease.code) for disease in person.special_diseases)


def special_diseases(centre: Centre, call: Call) -> Output:
    """5301."""
    person = centre.person(wire.DiseaseQuery.model_validate(call.input).psn_no)
    return {
        "feedetail": [
            {"opsp_dise_code": disease.code, "opsp_dise_name": disease.name}
            for disease in person.special_diseases
        ]
    }
