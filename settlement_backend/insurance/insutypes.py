"""Kinds of insurance, and the kinds of treatment they pay for (domain.md B.1.3).

Talks to nobody. What a reader would get wrong: the new rural scheme (380) no longer exists; its
members are residents (390) today, and their hospital in another town settles in real time (C19).
"""

from __future__ import annotations

from settlement_backend.base.shapes import Words

RESIDENT = "390"
LEGACY = {"380": RESIDENT}
NAMES = {
    "310": Words(zh="职工基本医疗保险", en="Employees' basic insurance"),
    "320": Words(zh="公务员医疗补助", en="Civil servants' supplement"),
    "330": Words(zh="大额医疗费用补助", en="Large amounts' supplement"),
    "340": Words(zh="离休人员医疗保障", en="Retired cadres' cover"),
    "390": Words(zh="城乡居民基本医疗保险", en="Residents' basic insurance"),
    "391": Words(zh="城镇居民基本医疗保险", en="Urban residents' insurance"),
    "392": Words(zh="城乡居民大病医疗保险", en="Residents' serious-illness insurance"),
    "399": Words(zh="其他特殊人员医疗保障", en="Other special cover"),
    "410": Words(zh="长期照护保险", en="Long-term care insurance"),
}
OUTPATIENT, EMERGENCY, SPECIAL, INPATIENT = "11", "13", "14", "21"


def current(insutype: str) -> str:
    """The type as it is called today."""
    return LEGACY.get(insutype, insutype)


def name_of(insutype: str) -> Words:
    """Its name; an unknown one is called by its number."""
    return NAMES.get(current(insutype), Words(zh=insutype, en=insutype))
