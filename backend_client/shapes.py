"""The backend's answers as core's words: strict types, exact sums, nothing guessed.

Core's own dataclasses are the shapes (docs/backend_api.md names their fields alike); pydantic
checks the bytes against them. Classes of its own stand here only where the contract nests
differently. What a reader would get wrong: fields the contract does not know are ignored, a
missing one never has a default; and an answer about another id than asked is as bad as garbage.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Annotated, Any, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from core.billing import ALWAYS_TOLD, Bill, BillElsewhere, PaidFrom, Settlement, Slip, Text
from core.errors import Inconsistent
from core.papers import Pdf
from core.ports import Done, Refused
from core.steps import Bills, CardReserved
from core.window_steps import Operator

Shape = TypeVar("Shape")
Reader = Callable[[bytes], Shape]
_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}
_Code = Annotated[str, Field(pattern=r"^[a-z0-9_.]{1,40}$")]


class Garbled(Exception):
    """An answer that is not of the contract. The text names places, never contents."""


@dataclass(frozen=True, slots=True)
class SignedOn:
    """What the backend says of this terminal. `server_time`: ISO 8601 with offset."""

    terminal_id: str
    kind: str
    name: Text
    hospital: Text
    place: Text
    service_line: str
    functions: tuple[str, ...]
    notice_version: str
    notice_title: Text
    notice_text: Text
    preauth_enabled: bool
    prepay_allowed: bool
    prepay_rule_id: str
    server_time: str
    heartbeat_s: int


@dataclass(frozen=True, slots=True)
class ReferralMade:
    """A referral's slip and the window it sends to."""

    slip: Slip
    window: Text


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An operator with the token for later requests."""

    operator: Operator
    token: str

    def __repr__(self) -> str:
        return f"SignedIn({self.operator.operator})"


@dataclass(frozen=True, slots=True)
class _Notice:
    version: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class _PrepayCollect:
    allow: bool
    rule_id: str


@dataclass(frozen=True, slots=True)
class _SignOn:
    terminal_id: str
    kind: str
    name: Text
    hospital: Text
    place: Text
    service_line: str
    functions: tuple[str, ...]
    notice: _Notice
    preauth_enabled: bool
    prepay_collect: _PrepayCollect
    time: str
    heartbeat_s: int


@dataclass(frozen=True, slots=True)
class _Shift:
    since: str
    taken_fen: int
    count: int
    refunds: int


@dataclass(frozen=True, slots=True)
class _OperatorNow:
    operator: str
    name: str
    roles: tuple[str, ...]
    token: str
    shift: _Shift


@dataclass(frozen=True, slots=True)
class _OperatorSignIn(_OperatorNow):
    token: Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class _SignedOut:
    signed_out: bool


@dataclass(frozen=True, slots=True)
class _Card:
    card_number: Annotated[str, Field(pattern=r"^[0-9]{12}$")]
    state: str


@dataclass(frozen=True, slots=True)
class _RegistrationState:
    registration_id: str
    state: str


@dataclass(frozen=True, slots=True)
class _Nothing:
    pass


@dataclass(frozen=True, slots=True)
class _Counted:
    answers: int


@dataclass(frozen=True, slots=True)
class _TroubleTicket:
    ticket_id: str
    state: str


@dataclass(frozen=True, slots=True)
class _Bills:
    bills: tuple[Bill, ...]


@dataclass(frozen=True, slots=True)
class _BillState:
    state: str
    paying: str


@dataclass(frozen=True, slots=True)
class _BillStates:
    bills: tuple[_BillState, ...]


@dataclass(frozen=True, slots=True)
class _Refusal:
    refused: _Code
    detail: str


@dataclass(frozen=True, slots=True)
class _Fault:
    error: _Code


def read(shape: type[Shape], body: bytes) -> Shape:
    """The body as `shape`. Raises Garbled for a wrong type, a missing field or a wrong sum."""
    try:
        told: Shape = _adapter(shape).validate_json(body, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise Garbled(f"{shape.__name__} {place}: {first['type']}") from None
    except Inconsistent:
        raise Garbled(f"{shape.__name__}: its parts do not sum") from None
    _check_money(told)
    return told


def reader(shape: type[Shape], **asked: str | int) -> Reader[Shape]:
    """`read` for one shape. `asked`: what its fields must say, such as the id asked about."""

    def read_it(body: bytes) -> Shape:
        told = read(shape, body)
        for field, value in asked.items():
            if getattr(told, field) != value:
                raise Garbled(f"{shape.__name__} {field}: about something else")
        return told

    return read_it


def settlement_of(settlement_id: str) -> Reader[Settlement]:
    """Reads the settlement that was asked about: each component once, and the four that are always
    told among them."""
    read_one = reader(Settlement, settlement_id=settlement_id)

    def read_it(body: bytes) -> Settlement:
        told = read_one(body)
        kinds = [part.kind for part in told.components]
        if len(kinds) != len(set(kinds)) or not set(kinds).issuperset(ALWAYS_TOLD):
            raise Garbled("Settlement: not the four components")
        return told

    return read_it


def open_bills(body: bytes) -> Bills:
    """What may be paid now, and apart from it what somebody is paying on a phone."""
    told, states = read(_Bills, body), read(_BillStates, body)
    both = tuple(zip(told.bills, states.bills, strict=True))
    return Bills(
        tuple(bill for bill, now in both if now.state == "OPEN"),
        tuple(
            BillElsewhere(bill, PaidFrom(now.paying))
            for bill, now in both
            if now.state != "OPEN" and now.paying in set(PaidFrom)
        ),
    )


def card_is(number: str, state: str) -> Reader[Done]:
    """Done only if that card is in `state` now."""
    return _done(reader(_Card, card_number=number, state=state))


def card_in_use(number: str) -> Reader[Done]:
    """Done only if that card is handed out: ACTIVE, or OPEN for a green-channel card."""
    read = reader(_Card, card_number=number)

    def done(body: bytes) -> Done:
        if read(body).state not in ("ACTIVE", "OPEN"):
            raise Garbled("_Card state: about something else")
        return Done()

    return done


def registration_cancelled(registration_id: str) -> Reader[Done]:
    """Done only if that registration is CANCELLED now."""
    return _done(reader(_RegistrationState, registration_id=registration_id, state="CANCELLED"))


def nothing(body: bytes) -> Done:
    """An answer that says nothing more."""
    return _done(reader(_Nothing))(body)


def survey_counted(answers: int) -> Reader[Done]:
    """Done only if so many answers were counted."""
    return _done(reader(_Counted, answers=answers))


def ticket_opened(body: bytes) -> Done:
    """Somebody's list has it now."""
    return _done(reader(_TroubleTicket, state="OPEN"))(body)


