"""Facts about the machine around the program, each from a picture of what the kernel shows
(S48 power, network, clock, disk; H04 ports and USB)."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from terminal_bench import NO_WISH, settings_of

from core.upkeep.steps import ProbeSite, ReadLog, SiteFact
from terminal import probes
from terminal.site import Site, tail

_HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n"
_LISTEN, _CONNECTED = "0A", "01"


def row(address: str, state: str = _LISTEN) -> str:
    return f"   0: {address} 00000000:0000 {state} 00000000:00000000 00:00000000 00000000 0\n"


LOOPBACK, ANYWHERE, OWN = "0100007F:1F90", "00000000:0016", "0A01A8C0:01BB"
LOOPBACK_6 = "00000000000000000000000001000000:0277"
ANYWHERE_6 = "00000000000000000000000000000000:0050"
MAPPED_LOOPBACK = "0000000000000000FFFF00000100007F:1F90"
MAPPED_OWN = "0000000000000000FFFF00000A01A8C0:1F90"
NEAR_LOOPBACK = "00000000000000000000010002000000:0050"


def fact(name: str, value: str, verdict: str, group: str = "protection") -> SiteFact:
    return SiteFact(group, name, value, verdict)


def files(root: Path, **content: str) -> Path:
    """Small files, as sysfs shows them; "__" in a name is a folder's end."""
    for name, text in content.items():
        file = root / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{text}\n", "ascii")
    return root


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([], []),
        ([row(LOOPBACK)], [("127.0.0.1", 8080)]),
        ([row(OWN), row(ANYWHERE)], [("0.0.0.0", 22), ("192.168.1.10", 443)]),  # noqa: S104
        ([row(OWN, _CONNECTED)], []),
        ([row(LOOPBACK_6)], [("::1", 631)]),
        ([row(MAPPED_LOOPBACK)], [("::ffff:127.0.0.1", 8080)]),
        (["garbage\n", "\n"], []),
    ],
)
def test_only_listening_sockets_are_found(lines: list[str], found: list[tuple[str, int]]) -> None:
    assert probes.listening([_HEAD + "".join(lines)]) == found


@pytest.mark.parametrize(
    ("four", "six", "expected"),
    [
        ([LOOPBACK], [LOOPBACK_6, MAPPED_LOOPBACK], fact("open_ports", "-", "good")),
        ([ANYWHERE], [], fact("open_ports", "0.0.0.0:22", "bad")),
        ([LOOPBACK, OWN], [], fact("open_ports", "192.168.1.10:443", "bad")),
        ([], [ANYWHERE_6], fact("open_ports", ":::80", "bad")),
        ([], [MAPPED_OWN], fact("open_ports", "::ffff:192.168.1.10:8080", "bad")),
        ([], [NEAR_LOOPBACK], fact("open_ports", "::1:0:0:2:80", "bad")),
    ],
)
def test_ports_that_another_machine_can_reach_are_bad_h04(
    tmp_path: Path, four: list[str], six: list[str], expected: SiteFact
) -> None:
    for name, rows in (("tcp", four), ("tcp6", six)):
        (tmp_path / name).write_text(_HEAD + "".join(map(row, rows)), "ascii")
    assert probes.open_ports(tmp_path) == [expected]


def test_ports_that_cannot_be_seen_are_not_good_h04(tmp_path: Path) -> None:
    assert probes.open_ports(tmp_path) == [fact("open_ports", "", "unsure")]


def test_port_of_this_very_test_is_seen() -> None:
    with socket.create_server(("0.0.0.0", 0)) as listener:  # noqa: S104
        port = listener.getsockname()[1]
        (told,) = probes.open_ports()
    assert told.verdict == "bad"
    assert f"0.0.0.0:{port}" in told.value.split(", ")


@pytest.mark.parametrize(
    ("hubs", "storage", "expected"),
    [
        ({}, True, fact("usb_policy", "", "unsure")),
        ({"usb1": "0"}, True, fact("usb_policy", "open: -; usb-storage: yes", "good")),
        ({"usb1": "2"}, False, fact("usb_policy", "open: -; usb-storage: no", "good")),
        (
            {"usb1": "0", "usb2": "1"},
            True,
            fact("usb_policy", "open: usb2; usb-storage: yes", "bad"),
        ),
        ({"usb1": "1"}, False, fact("usb_policy", "open: usb1; usb-storage: no", "unsure")),
    ],
)
def test_usb_that_lets_new_devices_in_is_never_good_h04(
    tmp_path: Path, hubs: dict[str, str], storage: bool, expected: SiteFact
) -> None:
    for hub, value in hubs.items():
        files(tmp_path / "devices" / hub, authorized_default=value)
    if storage:
        (tmp_path / "drivers" / "usb-storage").mkdir(parents=True)
    assert probes.usb_policy(tmp_path) == [expected]


