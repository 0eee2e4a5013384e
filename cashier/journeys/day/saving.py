"""Save or print a report, and say what came of it."""

from __future__ import annotations

from core.page_parts import Strip, Tone
from core.phrase import said
from core.ports import Refused
from core.steps.files import FileContent, Saved, SaveFile


async def save(name: str, content: FileContent) -> Strip:
    """What to tell above the page."""
    match await SaveFile(name, content):
        case Saved(path):
            words = said("Saved: {path}", path=path)
            return Strip(Tone.SUCCESS, "device-floppy", words)
        case Refused():
            words = said("Nothing was saved: the folder for reports takes no file")
            return Strip(Tone.WARNING, "alert-triangle", words)


def printed_strip(proven: bool) -> Strip:
    """What is not proven may lie in the printer."""
    if proven:
        return Strip(Tone.SUCCESS, "printer", said("Printed"))
    words = said("It did not come out for sure: look at the printer before printing again")
    return Strip(Tone.WARNING, "printer-off", words)
