"""One process owns the ports: the second one is told who the first is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from devices.ownership import AlreadyRunning, InstanceLock

ROOT = Path(__file__).resolve().parents[2]
_HOLDER = """
import sys
from pathlib import Path
from devices.ownership import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def _hold(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_second_process_is_told_the_holder(tmp_path: Path) -> None:
    with _hold(tmp_path / "data") as holder:
        with pytest.raises(AlreadyRunning, match=f"process {holder.pid}$"):
            InstanceLock(tmp_path / "data")
        holder.kill()


def test_killed_holder_leaves_the_lock_free(tmp_path: Path) -> None:
    with _hold(tmp_path) as holder:
        holder.kill()
        holder.wait(5)
    lock = InstanceLock(tmp_path)
    assert (tmp_path / "terminal.lock").read_text("ascii") == str(os.getpid())
    lock.release()


def test_released_lock_can_be_had_again(tmp_path: Path) -> None:
    InstanceLock(tmp_path).release()
    InstanceLock(tmp_path).release()
