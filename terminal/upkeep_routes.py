"""The rows of the step table that only a technician awaits."""

from __future__ import annotations

from core.ports import Refused
from core.routes import Lane, Route
from core.steps import JournalBroken
from core.upkeep import steps
from terminal.bench import CHECK_LIMIT_S
from terminal.papers import PaperActs
from terminal.routes import Table
from terminal.site import Site
from terminal.upkeep import UpkeepActs

_JOURNAL_MS = 30_000
_SITE_MS = 20_000
_SIGN_IN_MS = 10_000
_CHECK_MS = int(CHECK_LIMIT_S * 1000) + 5_000


def upkeep_routes(
    journal: Lane, maintenance: Lane, acts: UpkeepActs, papers: PaperActs, site: Site
) -> Table:
    """Looks and records in the journal's worker, everything else in the maintenance worker."""
    busy, late = Refused("busy"), Refused("deadline")
    broken = JournalBroken()
    table: Table = {
        kind: Route(journal, work, broken, broken, _JOURNAL_MS)
        for kind, work in (
            (steps.LookAtMachine, acts.look),
            (steps.RecordRefill, acts.refill),
            (steps.AcceptDevice, acts.accept),
            (steps.PlaceSticker, acts.sticker),
            (steps.RecordCount, acts.count),
            (steps.FindRecords, acts.find),
        )
    }
    table[steps.ReportProblem] = Route(maintenance, papers.problem, broken, broken, _JOURNAL_MS)
    table |= {
        kind: Route(maintenance, work, busy, late, limit_ms)
        for kind, work, limit_ms in (
            (steps.SignInTechnician, acts.sign_in, _SIGN_IN_MS),
            (steps.RunCheck, acts.check, _CHECK_MS),
            (steps.RunLoop, acts.loop, _CHECK_MS),
            (steps.ProbeSite, site.probe, _SITE_MS),
            (steps.ReadLog, site.log, _SITE_MS),
            (steps.MakeReadinessReport, papers.report, _CHECK_MS),
            (steps.MakeSupportBundle, papers.bundle, _CHECK_MS),
        )
    }
    return table
