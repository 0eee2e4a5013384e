"""Every service of the kiosk, and which of them this machine offers now."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.journeys.cards.services import SERVICES as CARDS
from kiosk.journeys.inpatient.services import SERVICES as INPATIENT
from kiosk.journeys.later.services import SERVICES as LATER
from kiosk.journeys.look_up.services import SERVICES as LOOK_UP
from kiosk.journeys.papers.services import SERVICES as PAPERS
from kiosk.journeys.paying.services import SERVICES as PAYING
from kiosk.journeys.prefund.services import SERVICES as PREFUND
from kiosk.journeys.refunds.services import SERVICES as REFUNDS
from kiosk.journeys.service import Service
from kiosk.journeys.visits.services import SERVICES as VISITS
from kiosk.steps import Offer, Terms

SERVICES: dict[str, Service] = {
    service.name: service
    for service in (
        *PAYING,
        *VISITS,
        *CARDS,
        *PAPERS,
        *INPATIENT,
        *PREFUND,
        *LATER,
        *REFUNDS,
        *LOOK_UP,
    )
}


def offers(terms: Terms, missing: Callable[[Service], str]) -> tuple[Offer, ...]:
    """What the terms allow here, each with the reason why it cannot be given now: `missing`."""
    return tuple(
        Offer(service.name, service.group, missing(service))
        for service in SERVICES.values()
        if (not terms.functions or service.name in terms.functions) and service.offered(terms)
    )
