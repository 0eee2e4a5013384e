"""What a patient reads when settling a stay: the final list, the sheet to sign, the rest."""

from __future__ import annotations

from core.billing import ComponentKind, InsuranceClass, Settlement, TenderKind
from core.inpatient import Admission, StayList
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, Yuan, said
from core.stay_papers import CLASSES
from core.wording import TENDERS
from kiosk.journeys.identify import Identified
from kiosk.journeys.inpatient.stays import place_rows, told
from kiosk.steps.pages import Button, Finished, Show, Sign

CHECKED, INSURER, REST = "checked", "insurer", "rest"
_PLANNED = (TenderKind.COMMERCIAL_DIRECT, TenderKind.DEPOSIT)


def final_page(
    who: Identified, stay: Admission, charged: StayList, insurer: str, trouble: str = ""
) -> Show:
    """The whole list in sums, before anything is settled. `insurer`: who pays a part directly;
    `trouble`: why none does. It can be settled in either case."""
    days = tuple(
        Row(
            "calendar-check",
            Day(day.day),
            Yuan(day.day_fen),
            said("Items: {count}", count=day.items),
        )
        for day in charged.days
    )
    direct = Button(INSURER, said("A commercial insurer pays a part"), "shield-plus", main=False)
    strip = Strip(Tone.SUCCESS, "shield-check", said("{name} pays its part", name=insurer))
    return Show(
        title=said("Please check your final list"),
        hint=said("The single items stand on the next page and in the daily list"),
        icon="clipboard-list",
        presence=who.presence,
        trouble=trouble,
        big_label=said("Charged in all"),
        big_value=Yuan(sum(day.day_fen for day in charged.days)),
        sections=(
            Section(said("Day by day"), days),
            Section(said("By insurance class"), _classes(charged)),
            Section(said("Your stay"), (*place_rows(stay), _deposit_row(charged.deposit_fen))),
        ),
        buttons=(
            Button(CHECKED, said("I have checked it")),
            *(() if insurer else (direct,)),
        ),
        strip=strip if insurer else None,
    )


def _classes(charged: StayList) -> tuple[Row, ...]:
    lines = charged.bill.lines if charged.bill else ()
    sums = {
        each: sum(line.amount_fen for line in lines if line.insurance_class is each)
        for each in InsuranceClass
    }
    return tuple(
        Row("shield-check" if each is not InsuranceClass.OWN else "wallet", words, Yuan(sums[each]))
        for each, words in CLASSES.items()
        if sums[each]
    )


def _deposit_row(deposit_fen: int) -> Row:
    return Row("wallet", said("Deposit paid in"), Yuan(deposit_fen))


def not_yet_page(who: Identified, stay: Admission) -> Finished:
    """The doctor has not let the patient go."""
    return told(
        who,
        said("Your doctor has not yet written the discharge"),
        said("Please ask the nurse station. You can settle here once the doctor has written it."),
        *place_rows(stay),
    )


def sign_page(who: Identified, settlement: Settlement) -> Sign:
    """The settlement sheet in short; it is paid already."""
    return Sign(
        title=said("Please sign the settlement sheet"),
        hint=said("It is paid. Your signature says that the sums are right."),
        icon="signature",
        presence=who.presence,
        rows=sheet_rows(settlement),
    )


def sheet_rows(settlement: Settlement) -> tuple[Row, ...]:
    """Total, what others paid, what the patient paid."""
    own_fen = settlement.self_pay_fen
    covered_fen = sum(
        part.amount_fen for part in settlement.components if part.kind is not ComponentKind.SELF_PAY
    )
    planned = tuple(
        Row("shield-check", said(TENDERS[tender.kind]), Yuan(tender.amount_fen))
        for tender in settlement.tenders
        if tender.kind in _PLANNED
    )
    by_plan_fen = sum(t.amount_fen for t in settlement.tenders if t.kind in _PLANNED)
    return (
        Row("receipt-yen", said("Charged in all"), Yuan(settlement.total_fen)),
        Row("shield-check", said("Paid by the public insurance"), Yuan(covered_fen)),
        *planned,
        Row("cash", said("Paid by you now"), Yuan(own_fen - by_plan_fen)),
    )


def settled_page(
    who: Identified, settlement: Settlement, rest_fen: int, signed: bool, printed: bool
) -> Finished:
    """The stay is over. `rest_fen`: what the deposit has left."""
    rest = (Row("wallet", said("Left of your deposit"), Yuan(rest_fen)),) if rest_fen else ()
    ask = Button(REST, said("Ask for the rest of the deposit"), "receipt-refund")
    unsigned = Strip(
        Tone.WARNING,
        "signature",
        said("The sheet is not signed yet. Please sign it at a window or the nurse station."),
    )
    return Finished(
        title=said("Your stay is settled"),
        hint=said("You may leave the hospital. We wish you a good recovery."),
        presence=who.presence,
        big_label=said("Charged in all"),
        big_value=Yuan(settlement.total_fen),
        rows=(*sheet_rows(settlement)[1:], *rest),
        strip=None if signed else unsigned,
        printed=printed,
        buttons=(ask,) if rest_fen else (),
    )


def rest_page(who: Identified, rest_fen: int) -> Show:
    """Settled before, and something is left."""
    return Show(
        title=said("Your stay is settled"),
        hint=said("Something of your deposit is left"),
        icon="wallet",
        presence=who.presence,
        big_label=said("Left of your deposit"),
        big_value=Yuan(rest_fen),
        buttons=(Button(REST, said("Ask for the rest of the deposit"), "receipt-refund"),),
    )


def rest_asked_page(who: Identified, total_fen: int) -> Finished:
    """Accepted; no money has moved."""
    return Finished(
        title=said("Your request was accepted"),
        hint=said(
            "Staff check it. The money goes back the way it was paid; we send you a message."
        ),
        presence=who.presence,
        big_label=said("Goes back"),
        big_value=Yuan(total_fen),
    )


def rest_at_window_page(who: Identified, rest_fen: int) -> Finished:
    """This machine may not ask for it; the money is safe."""
    row = Row("wallet", said("Left of your deposit"), Yuan(rest_fen))
    hint = said("Please go to a service window with your ID card and this stay's slips.")
    return told(who, said("The rest of your deposit goes back at a window"), hint, row)
