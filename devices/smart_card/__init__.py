"""Cards behind PC/SC readers (docs/protocols/pcsc_m1.md, docs/protocols/pcsc_cards.md)."""

from devices.smart_card.service import SETTINGS, contradictions, open_from

__all__ = ["SETTINGS", "contradictions", "open_from"]
