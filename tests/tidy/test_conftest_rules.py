"""The rules of tests/conftest.py bite: run on small test files of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.source import ROOT

pytestmark = pytest.mark.slow

_HEAD = "import logging\nimport pytest\nlog = logging.getLogger('terminal.recovery')\n"
_WARNS = "    log.warning('the POS is silent')\n"
_PASSED, _FAILED = 0, 1


def _run(folder: Path, body: str) -> tuple[int, str]:
    shutil.copy(ROOT / "tests" / "conftest.py", folder)
    (folder / "test_small.py").write_text(_HEAD + body, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --strict-markers\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        timeout=60,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (f"def test_a():\n{_WARNS}", _FAILED),
        (f"@pytest.mark.expects_warnings('terminal')\ndef test_a():\n{_WARNS}", _PASSED),
        (f"@pytest.mark.expects_warnings\ndef test_a():\n{_WARNS}", _PASSED),
        (f"@pytest.mark.expects_warnings('devices')\ndef test_a():\n{_WARNS}", _FAILED),
        (f"@pytest.fixture\ndef f():\n{_WARNS}\ndef test_a(f):\n    pass\n", _FAILED),
        ("def test_a():\n    log.info('fine')\n", _PASSED),
        ("import unittest\n@unittest.skip('later')\ndef test_a():\n    pass\n", _FAILED),
    ],
    ids=[
        *("warning", "announced", "announced for all", "another logger", "in a fixture"),
        *("information", "skipped"),
    ],
)
def test_warning_or_skip_fails_the_run_unless_announced(
    tmp_path: Path, body: str, code: int
) -> None:
    returned, said = _run(tmp_path, body)
    assert returned == code, said
    if "log.warning" in body and code == _FAILED:
        assert "WARNING terminal.recovery: the POS is silent" in said
