"""What each transaction sends, field by field, to a centre that keeps the envelopes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from backend_bench import WANG, WANG_ID, HandClock, Line, bill_row, line_row, person, window
from centre_bench import REFUSAL, Centre, output, person_output, running_centre, setlinfo

from settlement_backend.base.clock import stamp
from settlement_backend.base.database import Database
from settlement_backend.inpatient.tables import Admission
from settlement_backend.insurance.care import stay_of
from settlement_backend.insurance.envelope import BACKGROUND
from settlement_backend.insurance.insurance import (
    Done,
    FeeLine,
    FundPart,
    Insurance,
    NotFound,
    RefusedBy,
    Silent,
    Split,
)
from settlement_backend.insurance.persons import (
    SOCIAL_SECURITY_CARD,
    Cover,
    Credential,
    Disease,
)
from settlement_backend.insurance.tables import InsuranceMessage, InsuranceVisit
from settlement_backend.settling.tables import Settlement
from settlement_backend.staff.tables import Operator, OperatorSession
from settlement_backend.visits.tables import Department

SILENCE = pytest.mark.expects_warnings("settlement_backend")
QUOTE = setlinfo("32.00", "25.60", "6.40", "0.00")
SETTLED = {**QUOTE, "setl_id": "SETL1"}
LINES = [FeeLine("B1-0", 3200, "A")]
UPLOADED = {"result": [{"feedetl_sn": "x"}]}
AT = "2026-03-02 10:00:00"
PARTS = (FundPart("BASIC", 2560),)


@pytest.fixture
def centre() -> Iterator[Centre]:
    """Says yes to everything about outpatients and stays."""
    with running_centre() as running:
        running.answers = {
            "1101": output(person_output()),
            "2201": output({"mdtrt_id": "V9", "psn_no": WANG, "ipt_otp_no": "S1"}),
            "2203": output(None),
            "2204": output(UPLOADED),
            "2205": output(None),
            "2206": output({"setlinfo": QUOTE, "setldetail": []}),
            "2207": output({"setlinfo": SETTLED, "setldetail": []}),
            "2208": output({"setlinfo": {}, "setldetail": []}),
            "2601": output(None),
            "2401": output({"result": {"mdtrt_id": "V9", "psn_no": WANG}}),
            "2301": output(UPLOADED),
            "2303": output({"setlinfo": QUOTE, "setldetail": []}),
            "2304": output({"setlinfo": SETTLED, "setldetail": []}),
            **{infno: output(None) for infno in ("2202", "2302", "2402", "2403", "2404", "2405")},
            "2305": output({"setlinfo": {}, "setldetail": []}),
        }
        yield running


@pytest.fixture
def insurance(db: Database, clock: HandClock, centre: Centre) -> Insurance:
    """A worker who asked about Wang Jianguo, with a bill B1 and an admission A1 in the books."""
    clock.moment = clock.moment.replace(year=2026, month=3, day=2)
    at = stamp(clock.moment)
    with db.write() as session:
        session.add(person("P1", WANG_ID))
        session.add(window())
        names = {"name_zh": "心内科", "name_en": "Cardiology", "place_zh": "", "place_en": ""}
        session.add(Department(code="CARD", **names))
        session.flush()
        session.add(_admission(at))
        session.add(bill_row("B1", "P1", [Line(3200, "A")], at))
        session.flush()
        session.add(line_row("B1", 0, Line(3200, "A")))
    adapter = centre.adapter(db, clock)
    adapter.person(WANG_ID)
    centre.sent.clear()
    return adapter


def _admission(at: str) -> Admission:
    doctor = {"doctor_zh": "陈医生", "doctor_en": "Dr Chen"}
    ward = {"ward_zh": "心内病区", "ward_en": "Ward", "bed": "12"}
    return Admission(
        id="A1",
        person_id="P1",
        department_code="CARD",
        state="ADMITTED",
        requested_at=at,
        **doctor,
        **ward,
    )


def _stay(db: Database) -> None:
    """The bill belongs to the admission."""
    with db.write() as session:
        bill = bill_row("B2", "P1", [Line(3200, "A")], "2026-03-02T09:00:00.000+08:00")
        bill.admission_id, bill.kind = "A1", "INPATIENT"
        session.add(bill)
        session.flush()
        session.add(line_row("B2", 0, Line(3200, "A")))


def test_outpatient_is_registered_described_uploaded_quoted_settled(
    insurance: Insurance, centre: Centre
) -> None:
    assert insurance.quote(WANG, "S1", LINES) == Split(2560, 640, 0, "", fund_parts=PARTS)
    told = insurance.settle("M1", WANG, "S1", LINES)

    assert told == Split(2560, 640, 0, "SETL1", fund_parts=PARTS)
    assert centre.infnos() == ["2201", "2203", "2204", "2206", "2207"]
    assert centre.inputs("2201") == [
        {
            "psn_no": WANG,
            "insutype": "310",
            "begntime": AT,
            "mdtrt_cert_type": "02",
            "mdtrt_cert_no": WANG_ID,
            "ipt_otp_no": "S1",
            "atddr_no": "陈医生",
            "dr_name": "陈医生",
            "dept_code": "OUTPATIENT",
            "dept_name": "心内科",
            "caty": "A01",
        }
    ]
    assert centre.inputs("2203")[0]["mdtrtinfo"] == {
        "mdtrt_id": "V9",
        "psn_no": WANG,
        "med_type": "11",
        "begntime": AT,
        "dise_codg": "",
    }
    assert _fields(centre.inputs("2204")[0]["feedetail"][0], "feedetl_sn", "chrg_bchno") == {
        "mdtrt_id": "V9",
        "psn_no": WANG,
        "fee_ocur_time": AT,
        "med_list_codg": "01ITEM",
        "medins_list_codg": "ITEM",
        "det_item_fee_sumamt": "32.00",
        "cnt": "1",
        "pric": "32",
        "bilg_dept_codg": "OUTPATIENT",
        "bilg_dept_name": "心内科",
        "bilg_dr_name": "陈医生",
        "hosp_appr_flag": "1",
    }
    bill = {
        "psn_no": WANG,
        "mdtrt_id": "V9",
        "mdtrt_cert_type": "02",
        "mdtrt_cert_no": WANG_ID,
        "med_type": "11",
        "medfee_sumamt": "32.00",
        "psn_setlway": "01",
        "acct_used_flag": "1",
        "insutype": "310",
    }
    assert _fields(centre.inputs("2206")[0], "chrg_bchno") == bill
    assert _fields(centre.inputs("2207")[0], "chrg_bchno") == {
        **bill,
        "medins_setl_id": "M1",
        "fulamt_ownpay_amt": "0.00",
        "overlmt_selfpay": "0.00",
        "preselfpay_amt": "0.00",
        "inscp_scp_amt": "32.00",
    }


def _fields(asked: dict[str, object], *without: str) -> dict[str, object]:
    assert set(without) <= set(asked)
    return {name: value for name, value in asked.items() if name not in without}


def test_cancelling_names_the_platforms_numbers(insurance: Insurance, centre: Centre) -> None:
    insurance.settle("M1", WANG, "S1", LINES)

    assert insurance.reverse("SETL1", WANG, "S1") == Done()

    named = {"setl_id": "SETL1", "mdtrt_id": "V9", "psn_no": WANG}
    assert centre.inputs("2208") == [named]


@SILENCE
def test_undoing_names_the_message_that_was_sent_and_stored(
    insurance: Insurance, centre: Centre, db: Database
) -> None:
    del centre.answers["2207"]
    assert insurance.settle("M1", WANG, "S1", LINES) == Silent()
    sent = next(each for each in centre.sent if each["infno"] == "2207")
    with db.read() as session:
        assert session.get_one(InsuranceMessage, sent["msgid"]).state == "UNKNOWN"

    assert insurance.annul("M1", WANG) == Done()

    assert centre.inputs("2601") == [{"psn_no": WANG, "omsgid": sent["msgid"], "oinfno": "2207"}]
    with db.read() as session:
        assert session.get_one(InsuranceMessage, sent["msgid"]).state == "REVERSED"


@SILENCE
def test_message_keeps_its_number_over_silence_refusal_and_success(
    insurance: Insurance, centre: Centre, db: Database
) -> None:
    states = []
    for answer in (None, REFUSAL, output({"mdtrt_id": "V9"})):
        centre.answers["2201"] = answer  # type: ignore[assignment]  # None: HTTP 500
        insurance.quote(WANG, "S1", LINES)
        with db.read() as session:
            states.append(session.query(InsuranceMessage).filter_by(infno="2201").one().state)

    assert states == ["UNKNOWN", "FAIL", "SUCCESS"]
    assert len({each["msgid"] for each in centre.sent if each["infno"] == "2201"}) == 1


def test_find_asks_by_our_number(insurance: Insurance, centre: Centre) -> None:
    centre.answers["5203"] = output({"setlinfo": None, "setldetail": []})

    assert insurance.find("M1", WANG) == NotFound()
    assert centre.inputs("5203") == [{"psn_no": WANG, "medins_setl_id": "M1"}]


@SILENCE
@pytest.mark.parametrize("infno", ["2201", "2203", "2204", "2206", "2207"])
@pytest.mark.parametrize("half", [{}, {"setlinfo": {"fund_pay_sumamt": 8.0}}, {"result": []}])
def test_half_an_answer_is_silence(
    insurance: Insurance, centre: Centre, infno: str, half: dict[str, object]
) -> None:
    if infno == "2203":
        centre.answers[infno] = {"infcode": 0}
    else:
        centre.answers[infno] = output(half)

    assert insurance.settle("M1", WANG, "S1", LINES) == Silent()


@pytest.mark.parametrize("infno", ["2201", "2203", "2204", "2206", "2207"])
def test_refusal_at_any_step_is_the_platforms_word(
    insurance: Insurance, centre: Centre, infno: str
) -> None:
    centre.answers[infno] = REFUSAL

    assert insurance.settle("M1", WANG, "S1", LINES) == RefusedBy("参保状态异常")


def test_settlement_is_done_by_the_operator_at_the_window(
    insurance: Insurance, centre: Centre, db: Database
) -> None:
    with db.write() as session:
        session.add(Operator(number="2107", name="", roles="", password_hash=""))
        session.flush()
        session.add(OperatorSession(token_hash="t", operator="2107", terminal_id="W07", since=AT))
        session.add(
            Settlement(
                id="S1",
                person_id="P1",
                terminal_id="W07",
                state="QUOTED",
                total_fen=3200,
                created_at=AT,
                expires_at=AT,
            )
        )

    insurance.quote(WANG, "S1", LINES)

    assert {(each["opter_type"], each["opter"]) for each in centre.sent} == {("1", "2107")}


def test_stay_is_admitted_uploaded_quoted_discharged_settled_and_undone(
    insurance: Insurance, centre: Centre, db: Database
) -> None:
    _stay(db)
    lines = [FeeLine("B2-0", 3200, "A")]

    assert isinstance(insurance.quote(WANG, "S1", lines), Split)
    assert isinstance(insurance.settle("M1", WANG, "S1", lines), Split)
    assert insurance.reverse("SETL1", WANG, "S1") == Done()
    assert insurance.annul("M1", WANG) == Done()

    course = ["2401", "2301", "2303", "2402", "2304", "2305", "2601"]
    assert centre.infnos() == course
    assert centre.inputs("2401")[0]["mdtrtinfo"] == {
        "psn_no": WANG,
        "insutype": "310",
        "begntime": AT,
        "mdtrt_cert_type": "02",
        "mdtrt_cert_no": WANG_ID,
        "med_type": "21",
        "ipt_no": "A1",
        "adm_dept_codg": "CARD",
        "adm_dept_name": "心内病区",
        "adm_bed": "12",
        "chfpdr_name": "陈医生",
    }
    assert centre.inputs("2402")[0]["dscginfo"] == {
        "mdtrt_id": "V9",
        "psn_no": WANG,
        "insutype": "310",
        "endtime": AT,
        "dscg_dept_codg": "CARD",
        "dscg_way": "1",
    }
    assert centre.inputs("2601")[0]["oinfno"] == "2304"


def test_stay_is_moved_called_back_and_withdrawn(
    insurance: Insurance, centre: Centre, db: Database
) -> None:
    with db.read() as session:
        care = stay_of(session.get_one(Admission, "A1"))
    known = insurance.persons.known(WANG)
    assert known is not None
    visit = insurance.visits.opened(care, known, BACKGROUND)
    assert isinstance(visit, InsuranceVisit)

    assert insurance.visits.move_bed(visit, care, "330302", BACKGROUND) == Done()
    assert insurance.visits.discharge(visit, "330302", BACKGROUND) == Done()
    discharged = insurance.visits.of("A1")
    assert discharged is not None
    assert insurance.visits.recall(discharged, "330302", BACKGROUND) == Done()
    open_again = insurance.visits.of("A1")
    assert open_again is not None
    assert insurance.visits.withdraw(open_again, "330302", BACKGROUND) == Done()

    assert centre.infnos() == ["2401", "2403", "2402", "2405", "2404"]
    named = {"mdtrt_id": "V9", "psn_no": WANG}
    assert centre.inputs("2405") == centre.inputs("2404") == [named]
    ward = {"adm_dept_codg": "CARD", "adm_dept_name": "心内病区", "adm_bed": "12"}
    assert centre.inputs("2403") == [{"adminfo": {**named, **ward, "chfpdr_name": "陈医生"}}]


def test_person_is_asked_for_by_card_and_benefit_is_checked(
    insurance: Insurance, centre: Centre
) -> None:
    told = {"trt_enjymnt_flag": "0", "trt_chk_rslt": "the special disease is not registered"}
    centre.answers["2001"] = output({"trtinfo": [told]})
    disease = {"opsp_dise_code": "M01600", "opsp_dise_name": "糖尿病"}
    centre.answers["5301"] = output({"feedetail": [disease]})

    insurance.persons.asked(Credential(SOCIAL_SECURITY_CARD, "C00000101", "SN00000101"))
    cover = insurance.persons.cover(WANG, "14", "M01600")
    diseases = insurance.persons.diseases(WANG)

    card = {"mdtrt_cert_type": "03", "mdtrt_cert_no": "C00000101", "card_sn": "SN00000101"}
    assert centre.inputs("1101") == [card]
    assert cover == Cover(False, "the special disease is not registered")
    assert diseases == (Disease("M01600", "糖尿病"),)
    wanted = {"psn_no": WANG, "insutype": "310", "med_type": "14", "dise_codg": "M01600"}
    assert centre.inputs("2001") == [wanted]
