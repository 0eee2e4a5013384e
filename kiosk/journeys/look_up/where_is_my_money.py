"""Where is my money: every amount with its state, and the case that somebody works on.

By a card or code everything of the person is told; by a printed slip only what the slip is about,
because a slip may lie in anybody's hand.
"""

from __future__ import annotations

from typing import assert_never

from core.identity import MediumKind
from core.look_up import MoneyItem, MoneyTrail
from core.page_parts import Row, Section, Tone
from core.phrase import Moment, Phrase, Yuan, said
from core.ports import CardPresence
from core.steps import Leave, MediumShown
from core.steps.look_up import FetchMoney
from core.window_steps import ResolveSlip, SlipMeaning
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import ACCEPTED, Identified, identify, show_anything
from kiosk.journeys.look import Ended, look
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Button, Choose, Chosen, Option, Pressed, Show

_ICONS = {
    "PAYMENT": "receipt-yen",
    "REFUND": "receipt-refund",
    "HOLD": "shield-lock",
    "CHANGE": "coins",
    "TOP_UP": "wallet",
    "CLEAN_OUT": "cash-off",
    "CASE": "zoom-money",
}


async def where_is_my_money(start: Start) -> Retry | None:
    """A list, then the steps of one amount."""
    shown = start.shown or await show_anything("money", ACCEPTED | {MediumKind.SLIP})
    if shown.medium.kind is MediumKind.SLIP:
        return await _by_slip(shown)
    who = await identify("money", shown)
    if not isinstance(who, Identified):
        return who
    trail = await look(FetchMoney(who.patient.patient_id))
    if isinstance(trail, Ended):
        return trail.end
    await _tell(trail, who.presence)
    return None


async def _by_slip(shown: MediumShown) -> Retry | None:
    meaning = await look(ResolveSlip(shown.medium.value))
    if isinstance(meaning, Ended):
        return meaning.end
    if meaning.patient is None:
        return await trouble("being_checked" if meaning.case_id else "slip_unknown")
    trail = await look(FetchMoney(meaning.patient.patient_id))
    if isinstance(trail, Ended):
        return trail.end
    await _tell(only_about(meaning, trail), None)
    return None


def only_about(meaning: SlipMeaning, trail: MoneyTrail) -> MoneyTrail:
    """What this slip's holder may know."""
    ids = {meaning.settlement_id, meaning.case_id} - {""}
    return MoneyTrail(tuple(one for one in trail.items if ids & {one.about, one.case_id}))


async def _tell(trail: MoneyTrail, presence: CardPresence | None) -> None:
    while True:
        match await list_page(trail, presence):
            case Chosen(number):
                item = trail.items[int(number)]
            case Back() | Leave():
                return
            case other:
                assert_never(other)
        match await item_page(item, presence):
            case Pressed() | Back():
                continue
            case Leave():
                return


def list_page(trail: MoneyTrail, presence: CardPresence | None) -> Choose:
    """What still happens first."""
    return Choose(
        title=said("Where is my money?"),
        hint=said("Touch an amount to see each step."),
        icon="zoom-money",
        presence=presence,
        options=tuple(
            Option(
                str(number),
                item.title,
                _ICONS.get(item.kind, "coins"),
                note=said("{when}. {state}", when=Moment(item.at), state=item.state_words),
                side=Yuan(item.amount_fen),
            )
            for number, item in enumerate(trail.items)
        ),
        nothing=said("No money of yours moved in the last time."),
    )


def item_page(item: MoneyItem, presence: CardPresence | None) -> Show:
    """How it stands, what happens next, whose business it is, and what happened so far."""
    tone = Tone.WARNING if item.open else Tone.SUCCESS
    state = Row("info-circle", said("How it stands"), item.state_words, note=item.next, tone=tone)
    return Show(
        title=item.title,
        icon=_ICONS.get(item.kind, "coins"),
        presence=presence,
        big_label=said("Amount"),
        big_value=Yuan(item.amount_fen),
        sections=(
            Section("", (state, *_case(item))),
            Section(
                said("What happened"),
                tuple(
                    Row("circle-check", step.words, Moment(step.at), note=_proof(step.proof))
                    for step in item.steps
                ),
            ),
        ),
        buttons=(Button("list", said("Back to the list"), "list"),),
    )


def _case(item: MoneyItem) -> tuple[Row, ...]:
    if not item.case_id:
        return ()
    rows = [Row("file-text", said("Case number"), item.case_id)]
    if item.owner:
        rows.append(Row("user-check", said("Who looks at it"), owner_of(item.owner)))
    if item.due_at:
        rows.append(Row("clock", said("An answer comes by"), Moment(item.due_at)))
    return tuple(rows)


def owner_of(owner: str) -> Phrase:
    """A desk in words; a person's name is not for the screen."""
    return _OWNERS.get(owner, said("A member of staff"))


_OWNERS = {"cashier-office": said("The cashiers' office"), "finance": said("The finance desk")}


def _proof(proof: str) -> Phrase:
    return said("Number {number}", number=proof) if proof else ""
