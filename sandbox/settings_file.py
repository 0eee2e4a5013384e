"""The settings file of a terminal that stands before virtual devices.

Talks to nothing: what the units say of themselves in units.json comes in, TOML comes out. What a
reader would get wrong: several units may serve one table (two makes of banknote acceptor), and
the first of them is the one that is fitted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

Table = Mapping[str, object]


def device_tables(announced: Mapping[str, object]) -> dict[str, Table]:
    """Settings tables by name, from the content of units.json."""
    tables: dict[str, Table] = {}
    for unit in announced.values():
        if isinstance(unit, dict) and unit.get("table"):
            tables.setdefault(str(unit["table"]), cast(Table, unit["settings"]))
    return tables


def toml(tables: Mapping[str, Table]) -> str:
    """Tables of texts, whole numbers and flags; what JSON writes for these is TOML as well."""
    lines: list[str] = []
    for name, table in tables.items():
        lines.append(f"[{name}]")
        lines += [f"{key} = {json.dumps(table[key], ensure_ascii=False)}" for key in table]
    return "\n".join(lines) + "\n"


def terminal_tables(
    terminal_id: str, data: str, backend_url: str, token: str, place: tuple[str, str]
) -> dict[str, Table]:
    """What the file says besides the devices; `place` in Chinese and English."""
    return {
        "terminal": {"id": terminal_id, "data": data, "full_screen": False},
        "backend": {"url": backend_url, "token": token},
        "hospital": {
            "name_zh": "温和医科大学附属医院",
            "name_en": "Wenhe University Hospital",
            "place_zh": f"{place[0]} · 门诊一楼",
            "place_en": f"{place[1]}, outpatient hall 1F",
            "service_line": "0577-8800 2120",
        },
    }
