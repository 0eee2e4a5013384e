"""The hospital's policy profile: effective-dated rules and numbers from TOML (domain.md A.8).

A file may start from another one (`extends = "demo-2026"`) and say only what differs: tables are
merged, everything else is replaced. What a reader would get wrong: limits include their numbers
(以上/以下/以内), 超过 excludes its own; and no terminal decides any of this itself.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Fen = Annotated[int, Field(ge=0, strict=True)]
Days = Annotated[int, Field(ge=0, strict=True)]
Names = tuple[str, ...]
_MOST_STEPS = 5
_CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


class Section(BaseModel):
    """A table of the profile; a name nobody knows is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Poll(Section):
    """Seconds after the pay call: first question, pause, when to decide, earliest reversal.

    `pauses`: where an acquirer asks for its own rhythm (UnionPay 1-2-4-8-16-32), these instead.
    """

    first: float
    every: float
    decide: float
    reverse_not_before: float
    pauses: tuple[float, ...] = ()


class CollectRule(Section):
    """One dated rule about collecting outpatient prepayments; the first that matches wins."""

    rule_id: str = Field(alias="id")
    allow: bool
    since: date = Field(default=date.min, alias="from")
    until: date = date.max
    scene_in: Names = ()
    group_in: Names = ()
    methods: Names = ()
    needs: Names = ()
    message_key: str = ""


class Limits(Section):
    """Inclusive, in fen. `balance_cap_fen`: 0 for none."""

    min_fen: Fen
    max_fen: Fen
    balance_cap_fen: Fen = 0

    @model_validator(mode="after")
    def _ordered(self) -> Limits:
        if self.min_fen > self.max_fen:
            raise ValueError("min_fen is above max_fen")
        return self


class Filing(Section):
    """What the health authority was told of an exemption; both empty: there is none (W25)."""

    number: str = ""
    day: date | None = None


class Prepay(Section):
    """Outpatient prepayment: collect, spend and refund are separate verbs (C01).

    `face_channels`: where a clean-out is asked for with a face and a consent (W33); at the others
    a person looks at the document.
    """

    collect: tuple[CollectRule, ...]
    authority_filing: Filing = Filing()
    elderly_min_age: int = 60
    limits: dict[str, Limits]
    real_name_only: bool = True
    spend_existing_balance: bool = True
    clear_after_visit: Literal["WINDOW", "ORIGINAL_ROUTE", "KEEP"] = "WINDOW"
    cleanout_deadline: date | None = None
    cleanout_channels: Names = ("kiosk", "mobile", "window")
    face_channels: Names = ("kiosk", "mobile")
    idle_days: Days = 90

    def rule_of(self, day: date) -> CollectRule:
        """The first rule of a day that asks for no scene and no group."""
        return next(
            rule
            for rule in self.collect
            if rule.since <= day <= rule.until and not rule.scene_in and not rule.group_in
        )


class Preauth(Section):
    """A pre-authorisation is no collection: a switch of its own (C02). `release_channels`: where a
    patient may end a hold without a larger one."""

    enabled: bool
    min_fen: Fen
    max_fen: Fen
    suggestions_fen: tuple[Fen, ...]
    real_name_only: bool
    expires_days: Days
    capture_max_percent: Annotated[int, Field(ge=1, le=115)] = 100
    on_insufficient: Literal["REAUTH", "REST_BY_TENDER"] = "REAUTH"
    release_channels: Names = ("kiosk", "window")


class MinorPayee(Section):
    """Below this age the payee is the contact registered at the visit (W30)."""

    age_below: int = 18
    payee: str = "REGISTERED_CONTACT"


class RefundRules(Section):
    """Where refunds are asked for, by which routes they go, who may carry them out (C05, W27).

    More than `finance_above_fen` is reviewed by finance (0: never). Transfers are sent together
    each `batch_every` seconds and looked after for `watch_transfers_days`: banks send some back.
    """

    original_route_years: dict[str, int]
    channel_hard_limit_days: dict[str, Days]
    fallback: Literal["REAL_NAME_TRANSFER"] = "REAL_NAME_TRANSFER"
    minor_payee: MinorPayee = MinorPayee()
    deceased_documents: Names
    request_channels: dict[str, Names]
    second_person_above_fen: Fen = 0
    finance_above_fen: Fen = 0
    batch_every: float = 60.0
    watch_transfers_days: Days = 7


