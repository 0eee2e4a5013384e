"""What a patient can have done about pay later."""

from __future__ import annotations

from kiosk.journeys.service import Service

SERVICES: tuple[Service, ...] = ()
