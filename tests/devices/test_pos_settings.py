"""POS and card reader settings: which service they open, and what does not go together."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import SettingsError
from core.settings import Settings, load
from devices import card_reader, pos
from devices.card_reader.service import CardReader
from devices.pos.mis_tlv.service import MisPos
from devices.pos.zvt.service import ZvtPos

ZVT = '[pos]\npath = "tcp:127.0.0.1:20007"\n'
MIS = '[pos]\npath = "serial:/dev/ttyS1"\nprotocol = "mis_tlv"\nechoes_reference = false\n'


def settings(folder: Path, content: str) -> Settings:
    file = folder / "settings.toml"
    file.write_text(content, encoding="utf-8")
    return load(file, pos.SETTINGS, card_reader.SETTINGS, [pos.contradictions])


@pytest.mark.parametrize("path", ["tcp:127.0.0.1:20007", "serial:/dev/ttyS1"])
def test_zvt_opens_over_both_lines(tmp_path: Path, path: str) -> None:
    service = pos.open_from(settings(tmp_path, f'[pos]\npath = "{path}"\n'))
    assert isinstance(service, ZvtPos)
    assert service.echoes_reference


def test_mis_tlv_opens_without_and_with_a_reference(tmp_path: Path) -> None:
    plain = pos.open_from(settings(tmp_path, MIS))
    assert isinstance(plain, MisPos)
    assert not plain.echoes_reference
    echoing = MIS.replace("false", 'true\nmis_reference_tag = "DF69"\nmis_host = "tcp:10.0.0.1:9"')
    assert pos.open_from(settings(tmp_path, echoing)).echoes_reference


def test_card_reader_opens_from_its_settings(tmp_path: Path) -> None:
    given = settings(tmp_path, ZVT + '[card_reader]\npath = "serial:/dev/ttyS2"\n')
    assert isinstance(card_reader.open_from(given), CardReader)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (ZVT + 'password = "12"\n', "pos.password: must be 6 digits"),
        (MIS.replace("false", "true"), "pos.echoes_reference = true: MIS-TLV repeats no"),
        (MIS.replace("serial:/dev/ttyS1", "tcp:127.0.0.1:1"), "needs a serial line"),
        (MIS + 'mis_types = "sail=01"\n', "pos.mis_types: sail=01: not one of"),
        (MIS + 'mis_reference_tag = "69"\n', "must be a tag such as DF69"),
        (MIS + 'mis_host = "bank"\n', "must be tcp:HOST:PORT"),
        (ZVT + 'protocol = "ztv"\n', "did you mean zvt"),
    ],
)
def test_settings_that_do_not_go_together_are_named(
    tmp_path: Path, content: str, sentence: str
) -> None:
    with pytest.raises(SettingsError, match=sentence):
        settings(tmp_path, content)
