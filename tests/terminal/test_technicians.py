"""Who may open the machine: card and PIN, wrong tries, the lock, and a file that is not right."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.ports import Refused
from core.upkeep.steps import SignInTechnician, Technician
from terminal.technicians import LOCKED_S, MAX_TRIES, Technicians, hash_pin

WANG = Technician("T-07", "王工")
RIGHT = SignInTechnician("C700", "4711")
WRONG_PIN, WRONG_CARD = SignInTechnician("C700", "4712"), SignInTechnician("C701", "4711")


def line(number: str = "T-07", name: str = "王工", card: str = "C700", pin: str = "") -> str:
    pin = pin or hash_pin("4711", b"0123456789abcdef")
    return f'[[technician]]\nnumber = "{number}"\nname = "{name}"\ncard = "{card}"\npin = "{pin}"\n'


class Clock:
    """Moved by hand."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def staff(folder: Path, text: str = "", now: Clock | None = None) -> Technicians:
    file = folder / "staff.toml"
    file.write_text(text or line(), "utf-8")
    return Technicians(file, now or Clock())


def test_card_and_pin_of_one_line_open(tmp_path: Path) -> None:
    second = line("T-08", "李工", "C800", hash_pin("0815"))
    known = staff(tmp_path, line() + second)
    assert known.sign_in(RIGHT) == WANG
    assert known.sign_in(SignInTechnician("C800", "0815")) == Technician("T-08", "李工")


@pytest.mark.parametrize(
    "step", [WRONG_PIN, WRONG_CARD, SignInTechnician("C700", ""), SignInTechnician("", "4711")]
)
def test_anything_else_is_refused_with_one_word(tmp_path: Path, step: SignInTechnician) -> None:
    assert staff(tmp_path).sign_in(step) == Refused("bad_pin")


def test_pin_of_another_line_does_not_open(tmp_path: Path) -> None:
    known = staff(tmp_path, line() + line("T-08", "李工", "C800", hash_pin("0815")))
    assert known.sign_in(SignInTechnician("C800", "4711")) == Refused("bad_pin")


def test_too_many_wrong_tries_lock_everybody_out_for_a_while(tmp_path: Path) -> None:
    clock = Clock()
    known = staff(tmp_path, now=clock)
    assert {known.sign_in(WRONG_PIN) for _ in range(MAX_TRIES)} == {Refused("bad_pin")}
    assert known.sign_in(RIGHT) == Refused("locked")
    clock.now_s = LOCKED_S - 1
    assert known.sign_in(RIGHT) == Refused("locked")
    clock.now_s = LOCKED_S
    assert known.sign_in(RIGHT) == WANG


def test_right_pin_forgets_the_wrong_tries_before(tmp_path: Path) -> None:
    known = staff(tmp_path)
    for _ in range(3):
        for _ in range(MAX_TRIES - 1):
            assert known.sign_in(WRONG_PIN) == Refused("bad_pin")
        assert known.sign_in(RIGHT) == WANG


def test_tries_count_anew_after_the_lock(tmp_path: Path) -> None:
    clock = Clock()
    known = staff(tmp_path, now=clock)
    for _ in range(MAX_TRIES):
        known.sign_in(WRONG_PIN)
    clock.now_s = LOCKED_S
    for _ in range(MAX_TRIES - 1):
        assert known.sign_in(WRONG_PIN) == Refused("bad_pin")
    assert known.sign_in(RIGHT) == WANG


BROKEN = {
    "not toml": "[[technician",
    "no list": 'technician = "all"',
    "one table": "[technician]\nnumber = 1",
    "no pin": '[[technician]]\nnumber = "1"\nname = "x"\ncard = "C700"',
    "pin in the clear": line(pin="4711"),
    "salt not hex": line(pin="scrypt:zz:" + "0" * 128),
    "no salt": line(pin="scrypt::" + "0" * 128),
    "half a hash": line(pin=hash_pin("4711")[:-2]),
    "no card": line(card=""),
    "no number": line(number=""),
    "empty": "# nobody yet\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_file_that_is_not_right_opens_for_nobody(tmp_path: Path, text: str) -> None:
    known = staff(tmp_path, text)
    assert known.sign_in(RIGHT) == Refused("no_staff_file")
    assert known.sign_in(SignInTechnician("", "4711")) == Refused("no_staff_file")
    assert not known.knows("C700")


@pytest.mark.parametrize("named", [False, True])
def test_machine_without_a_staff_file_opens_for_nobody(tmp_path: Path, named: bool) -> None:
    known = Technicians(tmp_path / "missing.toml" if named else None)
    assert known.sign_in(RIGHT) == Refused("no_staff_file")
    assert not known.knows("C700")


def test_change_of_the_file_needs_no_restart(tmp_path: Path) -> None:
    known = staff(tmp_path)
    assert (known.knows("C700"), known.knows("C900")) == (True, False)
    staff(tmp_path, line(card="C900"))
    assert (known.knows("C700"), known.knows("C900")) == (False, True)
    assert known.sign_in(RIGHT) == Refused("bad_pin")


def test_same_pin_is_never_hashed_the_same_twice() -> None:
    hashes = {hash_pin("4711") for _ in range(3)}
    assert len(hashes) == 3
    assert not any("4711" in stored for stored in hashes)


def test_pin_does_not_show_in_the_step() -> None:
    assert repr(RIGHT) == "SignInTechnician(…)"


def test_h34_card_of_staff_names_its_holder_and_a_guide_needs_no_pin(tmp_path: Path) -> None:
    guide = '[[guide]]\nnumber = "3001"\nname = "小陈"\ncard = "C900"\n'
    known = staff(tmp_path, line() + guide)

    assert (known.helper("C900"), known.helper("C700"), known.helper("C000")) == (
        *("3001", "T-07"),
        "",
    )
    assert not known.knows("C900")
    assert known.sign_in(SignInTechnician("C900", "")) == Refused("bad_pin")


def test_guide_without_a_card_helps_nobody(tmp_path: Path) -> None:
    known = staff(tmp_path, line() + '[[guide]]\nnumber = "3001"\n')

    assert known.helper("C700") == ""
    assert Technicians(None).helper("C700") == ""
