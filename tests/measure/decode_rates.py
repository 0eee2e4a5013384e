"""How well still images are read: `python -m tests.measure.decode_rates DIR [DRAWN SEED]`.

DIR holds `img/` and `expected.tsv` (file, source, set, kind, texts as a JSON list). A command for
people, not a test. With DRAWN it also measures that many drawn phone screens. What a reader would
get wrong: an image is a hit when one of its texts was read, and wrong when any other text was.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from devices.scanner import rungs
from devices.scanner.code import Code
from devices.scanner.decode import decode, grey_of
from tests.measure.drawn_codes import Image, drawn


@dataclass(frozen=True, slots=True)
class Picture:
    """One labelled image."""

    group: str
    name: str
    image: Image
    texts: tuple[str, ...]


@dataclass(slots=True)
class Score:
    """What one reader made of the pictures."""

    hits: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    times_ms: list[float] = field(default_factory=list)


Reader = Callable[[Image], list[Code]]


def _plain(rung: rungs.Rung) -> Reader:
    def read(image: Image) -> list[Code]:
        grey = grey_of(image)
        return [] if grey is None else rung(grey)

    return read


READERS: dict[str, Reader] = {
    "decode": decode,
    "zxing": _plain(rungs.zxing),
    "pyzbar": _plain(rungs.zbar),
}


def photographs(folder: Path) -> Iterator[Picture]:
    """The labelled images of `folder`."""
    with (folder / "expected.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    for name, _, group, kind, texts in rows[1:]:
        image = cv2.imread(str(folder / "img" / name))
        if image is None:
            raise SystemExit(f"{name} cannot be read")
        wanted = () if kind == "neg" else tuple(json.loads(texts))
        yield Picture(group, name, image.astype(np.uint8, copy=False), wanted)


def measure(pictures: list[Picture]) -> dict[str, Score]:
    """Every reader over every picture, one thread."""
    cv2.setNumThreads(1)
    scores = {name: Score() for name in READERS}
    for picture in pictures:
        for name, read in READERS.items():
            begin = time.thread_time()
            found = {code.text for code in read(picture.image)}
            scores[name].times_ms.append((time.thread_time() - begin) * 1000)
            scores[name].hits[picture.group] += bool(found & set(picture.texts))
            if found - set(picture.texts):
                scores[name].wrong.append(picture.name)
    return scores


def tell(pictures: list[Picture]) -> None:
    """Print the table."""
    scores = measure(pictures)
    totals = Counter(p.group for p in pictures if p.texts)
    print(f"{'set':16}" + "".join(f"{name:>12}" for name in READERS))
    for group, total in sorted(totals.items()):
        cells = "".join(f"{score.hits[group]:>8}/{total:<3}" for score in scores.values())
        print(f"{group:16}{cells}")
    ours = scores["decode"].hits.total()
    for name, score in scores.items():
        median, late = np.percentile(score.times_ms, [50, 95])
        hits = score.hits.total()
        print(
            f"{name}: {hits}/{totals.total()}, wrong {len(score.wrong)} {score.wrong[:5]}, "
            f"CPU ms {median:.1f} median {late:.1f} p95 {max(score.times_ms):.1f} worst, "
            f"decode reads {ours / max(hits, 1):.2f} times as many"
        )
    print(f"pictures without a code: {sum(not p.texts for p in pictures)}")


def main(arguments: list[str]) -> int:
    """The command."""
    if len(arguments) not in (1, 3):
        print(__doc__)
        return 2
    tell(list(photographs(Path(arguments[0]))))
    if len(arguments) == 3:
        frames = enumerate(drawn(int(arguments[1]), int(arguments[2])))
        tell(
            [
                Picture(d.fault, f"drawn {number}", d.image, (d.text,) if d.text else ())
                for number, d in frames
            ]
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
