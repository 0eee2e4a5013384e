"""The adapter of a face service against the simulated one, and a face check through the house."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from backend_bench import ANSWER_LIMIT_S, Platforms
from people_bench import ACCEPTED, kiosk, medium, phone
from service_bench import LI_ID, House

from settlement_backend.base.outside import NotFound, Silent
from settlement_backend.people.face_service import HttpFaces
from settlement_backend.people.faces import Compared, FaceFound

pytestmark = pytest.mark.slow

SILENCE = pytest.mark.expects_warnings("settlement_backend")
LOOK = "5" * 64


@pytest.fixture
def faces(platforms: Platforms) -> Iterator[HttpFaces]:
    platforms.face.control("reset")
    yield HttpFaces(platforms.face.url, read_s=ANSWER_LIMIT_S)
    platforms.face.control("reset")


@pytest.mark.parametrize(
    ("result", "word"),
    [("SAME", Compared(same=True)), ("OTHER", Compared(same=False)), ("UNKNOWN", NotFound())],
)
def test_w33_each_word_of_the_service_is_understood(
    faces: HttpFaces, platforms: Platforms, result: str, word: Compared | NotFound
) -> None:
    platforms.face.control("next", result=result)
    assert faces.verify("C1", LI_ID, LOOK) == word


def test_w33_look_that_is_no_digest_never_leaves_the_house(
    faces: HttpFaces, platforms: Platforms
) -> None:
    assert faces.verify("C1", LI_ID, "a picture") == NotFound()
    assert faces.who("a picture") == NotFound()
    assert platforms.face.books() == {"checks": []}


@SILENCE
def test_w33_lost_answer_is_asked_again_under_its_number(
    faces: HttpFaces, platforms: Platforms
) -> None:
    platforms.face.control("next", result="OTHER")
    platforms.face.fault("/verify", "answer_lost")

    assert faces.verify("C1", LI_ID, LOOK) == Silent()
    assert faces.verify("C1", LI_ID, LOOK) == Compared(same=False)
    platforms.face.control("refuse", path="/verify", code="SERVICE_BUSY")
    assert faces.verify("C2", LI_ID, LOOK) == Silent()
    platforms.face.fault("/search", "http_500")
    assert faces.who(LOOK) == Silent()


def test_n21_known_look_has_one_number(faces: HttpFaces, platforms: Platforms) -> None:
    assert faces.who(LOOK) == faces.who(LOOK) == FaceFound("F" + "5" * 16)
    platforms.face.control("next", result="UNKNOWN")
    assert faces.who(LOOK) == NotFound()


def test_w33_phone_proves_a_face_at_the_real_service(house: House) -> None:
    li, face = house.person(LI_ID), house.platforms.face
    path, body = f"/v1/patients/{li}/face-checks", {"token": LOOK, "consent": ACCEPTED}

    assert phone(house).done(path, body)["passed"]
    face.control("next", result="OTHER")
    assert not phone(house).done(path, body)["passed"]
    face.control("next", result="UNKNOWN")
    assert phone(house).refused(path, body) == "not_found"

    assert [check["result"] for check in face.books()["checks"]] == ["SAME", "OTHER", "UNKNOWN"]


def test_n21_registered_face_identifies_its_person(house: House) -> None:
    li, desk = house.person(LI_ID), kiosk(house)
    desk.done(f"/v1/patients/{li}/faces", {"token": LOOK, "consent": ACCEPTED})

    assert house.done("/v1/people/identify", medium("FACE", LOOK))["patient_id"] == li
