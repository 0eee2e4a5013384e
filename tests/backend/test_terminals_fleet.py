"""Terminals as technicians keep them: made, told apart, watched, set, and asked for help."""

from __future__ import annotations

import base64
import json

import pytest
from backend_bench import Json
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from service_bench import FUNCTIONS, KIOSK, House
from staff_bench import AUDITOR, SUPERVISOR, TECH, TECHNICIAN, sign_in

from settlement_backend.terminals.authority import Authority

pytestmark = pytest.mark.slow

PLACE: Json = {
    "name_zh": "自助机 B-01",
    "name_en": "Machine B-01",
    "place_zh": "东院一楼",
    "place_en": "East, 1F",
    "campus": "EAST",
    "model": "ZF-3",
    "type": "ENQUIRY",
    "functions": [],
    "acquirer": "LEAD",
    "merchant": "898330280620001",
    "power": "UPS 1 kVA",
    "network": "VLAN 40",
    "safety": "anchored",
    "camera": "C-12",
}
SCANNER = {"name": "scanner", "state": "ONLINE"}


@pytest.fixture
def house(house: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    """With an authority of its own."""
    folder = tmp_path_factory.mktemp("authority")
    house.service.authority = Authority(folder, house.service.policy.hospital_id)
    return house


def beat(seq: int = 0, head: str = "", **more: object) -> Json:
    told = {"journal_seq": seq, "journal_head": head, "devices": [SCANNER], "consumables": []}
    return {**told, "versions": [{"name": "zhenfu", "version": "1.4.0"}], **more}


def one(listed: Json, terminal_id: str) -> Json:
    found: Json = next(t for t in listed["terminals"] if t["terminal_id"] == terminal_id)
    return found


def test_s48_l16_new_terminal_has_its_place_and_type_and_nobody_is_it(house: House) -> None:
    desk = sign_in(house, TECHNICIAN, TECH)
    new = {**PLACE, "terminal_id": "K21", "kind": "kiosk"}

    made = desk.done("/v1/terminals", new)

    assert "prices" in made["functions"]
    assert "pay" not in made["functions"]
    assert made["campus"] == "EAST"
    assert (made["power"], made["camera"]) == ("UPS 1 kVA", "C-12")
    assert made["enrolled"]
    assert made["certificate_ends"] == ""
    assert desk.refused("/v1/terminals", new) == "number_taken"
    changed = desk.done("/v1/terminals/K21/place", {**PLACE, "type": "DUAL_SCREEN"})
    assert changed["functions"] == list(FUNCTIONS["MULTI_FUNCTION"])


def test_h01_s47_heartbeat_is_seen_with_its_alarms(house: House) -> None:
    desk = sign_in(house, TECHNICIAN, TECH)
    assert [a["kind"] for a in one(desk.get("/v1/terminals"), "K01")["alarms"]] == ["silent"]
    paper = {"name": "receipt_printer", "level": "LOW", "left": 30}
    told = house.done("/v1/terminals/heartbeat", beat(7, "aa", devices=[], consumables=[paper]))
    assert (told["settings"], told["tasks"], told["renew_certificate"]) == (None, [], False)

    seen = one(desk.get("/v1/terminals"), "K01")

    assert [(a["kind"], a["about"], a["severity"]) for a in seen["alarms"]] == [
        ("scanner_missing", "scanner", "URGENT"),
        ("consumable_low", "receipt_printer", "SOON"),
    ]
    assert seen["versions"] == [{"name": "zhenfu", "version": "1.4.0"}]
    assert seen["journal_seq"] == 7
    house.clock.pass_seconds(181)
    assert one(desk.get("/v1/terminals"), "K01")["alarms"][0]["kind"] == "silent"


def test_journal_behind_its_mark_or_another_at_the_same_number_is_refused(house: House) -> None:
    path = "/v1/terminals/heartbeat"
    house.done(path, beat(7, "aa"))

    assert house.refused(path, beat(6, "99")) == "journal_behind"
    assert house.refused(path, beat(7, "bb")) == "journal_behind"
    sign_on = {"journal_seq": 7, "journal_head": "bb", "software": "1"}
    assert house.refused("/v1/terminals/sign-on", sign_on) == "journal_behind"
    house.done(path, beat(7, "aa"))
    supervisor = sign_in(house, SUPERVISOR, TECH)
    supervisor.done("/v1/terminals/K01/new-journal", {"reason": "disk replaced"})
    house.done(path, beat(1, "cc"))


def test_settings_are_versioned_and_signed_by_the_authority(house: House) -> None:
    desk = sign_in(house, TECHNICIAN, TECH)
    values = {"terminal.idle_s": 90, "screen.elder": True, "hospital.place_en": "Hall"}
    desk.done("/v1/terminals/K01/settings", {"values": {"terminal.idle_s": 60}})
    desk.done("/v1/terminals/K01/settings", {"values": values})

    settings = house.done("/v1/terminals/heartbeat", beat())["settings"]

    assert (settings["version"], json.loads(settings["content"])) == (2, values)
    pem = house.service.authority.certificate_pem(house.clock.now())
    key = x509.load_pem_x509_certificate(pem.encode()).public_key()
    assert isinstance(key, Ed25519PublicKey)
    signed = f"zhenfu-settings\nK01\n2\n{settings['content']}"
    key.verify(base64.b64decode(settings["signature"]), signed.encode())
    told = house.done("/v1/terminals/heartbeat", beat(settings_version=2))
    assert told["settings"] is None
    assert desk.post("/v1/terminals/K99/settings", {"values": {}}).status_code == 404


def test_s52_problem_is_told_with_its_screen_and_closed_by_a_technician(house: House) -> None:
    text = "no sound; somebody typed 330302196207184525 and 13800001234"
    wanted = {"subject": "sound", "text": text, "screen": "pay_code"}
    told = house.done("/v1/trouble-tickets", wanted)
    desk = sign_in(house, TECHNICIAN, TECH)

    (seen,) = desk.get("/v1/trouble-tickets")["tickets"]
    assert (seen["terminal_id"], seen["screen"], seen["kind"]) == ("K01", "pay_code", "PROBLEM")
    assert seen["text"] == "no sound; somebody typed <number> and <phone>"
    house.done("/v1/terminals/heartbeat", beat())
    alarms = one(desk.get("/v1/terminals"), "K01")["alarms"]
    assert [alarm["kind"] for alarm in alarms] == ["problem_reported"]

    path = f"/v1/trouble-tickets/{told['ticket_id']}/close"
    closed = desk.done(path, {"answer": "plug"})
    assert (closed["state"], closed["done_by"]) == ("DONE", TECHNICIAN)
    assert desk.refused(path, {"answer": "plug"}) == "not_open"
    assert desk.get("/v1/trouble-tickets") == {"tickets": []}


def test_task_for_a_terminal_comes_with_its_heartbeat(house: House) -> None:
    desk = sign_in(house, TECHNICIAN, TECH)
    task = desk.done("/v1/terminals/K01/tasks", {"subject": "clean", "text": "card slot"})

    assert house.done("/v1/terminals/heartbeat", beat())["tasks"] == [task]

    desk.done(f"/v1/trouble-tickets/{task['ticket_id']}/close", {"answer": "done"})
    assert house.done("/v1/terminals/heartbeat", beat())["tasks"] == []


def test_w22_h41_idle_screens_show_the_policy_notice_and_what_the_campus_adds(
    house: House,
) -> None:
    desk = sign_in(house, SUPERVISOR, TECH)
    today = house.clock.now().date().isoformat()
    wanted = {"title_zh": "流感", "title_en": "Flu", "text_zh": "接种", "text_en": "Get a shot"}
    wanted |= {"since": today, "until": today}
    desk.done("/v1/idle-content", {**wanted, "campus": "EAST"})
    everywhere = desk.done("/v1/idle-content", wanted)
    bad_days = {**wanted, "until": "2020-01-01"}
    assert desk.refused("/v1/idle-content", bad_days) == "bad_days"

    told = house.get("/v1/idle-content")
    shown = told["content"]
    assert told["waiting"] == 0

    assert [each["content_id"] for each in shown] == ["OP-BAN", everywhere["content_id"]]
    assert [each["kind"] for each in shown] == ["POLICY", "NOTICE"]
    desk.done(f"/v1/idle-content/{everywhere['content_id']}/withdraw", {})
    assert len(house.get("/v1/idle-content")["content"]) == 1


def test_auditor_looks_and_touches_nothing(house: House) -> None:
    desk = sign_in(house, AUDITOR, "demo-audit")

    assert one(desk.get("/v1/terminals"), "K01")["kind"] == "kiosk"
    assert desk.get("/v1/trouble-tickets") == {"tickets": []}
    for path in ("terminals/K01/revoke", "terminals/K01/new-journal"):
        assert desk.post(f"/v1/{path}", {"reason": "r"}).status_code == 401


def test_sign_on_tells_campus_type_and_pause_between_heartbeats(house: House) -> None:
    body = {"journal_seq": 0, "journal_head": "", "software": "1"}

    told = house.done("/v1/terminals/sign-on", body, token=KIOSK)

    assert (told["campus"], told["type"], told["heartbeat_s"]) == ("MAIN", "MULTI_FUNCTION", 30)
    assert told["functions"] == list(FUNCTIONS["MULTI_FUNCTION"])
