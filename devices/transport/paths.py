"""From a settings path to a line: `serial:/dev/ttyUSB0`, `tcp:127.0.0.1:9100`, `file:/dev/usb/lp0`.

What a reader would get wrong: a wrong path is a settings fault (ValueError) and not a device that
may come back. `pcsc:` paths name readers and are resolved in `transport.pcsc`.
"""

from __future__ import annotations

from devices.transport import Line
from devices.transport.file_line import FileLine
from devices.transport.serial_line import SerialLine
from devices.transport.tcp_line import TcpLine


def line_at(path: str, baud: int, stop_bits: int = 1) -> Line:
    """A closed line; `baud`, `stop_bits`: serial paths. ValueError: not a path of a byte line."""
    scheme, _, rest = path.partition(":")
    if scheme == "serial" and rest:
        return SerialLine(rest, baud, stop_bits)
    if scheme == "tcp":
        host, _, port = rest.rpartition(":")
        if host and port.isascii() and port.isdigit():
            return TcpLine(host, int(port))
    if scheme == "file" and rest:
        return FileLine(rest)
    raise ValueError(f"{path}: neither serial:PORT, tcp:HOST:PORT nor file:DEVICE")


def open_line(path: str, baud: int, stop_bits: int = 1) -> Line:
    """An open line. Raises TransportError when it cannot be opened."""
    line = line_at(path, baud, stop_bits)
    line.open()
    return line
