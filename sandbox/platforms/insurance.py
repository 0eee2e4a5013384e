"""The insurance platform's routes: e-code decoding, the national envelope, and the control.

Talks HTTP with the backend. What a reader would get wrong: a refusal is HTTP 200 with infcode -1;
an HTTP error says nothing about whether a transaction was carried out.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

from fastapi import FastAPI
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from starlette.types import ASGIApp

from sandbox.platforms import insurance_wire as wire
from sandbox.platforms.faults import FaultOrder, FaultQueue, Gate
from sandbox.platforms.insured import Insured, Person
from sandbox.platforms.scheme import Shares, share
from sandbox.platforms.settlements import Refused, Settlement, SettlementBooks
from sandbox.platforms.state_file import StateFile
from sandbox.platforms.yuan import yuan_of

Output = dict[str, object]


class Refuse(BaseModel):
    """The next request of an infno is refused with these words."""

    do: Literal["refuse"]
    infno: str
    err_msg: str


class AddPerson(BaseModel):
    """Insure one more person, or replace the one with that psn_no."""

    do: Literal["add_person"]
    psn_no: wire.Text
    id_number: wire.Text
    name: wire.Text
    insutype: wire.Text = "310"
    account_fen: Annotated[int, Field(ge=0)] = 0
    e_code: Annotated[str, Field(pattern="^[A-Z0-9]{28}$")]


class Reset(BaseModel):
    """Forget everything: books, orders of a tester, people who were added."""

    do: Literal["reset"]


Control = Annotated[Refuse | AddPerson | FaultOrder | Reset, Field(discriminator="do")]


@dataclass(slots=True)
class InsuranceBooks:
    """What survives a restart."""

    insured: Insured = field(default_factory=Insured.shipped)
    settlements: SettlementBooks = field(default_factory=SettlementBooks)
    answer_count: int = 0


@dataclass(frozen=True, slots=True)
class BookedSettlement:
    """A settlement in ``GET /books``."""

    setl_id: str
    medins_setl_id: str
    psn_no: str
    fund_fen: int
    account_fen: int
    cash_fen: int
    state: str


@dataclass(frozen=True, slots=True)
class BooksShown:
    """``GET /books``."""

    settlements: list[BookedSettlement]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer's envelope."""

    infcode: Literal[0, -1]
    inf_refmsgid: str
    err_msg: str
    output: Output | None


