"""Pages of the relatives who act for somebody: pure constructors."""

from __future__ import annotations

from core.page_parts import Row, Section, Strip, Tone
from core.people import Relation
from core.phrase import Day, Said, said
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import Button, Choose, Option, Show

_KINDS: dict[str, Said] = {
    "PARENT": said("Parent"),
    "CHILD": said("Child"),
    "SPOUSE": said("Husband or wife"),
    "GUARDIAN": said("Guardian"),
    "CONTACT": said("Contact person"),
}
_STATES: dict[str, Said] = {"ASKED": said("Waits for you"), "ACTIVE": said("Acts for you")}


def overview(who: Identified, relations: tuple[Relation, ...]) -> Choose:
    """Who asked and who may; what is over is not shown."""
    return Choose(
        title=said("Relatives who act for me"),
        hint=said("{name}, touch a line to change it", name=who.patient.display_name),
        icon="users",
        options=tuple(
            Option(
                one.relation_id,
                one.display_name,
                "user",
                _kind(one),
                _STATES[one.state],
            )
            for one in relations
            if one.state in _STATES
        ),
        nothing=said("Nobody acts for you. A relative begins this on the phone."),
        presence=who.presence,
    )


def one(who: Identified, relation: Relation) -> Show:
    """What this relative may do; masked."""
    yes, no = said("Yes"), said("No")
    asked = relation.state == "ASKED"
    end = Button("end", said("Refuse") if asked else said("End this"), "x", main=False)
    agree = Button("agree", said("Agree"))
    return Show(
        title=said("May this relative act for you?")
        if asked
        else said("This relative acts for you"),
        hint=said("You can end it at any time"),
        icon="users",
        sections=(
            Section(
                "",
                (
                    Row("user", said("Name"), relation.display_name, _kind(relation)),
                    Row("id", said("ID number"), relation.display_id),
                    Row("eye", said("May follow my visits"), yes if relation.may_see else no),
                    Row("wallet", said("May pay for me"), yes if relation.may_pay else no),
                    Row("clock", said("Since"), Day(relation.since)),
                ),
            ),
        ),
        buttons=(agree, end) if asked else (end,),
        presence=who.presence,
    )


def end(who: Identified, relation: Relation) -> Show:
    """Before it is ended."""
    return Show(
        title=said("End it for {name}?", name=relation.display_name),
        hint=said("From then on this relative can neither see nor pay"),
        icon="users",
        sections=(),
        buttons=(Button("end", said("Yes, end it"), "x"),),
        strip=Strip(Tone.INFO, "info-circle", said("What was paid before stays paid.")),
        presence=who.presence,
    )


def _kind(relation: Relation) -> Said:
    return _KINDS.get(relation.kind, said("Relative"))
