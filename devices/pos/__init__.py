"""The bank POS; `pos.protocol` says which language it speaks."""

from core.settings import Settings
from devices.pos import zvt
from devices.pos.mis_tlv.bank_host import BankHost
from devices.pos.mis_tlv.driver import MisLimits, MisOptions
from devices.pos.mis_tlv.requests import Till
from devices.pos.mis_tlv.service import MisPos
from devices.pos.mis_tlv.types import type_codes
from devices.pos.service import Pos
from devices.pos.settings import MIS_TLV, NONE, SETTINGS, contradictions

__all__ = ["SETTINGS", "contradictions", "open_from"]


def open_from(settings: Settings) -> Pos:
    """The POS that the settings name; it is called at the first use."""
    if settings.text("pos.protocol") == MIS_TLV:
        return _mis_from(settings)
    return zvt.open_from(settings)


def _mis_from(settings: Settings) -> MisPos:
    tag = settings.text("pos.mis_reference_tag")
    host = settings.text("pos.mis_host")
    echoes = settings.boolean("pos.echoes_reference") and tag != NONE
    return MisPos(
        settings.text("pos.path"),
        baud=settings.integer("pos.baud"),
        types=type_codes(settings.text("pos.mis_types")),
        till=Till(settings.text("pos.mis_desk"), settings.text("pos.mis_operator")),
        options=MisOptions(
            reference_tag=int(tag, 16) if echoes else None,
            acknowledges=settings.boolean("pos.mis_acknowledges"),
            bank_host=None if host == NONE else BankHost(host),
        ),
        limits=MisLimits(card_wait_s=settings.integer("pos.card_wait_s")),
    )
