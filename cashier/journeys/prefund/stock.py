"""The stock of old balances: who has one, how old it is, and what could not be returned in time.

What a reader would get wrong: entering a balance in the ledger returns nothing. It only says that
it could not be returned; its owner can claim it at any window for ever (W21).
"""

from __future__ import annotations

from cashier.journeys.day.saving import save
from cashier.journeys.prefund import stock_pages as pages
from cashier.journeys.work import AtWork, fetched, refused
from cashier.steps.sheet import Pressed
from core.identity import Patient
from core.page_parts import Strip, Tone
from core.phrase import Yuan, said
from core.ports import NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.questions import MediumShown
from core.steps.window_prefund import (
    EnterLedger,
    FetchIdle,
    FetchLedger,
    FetchLedgerTable,
    FetchStock,
)
from core.window_prepay import Ledger
from core.window_steps import FetchPatient

_TITLE = said("Stock of old balances")
_LEDGER = said("Balances not returned in time")


async def stock(at: AtWork) -> str | Patient:
    """The work list of the clean-out (W19), or only those that lie idle (S51)."""
    only_idle = False
    while True:
        told = await fetched(FetchStock(), at, _TITLE)
        if told is None:
            return ""
        accounts = told.accounts
        if only_idle:
            idle = await fetched(FetchIdle(), at, _TITLE)
            accounts = idle.accounts if idle is not None else ()
        match await pages.stock_sheet(told, accounts, only_idle=only_idle):
            case Pressed("serve") as pressed:
                patient = await fetched(FetchPatient(pressed.row), at, _TITLE)
                if patient is not None:
                    return patient
            case Pressed("ledger"):
                await _ledger(at)
            case Pressed():
                only_idle = not only_idle
            case Leave() | MediumShown():
                return ""


async def _ledger(at: AtWork) -> None:
    """The list, what is entered today, and its spreadsheet for the authority."""
    strip: Strip | None = None
    while True:
        told = await fetched(FetchLedger(), at, _LEDGER)
        if told is None:
            return
        match await pages.ledger_sheet(at, told, strip):
            case Pressed("csv"):
                strip = await _table(at)
            case Pressed() as pressed:
                strip = await _enter(at, pressed.value("reason"))
            case Leave() | MediumShown():
                return


async def _table(at: AtWork) -> Strip | None:
    rows = await fetched(FetchLedgerTable(), at, _LEDGER)
    return await save("balances-not-returned", rows) if rows is not None else None


async def _enter(at: AtWork, reason: str) -> Strip | None:
    match await EnterLedger(reason):
        case Ledger(open_fen=open_fen):
            words = said("Not returned in all: {amount}", amount=Yuan(open_fen))
            return Strip(Tone.SUCCESS, "circle-check", words)
        case Refused() | NotSent() | Unknown() as no:
            await refused(at, _LEDGER, no)
            return None
