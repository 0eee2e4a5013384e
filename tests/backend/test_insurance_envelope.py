"""The national envelope: fields, signature, message numbers, sessions, and what answers say."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import datetime

import pytest
from backend_bench import INSTITUTION, WANG, WANG_ID, HandClock, Json
from centre_bench import REFUSAL, Centre, output, person_output, running_centre

from settlement_backend.base.clock import CHINA
from settlement_backend.base.database import Database
from settlement_backend.insurance.envelope import (
    Heard,
    Message,
    Opter,
    enveloped,
    heard,
    opter_type_of,
)
from settlement_backend.insurance.insurance import Insured, RefusedBy
from settlement_backend.insurance.msgids import Msgids

SILENCE = pytest.mark.expects_warnings("settlement_backend")
NOON = datetime(2026, 3, 2, 12, 0, 0, tzinfo=CHINA)
SIGN_NO = {"signinoutb": {"sign_no": "SIGN1", "sign_time": "2026-03-02 12:00:00"}}
NOT_VALID = {**REFUSAL, "err_msg": "sign_no is not valid"}


@pytest.fixture
def centre() -> Iterator[Centre]:
    """A centre without answers."""
    with running_centre() as running:
        yield running


class Stamp:
    """Signs with what it is given, so that the test sees it."""

    signtype = "SM2"

    def sign(self, text: str) -> str:
        """Not a signature."""
        return f"<{text}>"


def message(sign_no: str = "") -> Message:
    opter = Opter("2", "K01")
    return Message(
        "2208", "H3303020000120260302120000000A", {"a": 1}, "340100", opter, NOON, sign_no
    )


def test_envelope_is_written_as_the_interface_has_it() -> None:
    assert enveloped(INSTITUTION, None, message("SIGN1")) == {
        "infno": "2208",
        "msgid": "H3303020000120260302120000000A",
        "mdtrtarea_admvs": "330302",
        "insuplc_admdvs": "340100",
        "infver": "V1.0",
        "opter_type": "2",
        "opter": "K01",
        "opter_name": "K01",
        "inf_time": "2026-03-02 12:00:00",
        "fixmedins_code": "H33030200001",
        "sign_no": "SIGN1",
        "input": {"a": 1},
    }


def test_signature_is_over_all_fields_but_itself_and_the_input_in_ascii_order() -> None:
    signed = enveloped(INSTITUTION, Stamp(), message())

    assert signed["signtype"] == "SM2"
    assert signed["cainfo"] == (
        "<fixmedins_code=H33030200001&inf_time=2026-03-02 12:00:00&infno=2208&infver=V1.0"
        "&insuplc_admdvs=340100&mdtrtarea_admvs=330302&msgid=H3303020000120260302120000000A"
        "&opter=K01&opter_name=K01&opter_type=2&signtype=SM2>"
    )


@pytest.mark.parametrize(
    ("kind", "opter_type"),
    [("window", "1"), ("ward", "1"), ("clinic", "1"), ("kiosk", "2"), ("mobile", "3")],
)
def test_kind_of_operator_is_the_terminals(kind: str, opter_type: str) -> None:
    assert opter_type_of(kind) == opter_type


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (output({"x": 1}), Heard({"x": 1}, "3303002026")),
        (output(None), Heard({}, "3303002026")),
        ({**output({}), "infcode": "0"}, Heard({}, "3303002026")),
        (REFUSAL, RefusedBy("参保状态异常")),
        ({"infcode": 0, "output": {}}, None),
        ({"infcode": 0, "inf_refmsgid": "R", "output": []}, None),
        ({"infcode": 1, "inf_refmsgid": "R", "output": {}, "err_msg": ""}, None),
        ({"infcode": -1}, None),
        ({}, None),
        (None, None),
    ],
)
def test_answer_that_is_not_whole_decides_nothing(
    answer: Json | None, meaning: Heard | RefusedBy | None
) -> None:
    assert heard(answer) == meaning


def test_message_numbers_of_two_workers_never_meet(db: Database, clock: HandClock) -> None:
    workers = [Msgids(db, clock, "H33030200001") for _ in range(2)]
    taken: list[str] = []

    def take(worker: Msgids) -> None:
        taken.extend([worker.fresh() for _ in range(150)])

    threads = [threading.Thread(target=take, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    clock.pass_seconds(3600)
    taken.append(workers[0].fresh())

    assert len(set(taken)) == 301
    assert all(re.fullmatch(r"H33030200001\d{14}[0-9A-Z]{4}", msgid) for msgid in taken)


def test_operator_signs_in_once_a_day_for_all_workers(
    db: Database, clock: HandClock, centre: Centre
) -> None:
    centre.answers.update({"9001": output(SIGN_NO), "9002": output({}), "1101": output({})})
    first, second = (centre.gateway(db, clock, sign_on=True) for _ in range(2))

    for gateway in (first, first, second):
        gateway.ask("1101", {})
    clock.pass_seconds(24 * 3600)
    first.sign_off()
    second.ask("1101", {})

    assert centre.infnos() == ["9001", "1101", "1101", "1101", "9002", "9001", "1101"]
    assert centre.inputs("9001")[0] == {
        "signIn": {"opter_no": "BACKEND", "mac": "00-00-00-00-00-00", "ip": "127.0.0.1"}
    }
    assert [sent.get("sign_no") for sent in centre.sent[:2]] == [None, "SIGN1"]


def test_session_that_is_refused_is_renewed_and_the_message_goes_again(
    db: Database, clock: HandClock, centre: Centre
) -> None:
    centre.answers.update({"9001": output(SIGN_NO), "2201": NOT_VALID})
    gateway = centre.gateway(db, clock)

    word = gateway.ask("2201", {}, msgid="H33030200001202603021200000001")

    assert word == RefusedBy("sign_no is not valid")
    assert centre.infnos() == ["2201", "9001", "2201"]
    assert centre.sent[0]["msgid"] == centre.sent[2]["msgid"]
    assert centre.sent[2]["sign_no"] == "SIGN1"


@SILENCE
def test_nothing_goes_out_when_nobody_could_sign_in(
    db: Database, clock: HandClock, centre: Centre
) -> None:
    gateway = centre.gateway(db, clock, sign_on=True)

    assert gateway.ask("2201", {}) is None
    centre.answers["9001"] = REFUSAL
    assert gateway.ask("2201", {}) == RefusedBy("参保状态异常")
    assert centre.infnos() == ["9001", "9001"]


def test_l18_insurance_of_another_region_travels_in_every_envelope(
    db: Database, clock: HandClock, centre: Centre
) -> None:
    centre.answers.update({"1101": output(person_output("340100", "380")), "5203": REFUSAL})
    insurance = centre.adapter(db, clock, identities={"31": "BENEFIT"})

    told = insurance.person(WANG_ID)
    insurance.find("M1", WANG)

    assert told == Insured(WANG, "390", 30000, "340100", False, ("BENEFIT",))
    assert [sent["insuplc_admdvs"] for sent in centre.sent] == ["", "340100"]
    assert {sent["mdtrtarea_admvs"] for sent in centre.sent} == {"330302"}
