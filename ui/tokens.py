"""Design tokens: the one place where colour, type, space and motion are decided.

Qt-free: QML reads `as_map()` through the bridge, Widgets read `ui/qss.py`, tests read `contrast()`.
Sizes are pixels on a 1080x1920 portrait screen; what a reader would get wrong: screens hold no
literal size of text, because large mode multiplies these and nothing else.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

FONT = "Noto Sans CJK SC"


@dataclass(frozen=True, slots=True)
class Modes:
    """What a person may switch at any moment, on any screen."""

    large: bool = False
    contrast: bool = False
    low_reach: bool = False
    calm: bool = False
    read_aloud: bool = False


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by meaning. `on_…` stands on the colour of that name, `…_tint` under it."""

    bg: str
    surface: str
    surface_alt: str
    ink: str
    ink_muted: str
    line: str
    line_strong: str
    primary: str
    primary_pressed: str
    primary_tint: str
    on_primary: str
    success: str
    success_tint: str
    on_success: str
    on_warning: str
    warning: str
    warning_tint: str
    danger: str
    danger_tint: str
    on_danger: str
    focus: str
    guide: str
    hero_from: str
    hero_to: str
    on_hero: str
    hero_muted: str
    hero_chip: str
    hero_line: str
    tile_pay: str
    tile_visit: str
    tile_check_in: str
    tile_card: str
    tile_print: str
    tile_inpatient: str
    tile_money: str
    tile_more: str
    split_fund: str
    split_account: str
    split_subsidy: str
    split_self: str
    machine: str
    machine_dark: str
    machine_glass: str
    machine_paper: str
    backdrop: str


LIGHT = Palette(
    bg="#EDF2F5",
    surface="#FFFFFF",
    surface_alt="#F5F8FA",
    ink="#0E2230",
    ink_muted="#425665",
    line="#D3DDE4",
    line_strong="#6B7F8E",
    primary="#0A4F7C",
    primary_pressed="#073A5C",
    primary_tint="#E2EFF8",
    on_primary="#FFFFFF",
    success="#0A5C36",
    success_tint="#E0F3E8",
    on_success="#FFFFFF",
    on_warning="#FFFFFF",
    warning="#7A4100",
    warning_tint="#FFF1D6",
    danger="#9B1C1C",
    danger_tint="#FCE8E8",
    on_danger="#FFFFFF",
    focus="#D97400",
    guide="#C25A00",
    hero_from="#0A4F7C",
    hero_to="#0B6472",
    on_hero="#FFFFFF",
    hero_muted="#E4F1F6",
    hero_chip="#1B5C7C",
    hero_line="#7FA9BD",
    tile_pay="#0A4F7C",
    tile_visit="#0B5F58",
    tile_check_in="#0B5F58",
    tile_card="#3E4699",
    tile_print="#3E4699",
    tile_inpatient="#6E2A6B",
    tile_money="#7A4100",
    tile_more="#0A4F7C",
    split_fund="#0A4F7C",
    split_account="#3A86BA",
    split_subsidy="#0B7A6E",
    split_self="#C25A00",
    machine="#DCE6EC",
    machine_dark="#16242E",
    machine_glass="#2B3E4B",
    machine_paper="#FFFFFF",
    backdrop="#9E0E2230",
)

HIGH_CONTRAST = Palette(
    bg="#000000",
    surface="#0B0B0B",
    surface_alt="#161616",
    ink="#FFFFFF",
    ink_muted="#E6E6E6",
    line="#8C8C8C",
    line_strong="#FFFFFF",
    primary="#FFD400",
    primary_pressed="#C9A700",
    primary_tint="#2A2400",
    on_primary="#000000",
    success="#6CF0A4",
    success_tint="#06281A",
    on_success="#000000",
    on_warning="#000000",
    warning="#FFD400",
    warning_tint="#2A2400",
    danger="#FF9C9C",
    danger_tint="#330808",
    on_danger="#000000",
    focus="#00E5FF",
    guide="#FFD400",
    hero_from="#000000",
    hero_to="#000000",
    on_hero="#FFD400",
    hero_muted="#FFFFFF",
    hero_chip="#161616",
    hero_line="#8C8C8C",
    tile_pay="#FFD400",
    tile_visit="#FFD400",
    tile_check_in="#FFD400",
    tile_card="#FFD400",
    tile_print="#FFD400",
    tile_inpatient="#FFD400",
    tile_money="#FFD400",
    tile_more="#FFD400",
    split_fund="#FFD400",
    split_account="#FFFFFF",
    split_subsidy="#6CF0A4",
    split_self="#FF9C9C",
    machine="#161616",
    machine_dark="#000000",
    machine_glass="#3A3A3A",
    machine_paper="#FFFFFF",
    backdrop="#D0000000",
)


