"""A tester's orders to the insurance centre.

Talks to nothing; the insurance's routes call it. What a reader would get wrong: an order changes
what comes next; books already written stay as they are.
"""

from datetime import date, datetime
from typing import Annotated, Literal, assert_never

from pydantic import BaseModel, Field

from sandbox.platforms.desk import Reset
from sandbox.platforms.faults import FaultOrder
from sandbox.platforms.insurance.books import Centre
from sandbox.platforms.insurance.envelope import Text
from sandbox.platforms.insurance.insured import Disease, Person
from sandbox.platforms.insurance.scheme import Insutype
from sandbox.platforms.shapes import IdNumber


class Refuse(BaseModel):
    """The next request of an infno is refused with these words."""

    do: Literal["refuse"]
    infno: str
    err_msg: str


class AddPerson(BaseModel):
    """Insure one more person, or replace the one with that psn_no."""

    do: Literal["add_person"]
    psn_no: Text
    id_number: IdNumber
    name: Text
    insutype: Insutype = "310"
    account_fen: Annotated[int, Field(ge=0)] = 0
    e_code: Annotated[str, Field(pattern="^[A-Z0-9]{28}$")]
    insuplc_admdvs: Annotated[str, Field(pattern=r"^(3303|3401)\d{2}$")] = "330300"
    paused: bool = False
    retired: bool = False
    former_insutypes: list[Text] = []
    card_no: str = ""
    card_sn: str = ""
    civil_servant: bool = False
    medical_aid: bool = False
    serious_illness: bool = False
    special_diseases: list[Disease] = []
    mutual_aid: list[Text] = []


class NextSplit(BaseModel):
    """The next settlement: so much more in cash and less from the basic fund."""

    do: Literal["next_split"]
    change_fen: int


class DropDay(BaseModel):
    """Reconciliation no longer sees this day."""

    do: Literal["drop_day"]
    day: date


class Switch(BaseModel):
    """What becomes compulsory, or ends, from now on."""

    do: Literal["require_sign_on", "require_msgid_form", "end_sessions"]


class SetClock(BaseModel):
    """The centre's clock stands at this moment."""

    do: Literal["clock"]
    now: datetime


class PriceLimit(BaseModel):
    """A price limit per unit for lines uploaded from now on."""

    do: Literal["price_limit"]
    med_list_codg: Text
    limit_fen: Annotated[int, Field(ge=0)]


CentreOrder = AddPerson | NextSplit | DropDay | Switch | SetClock | PriceLimit
Control = Annotated[CentreOrder | Refuse | FaultOrder | Reset, Field(discriminator="do")]


def obey(order: CentreOrder, centre: Centre) -> None:
    """Carry out an order that changes the centre itself."""
    orders = centre.orders
    match order:
        case AddPerson():
            told = {name: getattr(order, name) for name in Person.__slots__}
            centre.books.insured.add(Person(**told))
        case NextSplit():
            orders.split_changes_fen.append(order.change_fen)
        case DropDay():
            orders.dropped_days.add(order.day)
        case SetClock():
            orders.now = order.now.replace(tzinfo=None, microsecond=0)
        case PriceLimit():
            orders.limits_fen[order.med_list_codg] = order.limit_fen
        case Switch():
            _switch(order, centre)
        case _:
            assert_never(order)


def _switch(order: Switch, centre: Centre) -> None:
    match order.do:
        case "require_sign_on":
            centre.orders.sign_on_required = True
        case "require_msgid_form":
            centre.orders.msgid_form_required = True
        case "end_sessions":
            centre.books.sessions.opter_no_by_sign_no.clear()
