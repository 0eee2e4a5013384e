"""Consents, face checks and assisted operation: what was agreed to, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from people_bench import ACCEPTED, audited, kiosk, medium, phone
from service_bench import LI_ID, ZHOU_ID, House

from settlement_backend.base.outside import NotFound, Silent
from settlement_backend.people import faces
from settlement_backend.people.faces import Compared, FaceFound
from settlement_backend.people.identify import Identities

OLD = {**ACCEPTED, "notice_version": "2020-01"}


class Faces:
    """A face service that knows one face."""

    def who(self, token: str) -> FaceFound | NotFound | Silent:
        """A look of 李秀芳, of a stranger, or no word."""
        words: dict[str, FaceFound | NotFound] = {"li": FaceFound("F-1"), "stranger": NotFound()}
        return words.get(token, Silent())

    def verify(self, check_no: str, id_number: str, token: str) -> Compared | NotFound | Silent:
        """Whether it is a look of 李秀芳; nobody has a picture of a stranger."""
        if token == "li":
            return Compared(id_number == LI_ID)
        return NotFound() if token == "stranger" else Silent()


@pytest.fixture
def seeing(house: House) -> Iterator[House]:
    """A house that has a face service, to which 李秀芳 is known."""
    service, before = house.service, house.service.identities
    service.identities = Identities(service.context, service.insurance, None, Faces())
    path = f"/v1/patients/{house.person(LI_ID)}/faces"
    kiosk(house).done(path, {"token": "li", "consent": ACCEPTED})
    yield house
    service.identities = before


def test_texts_are_of_one_version_each_in_both_languages(house: House) -> None:
    texts = house.get("/v1/consents/texts")["texts"]

    kinds = [text["kind"] for text in texts]
    assert kinds == ["PRIVACY", "E_CERTIFICATE", "FACE", "FACE_MEDIUM", "ASSISTANCE", "RELATIVE"]
    assert all(text["text"]["zh"] and text["text"]["en"] for text in texts)


def test_n21_face_identifies_who_registered_it(seeing: House) -> None:
    told = seeing.done("/v1/people/identify", medium("FACE", "li"))

    assert told["patient_id"] == seeing.person(LI_ID)
    assert seeing.refused("/v1/people/identify", medium("FACE", "stranger")) == "not_found"
    assert seeing.refused("/v1/people/identify", medium("FACE", "dark")) == "face_silent"


@pytest.mark.parametrize(
    ("id_number", "token", "consent", "reason"),
    [
        (LI_ID, "li", OLD, "consent_missing"),
        (ZHOU_ID, "li", ACCEPTED, "face_differs"),
        (ZHOU_ID, "stranger", ACCEPTED, "not_found"),
        (ZHOU_ID, "dark", ACCEPTED, "face_silent"),
    ],
)
def test_face_is_registered_for_its_own_person_with_consent_only(
    seeing: House, id_number: str, token: str, consent: dict[str, str], reason: str
) -> None:
    path = f"/v1/patients/{seeing.person(id_number)}/faces"

    assert kiosk(seeing).refused(path, {"token": token, "consent": consent}) == reason


def test_face_is_no_medium_that_a_document_attaches(seeing: House) -> None:
    path = f"/v1/patients/{seeing.person(LI_ID)}/media"

    body = medium("FACE", "li", id_number=LI_ID)
    assert kiosk(seeing).refused(path, body) == "medium_not_accepted"


def test_n21_withdrawn_face_finds_nobody_until_it_is_registered_again(seeing: House) -> None:
    li, desk = seeing.person(LI_ID), kiosk(seeing)
    path, look = f"/v1/patients/{li}", medium("FACE", "li")
    desk.done(f"{path}/consents", {"kind": "FACE", "consent": ACCEPTED})

    desk.done(f"{path}/consents/withdraw", {"kind": "FACE_MEDIUM"})

    assert seeing.refused("/v1/people/identify", look) == "not_found"
    media = seeing.get(f"{path}/media")["media"]
    assert [one["state"] for one in media if one["kind"] == "FACE"] == ["VOID"]
    listed = seeing.get(f"{path}/consents")["consents"]
    assert "FACE" in [one["kind"] for one in listed if not one["withdrawn_at"]]
    desk.done(f"{path}/faces", {"token": "li", "consent": ACCEPTED})
    assert seeing.done("/v1/people/identify", look)["patient_id"] == li


def test_w33_face_check_with_consent_is_good_for_a_while(seeing: House) -> None:
    li, body = seeing.person(LI_ID), {"token": "li", "consent": ACCEPTED}

    told = phone(seeing).done(f"/v1/patients/{li}/face-checks", body)

    assert told["passed"] is True
    with seeing.service.db.read() as session:
        now = seeing.clock.now()
        check = told["check_id"]
        assert faces.passed(session, check, li, now, 30)
        assert not faces.passed(session, check, seeing.person(ZHOU_ID), now, 30)
        assert not faces.passed(session, "none", li, now, 30)
        seeing.clock.pass_seconds(30 * 60 + 1)
        assert not faces.passed(session, check, li, seeing.clock.now(), 30)


def test_w33_another_face_is_recorded_as_not_passed(seeing: House) -> None:
    zhou, body = seeing.person(ZHOU_ID), {"token": "li", "consent": ACCEPTED}

    told = phone(seeing).done(f"/v1/patients/{zhou}/face-checks", body)

    assert told["passed"] is False
    assert [line.facts for line in audited(seeing, "face_checked")] == [
        f'{{"of": "{zhou}", "passed": false}}'
    ]


@pytest.mark.parametrize(
    ("token", "consent", "reason"),
    [
        ("li", OLD, "consent_missing"),
        ("stranger", ACCEPTED, "not_found"),
        ("dark", ACCEPTED, "face_silent"),
    ],
)
def test_w33_no_check_without_consent_or_word(
    seeing: House, token: str, consent: dict[str, str], reason: str
) -> None:
    path = f"/v1/patients/{seeing.person(LI_ID)}/face-checks"

    assert phone(seeing).refused(path, {"token": token, "consent": consent}) == reason


def test_h34_c17_assistance_names_patient_staff_and_terminal(house: House) -> None:
    li, desk = house.person(LI_ID), kiosk(house)
    body = {"patient_id": li, "staff": "2107", "consent": ACCEPTED}

    begun = desk.done("/v1/assistances", body)
    ended = desk.done(f"/v1/assistances/{begun['assistance_id']}/end", {})

    assert (begun["staff"], begun["ended_at"]) == ("2107", "")
    assert ended["ended_at"] != ""
    (line,) = audited(house, "assistance_begun")
    assert (line.actor, line.terminal_id, line.facts) == ("2107", "K01", f'{{"of": "{li}"}}')


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"staff": "9999"}, "unknown_staff"), ({"consent": OLD}, "consent_missing")],
)
def test_h34_no_assistance_without_consent_or_by_strangers(
    house: House, changes: dict[str, object], reason: str
) -> None:
    body = {"patient_id": house.person(LI_ID), "staff": "2107", "consent": ACCEPTED}

    assert kiosk(house).refused("/v1/assistances", {**body, **changes}) == reason
    missing = house.post("/v1/assistances/none/end", {})
    assert (missing.status_code, missing.json()) == (404, {"error": "unknown_assistance"})


def test_h06_consents_are_listed_the_newest_first_withdrawn_ones_too(house: House) -> None:
    path = f"/v1/patients/{house.person(LI_ID)}"
    desk = kiosk(house)
    given = {"kind": "E_CERTIFICATE", "consent": ACCEPTED}
    desk.done(f"{path}/consents", given)
    desk.done(f"{path}/consents/withdraw", {"kind": "E_CERTIFICATE"})
    desk.done(f"{path}/consents", {"kind": "FACE", "consent": ACCEPTED})

    listed = house.get(f"{path}/consents")["consents"]

    standing = {one["kind"]: not one["withdrawn_at"] for one in listed}
    assert (standing["E_CERTIFICATE"], standing["FACE"]) == (False, True)
