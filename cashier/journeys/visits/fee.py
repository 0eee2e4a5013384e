"""Pay the fee of a place with a doctor at the till, and hand the guide slip out (H12, N24).

What a reader would get wrong: a place of today that is not paid is given back at once, because
somebody else may want it; a booked one stays booked until its session is over.
"""

from __future__ import annotations

from cashier.journeys.till import ended, take
from cashier.journeys.work import AtWork, told
from core.billing import Registration
from core.flow import Abandoned
from core.journeys.doubt import Doubtful
from core.journeys.print_slip import print_slip
from core.journeys.print_visit_slip import print_visit_slip
from core.journeys.settle import Settled
from core.page_parts import Row, Tone
from core.phrase import said
from core.steps import CancelRegistration
from core.steps.visits import FetchGuide
from core.visit_slips import guide_slip
from core.visits import Guide


async def pay_fee(at: AtWork, registration: Registration, *, booked: bool) -> None:
    """From the fee's bill to a queue number. `booked`: the place stays when it is not paid."""
    try:
        end = await take(at, (registration.bill,))
    except Abandoned:
        await _give_back(registration, "left", booked)
        raise
    if isinstance(end, Settled):
        await hand_out_guide(at, registration.registration_id)
        return
    if not isinstance(end, Doubtful):
        await _give_back(registration, end.reason, booked)
    await ended(at, end)


async def _give_back(registration: Registration, reason: str, booked: bool) -> None:
    if not booked:
        await CancelRegistration(registration.registration_id, reason)


async def hand_out_guide(at: AtWork, registration_id: str) -> None:
    """The guide slip as the visit stands now, and the page with the queue number."""
    match await FetchGuide(registration_id):
        case Guide() as guide:
            slip, code = guide_slip(at.served.display_name, guide), guide.registration.slip
            printed = await (print_visit_slip(slip, code.slip_id) if code else print_slip(slip))
            await _registered(at, guide, printed)
        case _:
            words = said("It is registered. The queue number could not be shown just now.")
            await told(at, said("Registered"), tone=Tone.WARNING, words=words)


async def _registered(at: AtWork, guide: Guide, printed: bool) -> None:
    visit = guide.registration
    rows = (
        Row("ticket", said("Queue number"), visit.queue_number),
        Row("stethoscope", said("Department"), visit.department, note=visit.place),
        Row("user", said("Doctor"), visit.doctor),
        Row("map-pin", said("Room"), visit.room, note=visit.session),
    )
    words = said("Give the slip to the patient.") if printed else said("The slip is owed.")
    tone = Tone.SUCCESS if printed else Tone.WARNING
    await told(at, said("Guide slip"), rows, tone=tone, words=words)
