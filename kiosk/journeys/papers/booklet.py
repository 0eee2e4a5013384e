"""Buy a record booklet (S37): price, pay, take it out of the machine.

What a reader would get wrong: it is paid like any bill and handed out afterwards; one that does not
come out is a case about its money, opened by the backend, and is never tried a second time.
"""

from __future__ import annotations

from typing import assert_never

from core.goods import Article, Sale
from core.journeys.buy_goods import HandedOut, NothingWritten, hand_out
from core.journeys.doubt import Doubtful
from core.journeys.settle import Settled
from core.page_parts import Row, Strip, Tone
from core.phrase import Yuan, said
from core.ports import CardPresence, DeviceTrouble, NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.goods import CheckVending, FetchArticles, KeepSale
from kiosk.journeys.ending import Retry, not_paid, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.look import Ended, look
from kiosk.journeys.paying.till import Payer, pay_here
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Choose, Chosen, Finished, Option


async def booklet(start: Start) -> Retry | None:
    """From the tile to a booklet in the hand."""
    who = await identify("booklet", start.shown)
    if not isinstance(who, Identified):
        return who
    articles = await look(FetchArticles())
    if isinstance(articles, Ended):
        return articles.end
    match await CheckVending():
        case DeviceTrouble(_, reason):
            return await trouble(reason)
    match await choose_article(articles.articles, who.presence):
        case Chosen(item_code):
            pass
        case Back() | Leave():
            return None
        case other:
            assert_never(other)
    match await KeepSale(who.patient.patient_id, item_code):
        case Sale() as sale:
            return await _pay(who, sale)
        case Refused("sold_out"):
            return await trouble("booklets_out")
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)


async def _pay(who: Identified, sale: Sale) -> Retry | None:
    """Left unpaid, the piece falls free by itself."""
    match await pay_here(Payer(who.patient, who.presence), (sale.bill,)):
        case Settled(printed=printed):
            return await _hand_out(who, sale, printed)
        case ended:
            return await not_paid(ended)


async def _hand_out(who: Identified, sale: Sale, printed: bool) -> Retry | None:
    match await hand_out(sale):
        case HandedOut():
            await take_it(sale, printed, who.presence)
        case NothingWritten():
            await not_out(sale, "", printed, who.presence)
        case Doubtful(case_id, slip_printed):
            await not_out(sale, case_id, slip_printed, who.presence)
        case other:
            assert_never(other)
    return None


def choose_article(articles: tuple[Article, ...], presence: CardPresence | None) -> Choose:
    """What there is, with its price."""
    return Choose(
        title=said("Which one would you like to buy?"),
        hint=said("You pay first. Then it comes out below."),
        icon="notebook",
        presence=presence,
        options=tuple(
            Option(
                one.item.code,
                one.item.name,
                "notebook",
                note=said("Left: {count}", count=one.pieces),
                side=Yuan(one.item.unit_price_fen),
                off="" if one.pieces else said("Sold out. Please use another machine."),
            )
            for one in articles
        ),
        nothing=said("This machine sells nothing at the moment."),
    )


def take_it(sale: Sale, printed: bool, presence: CardPresence | None) -> Finished:
    """It fell."""
    return Finished(
        title=said("Please take your booklet below"),
        icon="notebook",
        presence=presence,
        big_label=said("Paid"),
        big_value=Yuan(sale.bill.total_fen),
        printed=printed,
    )


def not_out(sale: Sale, case_id: str, printed: bool, presence: CardPresence | None) -> Finished:
    """Paid, and nobody saw it come out: whose business it is now, and what to do."""
    number = (Row("file-text", said("Case number"), case_id),) if case_id else ()
    return Finished(
        title=said("The booklet did not come out"),
        hint=said(
            "You paid and we know it. A person looks at it and gives your money back. "
            "Please do not pay again; with your slip a window helps you at once."
        ),
        icon="alert-triangle",
        tone=Tone.WARNING,
        presence=presence,
        big_label=said("Your money"),
        big_value=Yuan(sale.bill.total_fen),
        rows=number,
        strip=Strip(Tone.INFO, "hand-stop", said("Please do not reach into the machine.")),
        printed=printed,
    )
