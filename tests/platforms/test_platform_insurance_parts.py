"""Any bill of any person at the insurance centre: the parts of every setlinfo sum, money is kept.

Runs the centre's transactions themselves, without HTTP, so that many bills are cheap.
"""

from hypothesis import given, settings
from hypothesis import strategies as st
from insurance_bench import admission as admission_of
from insurance_bench import assert_parts_sum, bill, discharge, fee, fen, information, registration
from platforms_bench import Json

from sandbox.platforms.insurance.books import Centre, InsuranceBooks, Orders
from sandbox.platforms.insurance.dispatch import carry_out
from sandbox.platforms.insurance.envelope import Call
from sandbox.platforms.insurance.insured import Insured, Person
from sandbox.platforms.yuan import yuan_of

PEOPLE = [person for person in Insured.shipped().people.values() if not person.paused]
CODES = ("01ECG12", "02ECHO", "02LENS", "HYAL")
LINES = st.lists(
    st.tuples(st.sampled_from(CODES), st.integers(0, 9_000_000), st.integers(0, 40_000)),
    min_size=1,
    max_size=6,
)


class Hospital:
    """Asks a centre of its own for one person."""

    def __init__(self, person: Person) -> None:
        self.centre = Centre(InsuranceBooks(), Orders())
        self.person = person
        self.who = (person.psn_no, person.id_number)
        self._sent = 0

    def done(self, infno: str, asked: Json) -> Json:
        self._sent += 1
        call = Call(
            infno=infno,
            msgid=f"M{self._sent}",
            mdtrtarea_admvs="330300",
            insuplc_admdvs=self.person.insuplc_admdvs,
            opter_type="2",
            opter="K01",
            fixmedins_code="H33030200001",
            inf_time="2026-03-02 12:00:00",
            input=asked,
        )
        output = carry_out(self.centre, call)
        assert not isinstance(output, bytes)
        return output or {}

    def accounts_fen(self) -> int:
        return sum(person.account_fen for person in self.centre.books.insured.people.values())

    def visit(self, med_type: str) -> str:
        if med_type == "21":
            admitted = self.done("2401", admission_of(self.who, self.person.insutype))
            return str(admitted["result"]["mdtrt_id"])
        visit = self.done("2201", registration(self.who, self.person.insutype))["mdtrt_id"]
        self.done("2203", information(self.who, visit, med_type))
        return str(visit)


def settle(hospital: Hospital, med_type: str, total: str, visit: str, used: str) -> Json:
    """setlinfo, quoted and settled alike."""
    quoting, settling = ("2303", "2304") if med_type == "21" else ("2206", "2207")
    asked = bill(hospital.who, visit, total, med_type=med_type, acct_used_flag=used)
    quoted = hospital.done(quoting, asked)["setlinfo"]
    info: Json = hospital.done(settling, asked)["setlinfo"]
    numbers = ("setl_id", "medins_setl_id", "setl_time")
    assert {**quoted, **dict.fromkeys(numbers, "")} == {
        **info,
        **dict.fromkeys(numbers, ""),
    }
    return info


@settings(max_examples=150, deadline=None)
@given(
    person=st.sampled_from(PEOPLE),
    med_type=st.sampled_from(["11", "12", "13", "14", "21"]),
    lines=LINES,
    used=st.sampled_from(["0", "1"]),
)
def test_parts_of_every_setlinfo_sum_and_a_cancellation_returns_all(
    person: Person, med_type: str, lines: list[tuple[str, int, int]], used: str
) -> None:
    if med_type == "14" and not person.special_diseases:
        med_type = "11"
    hospital = Hospital(person)
    before_fen = hospital.accounts_fen()
    visit = hospital.visit(med_type)
    details, total_fen = [], 0
    for number, (code, price_fen, count) in enumerate(lines):
        # fen x ten-thousandths, half up to the fen
        amount_fen = (price_fen * count + 5_000) // 10_000
        total_fen += amount_fen
        detail = fee(
            hospital.who,
            visit,
            str(number),
            code,
            yuan_of(price_fen),
            amount=yuan_of(amount_fen),
            count=f"{count // 10_000}.{count % 10_000:04d}",
        )
        details.append(detail)
    told = hospital.done("2301" if med_type == "21" else "2204", {"feedetail": details})
    for line in told["result"]:
        parts = ("fulamt_ownpay_amt", "overlmt_amt", "preselfpay_amt", "inscp_scp_amt")
        assert fen(line["det_item_fee_sumamt"]) == sum(fen(line[part]) for part in parts)
    if med_type == "21":
        hospital.done("2402", discharge(hospital.who, visit, person.insutype))
    info = settle(hospital, med_type, yuan_of(total_fen), visit, used)
    assert_parts_sum(info)
    booked = hospital.centre.books.settlements.made[info["setl_id"]].shares
    assert before_fen - hospital.accounts_fen() == booked.account_fen + booked.mutual_aid_fen
    name = {"setl_id": info["setl_id"], "mdtrt_id": visit, "psn_no": person.psn_no}
    back = hospital.done("2305" if med_type == "21" else "2208", name)["setlinfo"]
    assert_parts_sum(back)
    assert hospital.accounts_fen() == before_fen
