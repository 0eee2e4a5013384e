"""Seeds of the fuzzer: every byte string of the vectors."""

from __future__ import annotations

import tomllib
from pathlib import Path

VECTORS = Path(__file__).resolve().parent.parent / "vectors"


def write_seeds(folder: Path) -> int:
    """One file per vector; how many."""
    number = 0
    for file in sorted(VECTORS.glob("*.toml")):
        for vector in tomllib.loads(file.read_text(encoding="utf-8")).get("vector", []):
            number += 1
            (folder / f"{number:04}").write_bytes(bytes.fromhex(str(vector["hex"])))
    return number
