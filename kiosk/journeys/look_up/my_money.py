"""Balance, holds with the day they fall free, and change that is due (S35, S51).

What a reader would get wrong: a hold is not money that was taken; it is told apart from the
balance, and money that lies unused is offered back on this very page.
"""

from __future__ import annotations

from core.billing import Hold
from core.identity import short_card
from core.look_up import Balance, Holds, MoneyItem, MoneyTrail
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, Yuan, said
from core.ports import CardPresence
from core.steps.look_up import FetchBalance, FetchHolds, FetchMoney
from kiosk.journeys.ending import Retry
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.look import Ended, look
from kiosk.journeys.service import Start
from kiosk.steps.pages import Show

_STANDS, _CHANGE, _FROZEN = "HELD", "CHANGE", "FROZEN_FOR_CLEANOUT"


async def my_money(start: Start) -> Retry | None:
    """Three looks and one page."""
    who = await identify("my_money", start.shown)
    if not isinstance(who, Identified):
        return who
    patient_id = who.patient.patient_id
    balance = await look(FetchBalance(patient_id))
    if isinstance(balance, Ended):
        return balance.end
    holds = await look(FetchHolds(patient_id))
    if isinstance(holds, Ended):
        return holds.end
    trail = await look(FetchMoney(patient_id))
    if isinstance(trail, Ended):
        return trail.end
    await money_page(balance, holds, trail, who.presence)
    return None


def money_page(
    balance: Balance, holds: Holds, trail: MoneyTrail, presence: CardPresence | None
) -> Show:
    """The balance in large type, then what is frozen and what is owed."""
    standing = [hold for hold in holds.holds if hold.state == _STANDS]
    due = [item for item in trail.items if item.kind == _CHANGE and item.open]
    none = Row("circle-check", said("None"), "")
    return Show(
        title=said("Your money at the hospital"),
        icon="wallet",
        presence=presence,
        big_label=said("Balance"),
        big_value=Yuan(balance.balance_fen),
        sections=(
            Section(
                said("Frozen on bank cards, not charged"),
                tuple(_hold(hold) for hold in standing) or (none,),
            ),
            Section(
                said("Change that a machine owes you"),
                tuple(_change(item) for item in due) or (none,),
            ),
        ),
        strip=_unused(balance) or _earlier(standing),
    )


def _hold(hold: Hold) -> Row:
    return Row(
        "shield-lock",
        said("Card {card}", card=short_card(hold.masked_card)),
        Yuan(hold.remaining_fen),
        note=said("Falls free by itself on {day}", day=Day(hold.expires_on)),
    )


def _change(item: MoneyItem) -> Row:
    return Row("coins", item.state_words, Yuan(item.amount_fen), note=item.next, tone=Tone.WARNING)


def _earlier(standing: list[Hold]) -> Strip | None:
    if not standing:
        return None
    words = said("You need not wait: “Pre-authorise a card” shows what is frozen and ends it.")
    return Strip(Tone.INFO, "info-circle", words)


def _unused(balance: Balance) -> Strip | None:
    if balance.state == _FROZEN:
        return Strip(Tone.INFO, "receipt-refund", said("Your balance is being refunded to you."))
    if not balance.balance_fen:
        return None
    words = said("You need not leave money here. “Refund my balance” gives it back.")
    return Strip(Tone.INFO, "receipt-refund", words)
