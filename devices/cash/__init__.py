"""The banknote acceptor; `cash.protocol` says which language it speaks."""

from devices.cash.service import SETTINGS, contradictions, open_from

__all__ = ["SETTINGS", "contradictions", "open_from"]
