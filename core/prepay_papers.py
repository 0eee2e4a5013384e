"""Words and slip of a balance that was asked back, at whatever terminal.

What a reader would get wrong: nothing here names who paid a top-up or an account (W31).
"""

from __future__ import annotations

from core.phrase import Moment, Phrase, Said, Yuan, said
from core.prepay import CleanOut
from core.slips import WrittenSlip
from core.window_prepay import CleanOutFile

ROUTES: dict[str, Said] = {
    "ORIGINAL": said("Back the way it came"),
    "TRANSFER": said("To a bank account"),
    "CASH": said("In cash at a window"),
}
STATES: dict[str, Said] = {
    "ACCEPTED": said("Received; a window checks it"),
    "REVIEWED": said("Checked; it is paid next"),
    "CONFIRMED": said("The money is on its way"),
    "PAYOUT_UNKNOWN": said("The bank is being asked; a person watches over it"),
    "SUSPENSE": said("A person is looking into it"),
    "NEED_REALNAME_RESUBMIT": said("The bank needs another account"),
    "PAID": said("Paid back"),
    "REJECTED": said("Not accepted; the money is on your balance again"),
}


def clean_out_slip(display_name: str, told: CleanOut | CleanOutFile) -> WrittenSlip:
    """Proof that it was asked for, or carried out; nobody gets money for this paper."""
    lines: tuple[Phrase, ...] = (
        said("See how it goes on at this machine, on your phone or at any window."),
    )
    if told.state == "ACCEPTED":
        lines = (said("No money has moved yet. This slip is not a voucher for money."), *lines)
    return WrittenSlip(
        about=told.clean_out_id,
        title=said("Refund of the prepaid balance: request"),
        display_name=display_name,
        pairs=(
            (said("Asked back"), Yuan(told.amount_fen)),
            (said("Received at"), Moment(told.asked_at)),
            (said("State"), STATES.get(told.state, STATES["SUSPENSE"])),
            *((ROUTES[way.route], Yuan(way.amount_fen)) for way in told.ways),
        ),
        lines=lines,
        slip=told.slip,
    )
