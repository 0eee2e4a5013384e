"""A whole machine in memory: journal, backend and devices, which answers Acts truthfully.

`faults` says by number of the Act which other member of its reply union is given instead, and
whether the thing was done all the same. What a reader would get wrong: the world never lies about
evidence; a fault that could only be a lie (a refusal of what was done under that id) is ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from core import steps, window_steps
from core.flow import Act, Reason, Step
from core.journal.operations import Operation, entry_of, fold
from core.journal.records import GENESIS, Record, Stamp, seal
from core.operation import OperationEvent, OperationKind, OperationState
from core.ports import (
    CardConfirmed,
    CardMissing,
    CardSwapped,
    DeviceTrouble,
    Done,
    NoteLost,
    NoteOffered,
    NotesAllowed,
    NotSent,
    Printed,
    Refused,
    Unknown,
)
from core.slips import DoubtSlip
from core.steps import cash, paying, prefund, sale
from tests.helpers import people
from tests.helpers.backend_model import OLD_RECEIPT, Backend, CardState
from tests.helpers.device_model import Acceptor, Dispenser, Pos, Printer
from tests.helpers.driver import Cut, Played
from tests.helpers.paper_model import Papers
from tests.helpers.told import TOLD
from tests.helpers.variants import Variant

Script = Callable[[Step[Any]], object]

_CONFIRMED = {"": CardConfirmed(), "swapped": CardSwapped(), "missing": CardMissing()}
NOTES_FEN = (5000, 10_000)
_STAMP = Stamp("K01", "s1", "2026-01-05T01:30:00+00:00", "boot-1", 1)
_MOVING = (OperationState.STARTED, OperationState.UNKNOWN)


@dataclass(slots=True)
class World:
    """One machine, one patient. `broken_rules`: what was done that must never be done."""

    script: Script
    faults: Mapping[int, Variant] = field(default_factory=dict)
    backend: Backend = field(default_factory=Backend)
    dispenser: Dispenser = field(default_factory=Dispenser)
    pos: Pos = field(default_factory=Pos)
    acceptor: Acceptor = field(default_factory=Acceptor)
    printer: Printer = field(default_factory=Printer)
    papers: Papers = field(default_factory=Papers)
    records: list[Record] = field(default_factory=list)
    acts: list[Act[Any]] = field(default_factory=list)
    broken_rules: list[str] = field(default_factory=list)
    journal_dead: bool = False
    journal_troubled: bool = False
    late: tuple[Act[Any], int] | None = None
    runs: list[Played[Any]] = field(default_factory=list)

    def answer(self, step: Step[Any]) -> object:
        """The reply to any step: the script's for an Ask, the machine's for an Act."""
        if isinstance(step, Act):
            return self._act(step)
        reply = self.script(step)
        if isinstance(step, steps.TakeCard) and not isinstance(reply, Reason):
            self.dispenser.pull()
        if isinstance(reply, NoteOffered):
            self.acceptor.offer(reply)
        return reply

    def restart(self) -> None:
        """Power back: the journal can be written again."""
        self.journal_dead = False

    def operations(self) -> dict[str, Operation]:
        """What the journal says; raises when its order breaks the rules."""
        return fold(self.records)

    def doubt_slips(self, operation_id: str) -> int:
        """How often a doubt slip of this operation was sent to the printer."""
        tried = self.printer.tried
        return sum(isinstance(s, DoubtSlip) and s.operation_id == operation_id for s in tried)

    def arrive(self) -> None:
        """A request that was still under way reaches the backend now."""
        if self.late is not None:
            act, self.late = self.late[0], None
            self._do(act, "")

    def _act(self, act: Act[Any]) -> object:
        self._watch(act)
        if self.late is not None:
            waiting, left = self.late
            self.late = (waiting, left - 1)
            if left == 0:
                self.arrive()
        variant = self.faults.get(len(self.acts))
        self.acts.append(act)
        if variant is None:
            return self._do(act, "")
        if variant.reply is Cut:
            self._cut(act, variant)
        return self._faulty(act, variant)

    def _cut(self, act: Act[Any], variant: Variant) -> None:
        if variant.effect == "done":
            self._do(act, "")
        if variant.state:
            self.dispenser.pull()
        raise Cut

    def _faulty(self, act: Act[Any], variant: Variant) -> object:
        if variant.effect == "late":
            self.late = (act, 1)
        elif variant.effect == "done" and variant.reply in (Unknown, steps.JournalBroken):
            self._do(act, "")
        if variant.reply is steps.JournalBroken:
            self.journal_troubled = True
            self.journal_dead = self.journal_dead or variant.effect == "not done"
            return steps.JournalBroken()
        if variant.reply is DeviceTrouble:
            return DeviceTrouble("device", variant.state)
        if variant.reply is Unknown:
            return Unknown(variant.state)
        if variant.reply is NotSent:
            return self._not_sent(act, variant)
        if variant.reply is Refused and (_turned_away(variant) or not self._done_before(act)):
            return Refused(variant.state, "1234")
        return self._do(act, variant.state if variant.reply is not Refused else "")

    def _not_sent(self, act: Act[Any], variant: Variant) -> object:
        """FollowSettlement's NotSent is evidence: the backend lost a quote nobody committed."""
        if isinstance(act, steps.FollowSettlement):
            account = self.backend.accounts.get(act.operation_id)
            if account is not None and account.state in ("QUOTED", "CANCELLED"):
                del self.backend.accounts[act.operation_id]
                self.late = None
            return self._do(act, "")
        return NotSent(variant.state)

    def _done_before(self, act: Act[Any]) -> bool:
        backend = self.backend
        match act:
            case steps.RegisterHold(operation_id):
                return operation_id in backend.holds
            case steps.ReserveCard(operation_id):
                return operation_id in backend.numbers
            case steps.ActivateCard(number=number):
                return backend.cards[number] is CardState.ACTIVE
            case steps.VoidCard(number=number):
                return backend.cards[number] is CardState.VOID
            case steps.CommitSettlement(operation_id):
                return backend.accounts[operation_id].committed
            case prefund.TopUpBalance(operation_id):
                return operation_id in backend.top_ups
            case steps.CancelSettlement(operation_id) if operation_id in backend.accounts:
                return backend.accounts[operation_id].state != "QUOTED"
            case window_steps.ConfirmRefund(_, refund_id):
                return refund_id in backend.refunds
        return False

    def _do(self, act: Act[Any], state: str) -> object:
        """Carry it out; `state` names which of the truthful outcomes."""
        match act:
            case steps.Intend() | steps.Record():
                return self._write(act)
            case steps.FindDispenserCard():
                self.dispenser.stacker = "empty" if state == "empty" else "full"
                self.dispenser.bin_full = state == "bin_full"
                return self.dispenser.path()
            case steps.MoveCardToEncoder():
                return self.dispenser.to_encoder()
            case steps.WriteCard(number):
                return self.dispenser.write(number)
            case steps.PresentCard():
                return self.dispenser.present()
            case steps.CaptureCard():
                return self.dispenser.capture()
            case steps.PlaceHoldAtPos(operation_id, amount_fen):
                return self.pos.place(operation_id, amount_fen)
            case steps.AskPosForLast(operation_id):
                return self.pos.ask_last(operation_id)
            case steps.ReleaseHoldAtPos(_, receipt) if receipt == OLD_RECEIPT:
                self.backend.old_released = True
                return Done()
            case steps.ReleaseHoldAtPos(_, receipt):
                return self.pos.release(receipt)
            case sale.SellAtPos(operation_id, amount_fen):
                return self.pos.sell(operation_id, amount_fen)
            case paying.AskPosForOrder(order):
                return self.pos.ask_last_sale(order.reference)
            case paying.PayAtPos(_, order):
                sold = self.pos.sell(order.reference, order.amount_fen)
                self.backend.sales[order.reference] = self.pos.sales[order.reference]
                return sold
            case sale.AskPosForSale(operation_id):
                return self.pos.ask_last_sale(operation_id)
            case sale.VoidSaleAtPos(_, receipt):
                return self.pos.void(receipt)
            case cash.AllowNotes():
                return NotesAllowed(() if state == "none" else NOTES_FEN)
            case cash.TakeNote(operation_id, offered) if state != "returned":
                return self.acceptor.take(operation_id, offered)
            case cash.TakeNote(_, offered):
                self.acceptor.give_back()
                return self.acceptor.ends[offered]
            case cash.FindNote(_, offered):
                return NoteLost() if state == "lost" else self.acceptor.find(offered)
            case cash.ReturnNote(operation_id, offered) if state == "taken" and (
                self.operations()[operation_id].phases[-1:] == ["note_offered"]
            ):  # with a dead journal as well only the count of the box can show it
                return self.acceptor.take(operation_id, offered)
            case cash.ReturnNote() | cash.StopNotes():
                held = self.acceptor.escrow
                self.acceptor.give_back()
                return Done() if held is None else self.acceptor.ends[held]
            case steps.CheckPrinter() | paying.CheckPos():
                return Done()
            case steps.ConfirmCard():
                return _CONFIRMED[state]
            case steps.PrintSlip(content):
                self.printer.paper.append(content)
                return Printed()
        if self.papers.knows(act):
            return self.papers.do(act)
        return self._ask_backend(act, state)

    def _write(self, act: steps.Intend | steps.Record) -> object:
        if self.journal_dead:
            return steps.JournalBroken()
        if isinstance(act, steps.Intend):
            operation_id = f"op-{len(self.records) + 1}"
            entry = entry_of(act.kind, OperationEvent.INTEND, operation_id, dict(act.facts))
        else:
            operation_id = act.operation_id
            entry = entry_of(act.kind, act.event, operation_id, dict(act.facts))
        previous = self.records[-1].hash if self.records else GENESIS
        self.records.append(seal(len(self.records) + 1, entry, _STAMP, previous))
        return steps.Intended(operation_id) if isinstance(act, steps.Intend) else steps.Recorded()

    def _ask_backend(self, act: Act[Any], state: str) -> object:
        backend = self.backend
        match act:
            case steps.OpenSettlement(operation_id, _, bills):
                return backend.open(operation_id, bills)
            case steps.CommitSettlement(operation_id) as paid:
                cash_fen = (paid.handed_fen, paid.change_fen)
                return backend.commit(operation_id, state, paid.tender, cash_fen)
            case paying.TellPosWord(operation_id, _, word):
                return backend.pos_word(operation_id, word, state)
            case paying.AnnounceHold(operation_id):
                return backend.announce(operation_id)
            case paying.FetchReauthorisation(new) | paying.TellOldReleased(_, new):
                return backend.reauthorisation(new)
            case prefund.FetchPatientHolds():
                return backend.old_holds()
            case prefund.TellHoldReleased(_, hold_id):
                return backend.hold_that_ends(hold_id)
            case prefund.TopUpBalance(operation_id, _, amount_fen, _, sold):
                known = sold is None or self.pos.sales[operation_id].stands
                return backend.top_up(operation_id, amount_fen, known)
            case steps.FollowSettlement(operation_id):
                told = backend.follow(operation_id, state)
                return NotSent("unknown_settlement") if told is None else told
            case steps.CancelSettlement(operation_id):
                return backend.cancel(operation_id, state)
            case steps.ReserveCard(operation_id):
                return steps.CardReserved(backend.reserve(operation_id))
            case steps.ActivateCard(_, number):
                return backend.activate(number)
            case steps.VoidCard(_, number):
                return backend.void(number)
            case steps.RegisterHold(operation_id, _, approved):
                held = self.pos.holds[operation_id].held
                return backend.register_hold(operation_id, approved, held)
            case steps.ReportSuspense(operation_id):
                backend.cases.append(operation_id)
                return steps.CaseOpened(f"C-{operation_id}", "finance desk")
            case window_steps.ConfirmRefund(_, refund_id):
                final = backend.refunds.get(refund_id) in ("PAID", "REJECTED", "SUSPENSE")
                if not final:
                    backend.refunds[refund_id] = state or "PAID"
                return people.refund(backend.refunds[refund_id])
        return _looked_up(act, state)

    def _watch(self, act: Act[Any]) -> None:
        """Nothing physical before its intention and start are on disk."""
        operations = self.operations()
        match act:
            case (
                steps.MoveCardToEncoder()
                | steps.WriteCard()
                | steps.PresentCard()
                | steps.CaptureCard()
            ):
                moving = _moving(operations, OperationKind.CARD_ISSUE)
                fine = any(
                    not isinstance(act, steps.PresentCard) or "presenting" in one.phases
                    for one in moving
                )
            case steps.PlaceHoldAtPos(operation_id):
                fine = operations[operation_id].state is OperationState.STARTED
                if operation_id in self.pos.commands:
                    self.broken_rules.append("a second hold command at the POS")
                self.pos.commands.append(operation_id)
            case sale.SellAtPos(operation_id):
                fine = operations[operation_id].state is OperationState.STARTED
                if operation_id in self.pos.commands:
                    self.broken_rules.append("a second sale command at the POS")
                self.pos.commands.append(operation_id)
            case paying.PayAtPos(operation_id, order):
                one = operations[operation_id]
                fine = one.phases[-1:] == ["at_pos"] and one.text("tender_id") == order.tender_id
                if order.reference in self.pos.commands:
                    self.broken_rules.append("a second sale command at the POS")
                self.pos.commands.append(order.reference)
            case cash.TakeNote(operation_id):
                one = operations[operation_id]
                fine = one.state is OperationState.STARTED and one.phases[-1:] == ["note_offered"]
            case steps.CommitSettlement(operation_id):
                one = operations[operation_id]
                fine = one.state is OperationState.STARTED and "paying" in one.phases
            case sale.VoidSaleAtPos(operation_id) | prefund.TopUpBalance(operation_id):
                fine = operations[operation_id].state in _MOVING
            case steps.ReleaseHoldAtPos(operation_id) | window_steps.ConfirmRefund(operation_id):
                fine = operations[operation_id].state in _MOVING
            case steps.PrintSlip(content):
                self.printer.tried.append(content)
                papers = (OperationKind.DOCUMENT, OperationKind.INVOICE)
                fine = any(_moving(operations, kind) for kind in papers)
            case _:
                broken = self.papers.broken(act, operations)
                self.broken_rules.extend([broken] if broken else [])
                return
        if not fine:
            self.broken_rules.append(f"{type(act).__name__} before its start was on disk")


