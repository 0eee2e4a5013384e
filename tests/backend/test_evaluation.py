"""The scoring table of the self-evaluation: every item, every boundary (H39, A.5)."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError
from service_bench import LI_CODE, WHOLE_BILL, House
from staff_bench import AUDITOR, sign_in

from settlement_backend.statistics.evaluation_page import row_of
from settlement_backend.statistics.evidence import facts_of
from settlement_backend.statistics.figures import Figure, Measure
from settlement_backend.statistics.scoring import (
    Item,
    ScoringTable,
    grade_of,
    points_of,
    scoring_table,
)
from settlement_backend.statistics.shapes import EvaluationItem, EvidenceShape

TABLE = scoring_table()
ITEMS = {item.id: item for group in TABLE.groups for item in group.items}
EVERYTHING = {fact: 100 for item in ITEMS.values() for fact in item.all_facts}


def all_points(facts: dict[str, int]) -> int:
    return sum(points_of(item, facts) for item in ITEMS.values())


def test_h39_table_is_the_standards_own() -> None:
    assert [(group.id, group.points) for group in TABLE.groups] == [
        ("C1", 5),
        ("C2", 10),
        ("C3", 53),
        ("C4", 20),
        ("C5", 12),
    ]
    assert len(ITEMS) == 24
    assert all_points(EVERYTHING) == 100
    assert all_points({}) == 0


@pytest.mark.parametrize(
    ("item", "fact", "value", "points"),
    [
        ("C1.1", "insured", 0, 0),
        ("C1.1", "insured", 1, 5),
        ("C2.1", "ec_code", 0, 0),
        ("C2.1", "ec_code", 1, 5),
        ("C2.2", "city_code", 1, 3),
        ("C2.3", "family_pay", 1, 2),
        ("C3.1", "first_visit", 1, 2),
        ("C3.2", "book", 1, 4),
        ("C3.2", "register", 1, 4),
        ("C3.3", "check_in", 1, 2),
        ("C3.4", "settle", 1, 5),
        ("C3.5", "refund_outpatient", 1, 5),
        ("C3.5", "refund_inpatient", 1, 5),
        ("C3.6", "admit", 1, 5),
        ("C3.7", "discharge", 1, 5),
        ("C3.8", "print_invoice", 1, 2),
        ("C3.8", "print_slip", 1, 2),
        ("C3.9", "interchanged", 0, 0),
        ("C3.9", "interchanged", 1, 5),
        ("C3.10", "decoding_systems", 2, 0),
        ("C3.10", "decoding_systems", 3, 5),
        ("C3.10", "decoding_systems", 5, 5),
        ("C3.10", "decoding_systems", 6, 5),
        ("C3.10", "decoding_systems", 7, 5),
        ("C3.10", "decoding_systems", 8, 10),
        ("C3.10", "other_decoding_systems", 8, 10),
        ("C3.11", "push_stages", 3, 0),
        ("C3.11", "push_stages", 4, 4),
        ("C4.1", "window_outpatient", 1, 2),
        ("C4.1", "window_emergency", 1, 2),
        ("C4.2", "window_inpatient", 1, 2),
        ("C4.3", "kiosk", 1, 2),
        ("C4.4", "clinic", 1, 2),
        ("C4.5", "ward", 1, 2),
        ("C4.6", "city_app", 0, 0),
        ("C4.6", "city_app", 1, 2),
        ("C4.7", "platforms", 0, 0),
        ("C4.7", "platforms", 1, 2),
        ("C4.7", "platforms", 2, 6),
        ("C5.1", "credit_signed", 1, 2),
        ("C5.2", "credit_room_percent", 29, 0),
        ("C5.2", "credit_room_percent", 30, 5),
        ("C5.2", "credit_room_percent", 79, 5),
        ("C5.2", "credit_room_percent", 80, 10),
    ],
)
def test_h39_points_of_an_item(item: str, fact: str, value: int, points: int) -> None:
    assert points_of(ITEMS[item], {fact: value}) == points


@pytest.mark.parametrize(
    ("points", "grade"), [(100, "优秀"), (95, "优秀"), (94, "合格"), (80, "合格"), (79, "不合格")]
)
def test_h39_grade_by_points(points: int, grade: str) -> None:
    assert grade_of(TABLE, points, EVERYTHING).name.zh == grade


@pytest.mark.parametrize("fact", ["insured", "ec_code"])
def test_h39_nothing_mandatory_may_be_missing(fact: str) -> None:
    facts = EVERYTHING | {fact: 0}

    assert all_points(facts) == 95
    assert grade_of(TABLE, 95, facts).name.zh == "不合格"


def test_table_that_does_not_sum_is_not_read() -> None:
    wrong = TABLE.model_dump() | {"total": 99}

    with pytest.raises(ValidationError, match="do not sum"):
        ScoringTable.model_validate(wrong)
    parts = ITEMS["C3.2"].model_dump() | {"points": 7}
    with pytest.raises(ValidationError, match="do not sum"):
        Item.model_validate(parts)


def test_every_fact_of_the_scoring_table_has_a_name_in_both_languages() -> None:
    assert set(TABLE.facts) == set(EVERYTHING)
    for fact, name in TABLE.facts.items():
        assert fact not in (name.zh, name.en)
        assert re.search("[\u4e00-\u9fff]", name.zh)
        assert re.fullmatch("[ -~]+", name.en)


def test_table_with_a_fact_nobody_named_is_not_read() -> None:
    whole = TABLE.model_dump()
    del whole["facts"]["city_app"]

    with pytest.raises(ValidationError, match=r"without a name.*city_app"):
        ScoringTable.model_validate(whole)


def test_h39_page_shows_names_of_facts_and_never_their_codes() -> None:
    fact = EvidenceShape(
        fact="decoding_systems",
        name=TABLE.facts["decoding_systems"],
        value=7,
        source="RECORDS",
        operator="",
    )
    item = EvaluationItem(
        id="C3.10", name=ITEMS["C3.10"].name, rule="steps", points=5, most=10, evidence=(fact,)
    )

    told = row_of(item)[2]

    assert told.startswith("本系统扫码渠道数 Channels here")
    assert ": 7" in told
    assert "decoding_systems" not in told


def figure(measure: Measure, name: str, channel: str = "", count: int = 1) -> Figure:
    return Figure(measure, name, channel, count)


@pytest.mark.parametrize(
    ("figures", "fact", "value"),
    [
        ([figure(Measure.MEDIUM, "EC_CODE", "kiosk", 3)], "ec_code", 3),
        ([figure(Measure.MEDIUM, "EC_CODE", "kiosk")], "interchanged", 0),
        (
            [
                figure(Measure.MEDIUM, "CITY_CODE", "kiosk"),
                figure(Measure.MEDIUM, "SS_CARD", "window"),
            ],
            "interchanged",
            1,
        ),
        (
            [
                figure(Measure.MEDIUM, "EC_CODE", "kiosk"),
                figure(Measure.MEDIUM, "CITY_CODE", "kiosk"),
                figure(Measure.MEDIUM, "EC_CODE", "clinic"),
                figure(Measure.MEDIUM, "SS_CARD", "ward"),
            ],
            "decoding_systems",
            2,
        ),
        (
            [
                figure(Measure.FUNCTION, "SETTLE_OUTPATIENT", "window", 5),
                figure(Measure.FUNCTION, "EMERGENCY", "window", 2),
            ],
            "window_outpatient",
            3,
        ),
        ([figure(Measure.FUNCTION, "SETTLE_INPATIENT", "window")], "window_inpatient", 1),
        ([figure(Measure.FUNCTION, "ADMIT", "ward")], "ward", 1),
        ([figure(Measure.FUNCTION, "REFUND_DEPOSIT", "window")], "refund_inpatient", 1),
        (
            [
                figure(Measure.TENDER, "SCAN:WECHAT", "kiosk"),
                figure(Measure.TENDER, "BOUND_DEBIT:WECHAT", "kiosk"),
                figure(Measure.TENDER, "SCAN:ALIPAY", "kiosk"),
                figure(Measure.TENDER, "CASH", "window"),
            ],
            "platforms",
            2,
        ),
        (
            [figure(Measure.NOTICE, "settled"), figure(Measure.NOTICE, "refund_paid")],
            "push_stages",
            2,
        ),
        ([figure(Measure.SIGNING, "DEFERRAL", "kiosk", 4641)], "credit_signed", 4641),
        ([figure(Measure.SIGNING, "BOUND_DEBIT")], "credit_signed", 0),
    ],
)
def test_h39_evidence_is_what_was_really_used(figures: list[Figure], fact: str, value: int) -> None:
    assert facts_of(figures, 0)[fact] == value


def test_h39_every_fact_of_the_table_is_computed_or_asked() -> None:
    known = {*facts_of([], 0), *(asked.fact for asked in TABLE.asked)}

    assert set(EVERYTHING) <= known


@pytest.mark.slow
def test_h39_month_is_evaluated_from_the_books_and_from_answers(house: House) -> None:
    patient = house.done("/v1/people/identify", {"medium": {"kind": "EC_CODE", "value": LI_CODE}})
    person_id = patient["patient_id"]
    house.commit(house.open(person_id, [house.bill(person_id, *WHOLE_BILL)]))
    house.service.statistics.gather()
    desk = sign_in(house, AUDITOR)
    path = f"/v1/evaluations/{house.clock.now():%Y-%m}"

    before = desk.get(path)
    points = {item["id"]: item["points"] for group in before["groups"] for item in group["items"]}
    assert (points["C1.1"], points["C2.1"], points["C3.4"], points["C4.3"]) == (5, 5, 5, 2)
    assert points["C3.10"] == 0
    assert [asked["fact"] for asked in before["to_answer"]] == [
        "other_decoding_systems",
        "city_app",
    ]
    assert before["grade"]["zh"] == "不合格"

    desk.done(f"{path}/answers", {"fact": "other_decoding_systems", "value": 6})
    answered = desk.done(f"{path}/answers", {"fact": "other_decoding_systems", "value": 7})
    desk.done(f"{path}/answers", {"fact": "remark", "note": "第一个月"})

    assert answered["points"] == before["points"] + 10
    item = next(item for item in answered["groups"][2]["items"] if item["id"] == "C3.10")
    assert [(each["source"], each["operator"]) for each in item["evidence"]] == [
        ("RECORDS", ""),
        ("PERSON", AUDITOR),
    ]
    assert desk.get(path)["remark"] == "第一个月"
    assert desk.refused(f"{path}/answers", {"fact": "insured", "value": 1}) == "not_asked"
    assert desk.refused(f"{path}/answers", {"fact": "city_app", "value": 2}) == "out_of_range"


@pytest.mark.slow
def test_h39_evaluation_is_a_file_too(house: House) -> None:
    desk = sign_in(house, AUDITOR)
    path = f"/v1/evaluations/{house.clock.now():%Y-%m}/pdf"

    answer = house.ask("GET", path, token=desk.token, headers=desk.headers)

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
