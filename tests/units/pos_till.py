"""The till's end of a ZVT wire, for the tests of the virtual card terminal.

Talks over a ``Wire`` of the bench. Frames are the golden ones; only date and time, which are the
terminal's own, are passed over.
"""

from units_bench import Acquirer, Bench, StartBench, Wire, vectors

from sandbox.units.json_files import Json

V = vectors("zvt")
ACK = V["ack"].data
PAN, REFERENCE = "6222020000001234567", "ZF20250307000042"
MOMENT = bytes.fromhex("0C 14 30 05 0D 03 07")
HELD: Json = {
    "result": "approved",
    "auth_code": "750071",
    "rrn": "025030700001",
    "bank": "工商银行",
}


class Till:
    """Acknowledges what it expects, ignoring the clock of the terminal."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    def command(self, name: str) -> None:
        self.wire.exchange(V[name].data, ACK)

    def expect(self, *names: str) -> None:
        for name in names:
            wanted = V[name].data
            got = without_clock(self.wire.read(len(wanted)), wanted)
            assert got.hex(" ") == wanted.hex(" "), name
            self.wire.write(ACK)

    def register(self) -> None:
        self.command("registration_cny")
        self.expect("registration_completion")

    def with_card(self, bench: Bench, command: str, result: str, **card: object) -> None:
        """A command that needs a card, which the acquirer approves."""
        self.command(command)
        self.expect("intermediate_insert_card")
        bench.control.ask("pos", "present_card", **{"pan": PAN, **card})
        self.expect("intermediate_waiting_for_host", result, "completion")

    def hold(self, bench: Bench, result: str = "status_information_hold") -> None:
        """A hold with a card that the acquirer approves."""
        self.with_card(bench, "reservation", result)


def without_clock(got: bytes, wanted: bytes) -> bytes:
    """``got`` with the moment of ``wanted``, where that has one."""
    at = wanted.find(MOMENT)
    if at < 0:
        return got
    assert got[at] == 0x0C
    assert got[at + 4] == 0x0D
    return got[:at] + MOMENT + got[at + len(MOMENT) :]


def till(bench: Bench) -> Till:
    """A registered till on the network wire."""
    registered = Till(bench.wire("pos"))
    registered.register()
    return registered


def held(start: StartBench, acquirer: Acquirer) -> tuple[Bench, Till]:
    """A terminal with one open hold."""
    acquirer.answers["/pos/holds"] = dict(HELD)
    bench = start("pos", pos_host_url=acquirer.url)
    at_till = till(bench)
    at_till.hold(bench)
    return bench, at_till


def entries(bench: Bench, unit: str = "pos") -> list[dict[str, object]]:
    """The journal of a card terminal."""
    found = bench.control.books(unit)["entries"]
    assert isinstance(found, list)
    return found


def last_asked(acquirer: Acquirer) -> tuple[str, Json]:
    """What the acquirer was asked last, but for what became of open holds."""
    return [asked for asked in acquirer.asked if asked[0] != "/holds/query"][-1]