def _moving(operations: Mapping[str, Operation], kind: OperationKind) -> list[Operation]:
    return [one for one in operations.values() if one.kind is kind and one.state in _MOVING]


def _looked_up(act: Act[Any], state: str) -> object:
    match act:
        case steps.FindPatient() | steps.RegisterPerson():
            return people.PATIENT
        case steps.FetchDepartments():
            return steps.Departments((people.DEPARTMENT,))
        case steps.RegisterVisit():
            return people.REGISTRATION
        case steps.FetchRegistration():
            return replace(people.REGISTRATION, queue_number="A012")
        case steps.CancelRegistration():
            return Done()
        case steps.FetchBills():
            return steps.Bills(() if state == "none" else (people.BILL,))
        case steps.MakeReferral():
            return steps.Referral(people.REFERRAL)
        case steps.FetchHoldTerms():
            if state == "disabled":
                return replace(people.TERMS, allowed=False, reason="disabled")
            return people.TERMS
        case window_steps.RequestRefund():
            return people.refund("ACCEPTED")
    if type(act) in TOLD:
        return TOLD[type(act)]
    raise AssertionError(f"the model does not know {act}")


def _turned_away(variant: Variant) -> bool:
    """Such a no may come after the thing was done."""
    return Refused(variant.state).turned_away
