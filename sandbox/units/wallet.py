"""Every virtual card there is, and where each one lies.

Talks to ``RUN/cards/<uid>.json``, one file a card. The file is the card: the number the dispenser
wrote is read back from the same file by the PC/SC slot. A card is in one place at a time, and a
move names the place it must come from.
"""

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, cast, get_args

from sandbox.units.json_files import Json, read_json, write_json
from sandbox.units.request import ControlError, Request

Place = Literal["stacker", "dispenser", "hand", "slot", "slot_2", "reader", "bin"]
PLACES: tuple[str, ...] = get_args(Place)
M1, SOCIAL_SECURITY, HEALTH_CARD, BANK = "M1_1K", "social_security", "health_card", "bank"
KINDS = (M1, SOCIAL_SECURITY, HEALTH_CARD, BANK)
BLOCK_COUNT = 64
BLOCK_BYTES = 16
UID_BYTES = 4
TRANSPORT_TRAILER = "FFFFFFFFFFFF" + "FF078069" + "FFFFFFFFFFFF"


@dataclass(slots=True)
class CardFile:
    """One card. A Mifare Classic 1K (M1_1K) has 64 blocks of 16 bytes as hex, of which every
    fourth holds the keys; every other kind has texts by name in ``fields`` and no blocks."""

    uid: str
    kind: str
    blocks: list[str]
    place: Place
    fields: dict[str, str] = field(default_factory=dict)


class Wallet:
    """The cards of one run folder."""

    name = "wallet"

    def __init__(self, run_dir: Path) -> None:
        self._folder = run_dir / "cards"
        self.on_changed: Callable[[], None] = lambda: None

    def create(self, place: Place, uid: str | None = None, kind: str = M1) -> CardFile:
        """A blank card; ``uid`` is 8 hex digits, random when None. An M1 has transport keys."""
        uid = (uid or secrets.token_hex(UID_BYTES)).upper()
        if len(uid) != 2 * UID_BYTES or not set(uid) <= set("0123456789ABCDEF"):
            raise ControlError("a card number is 8 hex digits")
        if self._file(uid).exists():
            raise ControlError(f"card {uid} exists already")
        card = CardFile(uid, kind, _blank_blocks(uid) if kind == M1 else [], place)
        self.save(card)
        return card

    def card(self, uid: str) -> CardFile:
        """The card as it is now; raises ControlError when there is none of that number."""
        found = read_json(self._file(uid.upper()))
        if found is None:
            raise ControlError(f"there is no card {uid}")
        return CardFile(
            uid=str(found["uid"]),
            kind=str(found["kind"]),
            blocks=[str(block) for block in cast(list[object], found["blocks"])],
            place=cast(Place, found["place"]),
            fields=cast(dict[str, str], found.get("fields", {})),
        )

    def save(self, card: CardFile) -> None:
        """Write the card whole."""
        write_json(self._file(card.uid), asdict(card))
        self.on_changed()

    def move(self, uid: str, from_place: Place, to_place: Place) -> None:
        """Carry a card; raises ControlError when it is not in ``from_place``."""
        card = self.card(uid)
        if card.place != from_place:
            raise ControlError(f"card {uid} is in the {card.place}, not in the {from_place}")
        card.place = to_place
        self.save(card)

    def all(self) -> list[CardFile]:
        """Every card, by number."""
        return [self.card(path.stem) for path in sorted(self._folder.glob("*.json"))]

    def shown(self) -> Json:
        """Card numbers by place, and the kind of each card."""
        cards = self.all()
        by_place = {place: [c.uid for c in cards if c.place == place] for place in PLACES}
        return {**by_place, "kinds": {card.uid: card.kind for card in cards}}

    def control(self, request: Request) -> Json:
        """``create`` puts a card into the hand; ``books`` shows all.

        Fields of ``create``: uid, kind, blocks {number: hex} of an M1, fields {name: text} else.
        """
        match request.text("do"):
            case "create":
                return {"uid": self._create_in_hand(request)}
            case "books":
                return {"books": {"cards": [asdict(card) for card in self.all()]}}
            case "state":
                return {"state": self.shown()}
            case other:
                raise ControlError(f"wallet cannot {other!r}")

    def _create_in_hand(self, request: Request) -> str:
        kind = request.choice("kind", KINDS, M1)
        blocks, fields = _table(request, "blocks"), _table(request, "fields")
        if blocks and kind != M1:
            raise ControlError(f"a card of kind {kind!r} has no blocks")
        contents = {_block_number(number): _block(text) for number, text in blocks.items()}
        card = self.create("hand", request.text("uid") if request.has("uid") else None, kind)
        for number, content in contents.items():
            card.blocks[number] = content
        card.fields = {name: str(text) for name, text in fields.items()}
        self.save(card)
        return card.uid

    def _file(self, uid: str) -> Path:
        return self._folder / f"{uid}.json"


def _blank_blocks(uid: str) -> list[str]:
    blocks = ["00" * BLOCK_BYTES] * BLOCK_COUNT
    blocks[3::4] = [TRANSPORT_TRAILER] * (BLOCK_COUNT // 4)
    check = 0
    for byte in bytes.fromhex(uid):
        check ^= byte
    blocks[0] = f"{uid}{check:02X}080400".ljust(2 * BLOCK_BYTES, "0")
    return blocks


def _table(request: Request, name: str) -> dict[str, object]:
    found = request.fields.get(name, {})
    if not isinstance(found, dict):
        raise ControlError(f"field {name!r} must be an object")
    return cast(dict[str, object], found)


def _block_number(text: str) -> int:
    if not text.isdecimal() or int(text) >= BLOCK_COUNT:
        raise ControlError("a block number is 0 to 63")
    return int(text)


def _block(text: object) -> str:
    try:
        content = bytes.fromhex(str(text))
    except ValueError:
        content = b""
    if len(content) != BLOCK_BYTES:
        raise ControlError("a block is 16 bytes of hex")
    return content.hex().upper()
