"""Program hashes against the manifest: changed, added, missing, of whatever kind (H04)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.upkeep.steps import SiteFact
from terminal.integrity import MANIFEST, PACKAGES, ROOT, compare, hashes, write


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A small product with its manifest."""
    for name in ("core/money.py", "kiosk/screens/Home.qml", "resources/messages/zh.po"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, "utf-8")
    (tmp_path / "sandbox").mkdir()
    (tmp_path / "README.md").write_text("not part of it", "utf-8")
    assert write(tmp_path, manifest(tmp_path)) == 3
    return tmp_path


def manifest(root: Path) -> Path:
    return root / "resources" / "manifest.sha256"


def compared(root: Path) -> SiteFact:
    (fact,) = compare(root, manifest(root))
    assert (fact.group, fact.name) == ("protection", "program")
    return fact


def test_program_as_released_is_good_h04(program: Path) -> None:
    assert compared(program) == SiteFact("protection", "program", "3 files as released", "good")


@pytest.mark.parametrize(
    "planted",
    [
        *("core/planted.py", "core/planted.so", "core/deep/er/planted.pyc", "kiosk/image.bmp"),
        *("socket.py", "hashlib.so", "requests/__init__.py", "resources/profiles/odd"),
    ],
)
def test_added_file_of_any_kind_is_bad_h04(program: Path, planted: str) -> None:
    file = program / planted
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"")
    assert compared(program).verdict == "bad"
    assert compared(program).value == f"1 changed: {planted}"


def test_changed_and_missing_files_are_named_h04(program: Path) -> None:
    (program / "core/money.py").write_text("core/money.pY", "utf-8")
    (program / "kiosk/screens/Home.qml").unlink()
    assert compared(program).value == "2 changed: core/money.py, kiosk/screens/Home.qml"


def test_long_list_of_changes_is_cut_but_counted(program: Path) -> None:
    for number in range(5):
        (program / "core" / f"new_{number}.py").write_bytes(b"")
    told = compared(program).value
    assert told == "5 changed: core/new_0.py, core/new_1.py, core/new_2.py"


@pytest.mark.parametrize(
    "beside", ["core/__pycache__/money.cpython-311.pyc", "sandbox/x.py", "run"]
)
def test_what_is_not_imported_from_there_does_not_count(program: Path, beside: str) -> None:
    file = program / beside
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"")
    assert compared(program).verdict == "good"


def test_without_a_manifest_nobody_can_say_h04(program: Path) -> None:
    manifest(program).unlink()
    assert compared(program) == SiteFact("protection", "program", "no manifest", "unsure")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"no manifest at all\n"])
def test_manifest_that_is_none_is_not_good_h04(program: Path, content: bytes) -> None:
    manifest(program).write_bytes(content)
    assert compared(program).verdict != "good"


def test_every_package_of_the_product_is_hashed() -> None:
    found = {name.split("/")[0] for name in hashes(ROOT)}
    assert set(PACKAGES) <= found
    assert MANIFEST == ROOT / "resources" / "manifest.sha256"


def test_wrong_words_write_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "terminal.integrity"], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "usage" in done.stderr
