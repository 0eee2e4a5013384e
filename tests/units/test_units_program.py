"""The program as a process, and its control channel."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from units_bench import StartBench, announced_by

from sandbox.units.control import ControlClient, ControlServer
from sandbox.units.request import ControlError


def test_unknown_unit_and_unknown_control_are_refused(start: StartBench) -> None:
    bench = start("scanner")
    with pytest.raises(ControlError, match="no unit 'camera'; there are scanner, wallet"):
        bench.control.ask("camera", "show")
    with pytest.raises(ControlError, match="scanner cannot 'dance'"):
        bench.control.ask("scanner", "dance")
    with pytest.raises(ControlError, match="field 'text' must be a text"):
        bench.control.ask("scanner", "show", text=5)


def test_watching_connection_hears_the_state_and_each_change(start: StartBench) -> None:
    bench = start("scanner")
    messages = bench.watcher()
    assert next(messages) == {"unit": "scanner", "state": {"shown": 0}}
    assert next(messages)["unit"] == "wallet"
    bench.control.ask("scanner", "show", text="code")
    assert next(messages) == {"unit": "scanner", "state": {"shown": 1}}


def test_card_created_in_the_hand_carries_its_blocks(start: StartBench) -> None:
    bench = start("scanner")
    blocks = {"4": "50" * 16}
    assert bench.control.ask("wallet", "create", uid="0A0B0C0D", blocks=blocks)["uid"] == "0A0B0C0D"
    cards = bench.control.books("wallet")["cards"]
    assert isinstance(cards, list)
    assert (cards[0]["place"], cards[0]["blocks"][4]) == ("hand", "50" * 16)
    with pytest.raises(ControlError, match="exists already"):
        bench.control.ask("wallet", "create", uid="0A0B0C0D")
    with pytest.raises(ControlError, match="a block number is 0 to 63"):
        bench.control.ask("wallet", "create", blocks={"64": "00" * 16})


def test_run_folder_too_deep_for_a_socket_is_refused() -> None:
    async def switch(name: str, on: bool) -> None:
        raise AssertionError((name, on))

    server = ControlServer(Path("/" + "x" * 120) / "control.sock", {}, switch)
    with pytest.raises(ControlError, match="too deep for a Unix socket"):
        server.start().send(None)


@pytest.mark.slow
def test_terminated_process_ends_within_a_second_and_takes_its_announcement(
    run_dir: Path,
) -> None:
    command = [sys.executable, "-m", "sandbox.units", "--run-dir", str(run_dir)]
    process = subprocess.Popen(
        [*command, "--only", "scanner,pos,printer,card_slot"], cwd=Path(__file__).parents[2]
    )
    announced_by(process, run_dir)
    with ControlClient(run_dir / "control.sock") as control:
        assert set(control.state()) == {"scanner", "pos", "printer", "card_slot", "wallet"}
    process.send_signal(signal.SIGTERM)
    assert process.wait(1.0) == 0
    assert not (run_dir / "units.json").exists()
