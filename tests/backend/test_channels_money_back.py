"""Money goes back: an old balance and a paid item, asked for on the phone, decided at a window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from backend_bench import Json
from channel_clients import Hospital
from cleanout_bench import ALIPAY_CODE, GOOD, WRONG_NAME
from people_bench import ACCEPTED, DAUGHTER_ID, child
from service_bench import LI_ID, House

from settlement_backend.acquirers.words import Paid
from settlement_backend.base.outside import NotFound, Silent
from settlement_backend.people.faces import Compared, FaceFound
from settlement_backend.people.identify import Identities
from settlement_backend.prepay.accounts import TopUp, collect

OLD_FEN, ALIPAY_FEN = 8000, 3000
_MOST_BATCHES = 5


class Faces:
    """A face service that knows whom a token names."""

    def who(self, token: str) -> FaceFound | NotFound | Silent:
        """Whose look it was."""
        return NotFound() if token == "stranger" else FaceFound(f"F-{token}")

    def verify(self, check_no: str, id_number: str, token: str) -> Compared | NotFound | Silent:
        """Everybody looks like the own picture."""
        return NotFound() if token == "stranger" else Compared(same=True)


@pytest.fixture
def seeing(house: House) -> Iterator[Hospital]:
    """A hospital with that service."""
    service, before = house.service, house.service.identities
    service.identities = Identities(service.context, service.insurance, None, Faces())
    yield Hospital(house)
    service.identities = before


def show_face(hospital: Hospital, patient: str, token: str) -> None:
    """Somebody registers the own face at a kiosk."""
    path = f"/v1/patients/{patient}"
    hospital.kiosk.done(f"{path}/consents", {"kind": "FACE", "consent": ACCEPTED})
    hospital.kiosk.done(f"{path}/faces", {"token": token, "consent": ACCEPTED})


def top_up(house: House, patient: str, amount_fen: int, order_no: str = "") -> None:
    """Of the days when it was allowed; Alipay's was really paid at the acquirer."""
    channel = "OLD"
    if order_no:
        channel = "ALIPAY"
        word = house.service.acquirer.micropay(order_no, ALIPAY_CODE, amount_fen)
        assert isinstance(word, Paid)
    now = house.clock.now()
    source = TopUp(channel, now.date().isoformat(), payer="李**", order_no=order_no)
    with house.service.db.write() as session:
        collect(session, patient, amount_fen, f"topup/{patient}", "opening", source, now)


def application(patient: str, **changes: object) -> Json:
    """What the phone sends."""
    payee = {"account_no": GOOD, "bank": "ICBC"}
    wish = {"patient_id": patient, "warned": True, "face_check_id": "", "payee": payee}
    return {**wish, **changes}


def after_the_batch(hospital: Hospital, clean_out_id: str) -> Json:
    """The application as the phone sees it when the bank has spoken of its transfers."""
    for _ in range(_MOST_BATCHES):
        hospital.house.later(hospital.house.service.policy.refund.batch_every)
        told = hospital.phone.get(f"/v1/prepay/clean-outs/{clean_out_id}")
        if told["state"] != "CONFIRMED":
            return told
    raise AssertionError("the bank is silent")


def test_w27_w28_w31_w33_balance_goes_back_from_the_phone_by_its_ways(seeing: Hospital) -> None:
    house, phone, window = seeing.house, seeing.phone, seeing.window
    patient, path = house.person(LI_ID), "/v1/prepay/clean-outs"
    top_up(house, patient, ALIPAY_FEN, "TOPUP1")
    show_face(seeing, patient, "li")
    plan = phone.get(f"/v1/patients/{patient}/prepay/clean-out")
    assert {(way["channel"], way["route"]) for way in plan["ways"]} == {
        ("ALIPAY", "ORIGINAL"),
        ("OLD", "TRANSFER"),
    }
    assert set(plan["needs"]) == {"WARNING", "FACE", "PAYEE"}
    assert phone.refused(path, application(patient)) == "face_missing"
    seen = phone.look_at(patient, "li")
    unread = application(patient, face_check_id=seen, warned=False)
    assert phone.refused(path, unread) == "warning_missing"

    wrong = {"account_no": WRONG_NAME, "bank": "ICBC"}
    asked = phone.done(path, application(patient, face_check_id=seen, payee=wrong))
    assert (asked["state"], asked["amount_fen"]) == ("ACCEPTED", OLD_FEN + ALIPAY_FEN)
    assert "李**" not in str(asked)
    again = application(patient, face_check_id=seen)
    assert seeing.kiosk.refused(path, again) == "under_way"
    clean_out_id = asked["clean_out_id"]
    window.clean_out(clean_out_id)

    told = after_the_batch(seeing, clean_out_id)
    assert (told["state"], told["needs"]) == ("NEED_REALNAME_RESUBMIT", ["PAYEE"])
    phone.done(f"{path}/{clean_out_id}/payee", {"account_no": GOOD, "bank": "ICBC"})
    window.clean_out(clean_out_id)

    assert after_the_batch(seeing, clean_out_id)["state"] == "PAID"
    assert phone.get(f"/v1/patients/{patient}/prepay")["balance_fen"] == 0
    books = house.platforms.acquirer.books()
    assert [order["refunded_fen"] for order in books["orders"]] == [ALIPAY_FEN]
    paid = [item["amount_fen"] for item in books["transfers"] if item["state"] == "PAID"]
    assert paid == [OLD_FEN]
    assert {"clean_out_accepted", "refund_account_needed", "clean_out_paid"} <= set(
        phone.notices(patient)
    )


