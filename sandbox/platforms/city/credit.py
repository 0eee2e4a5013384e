"""The city's pay-later credit: suspensions and malicious flags of all hospitals (domain N15, N16).

Talks to nothing; the city's routes call it. What a reader would get wrong: an entry may be ended
before it arrives (its hospital's first request was lost); it is then refused for ever after.
"""

from dataclasses import dataclass, field
from typing import Generic, Literal, Protocol, TypeVar

from sandbox.platforms.desk import Refused


class _Reported(Protocol):
    @property
    def id_number(self) -> str: ...

    @property
    def hospital(self) -> str: ...

    @property
    def reference(self) -> str: ...


Reported = TypeVar("Reported", bound=_Reported)


@dataclass(frozen=True, slots=True)
class Entry:
    """One hospital's suspension of a person; ``since`` is YYYY-MM-DD."""

    id_number: str
    hospital: str
    reference: str
    amount_fen: int
    since: str


@dataclass(frozen=True, slots=True)
class Flag:
    """One hospital's malicious flag; ``operator`` is the person who decided."""

    id_number: str
    hospital: str
    reference: str
    evidence_digest: str
    operator: str


@dataclass(frozen=True, slots=True)
class Standing:
    """``/credit/status``."""

    state: Literal["CLEAR", "SUSPENDED"]
    since: str
    hospital: str
    malicious: bool
    result: Literal["SUCCESS"] = "SUCCESS"


@dataclass(slots=True)
class Register(Generic[Reported]):
    """What hospitals reported, by hospital and reference, and who ended it."""

    made: dict[str, Reported] = field(default_factory=dict)
    ended_by: dict[str, str] = field(default_factory=dict)

    def add(self, report: Reported) -> None:
        """Keep a report, once; Refused for other content or a reference that was ended."""
        key = _key(report.hospital, report.reference)
        known = self.made.get(key)
        if known is not None and known != report:
            raise Refused("REFERENCE_USED")
        if known is None and key in self.ended_by:
            raise Refused("REFERENCE_CLOSED")
        self.made[key] = report

    def end(self, id_number: str, hospital: str, reference: str, by: str) -> None:
        """End a report, heard of or not; Refused when it is another person's."""
        key = _key(hospital, reference)
        known = self.made.get(key)
        if known is not None and known.id_number != id_number:
            raise Refused("REFERENCE_USED")
        self.ended_by.setdefault(key, by)

    def ender(self, report: Reported) -> str | None:
        """Who ended it; None while it stands."""
        return self.ended_by.get(_key(report.hospital, report.reference))

    def standing(self, id_number: str) -> list[Reported]:
        """What still stands against a person."""
        return [
            report
            for report in self.made.values()
            if report.id_number == id_number and self.ender(report) is None
        ]


@dataclass(slots=True)
class CreditBooks:
    """Everything hospitals reported."""

    entries: Register[Entry] = field(default_factory=Register)
    flags: Register[Flag] = field(default_factory=Register)

    def status(self, id_number: str) -> Standing:
        """Whether any hospital's entry stands; the oldest one is named."""
        malicious = bool(self.flags.standing(id_number))
        entries = self.entries.standing(id_number)
        if not entries:
            return Standing("CLEAR", "", "", malicious)
        oldest = min(entries, key=lambda entry: entry.since)
        return Standing("SUSPENDED", oldest.since, oldest.hospital, malicious)


def _key(hospital: str, reference: str) -> str:
    return f"{hospital} {reference}"
