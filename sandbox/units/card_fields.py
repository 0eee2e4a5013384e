"""What is written on a card with files: texts by name, as the control ``create`` gave them.

Talks to nothing. Values are padded on the right as the standard says: text by 00, digits by F.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.units.request import ControlError


@dataclass(frozen=True, slots=True)
class CardFields:
    """Texts by name; every reader raises ControlError for a value that does not fit the card."""

    texts: Mapping[str, str]

    def text(self, name: str, default: str) -> str:
        """The text, or ``default`` when the card does not say."""
        return self.texts.get(name, default)

    def word(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        """A text that must be one of ``allowed``."""
        found = self.text(name, default)
        if found not in allowed:
            raise ControlError(f"field {name!r} must be one of {', '.join(allowed)}")
        return found

    def gbk(self, name: str, default: str, size: int) -> bytes:
        """``size`` bytes of GBK."""
        try:
            data = self.text(name, default).encode("gbk")
        except UnicodeEncodeError:
            raise ControlError(f"field {name!r} has a character that GBK does not know") from None
        if len(data) > size:
            raise ControlError(f"field {name!r} has room for {size} bytes")
        return data.ljust(size, b"\0")

    def digits(self, name: str, default: str, size: int) -> bytes:
        """``size`` bytes of two digits each; an identifier may have A to F among them."""
        found = self.text(name, default).upper()
        if not set(found) <= set("0123456789ABCDEF") or len(found) > 2 * size:
            raise ControlError(f"field {name!r} must be at most {2 * size} digits")
        return bytes.fromhex(found.ljust(2 * size, "F"))