class Insurance:
    """One platform whose books are in ``state_path``; ``app`` is what a server serves."""

    def __init__(self, state_path: Path) -> None:
        self._file = StateFile(state_path, TypeAdapter(InsuranceBooks), InsuranceBooks)
        self._books = self._file.load()
        self._refusals: list[Refuse] = []
        self._faults = FaultQueue()
        routes = FastAPI(openapi_url=None)
        routes.post("/fsi")(self._on_fsi)
        routes.post("/ecquery")(self._on_ecquery)
        routes.get("/books")(self._on_books)
        routes.post("/control")(self._on_control)
        self.app: ASGIApp = Gate(
            routes, self._faults, lambda: self._file.save(self._books), _names_of
        )

    async def _on_ecquery(self, asked: wire.CodeQuery) -> Output:
        found = self._books.insured.decode(asked.ecCode, asked.businessType)
        if isinstance(found, str):
            return {"code": -1, "msg": found}
        person = found.person
        data = {"idNo": person.id_number, "userName": person.name, "ecToken": found.token}
        return {"code": 0, "data": data}

    async def _on_fsi(self, asked: wire.Envelope) -> Answer:
        self._books.answer_count += 1
        moment = datetime.now().strftime("%Y%m%d%H%M%S")
        reference = f"{asked.mdtrtarea_admvs}{moment}{self._books.answer_count:010d}"
        try:
            self._refuse_if_ordered(asked.infno)
            return Answer(0, reference, "", self._carry_out(asked))
        except Refused as refusal:
            return Answer(-1, reference, str(refusal), None)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            return Answer(-1, reference, f"input {place}: {first['msg']}", None)

    def _refuse_if_ordered(self, infno: str) -> None:
        for refusal in self._refusals:
            if refusal.infno == infno:
                self._refusals.remove(refusal)
                raise Refused(refusal.err_msg)

    def _carry_out(self, asked: wire.Envelope) -> Output | None:
        match asked.infno:
            case "1101":
                return self._person(wire.PersonQuery.model_validate(asked.input))
            case "2206":
                bill = wire.Bill.model_validate(asked.input)
                info = wire.setl_info(self._share(bill), "", bill.medins_setl_id or asked.msgid)
                return {"setlinfo": asdict(info)}
            case "2207":
                return self._settle(wire.Bill.model_validate(asked.input), asked.msgid)
            case "2208":
                return self._cancel(wire.Cancellation.model_validate(asked.input))
            case "2601":
                self._undo(wire.Undoing.model_validate(asked.input))
                return None
            case "5203":
                return self._query(wire.SettlementQuery.model_validate(asked.input))
            case "3201":
                return self._totals(wire.TotalsQuery.model_validate(asked.input))
            case _:
                raise Refused(f"infno {asked.infno} is not known here")

    def _person(self, query: wire.PersonQuery) -> Output:
        insured = self._books.insured
        if query.mdtrt_cert_type == "01":
            person = insured.by_token(query.mdtrt_cert_no)
        else:
            person = insured.by_id_number(query.mdtrt_cert_no)
        if person is None:
            raise Refused("no such person")
        return {
            "baseinfo": {
                "psn_no": person.psn_no,
                "certno": person.id_number,
                "psn_name": person.name,
            },
            "insuinfo": [
                {
                    "insutype": person.insutype,
                    "psn_insu_stas": "1",
                    "balc": yuan_of(person.account_fen),
                }
            ],
        }

    def _share(self, bill: wire.Bill) -> Shares:
        person = self._books.insured.people.get(bill.psn_no)
        if person is None:
            raise Refused("no such person")
        shares = share(bill.lines(), person.account_fen if bill.acct_used_flag == "1" else 0)
        if shares.total_fen != bill.medfee_sumamt:
            raise Refused("medfee_sumamt is not the sum of feedetail")
        return shares

    def _settle(self, bill: wire.Bill, msgid: str) -> Output:
        number = bill.medins_setl_id or msgid
        known = self._books.settlements.find(number)
        if known is None:
            wanted = Settlement(
                setl_id="",
                medins_setl_id=number,
                msgid=msgid,
                psn_no=bill.psn_no,
                mdtrt_id=bill.mdtrt_id,
                shares=self._share(bill),
                settled_on=date.today(),
            )
            known = self._books.settlements.settle(wanted, self._books.insured)
        elif known.state == "REVERSED":
            raise Refused("this msgid was reversed")
        elif (known.psn_no, known.shares.total_fen) != (bill.psn_no, bill.medfee_sumamt):
            raise Refused("this msgid was used for another bill")
        return {"setlinfo": _info(known)}

    def _cancel(self, asked: wire.Cancellation) -> Output:
        cancelled = self._books.settlements.cancel(
            asked.setl_id, asked.mdtrt_id, asked.psn_no, date.today(), self._books.insured
        )
        return {"setlinfo": _info(cancelled, sign=-1)}

    def _undo(self, asked: wire.Undoing) -> None:
        if asked.oinfno != "2207":
            raise Refused(f"infno {asked.oinfno} cannot be reversed here")
        self._books.settlements.undo(asked.omsgid, asked.psn_no, self._books.insured)

    def _query(self, asked: wire.SettlementQuery) -> Output:
        known = self._books.settlements.find(asked.medins_setl_id)
        stands = known is not None and known.state == "SETTLED" and known.psn_no == asked.psn_no
        return {"setlinfo": _info(known) if known is not None and stands else None}

    def _totals(self, asked: wire.TotalsQuery) -> Output:
        totals = self._books.settlements.totals(asked.stmt_begndate, asked.stmt_enddate)
        ours: Output = {
            "medfee_sumamt": yuan_of(totals.total_fen),
            "fund_pay_sumamt": yuan_of(totals.fund_fen),
            "acct_pay": yuan_of(totals.account_fen),
            "fixmedins_setl_cnt": totals.count,
        }
        theirs = asked.model_dump(exclude_none=True)
        different = [name for name, ours_is in ours.items() if theirs.get(name, ours_is) != ours_is]
        result = {
            "stmt_rslt": "1" if different else "0",
            "stmt_rslt_dscr": ", ".join(different),
        }
        return {**result, **ours}

    async def _on_books(self) -> BooksShown:
        return BooksShown(
            [
                BookedSettlement(
                    setl_id=made.setl_id,
                    medins_setl_id=made.medins_setl_id,
                    psn_no=made.psn_no,
                    fund_fen=made.shares.fund_fen,
                    account_fen=made.shares.account_fen,
                    cash_fen=made.shares.cash_fen,
                    state=made.state,
                )
                for made in self._books.settlements.made.values()
            ]
        )

    async def _on_control(self, asked: Control) -> None:
        match asked:
            case Refuse():
                self._refusals.append(asked)
            case AddPerson():
                person = Person(**asked.model_dump(exclude={"do"}))
                self._books.insured.add(person)
            case FaultOrder():
                self._faults.order(asked)
            case Reset():
                self._books = InsuranceBooks()
                self._refusals.clear()
                self._faults.waiting.clear()


def _info(settlement: Settlement, sign: int = 1) -> Output:
    return asdict(
        wire.setl_info(settlement.shares, settlement.setl_id, settlement.medins_setl_id, sign)
    )


def _names_of(path: str, body: bytes) -> frozenset[str]:
    """A fault may name ``/fsi`` for every transaction or ``/fsi/2207`` for one kind."""
    if path != "/fsi":
        return frozenset({path})
    try:
        return frozenset({path, f"{path}/{json.loads(body)['infno']}"})
    except (ValueError, KeyError, TypeError):
        return frozenset({path})
