"""Foreign code that the settings name as "package.module:callable".

Used where a part cannot be shipped: a photo decoder, a terminal security module. What a reader
would get wrong: it is loaded when the device is fitted, so a wrong name is a settings fault at the
start and not a surprise with a patient in front.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from core.errors import SettingsError
from core.settings import Settings


def plugin(settings: Settings, key: str) -> Callable[..., Any] | None:
    """What the setting `key` names; None: the setting is empty. Raises SettingsError."""
    name = settings.text(key)
    if not name:
        return None
    module_name, _, attribute = name.partition(":")
    try:
        found = getattr(import_module(module_name), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise SettingsError(f"{key} = {name!r}: cannot be loaded: {error}") from None
    if not callable(found):
        raise SettingsError(f"{key} = {name!r}: must be package.module:callable")
    loaded: Callable[..., Any] = found
    return loaded
