"""`python -m tests.fuzz [--seconds 60] [--jobs 2] [PARSER …]`: coverage-guided fuzzing (atheris).

Each parser of `tests/helpers/parsers.py` is fuzzed in a process of its own, seeded with the bytes
of the vectors, and may answer with frames or a DeviceError only. What a reader would get wrong:
atheris ends its process, so one process fuzzes one parser, and the exit status is the verdict.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.seeds import write_seeds
from tests.helpers.parsers import PARSERS, TOGETHER

_GRACE_S = 60.0
_MAX_BYTES = 6000


def main(arguments: list[str]) -> int:
    """0: every parser survived."""
    parser = argparse.ArgumentParser(prog="./run fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for each parser")
    parser.add_argument("--jobs", type=int, default=2, help="parsers at a time")
    parser.add_argument(
        "parsers", nargs="*", help=f"names; left out: each; {TOGETHER}: all in one process"
    )
    options = parser.parse_args(arguments)
    unknown = set(options.parsers) - {*PARSERS, TOGETHER}
    if unknown:
        parser.error(f"no parser {', '.join(sorted(unknown))}; there are {', '.join(PARSERS)}")
    names = options.parsers or list(PARSERS)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder)
        write_seeds(corpus)
        broken = [name for name in _fuzz(names, corpus, options.seconds, options.jobs) if name]
    print(f"{len(names) - len(broken)} of {len(names)} parsers survived {options.seconds} s each")
    return 1 if broken else 0


def _fuzz(names: list[str], corpus: Path, seconds: int, jobs: int) -> Iterator[str]:
    """Names of parsers that broke, "" for each that did not."""
    waiting, running = list(names), dict[str, subprocess.Popen[str]]()
    limit_s = seconds + _GRACE_S
    while waiting or running:
        while waiting and len(running) < jobs:
            name = waiting.pop(0)
            running[name] = _start(name, corpus, seconds)
        name, process = next(iter(running.items()))
        try:
            output = process.communicate(timeout=limit_s)[0]
        except subprocess.TimeoutExpired:
            process.kill()
            output = process.communicate()[0] + f"\nstill busy {limit_s} s after its start"
        del running[name]
        runs = [line for line in output.splitlines() if line.startswith(("Done", "stat::"))]
        if process.returncode == 0:
            print(f"{name}: {'; '.join(runs)}", flush=True)
            yield ""
        else:
            print(f"{name}: BROKE\n{output[-3000:]}", flush=True)
            yield name


def _start(name: str, corpus: Path, seconds: int) -> subprocess.Popen[str]:
    found = corpus.parent / f"{corpus.name}-{name}-{time.monotonic_ns()}"
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.fuzz.one", name, f"-max_total_time={seconds}"),
            *(f"-max_len={_MAX_BYTES}", f"-artifact_prefix={found}-", str(corpus)),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
