"""Frames of a Modbus RTU slave, own code (protocol page section 10.2).

Pure but for the moment a chunk came in. Requests are told apart by their function's length; after a
pause longer than ``GAP_S`` whatever is unfinished is dropped, as the silent interval demands.
"""

GAP_S = 0.05
CRC_SEED, CRC_POLYNOMIAL = 0xFFFF, 0xA001
PLAIN_REQUEST_BYTES = 8
WRITE_MANY = (0x0F, 0x10)
LONGEST_FRAME = 256


class RequestReader:
    """Collects bytes into requests with a right CRC; each is address, function and data."""

    def __init__(self) -> None:
        self._buffer = b""
        self._last_s = 0.0

    def feed(self, data: bytes, now_s: float) -> list[bytes]:
        """Every good request completed by ``data``, which came in at ``now_s``."""
        if now_s - self._last_s > GAP_S or len(self._buffer) > LONGEST_FRAME:
            self._buffer = b""
        self._last_s = now_s
        self._buffer += data
        found: list[bytes] = []
        while (length := self._length()) and len(self._buffer) >= length:
            frame, self._buffer = self._buffer[:length], self._buffer[length:]
            if _crc(frame[:-2]) == frame[-2:]:
                found.append(frame[:-2])
            else:
                self._buffer = b""
        return found

    def _length(self) -> int:
        """Length of the first request, 0 while it cannot be known."""
        if len(self._buffer) < 2:
            return 0
        if self._buffer[1] not in WRITE_MANY:
            return PLAIN_REQUEST_BYTES
        if len(self._buffer) < 7:
            return 0
        return 9 + self._buffer[6]


def frame_bytes(data: bytes) -> bytes:
    """Address, function and data with the CRC behind them."""
    return data + _crc(data)


def _crc(data: bytes) -> bytes:
    """CRC-16/MODBUS, low byte first."""
    crc = CRC_SEED
    for byte in data:
        crc ^= byte
        for _bit in range(8):
            crc = crc >> 1 ^ CRC_POLYNOMIAL if crc & 1 else crc >> 1
    return crc.to_bytes(2, "little")
