"""The insurance centre: its books, which survive a restart, and a tester's orders, which do not.

Talks to nothing; every transaction is a function of a `Centre` and a call. What a reader would get
wrong: the centre's clock is the machine's only until a tester sets it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from sandbox.platforms.clock import china_now
from sandbox.platforms.desk import Refused
from sandbox.platforms.insurance.fee_lines import SHIPPED_LIMITS_FEN, FeeBooks
from sandbox.platforms.insurance.insured import Insured, Person
from sandbox.platforms.insurance.scheme import Insutype
from sandbox.platforms.insurance.settlements import SettlementBooks
from sandbox.platforms.insurance.visits import VisitBooks

Output = dict[str, object]


@dataclass(slots=True)
class Sessions:
    """Operators signed in by 9001, by sign_no."""

    opter_no_by_sign_no: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def begin(self, opter_no: str) -> str:
        """A new sign_no; the operator's earlier one is no longer valid."""
        for sign_no, opter in list(self.opter_no_by_sign_no.items()):
            if opter == opter_no:
                del self.opter_no_by_sign_no[sign_no]
        self.count += 1
        sign_no = f"SIGN{self.count:010d}"
        self.opter_no_by_sign_no[sign_no] = opter_no
        return sign_no

    def end(self, sign_no: str, opter_no: str) -> None:
        """Refused when this session is not that operator's."""
        if self.opter_no_by_sign_no.get(sign_no) != opter_no:
            raise Refused("sign_no is not valid")
        del self.opter_no_by_sign_no[sign_no]


@dataclass(slots=True)
class Clearing:
    """An application for the funds of a month (3203)."""

    clr_appy_evt_id: str
    clr_type: str
    setlym: str
    fund_fen: int
    cancelled: bool = False


@dataclass(slots=True)
class StoredFile:
    """A file of 9101, or a result that 9102 gives; ``content`` is Base64."""

    filename: str
    content: str


@dataclass(slots=True)
class Used:
    """What an infno and msgid did: the digest of its input, and the answer where it is kept."""

    digest: str
    output: Output | None


@dataclass(slots=True)
class InsuranceBooks:
    """What survives a restart."""

    insured: Insured = field(default_factory=Insured.shipped)
    sessions: Sessions = field(default_factory=Sessions)
    visits: VisitBooks = field(default_factory=VisitBooks)
    fees: FeeBooks = field(default_factory=FeeBooks)
    settlements: SettlementBooks = field(default_factory=SettlementBooks)
    clearings: dict[str, Clearing] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    used: dict[str, Used] = field(default_factory=dict)
    answer_count: int = 0


@dataclass(slots=True)
class Orders:
    """What a tester ordered, beside faults and refusals."""

    sign_on_required: bool = False
    msgid_form_required: bool = False
    split_changes_fen: list[int] = field(default_factory=list)
    dropped_days: set[date] = field(default_factory=set)
    limits_fen: dict[str, int] = field(default_factory=SHIPPED_LIMITS_FEN.copy)
    now: datetime | None = None


@dataclass(slots=True)
class Centre:
    """The whole state that a transaction works on."""

    books: InsuranceBooks
    orders: Orders

    def now(self) -> datetime:
        """The centre's clock, in whole seconds."""
        return self.orders.now or china_now().replace(microsecond=0)

    def person(self, psn_no: str) -> Person:
        """Somebody known; Refused otherwise."""
        person = self.books.insured.people.get(psn_no)
        if person is None:
            raise Refused("no such person")
        return person

    def covered(self, psn_no: str, insutype: Insutype | None) -> Person:
        """Somebody whose insurance is active, and of this type where one is named."""
        person = self.person(psn_no)
        if person.paused:
            raise Refused("the insurance is paused")
        if insutype not in (None, person.insutype):
            raise Refused(f"insutype {insutype} is not active")
        return person

    def check_credential(self, person: Person, kind: str, number: str) -> None:
        """Refused when mdtrt_cert_type and mdtrt_cert_no show somebody else."""
        if self.by_credential(kind, number) is not person:
            raise Refused("mdtrt_cert_no is not this person's")

    def by_credential(self, kind: str, number: str) -> Person | None:
        """Who shows an ecToken (01), an ID number (02) or a social-security card (03)."""
        insured = self.books.insured
        match kind:
            case "01":
                return insured.by_token(number)
            case "02":
                return insured.by_id_number(number)
            case _:
                return insured.by_card(number)


def moment_text(moment: datetime) -> str:
    """``yyyy-MM-dd HH:mm:ss``."""
    return f"{moment:%Y-%m-%d %H:%M:%S}"
