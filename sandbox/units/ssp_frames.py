"""Packets of ITL SSP in plain mode, device side (protocol page section 4A).

Pure. A lone 7F anywhere begins a new packet, a doubled one is data; a packet with a wrong CRC is
dropped without a word, because the host repeats what was not answered.
"""

from dataclasses import dataclass

STX = 0x7F
CRC_SEED, CRC_POLYNOMIAL = 0xFFFF, 0x8005
TRAILER_BYTES = 4


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet: ``flag`` is the sequence flag 0 or 1, ``data`` the command or answer."""

    flag: int
    address: int
    data: bytes


class PacketReader:
    """Collects bytes into packets."""

    def __init__(self) -> None:
        self._body: bytearray | None = None
        self._after_stx = False

    def feed(self, data: bytes) -> list[Packet]:
        """Every good packet completed by ``data``."""
        found: list[Packet] = []
        for byte in data:
            if byte == STX and not self._after_stx:
                self._after_stx = True
                continue
            if self._after_stx and byte != STX:
                self._body = bytearray()
            self._after_stx = False
            packet = self._add(byte)
            if packet is not None:
                found.append(packet)
        return found

    def _add(self, byte: int) -> Packet | None:
        if self._body is None:
            return None
        self._body.append(byte)
        if len(self._body) < TRAILER_BYTES or len(self._body) < self._body[1] + TRAILER_BYTES:
            return None
        body, self._body = bytes(self._body), None
        if _crc(body[:-2]) != int.from_bytes(body[-2:], "little"):
            return None
        return Packet(body[0] >> 7, body[0] & 0x7F, body[2:-2])


def packet_bytes(packet: Packet) -> bytes:
    """The packet as it goes over the wire, CRC and stuffing included."""
    body = bytes([packet.flag << 7 | packet.address, len(packet.data)]) + packet.data
    body += _crc(body).to_bytes(2, "little")
    return bytes([STX]) + body.replace(b"\x7f", b"\x7f\x7f")


def _crc(data: bytes) -> int:
    """CRC-16, most significant bit first, no final inversion."""
    crc = CRC_SEED
    for byte in data:
        crc ^= byte << 8
        for _bit in range(8):
            crc = crc << 1 ^ CRC_POLYNOMIAL if crc & 0x8000 else crc << 1
        crc &= 0xFFFF
    return crc