@dataclass(frozen=True, slots=True)
class Type:
    """Pixel sizes of text; a capital of Noto Sans CJK is 0.733 em: 28 is 5.1 mm on 21.5 inches."""

    caption: int = 28
    row: int = 30
    body: int = 34
    body_l: int = 38
    title: int = 46
    heading: int = 58
    display: int = 76
    amount: int = 92


@dataclass(frozen=True, slots=True)
class Space:
    """Distances and sizes in pixels; base unit 8."""

    xs: int = 8
    s: int = 16
    m: int = 24
    l: int = 32  # noqa: E741 - the scale reads xs, s, m, l, xl
    xl: int = 48
    touch_min: int = 96
    touch: int = 120
    touch_primary: int = 144
    radius: int = 24
    radius_s: int = 16
    top_bar: int = 120
    top_bar_large: int = 140
    dock: int = 168
    dock_large: int = 200
    reach: int = 640
    reach_low: int = 800


@dataclass(frozen=True, slots=True)
class Motion:
    """Milliseconds. Nothing moves faster than 1 Hz; `rest`: a second press is ignored so long."""

    press: int = 90
    pulse: int = 1600
    rest: int = 400


def palette(modes: Modes) -> Palette:
    """The colours of these modes."""
    return HIGH_CONTRAST if modes.contrast else LIGHT


def type_scale(modes: Modes) -> Type:
    """Text sizes; large mode is 1.25 times, on even pixels, and never under 36."""
    if not modes.large:
        return Type()
    return Type(**{name: round(size * 1.25 / 2) * 2 for name, size in asdict(Type()).items()})


def as_map(modes: Modes) -> dict[str, object]:
    """All tokens as plain values, for QML's Theme."""
    return {
        "colour": asdict(palette(modes)),
        "type": asdict(type_scale(modes)),
        "space": asdict(Space()),
        "motion": asdict(Motion(press=0) if modes.calm else Motion()),
        "large": modes.large,
        "contrast": modes.contrast,
        "low_reach": modes.low_reach,
        "calm": modes.calm,
        "read_aloud": modes.read_aloud,
        "font": FONT,
    }


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour that stands on another, and the contrast it needs (WCAG 1.4.3, 1.4.6, 1.4.11)."""

    front: str
    back: str
    at_least: float


PAIRS = (
    *(Pair("ink", back, 7) for back in ("surface", "surface_alt", "bg", "primary_tint")),
    Pair("ink_muted", "surface", 7),
    *(Pair("ink_muted", back, 4.5) for back in ("bg", "surface_alt", "machine", "primary_tint")),
    Pair("on_primary", "primary", 7),
    Pair("on_primary", "primary_pressed", 7),
    Pair("primary", "surface", 7),
    *(Pair("primary", back, 4.5) for back in ("primary_tint", "bg", "surface_alt")),
    Pair("success", "success_tint", 4.5),
    Pair("success", "surface", 7),
    Pair("success", "bg", 4.5),
    Pair("on_success", "success", 7),
    Pair("ink", "success_tint", 7),
    Pair("warning", "warning_tint", 4.5),
    Pair("warning", "surface", 7),
    Pair("on_warning", "warning", 7),
    Pair("ink", "warning_tint", 7),
    Pair("danger", "danger_tint", 4.5),
    Pair("danger", "surface", 7),
    Pair("danger", "bg", 4.5),
    Pair("on_danger", "danger", 7),
    Pair("ink", "danger_tint", 7),
    *(Pair("on_hero", back, 4.5) for back in ("hero_from", "hero_to", "hero_chip")),
    *(Pair("hero_muted", back, 4.5) for back in ("hero_from", "hero_to")),
    Pair("line_strong", "surface", 3),
    Pair("focus", "surface", 3),
    Pair("guide", "surface", 3),
    Pair("guide", "machine", 3),
    *(Pair("on_primary", name, 4.5) for name in Palette.__dataclass_fields__ if "tile_" in name),
    *(Pair(f"split_{name}", "surface", 3) for name in ("fund", "account", "subsidy", "self")),
)


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two #RRGGBB colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
