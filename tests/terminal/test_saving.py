"""Reports as files: where they lie, what is in them, and a folder that takes none."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.billing import Text
from core.catalogue import Catalogue
from core.clock import SystemClock
from core.papers import PageSection, PageTable, Pdf, WrittenPages
from core.phrase import Yuan, said
from core.ports import Refused
from core.settings import Settings
from core.steps.files import Csv, FileContent, Saved, SaveFile, WrittenRows
from terminal.launch import MESSAGES
from terminal.saving import Saving, csv_of
from terminal.slips import Letterhead


class NoWish:
    """Nobody leaves."""

    def is_set(self) -> bool:
        return False


def saving(data: Path, reports: str = "") -> Saving:
    settings = Settings({"terminal.data": str(data), "terminal.reports": reports})
    head = Letterhead(Text("医院", "Hospital"), "W07", Text("窗口", "Window"), "2120", b"k" * 32)
    catalogue = Catalogue("en", MESSAGES)
    return Saving(settings, SystemClock(), lambda: head, lambda: (17, "ab" * 32), lambda: catalogue)


def saved(acts: Saving, content: FileContent) -> Path:
    told = acts.save(SaveFile("shift-H1", content), NoWish())
    assert isinstance(told, Saved)
    return Path(told.path)


PAGES = WrittenPages(
    "H1",
    said("Sheet of the shift"),
    (PageSection("", tables=(PageTable((said("What"), ""), ((said("Float"), Yuan(20_000)),)),)),),
)


def test_pages_and_rows_lie_in_the_data_folder_unless_another_is_named(tmp_path: Path) -> None:
    rows = saved(saving(tmp_path), WrittenRows((("a", Yuan(123_456)),)))
    pages = saved(saving(tmp_path, str(tmp_path / "elsewhere")), PAGES)

    assert rows.parent == tmp_path / "reports"
    assert rows.read_bytes() == b'\xef\xbb\xbfa,"\xc2\xa51,234.56"\r\n'
    assert pages.parent == tmp_path / "elsewhere"
    assert (pages.suffix, pages.read_bytes()[:5]) == (".pdf", b"%PDF-")


@pytest.mark.parametrize(("content", "suffix"), [(Pdf(b"%PDF-1.4"), ".pdf"), (Csv(b"a,b"), ".csv")])
def test_what_the_backend_wrote_is_kept_byte_for_byte(
    tmp_path: Path, content: Pdf | Csv, suffix: str
) -> None:
    path = saved(saving(tmp_path), content)

    assert (path.suffix, path.read_bytes()) == (suffix, content.content)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    acts = saving(tmp_path)

    assert saved(acts, Csv(b"1")) != saved(acts, Csv(b"2"))


def test_folder_that_takes_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file", "utf-8")

    assert saving(tmp_path).save(SaveFile("x", Csv(b"")), NoWish()) == Refused("disk")


def test_no_cell_is_a_formula() -> None:
    assert csv_of((("=1+1", "+1", "@x", "-5", "ok"),)) == (b"\xef\xbb\xbf'=1+1,'+1,'@x,-5,ok\r\n")
