"""Which of the codes that were read may be told: a vote over several reads.

A QR code counts at its first read. A Code 128 counts when it leads every text like it by two
reads, or when a QR code said the same. What a reader would get wrong: a blurred strip gives its
true number and a wrong one with a good check digit side by side, so two equal reads alone would
not do.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations

from devices.scanner.code import CODE128, QR, Code, alike

SURE_LEAD = 2


@dataclass(slots=True)
class Tally:
    """Reads of one image, or of the frames of one second."""

    _reads: Counter[Code] = field(default_factory=Counter)
    _side_by_side: set[frozenset[Code]] = field(default_factory=set)

    def add(self, codes: list[Code]) -> None:
        """What one attempt read."""
        self._reads.update(codes)
        self._side_by_side.update(frozenset(pair) for pair in combinations(codes, 2))

    def sure(self) -> list[Code]:
        """Codes that may be told, in the order they were first read."""
        return [code for code in self._reads if self._is_sure(code)]

    @property
    def settled(self) -> bool:
        """Something is sure, and further reads would add nothing to it."""
        sure = self.sure()
        return bool(sure) and all(
            code in sure or any(self._are_rivals(code, other) for other in sure)
            for code in self._reads
        )

    def _is_sure(self, code: Code) -> bool:
        if code.symbology == QR or Code(code.text, QR) in self._reads:
            return True
        rivals = [n for other, n in self._reads.items() if self._are_rivals(code, other)]
        return self._reads[code] - max(rivals, default=0) >= SURE_LEAD

    def _are_rivals(self, one: Code, other: Code) -> bool:
        """Two readings of what may be the same strip."""
        if one == other or {one.symbology, other.symbology} != {CODE128}:
            return False
        return frozenset((one, other)) not in self._side_by_side and alike(one.text, other.text)
