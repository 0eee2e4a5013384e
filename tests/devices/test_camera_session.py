"""When a code that frames show is told: reads, rivals, seconds and repeats."""

from __future__ import annotations

import pytest

from core.settings import Settings
from devices.camera import contradictions, open_from
from devices.camera.service import Camera
from devices.camera.session import CodeSession, Sighting
from devices.scanner.code import CODE128, QR, Code

STRIP = Code("134567890123456789", CODE128)
RIVAL = Code("134567890173456786", CODE128)
SQUARE = Code("281234567890123456", QR)


def told(*sightings: tuple[float, tuple[Code, ...]]) -> list[list[str]]:
    """What a session tells of each sighting."""
    session = CodeSession()
    return [session.heard(Sighting(at, codes)) for at, codes in sightings]


def test_qr_code_is_told_at_once_and_once() -> None:
    assert told((0, (SQUARE,)), (0.1, (SQUARE,))) == [[SQUARE.text], []]


def test_strip_is_told_at_its_second_frame() -> None:
    assert told((0, (STRIP,)), (0.1, (STRIP,)), (0.2, (STRIP,))) == [[], [STRIP.text], []]


def test_two_reads_more_than_a_second_apart_are_not_enough() -> None:
    assert told((0, (STRIP,)), (1.1, (STRIP,)), (1.2, (STRIP,))) == [[], [], [STRIP.text]]


def test_strip_with_the_text_of_a_qr_code_in_the_frame_is_told_once() -> None:
    assert told((0, (STRIP, Code(STRIP.text, QR)))) == [[STRIP.text]]


def test_rival_reads_of_one_strip_are_told_only_with_a_lead_of_two() -> None:
    frames = [(0.0, (RIVAL,)), (0.1, (STRIP,)), (0.2, (STRIP,)), (0.3, (STRIP,))]
    assert told(*frames) == [[], [], [], [STRIP.text]]


def test_two_codes_in_view_are_both_told() -> None:
    assert told((0, (SQUARE, STRIP)), (0.1, (SQUARE, STRIP))) == [[SQUARE.text], [STRIP.text]]


def test_forgotten_session_tells_anew_and_remembers_no_read() -> None:
    session = CodeSession()
    assert session.heard(Sighting(0, (STRIP, SQUARE))) == [SQUARE.text]
    session.forget()
    assert session.heard(Sighting(0.1, (STRIP, SQUARE))) == [SQUARE.text]


@pytest.mark.parametrize(
    ("path", "faults"),
    [
        ("camera:0", 0),
        ("stream:http://127.0.0.1:8080/video", 0),
        ("frames:/tmp/pictures/%03d.png", 0),
        ("camera:front", 1),
        ("stream:127.0.0.1:8080", 1),
    ],
)
def test_path_of_each_scheme_opens_or_is_told(path: str, faults: int) -> None:
    given = Settings({"camera.path": path, "camera.width": 1280, "camera.height": 720})
    assert len(contradictions(given)) == faults
    assert isinstance(open_from(given), Camera)
