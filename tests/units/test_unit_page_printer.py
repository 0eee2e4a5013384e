"""The virtual page printer behind a private print service, judged by an independent client."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from reportlab.pdfgen.canvas import Canvas
from units_bench import Bench, StartBench

pytestmark = pytest.mark.slow

UNIT = "page_printer"
LIMIT_S = 10.0
COMPLETED, CANCELLED, ABORTED = 9, 7, 8
CLIENT = """
import sys, cups
service = cups.Connection()
job = int(sys.argv[2]) if sys.argv[1:2] == ["job"] else 0
if job:
    print(service.getJobAttributes(job)["job-state"])
    print(*service.getPrinterAttributes("PagePrinter")["printer-state-reasons"])
elif sys.argv[1] == "cancel":
    service.cancelJob(int(sys.argv[2]))
else:
    print(service.printFile("PagePrinter", sys.argv[2], sys.argv[3], {"copies": sys.argv[4]}))
"""


def client(bench: Bench, *words: str) -> list[str]:
    """Lines the independent CUPS client prints."""
    environment = cast(dict[str, str], bench.wires["environment"])
    done = subprocess.run(
        [sys.executable, "-c", CLIENT, *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def send(bench: Bench, run_dir: Path, pages: int = 2, copies: int = 1) -> str:
    file = run_dir / "document.pdf"
    canvas = Canvas(str(file))
    for page in range(pages):
        canvas.drawString(100, 100, f"page {page + 1}")
        canvas.showPage()
    canvas.save()
    return client(bench, "print", str(file), "report", str(copies))[0]


def eventually(happened: Callable[[], bool]) -> None:
    pause, limit = threading.Event(), time.monotonic() + LIMIT_S
    while not happened():
        assert time.monotonic() < limit, "it did not happen in time"
        pause.wait(0.05)


def ends(bench: Bench, job: str, state: int) -> None:
    eventually(lambda: client(bench, "job", job)[0] == str(state))


def tells(bench: Bench, job: str, reason: str) -> bool:
    return reason in client(bench, "job", job)[1].split()


def printing(bench: Bench) -> object:
    return cast(dict[str, object], bench.control.state()[UNIT])["printing"]


def sheets(bench: Bench) -> list[dict[str, object]]:
    found = bench.control.books(UNIT)["sheets"]
    assert isinstance(found, list)
    return found


def test_document_comes_out_unchanged_sheet_by_sheet(start: StartBench, run_dir: Path) -> None:
    bench = start(UNIT)
    job = send(bench, run_dir, copies=2)
    ends(bench, job, COMPLETED)
    printed = sheets(bench)
    assert [(s["copy"], s["page"]) for s in printed] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert printed[0]["title"] == "report"
    document = Path(str(printed[0]["document"])).read_bytes()
    assert document == (run_dir / "document.pdf").read_bytes()
    assert bench.control.ask(UNIT, "take")["ids"] == ["0001", "0002", "0003", "0004"]
    assert bench.control.state()[UNIT] == {
        **{"paper": 246, "jammed": False, "cover_open": False, "online": True, "toner": "full"},
        **{"next_sheet": 5, "printing": None, "in_tray": []},
    }


def test_paper_that_ends_in_the_middle_is_told_and_the_rest_comes_after_a_refill(
    start: StartBench, run_dir: Path
) -> None:
    bench = start(UNIT)
    bench.control.ask(UNIT, "paper", left=1)
    job = send(bench, run_dir)
    eventually(lambda: tells(bench, job, "media-empty-error"))
    assert len(sheets(bench)) == 1
    bench.control.ask(UNIT, "paper", left="full")
    ends(bench, job, COMPLETED)
    assert [s["page"] for s in sheets(bench)] == [1, 2]


def test_each_trouble_stops_the_printer_and_is_told(start: StartBench, run_dir: Path) -> None:
    bench = start(UNIT)
    for word, fields in (("offline", {}), ("jam", {}), ("cover", {"position": "open"})):
        bench.control.ask(UNIT, word, **fields)
    bench.control.ask(UNIT, "toner", level="empty")
    job = send(bench, run_dir, pages=1)
    for reason, word, fields in (
        ("offline-report", "online", {}),
        ("media-jam-error", "unjam", {}),
        ("cover-open-error", "cover", {"position": "closed"}),
        ("toner-empty-error", "toner", {"level": "low"}),
    ):
        eventually(partial(tells, bench, job, reason))
        bench.control.ask(UNIT, word, **fields)
    ends(bench, job, COMPLETED)
    assert client(bench, "job", job)[1] == "toner-low-warning"


def test_cancelled_job_prints_no_further_sheet(start: StartBench, run_dir: Path) -> None:
    bench = start(UNIT)
    bench.control.ask(UNIT, "paper", left=1)
    job = send(bench, run_dir)
    eventually(lambda: len(sheets(bench)) == 1)
    client(bench, "cancel", job)
    ends(bench, job, CANCELLED)
    bench.control.ask(UNIT, "paper", left="full")
    eventually(lambda: printing(bench) is None)
    assert len(sheets(bench)) == 1


def test_faults_of_a_job(start: StartBench, run_dir: Path) -> None:
    bench = start(UNIT)
    for kind, state, count in (("cut", ABORTED, 0), ("cut_after_execution", ABORTED, 1)):
        bench.control.ask(UNIT, "fault", kind=kind)
        ends(bench, send(bench, run_dir, pages=1), state)
        assert len(sheets(bench)) == count
    bench.control.ask(UNIT, "fault", kind="answer_lost")
    job = send(bench, run_dir, pages=1)
    eventually(lambda: len(sheets(bench)) == 2)
    assert client(bench, "job", job)[0] == "5"
    client(bench, "cancel", job)
    bench.control.ask(UNIT, "fault", kind="power_off")
    job = send(bench, run_dir, pages=3)
    ends(bench, job, ABORTED)
    assert len(sheets(bench)) == 3
    job = send(bench, run_dir, pages=1)
    eventually(lambda: tells(bench, job, "offline-report"))
    bench.control.ask(UNIT, "power", on=True)
    ends(bench, job, COMPLETED)


def test_paper_and_sheets_survive_a_restart(start: StartBench, run_dir: Path) -> None:
    bench = start(UNIT)
    bench.control.ask(UNIT, "paper", left=7)
    ends(bench, send(bench, run_dir, pages=1), COMPLETED)
    before = bench.control.state()[UNIT]
    bench.stop()
    again = start(UNIT)
    assert again.control.state()[UNIT] == before
    assert [s["id"] for s in sheets(again)] == ["0001"]
