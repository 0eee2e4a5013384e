"""Papers, booklets and look-ups: exact sequences, and every fault one deep."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.flow import Step
from core.journeys.buy_goods import HandedOut
from core.journeys.print_invoice import InvoicePrinted
from core.ports import DeviceTrouble, Refused, Unknown
from kiosk.steps import ShowTrouble
from kiosk.steps.pages import Choose, Chosen, Finished, Show
from tests.helpers.explore import Story, explore
from tests.helpers.stories_papers import (
    BOOKLET,
    HAND_OUT,
    OFFICIAL_INVOICE,
    PAGES,
    PRINT_INVOICE,
    PRINT_REPORT,
    STORIES,
    SUB_JOURNEYS,
    WHERE_IS_MY_MONEY,
)
from tests.helpers.variants import Variant


def test_pages_are_journaled_before_they_are_printed() -> None:
    world, played = PAGES.run({})
    assert played.names == ["document.intend", "document.start", "PrintPages", "document.finish"]
    assert played.end is True
    assert world.papers.pages == ["RP1"]


def test_an_invoice_takes_its_sheet_before_it_is_printed_and_tells_it_after() -> None:
    world, played = OFFICIAL_INVOICE.run({})
    assert played.names == [
        "invoice.intend",
        "invoice.start",
        "TakeSheet",
        "invoice.note.sheet",
        "PrintPages",
        "invoice.note.printed",
        "TellSheet",
        "invoice.finish",
    ]
    assert isinstance(played.end, InvoicePrinted)
    assert world.papers.sheets == {"I1": ["PRINTED"]}


def test_a_booklet_falls_once_and_is_told() -> None:
    world, played = HAND_OUT.run({})
    assert played.names == [
        "goods.intend",
        "goods.start",
        "VendGoods",
        "goods.note.vended",
        "TellSale",
        "goods.finish",
    ]
    assert played.end == HandedOut()
    assert len(world.papers.fallen) == 1


@pytest.mark.parametrize("story", SUB_JOURNEYS, ids=lambda story: story.name)
def test_every_fault_two_deep_leaves_nothing_open_and_doubles_nothing(story: Story) -> None:
    assert list(explore(story, 2)) == []


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_every_fault_of_a_service_is_told_and_leaves_nothing_open(story: Story) -> None:
    assert list(explore(story, 1)) == []


def _acts(story: Story) -> list[str]:
    world, _ = story.run({})
    return [type(act).__name__ for act in world.acts]


def test_invoice_is_not_taken_when_the_page_printer_has_no_paper() -> None:
    number = _acts(PRINT_INVOICE).index("CheckPagePrinter")
    out = Variant(DeviceTrouble, "not done", "paper_out")
    world, played = PRINT_INVOICE.run({number: out})

    assert isinstance(played.asks[-1], ShowTrouble)
    assert world.papers.sheets == {}


def test_invoice_whose_printing_is_in_doubt_is_uncertain_and_never_printed_again() -> None:
    number = _acts(PRINT_INVOICE).index("PrintPages")
    world, played = PRINT_INVOICE.run({number: Variant(Unknown, "not done", "timeout")})

    last = played.asks[-1]
    assert isinstance(last, Finished)
    assert last.icon == "printer-off"
    assert world.papers.sheets == {"I1": ["UNCERTAIN"]}
    assert [type(act).__name__ for act in world.acts].count("PrintPages") == 1


def test_invoice_printed_elsewhere_meanwhile_is_an_answer_and_no_trouble() -> None:
    number = _acts(PRINT_INVOICE).index("TakeSheet")
    world, played = PRINT_INVOICE.run({number: Variant(Refused, "not done", "invoice.printed")})

    assert not any(isinstance(ask, ShowTrouble) for ask in played.asks)
    assert world.papers.pages == []


def test_booklet_that_nobody_saw_fall_is_told_with_its_case_and_not_vended_again() -> None:
    number = _acts(BOOKLET).index("VendGoods")
    world, played = BOOKLET.run({number: Variant(Unknown, "not done", "silent")})

    last = played.asks[-1]
    assert isinstance(last, Finished)
    assert last.icon == "alert-triangle"
    assert world.papers.sales == {"SA1": "JAMMED"}
    assert world.papers.fallen == []


def test_booklet_sold_out_meanwhile_costs_nothing() -> None:
    number = _acts(BOOKLET).index("KeepSale")
    world, played = BOOKLET.run({number: Variant(Refused, "not done", "sold_out")})

    last = played.asks[-1]
    assert isinstance(last, ShowTrouble)
    assert (last.reason, last.money) == ("booklets_out", "untouched")
    assert world.backend.taken_fen == 0


def test_report_that_is_not_ready_cannot_be_chosen() -> None:
    _, played = PRINT_REPORT.run({})
    (page, *_) = [ask for ask in played.asks if isinstance(ask, Choose)]
    assert [bool(option.off) for option in page.options] == [False, True]


def test_amount_that_is_checked_says_whose_business_it_is() -> None:
    def script(step: Step[Any]) -> object:
        return Chosen("0") if isinstance(step, Choose) else WHERE_IS_MY_MONEY.script(step)

    _, played = replace(WHERE_IS_MY_MONEY, script=script).run({})
    (page,) = [ask for ask in played.asks if isinstance(ask, Show)]
    labels = [row.label for row in page.sections[0].rows]
    assert len(labels) == 4
