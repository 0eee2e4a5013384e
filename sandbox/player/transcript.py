"""What the player did and saw: steps with outcome and time, pictures, at the end the sums."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

log = logging.getLogger(__name__)


@dataclass
class StepRecord:
    """One step of the story."""

    what: str
    outcome: str = "ok"
    milliseconds: int = 0
    pressed: list[str] = field(default_factory=list)
    screens: list[str] = field(default_factory=list)


class Transcript:
    """Collects steps; `save` writes transcript.json."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.steps: list[StepRecord] = []
        self._pictures = 0

    @contextmanager
    def step(self, what: str) -> Iterator[StepRecord]:
        """Time one step; an error is written down and passed on."""
        record = StepRecord(what)
        self.steps.append(record)
        begun = time.monotonic()
        log.info("%s", what)
        try:
            yield record
        except Exception as error:
            record.outcome = f"{type(error).__name__}: {error}"
            raise
        finally:
            record.milliseconds = round((time.monotonic() - begun) * 1000)

    def pressed(self, name: str) -> None:
        """A control was pressed."""
        log.info("press %s", name)
        if self.steps:
            self.steps[-1].pressed.append(name)

    def picture_name(self, name: str) -> Path:
        """The next numbered picture file."""
        self._pictures += 1
        file = self.folder / "screens" / f"{self._pictures:02d}_{name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        if self.steps:
            self.steps[-1].screens.append(file.name)
        return file

    def save(self, sums: Mapping[str, object]) -> None:
        """transcript.json in the folder."""
        content = {"steps": [asdict(step) for step in self.steps], **sums}
        text = json.dumps(content, ensure_ascii=False, indent=2)
        (self.folder / "transcript.json").write_text(text + "\n", "utf-8")