class DeferralRules(Section):
    """Pay later (C04): only HOSPITAL_CREDIT runs the clock here.

    Departments that take part stand in `scope` under DEFERRAL (N28). What insurance and city said
    of a person counts for `ask_again_minutes`, when a terminal asks; `repay_by_debit`: due bills
    are debited from a bound bank card of who agreed to it, tried once a day (W11).
    """

    scheme: Literal[
        "PREFUND", "HOSPITAL_CREDIT", "BANK_LOAN", "BANK_CREDIT_LINE", "PLATFORM_CREDIT", "NONE"
    ]
    risk_bearer: Literal["HOSPITAL", "BANK", "PLATFORM", "NONE"]
    commitment_version: str
    sign_channels: Names
    sign_after: Literal["REGISTRATION_PAID", "ANY_TIME"]
    insutypes: Names
    local_only: bool
    min_age_alone: int
    exclusions: Names
    clock_start: Literal["VISIT_END", "DAY_END"]
    due_hours: int
    suspend_after_days: Days
    suspend_count_from: Literal["DUE_AT", "VISIT_END"]
    repair_requires: tuple[Literal["PAID", "REPAIR_CONFIRMED"], ...]
    ask_again_minutes: Days = 60
    repay_by_debit: bool = False


class InvoiceRules(Section):
    """The official invoice is printed once over all terminals (S25, C11): `official_print_max` 1,
    or 0 for never on paper. `printed_on`: pages, or the roll of the receipt printer.
    `slip_print_max`: of one slip, 0 for as often as wanted."""

    official_print_max: Annotated[int, Field(ge=0, le=1)] = 1
    printed_on: Literal["A4", "RECEIPT"] = "A4"
    slip_print_max: Annotated[int, Field(ge=0)] = 0
    print_token_minutes: int = 10
    channels_source: dict[str, str]


class IdentityRules(Section):
    """Media, anonymous cards, and who is served by a window only (S20, C06, C07)."""

    media: Names
    anonymous_card_issue: Literal["WINDOW_ONLY", "OFF"]
    window_only: Names
    cards_per_person: int = 1
    guardian_below: int = 14
    face_check_minutes: int = 30


class DepositRules(Section):
    """Inpatient deposits: by the doctor's request, not covered by the ban (C14)."""

    enabled: bool
    channels: Names
    methods: Names


class TenderRules(Section):
    """The order of existing money and the ways to pay the rest, by terminal kind (C08)."""

    order: Names
    offered: dict[str, Names]
    debit_daily_limit_fen: Fen
    cash_round_to_fen: Annotated[int, Field(ge=1)] = 1
    credit_at_discharge: Names = ()
    remote_minutes: Annotated[int, Field(ge=1, le=120)] = 10


class AcquirerRules(Section):
    """Which bank takes a payment: by a card's first digits, else by terminal, else the lead bank
    (S49). Banks are named `lead` and `partner`."""

    by_card: dict[str, Literal["lead", "partner"]] = {}
    by_terminal: dict[str, Literal["lead", "partner"]] = {}


class Doubt(Section):
    """How an unknown outside step is treated."""

    ask_every: float
    give_up_after: float
    owner: str
    due_hours: int


class CaseRules(Section):
    """Doubts, enquiries and complaints: above the amount (0: always) two persons end a case."""

    second_person_above_fen: Fen = 100_000
    enquiry_due_hours: Annotated[int, Field(ge=1)] = 72


class ReconciliationRules(Section):
    """When files of the day before are fetched (HH:MM), how often until they are there, how far
    from midnight a movement may stand in the next one, and how long a day is looked at again.
    Corrections above the amount (0: always) need two persons."""

    fetch_from: str = Field(default="10:00", pattern=_CLOCK)
    every_minutes: Annotated[int, Field(ge=1)] = 30
    tolerance_minutes: Annotated[int, Field(ge=0, le=720)] = 30
    look_back_days: Annotated[int, Field(ge=1, le=60)] = 7
    second_person_above_fen: Fen = 0


class VisitRules(Section):
    """Booking ahead and queues. Days include their number; `priority_min_age`: 0 for nobody."""

    booking_days: Days = 7
    missed_limit: Annotated[int, Field(ge=1)] = 3
    missed_days: Days = 90
    priority_min_age: Annotated[int, Field(ge=0)] = 0


class NoticeRules(Section):
    """When phones are left alone (HH:MM), which kinds may disturb all the same, and until when
    a notice that could not be sent is worth sending."""

    quiet_from: str = Field(pattern=_CLOCK)
    quiet_until: str = Field(pattern=_CLOCK)
    urgent: Names
    give_up_hours: int


