"""An open status client and encoder for receipt printers works against the virtual printer."""

import json
import subprocess

import pytest
from foreign_judge import ROOT, node_command, node_environment
from units_bench import Bench, StartBench

from sandbox.units.json_files import Json

CLIENT_LIMIT_S = 30
RECEIPT = "^^^诊付\n缴费凭证 | 12.30\n{code:ZF-0001; option:qrcode,6}\n"

pytestmark = pytest.mark.slow


@pytest.fixture
def bench(start: StartBench) -> Bench:
    return start("printer")


def client(bench: Bench, *arguments: str) -> str:
    """One run of the foreign client; its own word about the printer."""
    port = bench.path("printer", "tcp").rpartition(":")[2]
    done = subprocess.run(
        node_command("printer_client.cjs", port, *arguments),
        env=node_environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=CLIENT_LIMIT_S,
        check=True,
    )
    return str(json.loads(done.stdout)["result"])


@pytest.mark.parametrize(
    ("control", "given", "word"),
    [
        (None, {}, "online"),
        ("paper", {"left": "out"}, "paperempty"),
        ("cover", {"position": "open"}, "coveropen"),
        ("cutter_jam", {"on": True}, "error"),
    ],
)
def test_client_reads_the_printers_state(
    bench: Bench, control: str | None, given: Json, word: str
) -> None:
    if control is not None:
        bench.control.ask("printer", control, **given)
    assert client(bench, "status") == word


def test_client_prints_and_has_the_proof(bench: Bench) -> None:
    assert client(bench, "print", RECEIPT) == "success"
    papers = bench.control.books("printer")["papers"]
    assert isinstance(papers, list)
    assert papers


def test_client_hears_that_paper_was_out(bench: Bench) -> None:
    bench.control.ask("printer", "paper", left="out")
    assert client(bench, "print", RECEIPT) == "paperempty"
