"""Wrong things shown to the kiosk: each gets a sentence, takes nothing, and is forgotten."""

from __future__ import annotations

import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from cast import PHONE, stranger
from hall import UNTOUCHED, Hall

from sandbox.player.stage import wallet_code
from sandbox.workbench.props import with_wrong_check_digit

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

ROOT = Path(__file__).resolve().parents[2]
WINDOW = "Please go to a service window. Staff will help you at once."
BAD_SETTINGS = """
[terminal]
id = "K01"
data = ""
language = "fr"
full_screen = "yes"
idle_percent = 4000
[backend]
url = "http://127.0.0.1:1"
tokn = "secret-word"
[printer]
path = "serial:/dev/null"
[pos]
path = "usb:7"
"""


def test_id_card_with_wrong_check_digit_makes_no_card(hall: Hall) -> None:
    stage = hall.stage
    stage.begin("card")
    stage.arrive("PlaceIdCard")
    stage.do("id_reader", "place", **with_wrong_check_digit(stranger()).id_card())
    stage.arrive("TypePhone")
    stage.digits(PHONE)
    stage.press("key_enter", "accept", "confirm")

    hall.trouble("bad_id_number", "The number on this ID card is not valid", UNTOUCHED, WINDOW)

    hall.finish()


def test_id_card_that_cannot_be_read_may_be_laid_again(hall: Hall) -> None:
    stage = hall.stage
    stage.begin("card")
    stage.arrive("PlaceIdCard")
    stage.do("id_reader", "fault", kind="garble", on="read", count=3)
    who = hall.guest()

    hall.lay_id_card(who)

    hall.reads(
        "The ID card could not be read", "Take it off, lay it flat in the middle of the reader."
    )
    hall.lift_id_card()
    hall.lay_id_card(who)
    stage.arrive("TypePhone")
    stage.press("dock_leave")
    hall.home()


@pytest.mark.parametrize("content", [b"", b"\xff" * 16], ids=["blank", "foreign"])
def test_card_of_another_house_is_told_and_ours_is_taken_then(hall: Hall, content: bytes) -> None:
    stage, who = hall.stage, hall.debtor()
    uid = secrets.token_hex(4)
    stage.do("wallet", "create", uid=uid, blocks={"4": content.ljust(16, b"\0").hex()})
    stage.begin("pay")
    stage.arrive("Identify")

    hall.insert(uid)

    hall.reads(
        "This card could not be read", "Please insert it again, or show another card or code."
    )
    hall.pull_card()
    hall.insert(who.card_uid)
    stage.check_bill()
    stage.press("dock_leave")
    hall.home()


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        (
            "https://example.com/menu",
            ("This is not a code that the hospital knows", "Please show the code named above."),
        ),
        (
            wallet_code("WECHAT"),
            ("This is a payment code", "It is not needed yet; it is asked for after the bill."),
        ),
    ],
    ids=["foreign", "payment code too early"],
)
def test_wrong_code_is_told_and_an_id_card_is_taken_then(
    hall: Hall, code: str, sentences: tuple[str, str]
) -> None:
    stage, who = hall.stage, hall.debtor()
    stage.begin("pay")
    stage.arrive("Identify")

    stage.do("scanner", "show", text=code)

    hall.reads(*sentences)
    assert code not in hall.words()
    hall.lay_id_card(who)
    stage.check_bill()
    stage.press("dock_leave")
    hall.home()


def test_insurance_code_that_expired_is_told(hall: Hall) -> None:
    stage = hall.stage
    stage.begin("register")
    stage.arrive("Identify")

    stage.do("scanner", "show", text="ECDEMO000000000000000000EXP0"[:21] + "0000EXP")

    advice = "Please refresh the code and show it again."
    hall.trouble("code_expired", "This code has expired", UNTOUCHED, advice)
    hall.finish()


def test_settings_are_refused_with_every_fault_at_once(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(BAD_SETTINGS, "utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "--config", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert done.returncode == 2
    for fault in (
        "terminal.data",
        "terminal.language = 'fr': must be one of zh, en",
        "terminal.full_screen = 'yes': must be true or false",
        "terminal.idle_percent = 4000: must be 50 to 400",
        "backend.token is missing",
        "backend.tokn is not a setting; did you mean backend.token?",
        "hospital.name_zh is missing",
        "pos.path = 'usb:7': must be a device path such as tcp:…",
        "printer.path is not a setting",
    ):
        assert fault in done.stderr, done.stderr
    assert "secret-word" not in done.stderr
    assert "Traceback" not in done.stderr