def test_w30_w32_minors_contact_is_named_a_second_time_before_money_moves(
    seeing: Hospital,
) -> None:
    house, phone = seeing.house, seeing.phone
    born = f"{house.clock.now().year - 15}0101"
    patient = child(house, born)
    top_up(house, patient, OLD_FEN)
    show_face(seeing, patient, "child")
    contact = {"name": "妈妈", "id_number": "", "phone": "13900000000"}
    phone.done(f"/v1/patients/{patient}/contact", contact)

    body = application(patient, face_check_id=phone.look_at(patient, "child"))
    asked = phone.done("/v1/prepay/clean-outs", body)

    assert asked["state"] == "NEED_REALNAME_RESUBMIT"
    account = {"account_no": GOOD, "bank": "ICBC"}
    payee = f"/v1/prepay/clean-outs/{asked['clean_out_id']}/payee"
    assert phone.refused(payee, account) == "real_name_needed"
    named = {"name": "李静", "id_number": DAUGHTER_ID}
    phone.done(f"/v1/patients/{patient}/contact/real-name", named)
    assert phone.done(payee, account)["state"] == "ACCEPTED"
    seeing.window.clean_out(asked["clean_out_id"])

    assert after_the_batch(seeing, asked["clean_out_id"])["state"] == "PAID"
    (sent,) = house.platforms.acquirer.books()["transfers"]
    assert (sent["amount_fen"], sent["state"]) == (OLD_FEN, "PAID")


def test_h20_phone_asks_a_window_reviews_and_only_then_money_moves(house: House) -> None:
    hospital = Hospital(house)
    phone, window, patient = hospital.phone, hospital.window, house.register_wang()
    visit_id = hospital.kiosk.register(patient)
    hospital.clinic.order(visit_id, "HYAL", "ECG12")
    paid = hospital.scan(phone.pay_on_line(patient, phone.bills(patient)), payer="王静")
    lines = [line for bill in paid["bills"] for line in bill["lines"]]
    (done,) = hospital.exam.carry_out(patient)
    (open_line,) = [line["line_id"] for line in lines if line["line_id"] != done]
    body = {"settlement_id": paid["settlement_id"], "line_ids": [done], "reason": "no need"}
    assert phone.refused("/v1/refunds", body) == "item_executed"

    wish = {**body, "line_ids": [open_line]}
    first = phone.done("/v1/refunds", wish)
    assert (first["state"], first["parts"][0]["payer"]) == ("ACCEPTED", "")
    assert hospital.pharmacy.tasks(patient) == []
    assert window.decide(first["refund_id"], approve=False)["state"] == "REJECTED"
    second = phone.done("/v1/refunds", wish)
    order_no = paid["tenders"][-1]["tender_id"]
    assert refunded_fen(house, order_no) == 0
    assert window.refused(f"/v1/refunds/{second['refund_id']}/confirm", {}) == "not_reviewed"

    window.pay_back(second["refund_id"])

    told = phone.get(f"/v1/refunds/{second['refund_id']}")
    assert (told["state"], told["total_fen"]) == ("PAID", 5260)
    assert refunded_fen(house, order_no) == sum(
        part["amount_fen"] for part in told["parts"] if part["route"] == "REMOTE"
    )
    asked = phone.get(f"/v1/patients/{patient}/refunds")["refunds"]
    assert {each["state"] for each in asked} == {"REJECTED", "PAID"}
    assert {"refund_accepted", "refund_rejected", "refund_paid"} <= set(phone.notices(patient))
    house.assert_world_agrees()


def refunded_fen(house: House, order_no: str) -> int:
    """What the wallet gave back of one order."""
    (order,) = [
        each for each in house.platforms.acquirer.books()["orders"] if each["order_no"] == order_no
    ]
    back: int = order["refunded_fen"]
    return back
