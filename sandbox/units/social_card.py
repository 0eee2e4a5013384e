"""Social-security cards 1.0 to 3.0 (protocol page 2.1): EF05 of the recorded trace, EF06 a person.

Talks to the card's file through its fields. Unless told otherwise EF05 is the trace byte for byte,
with its years in ASCII where dates in BCD should be. A 3.0 card locks EF06 to a terminal without
its module. The tags number the records of both files on, so a number within EF06 begins at 1.
"""

from sandbox.units.card_fields import CardFields
from sandbox.units.pcsc_files import Environment, FileCard, Record, RecordFile

ATR = bytes.fromhex("3B6D000000813147318650430200000013")
NAMES = tuple(prefix + "社会保障".encode("gbk") for prefix in (b"sx1.sh.", b"sx2.sh."))
IDENTIFIER = "430299D156000005000000133A05F2E3"
INSTITUTION = "9156000002430200430100D5"
VERSIONS = {"1.0": b"1.00", "2.0": b"2.0\0", "3.0": b"3.00"}
EF05, EF06 = 0xEF05, 0xEF06


def social_card(fields: CardFields) -> FileCard:
    """The powered card that ``fields`` describe."""
    version = fields.word("version", "2.0", tuple(VERSIONS))
    locked = fields.word("module", "needed" if version == "3.0" else "none", ("needed", "none"))
    files = {
        EF05: RecordFile(_about_the_card(fields, VERSIONS[version])),
        EF06: RecordFile(_about_the_person(fields), locked == "needed"),
    }
    environments = tuple(
        Environment((name,), _control_information(name), files, tags_find_records=True)
        for name in NAMES
    )
    reads = fields.word("reads", "direct", ("direct", "fetched"))
    return FileCard(ATR, environments, fetched_reads=reads == "fetched")


def _control_information(name: bytes) -> bytes:
    inner = b"\x84" + bytes([len(name)]) + name + bytes.fromhex("A50388011E")
    return b"\x6f" + bytes([len(inner)]) + inner


def _about_the_card(fields: CardFields, version: bytes) -> tuple[Record, ...]:
    return (
        Record(0x01, fields.digits("identifier", IDENTIFIER, 16)),
        Record(0x02, b"3"),
        Record(0x03, version),
        Record(0x04, bytes.fromhex(INSTITUTION)),
        Record(0x05, _date(fields, "issued", b"2012")),
        Record(0x06, _date(fields, "valid_to", b"2022")),
        Record(0x07, fields.gbk("card_number", "B00000131", 9)),
    )


def _about_the_person(fields: CardFields) -> tuple[Record, ...]:
    return (
        Record(0x08, fields.gbk("id_number", "11010119900307109X", 18)),
        Record(0x09, fields.gbk("name", "张三", 30)),
        Record(0x4E, fields.gbk("name_extension", "", 20)),
        Record(0x0A, fields.gbk("sex", "1", 1)),
        Record(0x0B, fields.digits("ethnic", "01", 1)),
        Record(0x0C, fields.digits("birthplace", "110101", 3)),
        Record(0x0D, fields.digits("birth", "19900307", 4)),
    )


def _date(fields: CardFields, name: str, otherwise: bytes) -> bytes:
    return fields.digits(name, "", 4) if fields.text(name, "") else otherwise
