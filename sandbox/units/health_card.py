"""Resident health card (protocol page 2.2): the free file EF05 and the personal file EF06 of DDF1.

Talks to the card's file through its fields. Records count from 1 in each file. Only the tag of the
city code is public (57 decimal), so a host must not look at tags.
"""

from sandbox.units.card_fields import CardFields
from sandbox.units.pcsc_files import Environment, FileCard, Record, RecordFile

ATR = bytes.fromhex("3B6D000000905A46318650430200000007")
DDF1, EF05, EF06 = b"\xdd\xf1", 0xEF05, 0xEF06
CERTIFICATE_BYTES = 180


def health_card(fields: CardFields) -> FileCard:
    """The powered card that ``fields`` describe."""
    locked = fields.word("module", "none", ("needed", "none")) == "needed"
    files = {
        EF05: RecordFile(_about_the_card(fields)),
        EF06: RecordFile(_about_the_person(fields), locked),
    }
    return FileCard(ATR, (Environment((DDF1,), b"", files, tags_find_records=False),))


def _about_the_card(fields: CardFields) -> tuple[Record, ...]:
    return (
        Record(1, b"1"),
        Record(2, b"1.00"),
        Record(3, fields.gbk("issuer", "温州市卫生健康委", 30)),
        Record(4, bytes.fromhex("330302000000000000FFFF")),
        Record(5, bytes(CERTIFICATE_BYTES)),
        Record(6, fields.digits("issued", "20210615", 4)),
        Record(7, fields.gbk("card_number", "330302A00000001234", 18)),
        Record(8, bytes(3)),
        Record(9, bytes.fromhex("00112233445566778899")),
        Record(57, fields.digits("city_code", "330302", 3)),
    )


def _about_the_person(fields: CardFields) -> tuple[Record, ...]:
    return (
        Record(10, fields.gbk("name", "张三", 30)),
        Record(11, fields.gbk("sex", "1", 1)),
        Record(12, fields.digits("ethnic", "01", 1)),
        Record(13, fields.digits("birth", "19900307", 4)),
        Record(14, fields.gbk("id_number", "11010119900307109X", 18)),
    )