@pytest.mark.parametrize(
    ("supply", "value", "verdict"),
    [
        ({"online": "1"}, "AC: 1", "good"),
        ({"online": "0"}, "AC: 0", "bad"),
        ({"status": "Full"}, "AC: Full", "good"),
        ({"status": "Charging"}, "AC: Charging", "good"),
        ({"status": "Discharging"}, "AC: Discharging", "bad"),
        ({"status": "Unknown"}, "AC: Unknown", "unsure"),
        ({"type": "USB"}, "AC: ", "unsure"),
    ],
)
def test_power_as_the_kernel_knows_it_s48(
    tmp_path: Path, supply: dict[str, str], value: str, verdict: str
) -> None:
    files(tmp_path / "AC", **supply)
    assert probes.power(tmp_path) == [fact("power_supply", value, verdict, "site")]


def test_machine_without_a_power_sensor_cannot_say_s48(tmp_path: Path) -> None:
    assert probes.power(tmp_path) == [fact("power_supply", "", "unsure", "site")]


@pytest.mark.parametrize(
    ("skew_s", "value", "verdict"),
    [
        (None, "", "unsure"),
        (0, "+0 s", "good"),
        (60, "+60 s", "good"),
        (-60, "-60 s", "good"),
        (61, "+61 s", "bad"),
        (-3600, "-3600 s", "bad"),
    ],
)
def test_clock_is_compared_with_the_settlement_centre_s48(
    skew_s: int | None, value: str, verdict: str
) -> None:
    assert probes.clock(skew_s) == [fact("skew", value, verdict, "clock")]


def test_disk_tells_its_room_and_the_journals_size(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(bytes(3000))
    (tmp_path / "journal.db-wal").write_bytes(bytes(1100))
    (tmp_path / "other").write_bytes(bytes(100_000))
    free, journal = probes.disk(tmp_path)
    assert (free.name, free.value[-3:]) == ("free", " MB")
    assert int(free.value[:-3]) > 0
    assert journal == fact("journal", "4 KB", "good", "disk")


def test_reachable_backend_is_good_with_its_time_s48() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        told = probes.network(f"http://127.0.0.1:{port}/v1")[-1]
    assert (told.group, told.name, told.verdict) == ("network", "backend", "good")
    assert told.value.startswith(f"127.0.0.1:{port}, ")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://127.0.0.1:99999", "http://[::1"])
def test_backend_that_cannot_be_reached_is_bad_s48(url: str) -> None:
    told = probes.network(url)[-1]
    assert (told.name, told.verdict) == ("backend", "bad")
    assert told.value


def test_interfaces_are_told_without_loopback_s48(tmp_path: Path) -> None:
    for name, state in (("eth0", "up"), ("wlan0", "down"), ("tun0", "unknown"), ("lo", "unknown")):
        files(tmp_path / name, operstate=state)
    assert probes.interfaces(tmp_path) == [
        fact("interface", "eth0: up", "good", "network"),
        fact("interface", "tun0: unknown", "unsure", "network"),
        fact("interface", "wlan0: down", "bad", "network"),
    ]


def site(folder: Path, more: str = "") -> Site:
    (folder / "data").mkdir(exist_ok=True)
    return Site(settings_of(folder, more), lambda: 3)


def test_written_site_facts_stand_beside_the_measured_ones_s48(tmp_path: Path) -> None:
    more = '[site]\npower = "socket A-03-1, UPS 10 min"\ncamera = "C-17"\n'
    told = site(tmp_path, more).probe(ProbeSite(), NO_WISH)
    written = [f for f in told.facts if f.name in ("power", "network", "safety", "camera")]
    assert written == [
        fact("power", "socket A-03-1, UPS 10 min", "unsure", "site"),
        fact("camera", "C-17", "unsure", "site"),
    ]
    names = {f.name for f in told.facts}
    assert {
        "backend",
        "skew",
        "free",
        "program",
        "open_ports",
        "usb_policy",
        "power_supply",
    } <= names
    assert {f.verdict for f in told.facts} <= {"good", "bad", "unsure"}


def test_log_is_found_by_text_with_its_last_lines(tmp_path: Path) -> None:
    made = site(tmp_path)
    assert made.log(ReadLog(), NO_WISH).lines == ()
    lines = [f"{number} {'POS' if number % 2 else 'cash'} 汉字\n" for number in range(2000)]
    (tmp_path / "data" / "terminal.log").write_text("".join(lines), "utf-8")
    found = made.log(ReadLog("pos"), NO_WISH).lines
    assert (len(found), found[-1]) == (500, "1999 POS 汉字")
    assert made.log(ReadLog("nothing of it"), NO_WISH).lines == ()


@pytest.mark.parametrize(
    ("limit_bytes", "found"),
    [(100, b"one\ntwo\nthree\n"), (8, b"three\n"), (3, b""), (12, b"two\nthree\n")],
)
def test_tail_begins_with_a_whole_line(tmp_path: Path, limit_bytes: int, found: bytes) -> None:
    (tmp_path / "log").write_bytes(b"one\ntwo\nthree\n")
    assert tail(tmp_path / "log", limit_bytes) == found
    assert tail(tmp_path / "missing", limit_bytes) == b""
