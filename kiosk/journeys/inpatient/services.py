"""What a patient can have done about a stay in hospital."""

from __future__ import annotations

from kiosk.journeys.service import Service

SERVICES: tuple[Service, ...] = ()
