"""Font files for what a printer cannot write itself; shared by receipt and page printer.

What a reader would get wrong: no single font has every character of Chinese names, so each
character is looked for in one file after the other; one that no file has is drawn as the first
file's empty box, never left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import ImageFont

from core.settings import Kind, Setting, Settings

SEPARATOR = ";"
_PROBE_DOTS = 24
_NO_CHARACTER = "\U0010ffff"
_WENQUANYI = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
_RARE = (
    "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf",
    "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
    "C:/Windows/Fonts/simsun.ttc",
    "C:/Windows/Fonts/simsunb.ttf",
)


@dataclass(frozen=True, slots=True)
class FontFile:
    """A TrueType file; `face` counts within a collection (.ttc)."""

    name: str
    face: int = 0


FIXED_WIDTH = (FontFile(_WENQUANYI, 1), *map(FontFile, _RARE))
PROPORTIONAL = (FontFile(_WENQUANYI), *map(FontFile, _RARE))


class Fonts:
    """Finds the file for a character; used in one thread. ValueError: no file at all."""

    def __init__(self, files: tuple[FontFile, ...]) -> None:
        if not files:
            raise ValueError("no font file")
        self._files = files
        self._faces: dict[tuple[FontFile, int], ImageFont.FreeTypeFont] = {}
        self._empty_box: dict[FontFile, bytes] = {}

    def file_for(self, character: str) -> FontFile:
        """The first file that has it, else the first file."""
        return next((file for file in self._files if self._has(file, character)), self._files[0])

    def face(self, file: FontFile, dots: int) -> ImageFont.FreeTypeFont:
        """The opened file at one size."""
        key = (file, dots)
        if key not in self._faces:
            self._faces[key] = ImageFont.truetype(file.name, dots, index=file.face)
        return self._faces[key]

    def _has(self, file: FontFile, character: str) -> bool:
        if file not in self._empty_box:
            self._empty_box[file] = self._drawn(file, _NO_CHARACTER)
        return character.isspace() or self._drawn(file, character) != self._empty_box[file]

    def _drawn(self, file: FontFile, character: str) -> bytes:
        return bytes(self.face(file, _PROBE_DOTS).getmask(character, mode="1"))


def font_setting(table: str) -> Setting:
    """The files' setting inside a printer's table."""
    return Setting(
        f"{table}.fonts",
        Kind.TEXT,
        f"TrueType files for Chinese and rare characters, separated by {SEPARATOR} and each with "
        "#NUMBER for a face of a collection; left out: those of the usual packages.",
        default="",
    )


def fonts_from(settings: Settings, table: str, usual: tuple[FontFile, ...]) -> Fonts | None:
    """Files that can be read, in order; None when there is none."""
    found = readable(named_fonts(settings, table) or usual)
    return Fonts(found) if found else None


def missing_fonts(settings: Settings, table: str) -> list[str]:
    """Sentences about files that the settings name and that cannot be read."""
    gone = [file.name for file in named_fonts(settings, table) if not readable((file,))]
    advice = "write the path of a TrueType file"
    return [f"{table}.fonts: cannot read {name}; {advice}" for name in gone]


def readable(files: tuple[FontFile, ...]) -> tuple[FontFile, ...]:
    """Those that are there and are fonts."""
    return tuple(filter(_opens, files))


def _opens(file: FontFile) -> bool:
    try:
        ImageFont.truetype(file.name, _PROBE_DOTS, index=file.face)
    except OSError:
        return False
    return True


def named_fonts(settings: Settings, table: str) -> tuple[FontFile, ...]:
    """The files that the settings name; what follows # and is no number belongs to the name."""
    files = []
    for part in filter(None, map(str.strip, settings.text(f"{table}.fonts").split(SEPARATOR))):
        name, _, face = part.rpartition("#")
        if name and face.isascii() and face.isdigit():
            files.append(FontFile(name, int(face)))
        else:
            files.append(FontFile(part))
    return tuple(files)
