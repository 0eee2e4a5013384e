"""Fuzzes one parser in this process: `python -m tests.fuzz.one NAME [libFuzzer options]`."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(
    include=["devices", "core", "settlement_backend.reconciliation.files"]
):
    from devices.errors import DeviceError
    from tests.helpers.parsers import PARSERS, TOGETHER, any_parser


def main() -> None:
    """Never returns: atheris ends the process."""
    name = sys.argv[1]
    parse = any_parser if name == TOGETHER else PARSERS[name]

    def one_input(data: bytes) -> None:
        try:
            parse(data)
        except DeviceError:
            return

    atheris.Setup([sys.argv[0], *sys.argv[2:]], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