def card_reserved(body: bytes) -> CardReserved:
    """A reserved card number of 12 digits."""
    return CardReserved(reader(_Card, state="RESERVED")(body).card_number)


def signed_on(body: bytes) -> SignedOn:
    """The terminal's record and the notice to be accepted."""
    told = read(_SignOn, body)
    return SignedOn(
        terminal_id=told.terminal_id,
        kind=told.kind,
        name=told.name,
        hospital=told.hospital,
        place=told.place,
        service_line=told.service_line,
        functions=told.functions,
        notice_version=told.notice.version,
        notice_title=told.notice.title,
        notice_text=told.notice.text,
        preauth_enabled=told.preauth_enabled,
        prepay_allowed=told.prepay_collect.allow,
        prepay_rule_id=told.prepay_collect.rule_id,
        server_time=told.time,
        heartbeat_s=told.heartbeat_s,
    )


def signed_in(body: bytes) -> SignedIn:
    """The operator with the shift so far."""
    told = read(_OperatorSignIn, body)
    return SignedIn(_operator(told), told.token)


def signed_out(body: bytes) -> Done:
    """Nobody is signed in any more."""
    return _done(reader(_SignedOut))(body)


def operator_now(body: bytes) -> Operator:
    """The same, asked again: the token is not told twice."""
    return _operator(read(_OperatorNow, body))


def _operator(told: _OperatorNow) -> Operator:
    shift = told.shift
    return Operator(
        operator=told.operator,
        name=told.name,
        roles=told.roles,
        since=shift.since,
        taken_fen=shift.taken_fen,
        count=shift.count,
        refunds=shift.refunds,
    )


def pdf(body: bytes) -> Pdf:
    """A whole PDF file, as it is printed."""
    if not body.startswith(b"%PDF-"):
        raise Garbled("Pdf: no PDF file")
    return Pdf(body)


def refusal(body: bytes) -> Refused:
    """The body of a 409."""
    told = read(_Refusal, body)
    return Refused(told.refused, told.detail)


def fault_code(body: bytes) -> str:
    """The error code of a 4xx body; "" when it carries none, such as a proxy's page."""
    try:
        return read(_Fault, body).error
    except Garbled:
        return ""


def _adapter(shape: type[Any]) -> TypeAdapter[Any]:
    """Building one takes milliseconds, so each is kept."""
    if shape not in _ADAPTERS:
        _ADAPTERS[shape] = TypeAdapter(shape)
    return _ADAPTERS[shape]


def _done(read_one: Reader[Any]) -> Reader[Done]:
    def read_it(body: bytes) -> Done:
        read_one(body)
        return Done()

    return read_it


def _check_money(told: object) -> None:
    """Every `…_fen` of the contract is >= 0 unless core's field is SIGNED."""
    if isinstance(told, tuple):
        for part in told:
            _check_money(part)
    elif is_dataclass(told):
        for field in fields(told):
            value = getattr(told, field.name)
            amounts = value if isinstance(value, tuple) else (value,)
            signed = field.metadata.get("signed", False)
            if (
                field.name.endswith("_fen")
                and not signed
                and any(amount is not None and amount < 0 for amount in amounts)
            ):
                raise Garbled(f"{type(told).__name__} {field.name}: negative")
            _check_money(value)
