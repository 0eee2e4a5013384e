"""The Acts only the technician's mode awaits, and what they answer.

They stand in core because `terminal` carries them out; neither patients nor cashiers await one.
What a reader would get wrong: a check answers with its record, whatever its verdict; `Refused` says
that it was not run at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.flow import Act
from core.ports import Refused
from core.steps import JournalBroken, Recorded
from core.upkeep.cash_box import Batch, Counts, Difference
from core.upkeep.checks import CheckRecord
from core.upkeep.consumables import Item, Level
from core.upkeep.devices import DeviceHistory
from core.upkeep.stickers import Sticker

# --- who ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Technician:
    """Somebody who may open the machine. `number` goes into every record."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class SignInTechnician(Act[Technician | Refused]):
    """Card number (read or typed) and PIN; works without the backend. Refused: bad_pin | locked."""

    card: str
    pin: str

    def __repr__(self) -> str:
        return "SignInTechnician(…)"


# --- the machine ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CheckOffer:
    """One check of a device; `hand` and `consumes` as in `devices.checks.Check`."""

    name: str
    hand: str = ""
    consumes: bool = False


@dataclass(frozen=True, slots=True)
class LoopOffer:
    """One loop test that this machine can do."""

    name: str
    devices: tuple[str, ...]
    hand: str = ""


@dataclass(frozen=True, slots=True)
class DeviceView:
    """One kind of device. Not fitted: no path, no checks, state "not_fitted"."""

    name: str
    path: str
    history: DeviceHistory
    checks: tuple[CheckOffer, ...]


@dataclass(frozen=True, slots=True)
class FunctionView:
    """A row of the matrix device × function. `missing`: a reason code, "" when it works."""

    name: str
    needs: tuple[str, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something a person must look at. `code`: alarm.<code>; `subject`: which device or item."""

    code: str
    subject: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class OpenDoubt:
    """An operation whose outcome is open or that waits for a person."""

    operation_id: str
    kind: str
    state: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class MachineView:
    """Everything the first page shows."""

    devices: tuple[DeviceView, ...]
    functions: tuple[FunctionView, ...]
    loops: tuple[LoopOffer, ...]
    alarms: tuple[Alarm, ...]
    levels: tuple[Level, ...]
    batches: tuple[Batch, ...]
    stickers: tuple[Sticker, ...]
    doubts: tuple[OpenDoubt, ...]
    records: tuple[CheckRecord, ...]


@dataclass(frozen=True, slots=True)
class LookAtMachine(Act[MachineView | JournalBroken]):
    """Devices, functions, alarms, levels, doubts, the latest checks."""


@dataclass(frozen=True, slots=True)
class RunCheck(Act[CheckRecord | Refused]):
    """One check, in the device's own worker. Refused: busy | not_fitted | deadline."""

    device: str
    check: str
    person: str


@dataclass(frozen=True, slots=True)
class RunLoop(Act[CheckRecord | Refused]):
    """One loop test without a patient."""

    loop: str
    person: str


@dataclass(frozen=True, slots=True)
class AcceptDevice(Act[Recorded | JournalBroken]):
    """The exchanged device is meant to be there: its serial number is the right one now."""

    device: str
    serial: str
    person: str


# --- consumables ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RecordRefill(Act[Recorded | JournalBroken]):
    """`pieces` are in the machine now."""

    item: Item
    pieces: int
    person: str


@dataclass(frozen=True, slots=True)
class FirstCount:
    """One person has counted; another must."""


@dataclass(frozen=True, slots=True)
class CountsDiffer:
    """Two people counted differently: both count again."""


@dataclass(frozen=True, slots=True)
class CountAgreed:
    """Two people counted the same; `differences` to the journal, none when all is well."""

    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class RecordCount(Act[FirstCount | CountsDiffer | CountAgreed | Refused | JournalBroken]):
    """A blind count of a sealed batch. Refused: not_sealed | counted_already."""

    batch: int
    seal: str
    counts: Counts
    person: str


@dataclass(frozen=True, slots=True)
class PlaceSticker(Act[Recorded | JournalBroken]):
    """The NFC sticker of a counter (W17); an empty `tag` takes it off the list."""

    counter: str
    tag: str
    person: str


# --- site, journal, log -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SiteFact:
    """One measured fact. `group`: network, clock, disk, protection, site. `verdict`: good, bad,
    unsure. `name`: a word of the catalogue (site.<name>)."""

    group: str
    name: str
    value: str
    verdict: str


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What the probes measured (S48, H04)."""

    facts: tuple[SiteFact, ...]


@dataclass(frozen=True, slots=True)
class ProbeSite(Act[SiteReport | Refused]):
    """Network, clock, disk, protection, power: all measured now."""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One record as a technician may see it: no personal data is in a journal."""

    seq: int
    at: str
    kind: str
    operation_id: str
    text: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Newest first. `more`: older ones match too."""

    lines: tuple[JournalLine, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class FindRecords(Act[JournalPage | JournalBroken]):
    """Records whose kind, operation or facts contain `text`; older than `before_seq` (0: all)."""

    text: str = ""
    kind: str = ""
    before_seq: int = 0


@dataclass(frozen=True, slots=True)
class LogPage:
    """The last lines of the program's log that match, oldest first."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadLog(Act[LogPage | Refused]):
    """Lines that contain `text`."""

    text: str = ""


# --- papers -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Made:
    """A file was written. `path`: where. `printed`: it went to the page printer too."""

    path: str
    printed: bool = False


@dataclass(frozen=True, slots=True)
class MakeReadinessReport(Act[Made | Refused]):
    """The readiness report as PDF; `print_it` sends it to the page printer when one is fitted."""

    person: str
    print_it: bool = False


@dataclass(frozen=True, slots=True)
class MakeSupportBundle(Act[Made | Refused]):
    """Logs, journal kinds, settings without secrets, device report; no personal data."""

    person: str


@dataclass(frozen=True, slots=True)
class ReportProblem(Act[Recorded | JournalBroken]):
    """ "Something is wrong" in a person's words, with the state of the screen (S52).

    `picture`: PNG of the technician's own page, never of a patient's.
    """

    text: str
    person: str
    picture: bytes = b""

    def __repr__(self) -> str:
        return f"ReportProblem({len(self.text)} characters)"
