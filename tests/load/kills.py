"""Terminals settle while the backend is killed again and again; and many want the same bill.

Each run ends with the database judged by itself (`verdict`).
"""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.load.judgement import Verdict, judged
from tests.load.load_terminal import LoadTerminal
from tests.load.processes import Town, towns
from tests.load.supply import Desk, desks, put_in

_BILLS_EACH = 400
_ACCOUNT_FEN = 300_000
_DRAIN_S = 60.0


def under_kills(kind: str, terminals: int, kills: int, seed: int) -> Verdict:
    """So many terminals settle until the backend was killed so often and came back each time."""
    with tempfile.TemporaryDirectory(prefix="zfload") as folder, towns(Path(folder), kind) as town:
        made = desks(terminals, _BILLS_EACH)
        put_in(town.database_url, made)
        _insure(town, made[::2])
        town.start()
        over = threading.Event()
        chance = random.Random(seed)
        tender_of = ["CASH" if chance.random() < 0.3 else "SCAN" for _ in range(_BILLS_EACH)]
        working = [LoadTerminal(lambda: town.url, each, tender_of.__getitem__) for each in made]
        with ThreadPoolExecutor(terminals) as pool:
            runs = [pool.submit(_until, over, each) for each in working]
            try:
                for _ in range(kills):
                    over.wait(chance.uniform(0.5, 2.0))
                    town.kill()
                    town.start()
            finally:
                over.set()
            for run in runs:
                run.result()
        _drain(town, working)
        town.stop_backend()
        return judged(town, [each.outcome for each in working])


def _until(over: threading.Event, terminal: LoadTerminal) -> None:
    for place in range(_BILLS_EACH):
        if over.is_set():
            return
        terminal.settle(place)


def _insure(town: Town, insured: list[Desk]) -> None:
    for desk in insured:
        town.control(
            "insurance",
            do="add_person",
            psn_no=f"3303000000000000{desk.number:010d}",
            id_number=desk.id_number,
            name="张三",
            insutype="310",
            account_fen=_ACCOUNT_FEN,
            e_code=f"ECLOAD{'0' * 16}{desk.number:06d}",
        )


def _drain(town: Town, working: list[LoadTerminal]) -> None:
    """What a kill interrupted is brought to its end by the runner alone."""
    wait = threading.Event().wait
    limit = time.monotonic() + _DRAIN_S
    while time.monotonic() < limit:
        if judged(town, [each.outcome for each in working]).unfinished == 0:
            return
        wait(0.5)


def same_bill(kind: str, contenders: int, bills: int) -> Counter[str]:
    """So many terminals settle the same bills at once: how often each outcome was told.

    Every bill has to be told paid exactly once.
    """
    with tempfile.TemporaryDirectory(prefix="zfload") as folder, towns(Path(folder), kind) as town:
        first, *others = desks(contenders, bills)
        same = [Desk(d.number, d.token, first.person_id, "", first.bill_ids) for d in others]
        put_in(
            town.database_url,
            [first, *(Desk(d.number, d.token, d.person_id, d.id_number, ()) for d in others)],
        )
        town.start()
        working = [
            LoadTerminal(lambda: town.url, each, lambda _: "CASH") for each in (first, *same)
        ]
        with ThreadPoolExecutor(contenders) as pool:
            for place in range(bills):
                ready = threading.Barrier(contenders)

                def run(
                    terminal: LoadTerminal, place: int = place, ready: threading.Barrier = ready
                ) -> None:
                    ready.wait(60)
                    terminal.settle(place)

                for each in [pool.submit(run, terminal) for terminal in working]:
                    each.result()
        town.stop_backend()
        outcomes = [each.outcome for each in working]
        verdict = judged(town, outcomes)
        told = Counter(reason for outcome in outcomes for reason in outcome.refused)
        told["paid"] = sum(len(outcome.paid) for outcome in outcomes)
        told["wrong"] = verdict.lost + verdict.doubled + verdict.unbalanced + verdict.unfinished
        return told
