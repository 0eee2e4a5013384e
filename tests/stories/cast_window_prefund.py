"""Prepaid money of the window's stories: a house where it may come in, and balances made there.

What a reader would get wrong: what comes in does so at the window itself, by card or counted notes,
because only then it is in the journal, in the drawer and in the books.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cast import KIOSK_TOKEN, Guest
from cast_people import WINDOW_TOKEN
from cast_window_day import staff_at
from cast_window_later import window_under
from cast_window_settle import use_bank_card
from window_hall import CASHIER, WindowHall

from sandbox.player.stage import get


@contextmanager
def exempt_hall(told: Path, changes: Mapping[str, str]) -> Iterator[WindowHall]:
    """A house by these changes of the demo's rules; the cashier's drawer is open."""
    with window_under(told, changes) as hall:
        staff_at(hall.house, WINDOW_TOKEN, CASHIER).post("/v1/shifts", {"float_fen": 20_000})
        yield hall


def told(hall: WindowHall, who: Guest, what: str) -> dict[str, object]:
    """Of this patient, as a kiosk sees it."""
    url = f"{hall.house.backend_url}/v1/patients/{who.patient.patient_id}/{what}"
    return get(url, KIOSK_TOKEN)


def balance_fen(hall: WindowHall, who: Guest) -> int:
    """What stands on the account."""
    return int(str(told(hall, who, "prepay")["balance_fen"]))


def clean_out_state(hall: WindowHall, who: Guest) -> str:
    """Of the only application."""
    (found,) = told(hall, who, "prepay/clean-outs")["clean_outs"]  # type: ignore[misc]  # JSON
    return str(found["state"])  # type: ignore[has-type]


def by_card(hall: WindowHall, who: Guest, yuan: str) -> None:
    """From the desk to a higher balance."""
    hall.serve(who)
    hall.work("balance")
    hall.sheet("Prepaid balance")
    hall.fill(amount=yuan, consent="yes")
    hall.do("transfer")
    use_bank_card(hall)
    hall.sheet("The balance is topped up")
    hall.leave()


def by_hand(hall: WindowHall, who: Guest, **notes: str) -> None:
    """The same by counted notes; `notes` as n10000."""
    amount_fen = sum(int(name[1:]) * int(count) for name, count in notes.items())
    hall.serve(who)
    hall.work("balance")
    hall.sheet("Prepaid balance")
    hall.fill(amount=str(amount_fen // 100), consent="yes")
    hall.do("cash")
    hall.sheet("Notes of the balance")
    hall.fill(**notes)
    hall.do("take")
    hall.sheet("The balance is topped up")
    hall.leave()
