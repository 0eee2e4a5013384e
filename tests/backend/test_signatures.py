"""Pictures of drawn signatures: kept with the document, seen by few, gone in time (N01, L06)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import sha256

import pytest
from deferral_bench import VERSION, account, registered, sign_path
from service_bench import AUDIT, KIOSK, LI_ID, WINDOW, House, new_key
from sqlalchemy import select
from staff_bench import AUDITOR, CASHIER, SUPERVISOR, Desk, sign_in
from visit_bench import WARD, admitted, charged, notice, settle

from settlement_backend.base.audit import verify
from settlement_backend.base.tables import AuditLine, IdempotencyKey
from settlement_backend.signatures.requests import MOST_BYTES
from settlement_backend.signatures.tables import SignaturePicture
from tests.helpers.ink import DRAWN, DRAWN_JSON

_YEAR_S = 365 * 24 * 3600


def commitment(house: House) -> str:
    """Signed at the kiosk; the agreement's id."""
    patient, key = house.person(LI_ID), new_key()
    registered(house, patient)
    told = house.done(sign_path(patient), {"version": VERSION, "signature": DRAWN_JSON}, key=key)
    assert told["signature_digest"] == DRAWN.digest
    assert account(house, patient)["signature"] == told
    return key


def sheet_path(house: House) -> str:
    """Of a stay that was settled at the kiosk and not signed for yet."""
    patient = house.person(LI_ID)
    admission_id = admitted(house, patient)
    charged(house, admission_id, "BED")
    paid = settle(house, patient, notice(house, admission_id)["bill"], token=KIOSK)
    return f"/v1/settlements/{paid['settlement_id']}/signature"


def looks(house: House) -> list[tuple[str, str]]:
    """Who looked where, by the audit."""
    with house.service.db.read() as session:
        assert verify(session)
        seen = session.scalars(select(AuditLine).where(AuditLine.event == "signature_seen"))
        return [(line.terminal_id, line.actor) for line in seen]


def test_n01_picture_is_kept_with_the_commitment_and_each_look_is_on_the_record(
    house: House,
) -> None:
    agreement_id = commitment(house)

    told = sign_in(house, SUPERVISOR).get(f"/v1/signatures/{agreement_id}")

    assert (told["kind"], told["terminal_id"], told["purged_at"]) == ("COMMITMENT", "K01", "")
    assert b64decode(told["png"]) == DRAWN.png
    assert told["sha256"] == DRAWN.digest
    assert looks(house) == [("W07", SUPERVISOR)]
    assert sign_in(house, AUDITOR, AUDIT).get(f"/v1/signatures/{agreement_id}") == told
    assert len(looks(house)) == 2


def test_l06_picture_is_kept_with_the_sheet_and_a_sheet_on_paper_has_none(house: House) -> None:
    path = sheet_path(house)
    signed = house.done(path, {"signature": DRAWN_JSON}, token=KIOSK)
    assert (signed["way"], signed["image_sha256"]) == ("PAD", DRAWN.digest)

    told = sign_in(house, SUPERVISOR).get(f"/v1/signatures/{signed['settlement_id']}")

    assert (told["kind"], told["sha256"]) == ("SHEET", DRAWN.digest)


def test_l06_sheet_on_paper_has_no_picture(house: House) -> None:
    path = sheet_path(house)
    signed = house.done(path, {"signature": None}, token=WARD)
    assert (signed["way"], signed["image_sha256"]) == ("PAPER", "")

    assert _status(sign_in(house, SUPERVISOR), signed["settlement_id"]) == 404


def test_cashier_and_machine_see_no_signature(house: House) -> None:
    agreement_id = commitment(house)

    assert _status(sign_in(house, CASHIER), agreement_id) == 401
    for token in (KIOSK, WINDOW, WARD):
        assert house.ask("GET", f"/v1/signatures/{agreement_id}", token=token).status_code == 401
    assert looks(house) == []


def _status(desk: Desk, document_id: str) -> int:
    path = f"/v1/signatures/{document_id}"
    answer = desk.house.ask("GET", path, token=desk.token, headers=desk.headers)
    return int(answer.status_code)


def _told(png: bytes, digest: str = "") -> dict[str, str]:
    return {"png": b64encode(png).decode(), "sha256": digest or sha256(png).hexdigest()}


@pytest.mark.parametrize(
    "told",
    [
        _told(DRAWN.png, "ab" * 32),
        _told(b"GIF89a"),
        _told(DRAWN.png[:-1]),
        _told(DRAWN.png[:16] + b"\0\0\x20\0" + DRAWN.png[20:]),
        {"png": "%%%%", "sha256": "ab" * 32},
        {"png": "\x80", "sha256": "ab" * 32},
    ],
    ids=["other digest", "no PNG", "cut", "too wide", "no base64", "no ASCII"],
)
def test_picture_that_is_not_what_it_says_signs_nothing(house: House, told: dict[str, str]) -> None:
    patient = house.person(LI_ID)
    registered(house, patient)

    body = {"version": VERSION, "signature": told}
    assert house.refused(sign_path(patient), body) == "bad_signature"

    assert account(house, patient)["signature"] is None
    with house.service.db.read() as session:
        assert session.scalars(select(SignaturePicture)).all() == []


def test_picture_above_64_kib_is_no_request(house: House) -> None:
    patient = house.person(LI_ID)
    body = {"version": VERSION, "signature": _told(b"\0" * (MOST_BYTES + 3))}

    assert house.ask("POST", sign_path(patient), body).status_code == 422


def test_key_remembers_no_picture(house: House) -> None:
    agreement_id = commitment(house)

    with house.service.db.read() as session:
        kept = session.get_one(IdempotencyKey, agreement_id)
        assert str(DRAWN_JSON["png"]).encode() not in kept.answer
        assert len(kept.request_hash) == 64


def test_picture_is_forgotten_after_its_years_and_the_digest_stays(house: House) -> None:
    agreement_id = commitment(house)
    years = house.service.policy.signatures.keep_years
    house.clock.pass_seconds((years - 1) * _YEAR_S)
    house.service.runner.step()
    assert _kept(house, agreement_id).png == DRAWN.png

    house.clock.pass_seconds(_YEAR_S + 1)
    house.service.runner.step()

    kept = _kept(house, agreement_id)
    assert (kept.png, kept.sha256, kept.purged_at != "") == (b"", DRAWN.digest, True)


def _kept(house: House, document_id: str) -> SignaturePicture:
    with house.service.db.read() as session:
        return session.get_one(SignaturePicture, document_id)
