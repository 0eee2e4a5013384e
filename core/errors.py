"""Errors that are known, as opposed to bugs.

A `ZhenfuError` carries a sentence for the person who reads it; everything else that is raised is
a bug and is logged with its traceback. Expected outcomes of money and devices are values, not
exceptions (core/ports.py).
"""

from __future__ import annotations


class ZhenfuError(Exception):
    """Base of the errors a person is told about."""


class Inconsistent(ZhenfuError):
    """Amounts or states that cannot be true together: never shown, never acted on."""


class SettingsError(ZhenfuError):
    """One or more wrong settings; the text names all of them."""


class JournalError(ZhenfuError):
    """The journal is damaged or cannot be written: no money may move."""


class RuleBroken(ZhenfuError):
    """A transition the operation table does not know."""
