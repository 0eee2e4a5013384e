"""What is true of the machine around the program: network, clock, disk, protection, power.

Everything is measured at the moment of asking (S48, H04). What a reader would get wrong: a probe
that cannot know says `unsure`; it never guesses "good".
"""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from urllib.parse import urlsplit

from core.settings import Kind, Setting
from core.upkeep.steps import SiteFact
from terminal import integrity
from terminal.clock import now_s

GOOD, BAD, UNSURE = "good", "bad", "unsure"
_CONNECT_LIMIT_S = 3.0
_PORTS = {"http": 80, "https": 443}
_SLOW_MS = 1_000
_FREE_MB = 1_024
_SKEW_LIMIT_S = 60
_TCP_LISTEN = "0A"
_USB_CLOSED = ("0", "2")
"""authorized_default: nothing is let in, or only what is built in."""
_POWER = {
    **{"0": BAD, "Discharging": BAD},
    **{"1": GOOD, "Charging": GOOD, "Full": GOOD, "Not charging": GOOD},
}

SETTINGS: tuple[Setting, ...] = tuple(
    Setting(f"site.{name}", Kind.TEXT, sentence, default="")
    for name, sentence in (
        ("power", "How this terminal is fed, such as: socket A-03-1, UPS 10 min."),
        ("network", "Its network outlet and address."),
        ("safety", "Anchoring, fire and electric safety, and when it was inspected."),
        ("camera", "Which surveillance camera sees it."),
    )
)


def network(url: str) -> list[SiteFact]:
    """The backend's address, and how long a connection takes."""
    began = now_s()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 80)
        socket.create_connection((host, port), _CONNECT_LIMIT_S).close()
    except (OSError, ValueError) as error:
        return [*interfaces(), SiteFact("network", "backend", str(error), BAD)]
    took_ms = round((now_s() - began) * 1000)
    verdict = GOOD if took_ms < _SLOW_MS else BAD
    reached = SiteFact("network", "backend", f"{host}:{port}, {took_ms} ms", verdict)
    return [*interfaces(), reached]


def interfaces(root: Path = Path("/sys/class/net")) -> list[SiteFact]:
    facts = []
    for interface in sorted(root.glob("*")):
        if interface.name != "lo":
            state = _text(interface / "operstate")
            verdict = {"up": GOOD, "down": BAD}.get(state, UNSURE)
            facts.append(SiteFact("network", "interface", f"{interface.name}: {state}", verdict))
    return facts


def clock(skew_s: int | None) -> list[SiteFact]:
    """`skew_s`: backend's clock minus ours at the last sign-on; None: never signed on."""
    if skew_s is None:
        return [SiteFact("clock", "skew", "", UNSURE)]
    verdict = GOOD if abs(skew_s) <= _SKEW_LIMIT_S else BAD
    return [SiteFact("clock", "skew", f"{skew_s:+d} s", verdict)]


def disk(data: Path) -> list[SiteFact]:
    """Room where the journal stands, and the journal's size."""
    usage = shutil.disk_usage(data)
    free_mb = usage.free // 2**20
    size_kb = sum(file.stat().st_size for file in data.glob("journal.db*")) // 1024
    return [
        SiteFact("disk", "free", f"{free_mb} MB", GOOD if free_mb >= _FREE_MB else BAD),
        SiteFact("disk", "journal", f"{size_kb} KB", GOOD),
    ]


def protection(root: Path, manifest: Path) -> list[SiteFact]:
    """Program hashes, listening ports, USB policy."""
    return [*integrity.compare(root, manifest), *open_ports(), *usb_policy()]


def listening(tables: Iterable[str]) -> list[tuple[str, int]]:
    """(address, port) of every listening TCP socket in texts of /proc/net/tcp and tcp6."""
    found = set()
    for table in tables:
        for line in table.splitlines()[1:]:
            fields = line.split()
            if len(fields) > 3 and fields[3] == _TCP_LISTEN:
                address, port = fields[1].rsplit(":", 1)
                found.add((_address(address), int(port, 16)))
    return sorted(found)


def open_ports(root: Path = Path("/proc/net")) -> list[SiteFact]:
    tables = [_text(root / name) for name in ("tcp", "tcp6")]
    outside = [f"{address}:{port}" for address, port in listening(tables) if _outside(address)]
    if not any(tables):
        return [SiteFact("protection", "open_ports", "", UNSURE)]
    return [
        SiteFact("protection", "open_ports", ", ".join(outside) or "-", BAD if outside else GOOD)
    ]


def _outside(address: str) -> bool:
    """Whether another machine can reach it."""
    known = ip_address(address)
    mapped = known.ipv4_mapped if isinstance(known, IPv6Address) else None
    return not (mapped or known).is_loopback


def _address(raw: str) -> str:
    """The kernel's hex: four bytes (or groups of four) in host order."""
    words = [bytes.fromhex(raw[at : at + 8])[::-1] for at in range(0, len(raw), 8)]
    packed = b"".join(words)
    family = socket.AF_INET if len(packed) == 4 else socket.AF_INET6
    return socket.inet_ntop(family, packed)


def usb_policy(root: Path = Path("/sys/bus/usb")) -> list[SiteFact]:
    """Whether a new USB device is let in by itself, and whether storage has a driver loaded.

    Not loaded says little: the kernel loads it with the first stick.
    """
    hubs = sorted(root.glob("devices/usb*/authorized_default"))
    if not hubs:
        return [SiteFact("protection", "usb_policy", "", UNSURE)]
    open_hubs = [hub.parent.name for hub in hubs if _text(hub) not in _USB_CLOSED]
    storage = (root / "drivers" / "usb-storage").exists()
    value = f"open: {', '.join(open_hubs) or '-'}; usb-storage: {'yes' if storage else 'no'}"
    verdict = GOOD if not open_hubs else BAD if storage else UNSURE
    return [SiteFact("protection", "usb_policy", value, verdict)]


def power(root: Path = Path("/sys/class/power_supply")) -> list[SiteFact]:
    """Mains, battery and UPS, as the kernel knows them."""
    supplies = sorted(root.glob("*"))
    if not supplies:
        return [SiteFact("site", "power_supply", "", UNSURE)]
    return [_supply(supply) for supply in supplies]


def _supply(supply: Path) -> SiteFact:
    """A battery tells a status and mains whether they are there; either may be missing."""
    told = _text(supply / "online") or _text(supply / "status")
    return SiteFact("site", "power_supply", f"{supply.name}: {told}", _POWER.get(told, UNSURE))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
