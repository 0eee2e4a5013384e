"""What a person can be found by, as rows; numbers come masked."""

from __future__ import annotations

from core.page_parts import Row, Tone
from core.people import Media, OwnMedium
from core.phrase import Said, said

_FACE = "FACE"
"""Its number is the face service's, which says nothing to anybody."""
_NAMES: dict[str, tuple[str, Said]] = {
    "HEALTH_CARD": ("credit-card", said("Health card")),
    "HEALTH_CARD_ANON": ("credit-card", said("Health card without a name")),
    "GREEN_CHANNEL": ("ambulance", said("Green-channel card")),
    "SS_CARD": ("credit-card", said("Social-security card")),
    _FACE: ("face-id", said("Face")),
}
_STATES: dict[str, Said] = {
    "RESERVED": said("Not handed out"),
    "LOST": said("Reported lost"),
    "REPLACED": said("Replaced by another card"),
    "VOID": said("No longer accepted"),
    "TRANSFERRED": said("Transferred"),
}


def media_rows(media: Media) -> tuple[Row, ...]:
    """ID card, insurance code and city code need no row: they are always accepted."""
    return tuple(_row(one) for one in media.media)


def _row(one: OwnMedium) -> Row:
    icon, name = _NAMES.get(one.kind, ("id", said("Other card")))
    state = _STATES.get(one.state)
    tone = Tone.PLAIN if state is None else Tone.WARNING
    value = one.display_value if one.kind != _FACE else said("Known here")
    return Row(icon, name, value, state or "", tone)
