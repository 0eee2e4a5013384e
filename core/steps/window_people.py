"""Acts of a window about people and cards: finding, full numbers, identities, losses, merging.

What a reader would get wrong: none of them moves money. Those with an `operation_id` are done once
under it; the others are done once by a rule of the backend, so they may be asked again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.flow import Act
from core.identity import Medium, Patient
from core.people import Media, Relation
from core.ports import CardWritten, DeviceTrouble, NotSent, Refused, Unknown
from core.steps.people import CardReserved
from core.window_people import CardState, Deceased, Handover, PatientsFound, Revealed


@dataclass(frozen=True, slots=True)
class FindByName(Act[Patient | Refused | NotSent | Unknown]):
    """Neither card nor phone: both must be right (N19)."""

    durable: ClassVar[bool] = False
    name: str
    id_number: str

    def __repr__(self) -> str:
        return "FindByName(…)"


@dataclass(frozen=True, slots=True)
class FindByPhone(Act[PatientsFound | Refused | NotSent | Unknown]):
    """Everybody who gave this mobile number."""

    durable: ClassVar[bool] = False
    phone: str

    def __repr__(self) -> str:
        return "FindByPhone(…)"


@dataclass(frozen=True, slots=True)
class Reveal(Act[Revealed | Refused | NotSent | Unknown]):
    """One field in full, on the record. `field`: name, id_number, phone, address or card_number
    (of the card in use or lost, "" without); `reason`: a word of docs/backend_api/people.md."""

    durable: ClassVar[bool] = False
    patient_id: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class RegisterUnknown(Act[Patient | Refused | NotSent | Unknown]):
    """Somebody without a number. `card`: GREEN_CHANNEL (S28) or HEALTH_CARD_ANON (S05);
    `birth_date`: about, or "". What is asked again after silence is another person."""

    durable: ClassVar[bool] = False
    card: str
    called: str
    sex: str
    birth_date: str


@dataclass(frozen=True, slots=True)
class SetIdentities(Act[Patient | Refused | NotSent | Unknown]):
    """Exactly these special identities from now on (S20, S27)."""

    durable: ClassVar[bool] = False
    patient_id: str
    identities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordDeath(Act[Deceased | Refused | NotSent | Unknown]):
    """`died_on`: YYYY-MM-DD; `documents`: the originals that lie on the desk (W34)."""

    durable: ClassVar[bool] = False
    patient_id: str
    died_on: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttachMedium(Act[Media | Refused | NotSent | Unknown]):
    """A medium is found from now on; `id_number` as the holder's document says (S06, S43)."""

    durable: ClassVar[bool] = False
    patient_id: str
    medium: Medium
    id_number: str

    def __repr__(self) -> str:
        return f"AttachMedium({self.patient_id}, {self.medium!r})"


@dataclass(frozen=True, slots=True)
class EndMedium(Act[Media | Refused | NotSent | Unknown]):
    """This hospital accepts it no more."""

    durable: ClassVar[bool] = False
    patient_id: str
    medium: Medium
    reason: str


@dataclass(frozen=True, slots=True)
class SetContact(Act[Relation | Refused | NotSent | Unknown]):
    """Whom the hospital calls, and who is paid for a minor (W30); `id_number` may be ""."""

    durable: ClassVar[bool] = False
    patient_id: str
    name: str
    id_number: str
    phone: str

    def __repr__(self) -> str:
        return f"SetContact({self.patient_id}, …)"


@dataclass(frozen=True, slots=True)
class AddGuardian(Act[Relation | Refused | NotSent | Unknown]):
    """With the proof that a window saw; valid at once."""

    durable: ClassVar[bool] = False
    patient_id: str
    name: str
    id_number: str
    phone: str
    proof: str

    def __repr__(self) -> str:
        return f"AddGuardian({self.patient_id}, …)"


@dataclass(frozen=True, slots=True)
class ReportLoss(Act[CardState | Refused | NotSent | Unknown]):
    """From now on nobody is found by it; `id_number` as the document in hand says (S26)."""

    durable: ClassVar[bool] = False
    number: str
    id_number: str

    def __repr__(self) -> str:
        return "ReportLoss(…)"


@dataclass(frozen=True, slots=True)
class ReplaceCard(Act[CardReserved | Refused | NotSent | Unknown]):
    """The old card ends at once; a number for the new one (S26)."""

    operation_id: str
    number: str
    id_number: str

    def __repr__(self) -> str:
        return f"ReplaceCard({self.operation_id})"


@dataclass(frozen=True, slots=True)
class WriteCardAtDesk(Act[CardWritten | DeviceTrouble | Unknown]):
    """Write the number on the blank card that lies on the reader, and read it back."""

    number: str

    def __repr__(self) -> str:
        return "WriteCardAtDesk(…)"


@dataclass(frozen=True, slots=True)
class TransferCard(Act[Handover | Refused | NotSent | Unknown]):
    """A green-channel card's account goes to the real identity; the card is spent (S28)."""

    durable: ClassVar[bool] = False
    number: str
    patient_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class MergePeople(Act[Handover | Refused | NotSent | Unknown]):
    """A double registration becomes one person."""

    durable: ClassVar[bool] = False
    from_id: str
    patient_id: str
    reason: str
