"""What must stand in the tree: the customer's folders, locked requirements, unique test names."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.helpers.source import ROOT, sources

_FOLDERS = (
    *("kiosk", "cashier", "devices", "backend_client"),
    *("resources", "tests", "installer"),
)
_LOCKS = ("product.txt", "develop.txt")
_PIN = re.compile(r"(\S+)==(\S+?)(?: ; .+)? \\")


@pytest.mark.parametrize("folder", _FOLDERS)
def test_folder_of_the_customer_stands_and_holds_something(folder: str) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert [path for path in files if "__pycache__" not in path.parts], f"{folder} is empty"


def _blocks(lock: str) -> list[list[str]]:
    """One block of lines for each pinned package."""
    blocks: list[list[str]] = []
    for line in (ROOT / "requirements" / lock).read_text(encoding="utf-8").splitlines():
        if line.strip().startswith("#") or not line.strip():
            continue
        if not line.startswith(" "):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


@pytest.mark.parametrize("lock", _LOCKS)
def test_every_requirement_is_pinned_with_hashes(lock: str) -> None:
    blocks = _blocks(lock)
    assert len(blocks) > 15
    for head, *hashes in blocks:
        assert _PIN.fullmatch(head), f"{head} is not pinned"
        assert hashes, f"{head} has no hash"
        assert all(re.match(r"    --hash=sha256:[0-9a-f]{64}\b", line) for line in hashes), head


@pytest.mark.parametrize("name", [*_LOCKS, "product.in", "develop.in"])
def test_requirements_name_no_place_to_fetch_from(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--find-links|--trusted-host|@ ", text)


@pytest.mark.parametrize("lock", _LOCKS)
def test_qt_is_pinned_for_both_machines(lock: str) -> None:
    heads = [block[0] for block in _blocks(lock) if block[0].startswith("pyside6-essentials")]
    assert set(heads) == {
        "pyside6-essentials==6.11.3 ; platform_machine == 'x86_64' \\",
        "pyside6-essentials==6.8.0.2 ; platform_machine == 'aarch64' \\",
    }


def test_no_two_test_modules_have_the_same_name() -> None:
    names = Counter(one.path.rsplit("/", 1)[-1] for one in sources("tests"))
    nobodys = ("conftest.py", "__main__.py")
    twice = [name for name, count in names.items() if count > 1 and name not in nobodys]
    assert twice == [], "pytest imports test modules by their bare name"


def test_no_test_imports_conftest() -> None:
    found = [
        f"{one.path}:{line}"
        for one in sources("tests")
        for line, name in one.imports()
        if name.split(".")[0] == "conftest"
    ]
    assert found == [], "which conftest it is depends on the folders of the run: use a module"
