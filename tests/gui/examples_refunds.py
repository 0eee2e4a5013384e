"""Pages as a patient meets them: asking for a refund and following it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.billing import Text
from core.flow import Step
from core.refunds import Contact
from kiosk.journeys.refunds import my_refunds_pages, refund_pages
from tests.helpers.stories_later import WHO
from tests.helpers.told import told_refunds as told

_LONG = replace(
    told.LINES[0],
    line_id="L3",
    name=Text("心脏彩色多普勒超声常规检查", "Colour Doppler ultrasound of the heart, routine"),
)
_LINES = (*told.LINES, _LONG)
_SETTLEMENT = replace(
    told.SETTLEMENT, lines=_LINES, total_fen=sum(line.amount_fen for line in _LINES)
)

EXAMPLES: dict[str, Step[Any]] = {
    "refund_settlements": refund_pages.settlements(WHO, (_SETTLEMENT, told.CREDIT_SETTLEMENT)),
    "refund_no_settlements": refund_pages.settlements(WHO, ()),
    "refund_items": refund_pages.items(WHO, _SETTLEMENT),
    "refund_why": refund_pages.why(WHO),
    "refund_confirmation": refund_pages.confirmation(
        WHO, _SETTLEMENT, (told.LINES[0], _LONG), "not_done", told.OF_A_MINOR
    ),
    "refund_proof": refund_pages.proof(WHO),
    "refund_sent": refund_pages.sent(WHO, told.REQUEST, printed=True),
    "my_refunds": my_refunds_pages.overview(WHO, (told.RESUBMIT, told.REQUEST)),
    "my_refunds_none": my_refunds_pages.overview(WHO, ()),
    "my_refund": my_refunds_pages.told(WHO, told.REQUEST, None),
    "my_refund_of_a_minor": my_refunds_pages.told(WHO, told.RESUBMIT, told.OF_A_MINOR),
    "contact_name": my_refunds_pages.contact_name(WHO),
    "contact_number": my_refunds_pages.contact_number(WHO, "bad_id_number"),
    "contact_named": my_refunds_pages.named(WHO, Contact("CONTACT", "王*国")),
}
