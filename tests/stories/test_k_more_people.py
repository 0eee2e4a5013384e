"""Faces at the real screens, one's own data for ten seconds, and what is left of somebody.

What a reader would get wrong: the camera is a folder of pictures; the face service is a platform of
the town, and only the number of a look goes there.
"""

from __future__ import annotations

import tempfile
from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import cast_inpatient as stays
import pytest
from cast import Guest
from cast_faces import (
    OWNER,
    at_face_service,
    checks_of_faces,
    left_of,
    signature_under,
    stands_before,
    watched_hall,
    written_of,
)
from cast_papers import Visitor, payer, reported
from cast_people import person_of, told
from hall import UNTOUCHED, Hall
from PIL import Image
from PySide6.QtWidgets import QApplication

from core.audit import AuditEvent, audited
from sandbox.player.hands import wait_until
from ui.signature import PICTURE_DOTS

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

UNKNOWN = ("face_unknown", "We do not know this face", UNTOUCHED, "Please show a card or a code.")


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The only place for temporary files of this process, from before the kiosk began."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("temporary")
        patch.setattr(tempfile, "tempdir", str(folder))
        yield folder


@pytest.fixture(scope="module")
def watched(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A kiosk with a camera and a page printer."""
    with watched_hall(tmp_path_factory.mktemp("told")) as hall:
        yield hall


def by_card(hall: Hall, service: str, who: Guest) -> None:
    """From home, with the health card in the slot."""
    hall.stage.begin(service)
    hall.stage.arrive("Identify")
    hall.insert(who.card_uid)


def by_face(hall: Hall, service: str) -> None:
    """From home, with the consent to one look."""
    hall.stage.begin(service)
    hall.stage.arrive("Identify")
    hall.stage.press("face")
    hall.stage.arrive("Show")
    hall.reads("Checking your face", "only the result")
    hall.stage.press("press_agree")


def register_face(hall: Hall, who: Guest) -> None:
    """From home to the good ending."""
    by_card(hall, "face", who)
    hall.stage.arrive("Show")
    hall.reads("Finding you by your face", "neither picture nor features are kept here")
    hall.stage.press("press_agree")
    hall.stage.arrive("Finished")
    hall.reads("You are found by your face from now on", "Known here")


def media(hall: Hall, who: Guest) -> dict[str, str]:
    """What somebody can be found by, and how it stands."""
    found = told(hall, f"/v1/patients/{who.patient.patient_id}/media")["media"]
    return {one["kind"]: one["state"] for one in found}


def test_n21_n19_own_face_is_registered_by_consent_and_finds_its_person_until_withdrawn(
    watched: Hall,
) -> None:
    who = watched.guest()
    stands_before(watched.house, 2)
    register_face(watched, who)
    watched.finish()
    assert media(watched, who)["FACE"] == "ACTIVE"
    assert checks_of_faces(watched)[-1] == "SAME"

    by_face(watched, "permissions")
    watched.stage.arrive("Choose")
    watched.reads(f"{who.patient.display_name}, touch a line to change it")
    watched.reads("Finding me by my face")
    watched.stage.press("dock_leave")
    watched.home()

    by_face(watched, "face")
    watched.reads("You are found by your face here")
    watched.stage.press("press_withdraw")
    watched.stage.arrive("Finished")
    watched.reads("Your face is not used any more")
    watched.finish()
    assert media(watched, who)["FACE"] == "VOID"
    by_face(watched, "permissions")
    watched.trouble(*UNKNOWN)
    watched.finish()


def test_n21_w33_who_does_not_agree_shows_a_card_instead_and_is_not_looked_at(
    watched: Hall,
) -> None:
    who, before = watched.guest(), checks_of_faces(watched)
    watched.stage.begin("permissions")
    watched.stage.arrive("Identify")
    watched.stage.press("face")
    watched.stage.arrive("Show")

    watched.stage.press("press_another_way")

    watched.stage.arrive("Identify")
    watched.insert(who.card_uid)
    watched.stage.arrive("Choose")
    watched.stage.press("dock_leave")
    watched.home()
    by_card(watched, "face", who)
    watched.stage.arrive("Show")
    watched.stage.press("press_another_way")
    watched.home()
    assert (checks_of_faces(watched), "FACE" in media(watched, who)) == (before, False)


def test_n21_face_of_somebody_else_is_not_registered(watched: Hall) -> None:
    who = watched.guest()
    stands_before(watched.house, 3)
    at_face_service(watched, do="next", result="OTHER")
    by_card(watched, "face", who)
    watched.stage.arrive("Show")

    watched.stage.press("press_agree")

    advice = "Please try again, or go to a window with your ID card."
    watched.trouble("face_differs", "The face could not be matched", UNTOUCHED, advice)
    watched.finish()
    assert "FACE" not in media(watched, who)


def test_n21_w33_picture_stays_nowhere(watched: Hall) -> None:
    who = watched.guest()
    stands_before(watched.house, 4)
    register_face(watched, who)
    watched.finish()

    assert left_of(watched, who.canaries) == []
    data = Path(watched.stage.kiosk.machine.settings.text("terminal.data"))
    assert written_of(data, who.canaries) == []


def to_the_face(hall: Hall) -> None:
    """From home to the text about the face, for a balance that goes to a bank account."""
    hall.stage.begin("refund_balance")
    hall.stage.arrive("Identify")
    hall.stage.do("id_reader", "place", **OWNER.id_card())
    hall.stage.arrive("Show")
    hall.reads("To a bank account", "¥80.00")
    hall.stage.press("press_go_on")
    hall.stage.arrive("Choose")
    hall.stage.press("choose_ICBC")
    hall.stage.arrive("TypeIn")
    hall.stage.digits("6222021234567890123")
    hall.stage.press("key_enter")
    hall.stage.arrive("Show")
    hall.reads("Send this request?")
    hall.stage.press("press_send")
    hall.reads("Checking your face", "only the result")


def balance_fen(hall: Hall) -> int:
    """What the owner has."""
    patient_id = person_of(hall, "ID_CARD", OWNER.id_number)
    return int(told(hall, f"/v1/patients/{patient_id}/prepay")["balance_fen"])


def test_w33_refund_wants_the_face_with_consent_and_who_refuses_goes_on_at_a_window(
    watched: Hall,
) -> None:
    stands_before(watched.house, 5)
    before = checks_of_faces(watched)
    to_the_face(watched)
    watched.stage.press("press_another_way")
    advice = "Nothing was sent. A window serves you with your ID card."
    watched.trouble("face_declined", "Your face was not looked at", UNTOUCHED, advice)
    watched.stage.press("window")
    watched.stage.arrive("ShowReferred")
    watched.reads("Please go to")
    watched.finish()
    assert (balance_fen(watched), checks_of_faces(watched)) == (8_000, before)

    at_face_service(watched, do="next", result="OTHER")
    to_the_face(watched)
    watched.stage.press("press_agree")
    advice = "Please try again, or go to a window with your ID card."
    watched.trouble("face_differs", "The face could not be matched", UNTOUCHED, advice)
    watched.finish()
    assert balance_fen(watched) == 8_000

    to_the_face(watched)
    watched.stage.press("press_agree")
    watched.stage.arrive("Finished")
    watched.reads("Your request was received", "No money has moved yet.")
    watched.finish()
    assert balance_fen(watched) == 0
    assert checks_of_faces(watched)[len(before) :] == ["OTHER", "SAME"]
    assert left_of(watched, (OWNER.name, OWNER.id_number)) == []


def test_l06_h25_signature_goes_to_the_backend_with_the_sheet_and_stays_nowhere(
    watched: Hall,
) -> None:
    who = watched.guest()
    admission_id = stays.admitted(watched.house, who.patient.patient_id)
    stays.charge(watched.house, admission_id, "BED")
    stays.give_notice(watched.house, admission_id)
    by_card(watched, "discharge", who)
    watched.stage.arrive("Show")
    watched.stage.press("press_checked")
    watched.stage.arrive("ConfirmQuote")
    watched.show_wallet("WECHAT", "4321")
    watched.stage.arrive("Sign")
    stays.sign(watched.stage)
    watched.stage.arrive("Finished")
    watched.reads("Your stay is settled")
    watched.finish()

    document_id = str(stays.settlements(watched.house, who)[0]["settlement_id"])
    kept = signature_under(watched.house, document_id)
    picture = Image.open(BytesIO(b64decode(kept["png"])))
    assert picture.size == PICTURE_DOTS
    assert picture.convert("L").getextrema() == (0, 255)
    noted = audits(watched, AuditEvent.SIGNED)[-1]
    assert (noted["document_id"], noted["signature"]) == (document_id, kept["sha256"])
    data = Path(watched.stage.kiosk.machine.settings.text("terminal.data"))
    assert left_of(watched, who.canaries) == []
    assert written_of(data, who.canaries) == []


def audits(hall: Hall, event: AuditEvent) -> list[dict[str, str | int]]:
    """Facts of each audit line of this kind, oldest first."""
    records = hall.stage.kiosk.machine.records()
    return [dict(record.entry.payload) for record in records if audited(record) is event]


def test_h40_survey_is_offered_after_a_payment_too(watched: Hall) -> None:
    watched.see_bill(watched.debtor())
    watched.show_wallet("ALIPAY", "4321")
    watched.stage.arrive("ShowSettled")
    watched.reads("Say how it was", "Done")

    watched.stage.press("press_survey")

    watched.stage.arrive("Choose")
    watched.reads("Question 1 of 5. Your name is not kept.")
    watched.stage.press("dock_leave")
    watched.home()


def in_full(hall: Hall, who: Guest) -> None:
    """From home to all that stands on the ID card."""
    hall.stage.begin("permissions")
    hall.stage.arrive("Identify")
    hall.lay_id_card(who)
    hall.stage.arrive("Choose")
    hall.stage.press("choose_data")
    hall.reads("My data", who.patient.display_id)
    hall.stage.press("press_in_full")
    hall.reads(who.person.name, who.person.id_number)


def test_own_data_is_hidden_after_ten_seconds_without_a_touch_and_the_look_is_audited(
    watched: Hall,
) -> None:
    who = watched.guest()
    in_full(watched, who)
    assert watched.view["seconds_total"] == 10

    wait_until(lambda: "Your own data" not in watched.words(), 13, "the end of ten seconds")

    assert who.person.id_number not in watched.words()
    watched.reads("My data", who.patient.display_id)
    shown = audits(watched, AuditEvent.OWN_DATA_SHOWN)
    assert shown[-1]["patient_id"] == who.patient.patient_id
    watched.stage.press("dock_leave")
    watched.home()


def test_own_data_goes_with_the_person_at_once(watched: Hall) -> None:
    who = watched.guest()
    in_full(watched, who)
    assert {who.person.name, who.person.id_number} <= {*left_of(watched, who.canaries)}

    watched.stage.press("dock_leave")

    watched.home()
    assert left_of(watched, who.canaries) == []


def test_leaving_clears_memory_windows_clipboard_temporary_and_spool_files(
    temporary: Path, watched: Hall
) -> None:
    who = payer(watched.house, "ECG12")
    watched.remember(who.guest)
    print_report(watched, who)
    in_full(watched, who.guest)
    watched.stage.press("dock_leave")
    watched.home()

    canaries = who.guest.canaries
    assert left_of(watched, canaries) == []
    assert written_of(temporary, canaries) == []
    data = Path(watched.stage.kiosk.machine.settings.text("terminal.data"))
    assert written_of(data, canaries) == []
    assert written_of(spool(watched), canaries) == []


def print_report(hall: Hall, who: Visitor) -> None:
    """A page of somebody goes through the spooler."""
    report_id = reported(hall.house, who)
    hall.stage.begin("print_report")
    hall.stage.arrive("Identify")
    hall.lay_id_card(who.guest)
    hall.stage.arrive("Choose")
    hall.stage.press(f"choose_{report_id}")
    hall.stage.arrive("Finished")
    hall.reads("Your report is printed")
    hall.finish()


def spool(hall: Hall) -> Path:
    """Where the print spooler keeps what it has."""
    (folder,) = hall.house.run_dir.glob("**/spool")
    return folder