class Scope(Section):
    """Where a function is already in use (N28): departments by function; none named: all."""

    departments: dict[str, Names] = {}

    def covers(self, function: str, department_code: str) -> bool:
        """Whether a department takes part."""
        wanted = self.departments.get(function, ())
        return not wanted or department_code in wanted


class StaffRules(Section):
    """Passwords, sessions and shifts of staff (domain.md B.11); `sign_in`: roles by terminal kind.

    `cash_difference_fen`: a drawer further off than this needs a supervisor's word;
    `cash_needs_shift`: a window takes no cash before its drawer was counted.
    """

    password_min_length: int = 8
    password_kinds: Annotated[int, Field(ge=1, le=4)] = 3
    password_days: Days = 90
    passwords_remembered: Annotated[int, Field(ge=0, le=10)] = 3
    idle_minutes: Days = 30
    cash_difference_fen: Fen = 0
    cash_needs_shift: bool = False
    sign_in: dict[str, Names] = {}


class TerminalRules(Section):
    """Certificates, heartbeats and what a terminal of a type offers (L16)."""

    certificate_days: Annotated[int, Field(ge=1, le=398)] = 90
    renew_days_before: Days = 30
    code_hours: Annotated[int, Field(ge=1, le=168)] = 24
    heartbeat_seconds: Annotated[int, Field(ge=5)] = 30
    silent_seconds: Annotated[int, Field(ge=10)] = 180
    low_left: dict[str, int] = {}
    scanner_kinds: Names = ("kiosk", "window")
    functions: dict[str, Names]


class SignatureRules(Section):
    """How long the picture of a drawn signature is kept (N01, L06)."""

    keep_years: Annotated[int, Field(ge=1)] = 15


class InsuranceRules(Section):
    """How the insurance platform is asked (B.1), and what its words mean here.

    `identities`: psn_idet_type to a special identity that only a window serves (S20);
    `referral_med_types`: what out-of-town people need a bound referral slip for (L03);
    `quote_kept_minutes`: how long lines of a quote that nobody settles stay uploaded.
    """

    sign_on: bool = False
    identities: dict[str, str] = {}
    referral_med_types: Names = ()
    quote_kept_minutes: int = 30
    diagnosis_code: str = "Z76.900"
    diagnosis_name: str = "在其他特指情况下与保健机构接触的人"


class Policy(Section):
    """The whole profile. `hospital_id`: the national code of the hospital, H and eleven digits."""

    profile_id: str = Field(alias="id")
    timezone: Literal["Asia/Shanghai"]
    hospital_id: Annotated[str, Field(pattern="^H[0-9]{11}$")]
    hospital_zh: str
    hospital_en: str
    quote_minutes: int
    registration_minutes: int
    tender: TenderRules
    acquirers: AcquirerRules = AcquirerRules()
    outpatient_prepay: Prepay
    preauth: Preauth
    refund: RefundRules
    deferral: DeferralRules
    invoice: InvoiceRules
    identity: IdentityRules
    inpatient_deposit: DepositRules
    visits: VisitRules = VisitRules()
    insurance: InsuranceRules = InsuranceRules()
    scope: Scope = Scope()
    signatures: SignatureRules = SignatureRules()
    staff: StaffRules
    terminal: TerminalRules
    polls: dict[str, Poll] = Field(alias="poll")
    notices: NoticeRules
    doubt: Doubt
    cases: CaseRules = CaseRules()
    reconciliation: ReconciliationRules = ReconciliationRules()

    @property
    def region(self) -> str:
        """The six digits of the place, which the hospital's code begins with."""
        return self.hospital_id[1:7]


def load_policy(path: Path) -> Policy:
    """Read a profile. Raises pydantic.ValidationError with every wrong name, ValueError for an
    endless chain of `extends`."""
    return Policy.model_validate(_told(path, _MOST_STEPS))


def _told(path: Path, steps: int) -> dict[str, Any]:
    told = tomllib.loads(path.read_text("utf-8"))
    base = told.pop("extends", "")
    if not base:
        return told
    if steps == 0:
        raise ValueError(f"{path.name} extends itself")
    return _merged(_told(path.with_name(f"{base}.toml"), steps - 1), told)


def _merged(base: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    def add(merged: dict[str, Any], name: str) -> dict[str, Any]:
        old, new = merged.get(name), more[name]
        if isinstance(old, dict) and isinstance(new, dict):
            return {**merged, name: _merged(old, new)}
        return {**merged, name: new}

    return reduce(add, more, base)
