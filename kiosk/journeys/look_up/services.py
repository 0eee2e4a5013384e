"""What a patient can have done about questions."""

from __future__ import annotations

from core.phrase import said
from kiosk.journeys.look_up.claims import claims
from kiosk.journeys.look_up.my_bookings import my_bookings
from kiosk.journeys.look_up.my_money import my_money
from kiosk.journeys.look_up.my_payments import my_payments
from kiosk.journeys.look_up.prices import prices
from kiosk.journeys.look_up.survey import survey
from kiosk.journeys.look_up.where_is_my_money import where_is_my_money
from kiosk.journeys.service import Service
from kiosk.steps import Group

SERVICES: tuple[Service, ...] = (
    Service("my_money", Group.MORE, said("My balance and pre-authorisations"), "wallet", my_money),
    Service("my_payments", Group.MORE, said("My bills and payments"), "receipt", my_payments),
    Service("my_bookings", Group.MORE, said("My bookings"), "calendar-check", my_bookings),
    Service("prices", Group.MORE, said("Prices"), "search", prices),
    Service(
        "where_is_my_money",
        Group.MORE,
        said("Where is my money?"),
        "zoom-money",
        where_is_my_money,
    ),
    Service("survey", Group.MORE, said("Say how it was"), "mood-smile", survey),
    Service("claims", Group.MORE, said("Commercial insurance"), "shield-plus", claims),
)
