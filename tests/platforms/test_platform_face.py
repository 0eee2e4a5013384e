"""The face service over HTTP: once per number, its words, and nothing of a picture kept."""

from pathlib import Path

import httpx
import pytest
from platforms_bench import HTTP, Bench, Json, Platform

LOOK, OTHER_LOOK = "1" * 64, "2" * 64
CHECK: Json = {"check_no": "C1", "id_number": "330302196207184525", "picture_sha256": LOOK}
SAME = {"result": "SAME", "score": 97}


def test_w33_look_is_compared_once_for_each_number(face: Platform) -> None:
    face.control("next", result="SAME")
    face.control("next", result="OTHER")

    assert face.ask("/verify", **CHECK) == SAME
    assert face.ask("/verify", **CHECK) == SAME
    assert face.ask("/verify", **{**CHECK, "check_no": "C2"}) == {"result": "OTHER", "score": 23}
    used = face.ask("/verify", **{**CHECK, "picture_sha256": OTHER_LOOK})
    assert used == {"result": "FAIL", "code": "CHECK_NO_USED"}


def test_w33_nobody_can_say_without_a_picture_to_compare_with(face: Platform) -> None:
    face.control("next", result="UNKNOWN")
    assert face.ask("/verify", **CHECK) == {"result": "UNKNOWN", "score": 0}


def test_n21_same_look_has_the_same_reference(face: Platform) -> None:
    found = face.ask("/search", picture_sha256=LOOK)
    assert found["result"] == "FOUND"
    assert face.ask("/search", picture_sha256=LOOK) == found
    assert face.ask("/search", picture_sha256=OTHER_LOOK)["reference"] != found["reference"]
    face.control("next", result="OTHER")
    assert face.ask("/search", picture_sha256=LOOK) == {"result": "UNKNOWN", "reference": ""}


@pytest.mark.parametrize("changes", [{"picture_sha256": "AB"}, {"id_number": "1"}])
def test_wrong_shape_is_http_422(face: Platform, changes: Json) -> None:
    answer = HTTP.post(f"{face.url}/verify", json={**CHECK, **changes})
    assert answer.status_code == 422
    assert face.books() == {"checks": []}


def test_check_whose_answer_was_lost_is_not_made_anew(face: Platform) -> None:
    face.control("next", result="OTHER")
    face.control("fault", path="/verify", kind="answer_lost")
    with pytest.raises(httpx.ReadTimeout):
        face.ask("/verify", limit_s=0.2, **CHECK)
    assert face.ask("/verify", **CHECK)["result"] == "OTHER"


def test_refused_check_leaves_nothing_behind(face: Platform) -> None:
    face.control("refuse", path="/verify", code="SERVICE_BUSY")
    assert face.ask("/verify", **CHECK) == {"result": "FAIL", "code": "SERVICE_BUSY"}
    assert face.books() == {"checks": []}


@pytest.mark.slow
def test_w33_books_hold_neither_picture_nor_person_and_survive_a_restart(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    try:
        bench.face.ask("/verify", **CHECK)
    finally:
        bench.stop()
    kept = (tmp_path / "state" / "face.json").read_text("utf-8")
    assert LOOK not in kept
    assert CHECK["id_number"] not in kept
    bench = Bench(tmp_path)
    try:
        assert bench.face.books() == {"checks": [{"check_no": "C1", "result": "SAME"}]}
    finally:
        bench.stop()
