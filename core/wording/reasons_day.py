"""Reasons of a window's day: passwords, the drawer, the daily close, reports. Said to staff."""

from __future__ import annotations

from core.wording.words import Wording

REASONS: dict[str, Wording] = {
    # passwords
    "passwords_differ": Wording("The two passwords differ", "Type the new one twice."),
    "password_short": Wording("This password is too short", "Take at least 8 characters."),
    "password_simple": Wording(
        "This password is too simple",
        "Mix three kinds: capital letters, small letters, digits, signs.",
    ),
    "password_number": Wording("This is your own number", "Choose something else."),
    "password_known": Wording("This password was used before", "Choose a new one."),
    "not_ready": Wording(
        "The day cannot be closed yet", "Run the comparison again when every file is there."
    ),
    # the drawer
    "drawer_open": Wording("The cash drawer stands open", "Push it shut."),
    "drawer_unsure": Wording(
        "The printer did not say that the drawer opened", "Look at it, or use its key."
    ),
    "drawer_stuck": Wording("The cash drawer did not open", "Use its key, and call a technician."),
    "no_drawer": Wording("No cash drawer is set up here", "Use its key, or call a technician."),
    "drawer_of_other": Wording(
        "Somebody else's drawer is open here",
        "Its cashier counts and closes it, or hands it over.",
    ),
    "drawer_handed_over": Wording(
        "The drawer is in other hands now", "The next person signs in with an own number."
    ),
    "drawer_short": Wording(
        "The drawer holds less cash than this", "Bring more float, or pay back another way."
    ),
    "drawer_closed": Wording("This drawer is closed already", "Look at your earlier drawers."),
    "shift_open": Wording("A drawer is open here already", "Close it first."),
    "not_your_shift": Wording("This drawer is another cashier's", "A supervisor must see it, too."),
    "counts_differ": Wording("The two counts differ", "Both count again, each alone."),
    "difference_unexplained": Wording(
        "The drawer and the books differ", "Write down why, as far as it is known."
    ),
    "second_person_needed": Wording(
        "This is above the limit for one person", "A second person enters number and password."
    ),
    # the daily close
    "bad_day": Wording("There is no such day", "Type it as 2026-11-22."),
    "bad_days": Wording("These days are out of order", "Take a year at most, the first day first."),
    "day_not_over": Wording("This day is not over yet", "Run it tomorrow."),
    "day_not_ready": Wording(
        "Something of this day is not known yet",
        "Run it again when every file is there. Differences may stay open: they have owners.",
    ),
    "day_closed": Wording("This day was closed before", "Look who signed it, and when."),
    "corrected": Wording("This line was corrected before", "Nothing more is to be done."),
    "no_difference": Wording("Both sides agree on this line", "Nothing is to be corrected."),
    "not_correctable": Wording(
        "This line cannot be corrected here", "Work it off as a case, with its evidence."
    ),
    "case_resolved": Wording("Its case is resolved", "Nothing more is to be done."),
    # reports
    "out_of_range": Wording("This number cannot be", "Look at what is asked."),
}
