"""Print whole pages, or write that they are owed. Paper never blocks money.

Like a slip, pages whose printing is in doubt are not printed again by themselves.
"""

from __future__ import annotations

from core.journeys.print_slip import print_once
from core.papers import PageContent
from core.steps.papers import PrintPages


async def print_pages(about: str, content: PageContent) -> bool:
    """True when the print server proved that all pages came out. `about`: an id, no secret."""
    return await print_once({"pages": about}, PrintPages(about, content))
