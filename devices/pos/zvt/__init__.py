"""Bank POS on ZVT (docs/protocols/zvt.md)."""

from core.settings import Settings
from devices.pos.settings import SETTINGS
from devices.pos.zvt.service import ZvtPos

__all__ = ["SETTINGS", "open_from"]


def open_from(settings: Settings) -> ZvtPos:
    """The POS that the settings name; it is called at the first use."""
    return ZvtPos(
        settings.text("pos.path"),
        baud=settings.integer("pos.baud"),
        password=settings.text("pos.password"),
        card_wait_s=settings.integer("pos.card_wait_s"),
        echoes_reference=settings.boolean("pos.echoes_reference"),
    )
