"""Words of the technician's mode: code → English, which the catalogue translates.

What a reader would get wrong: an unknown code reads as itself, because a technician can look a
code up, while a blank helps nobody.
"""

from __future__ import annotations

from collections.abc import Mapping

from core.catalogue import Catalogue

DEVICES: dict[str, str] = {
    "id_card": "ID card reader",
    "card_dispenser": "Card dispenser",
    "smart_card": "Card reader",
    "card_reader": "Motorised card reader",
    "scanner": "Scanner",
    "camera": "Camera",
    "nfc": "NFC",
    "cash": "Banknote acceptor",
    "pos": "Bank POS",
    "receipt_printer": "Receipt printer",
    "page_printer": "Page printer",
    "vending": "Booklet vending",
    "relay": "Lights and doors",
    "voice": "Voice that reads aloud",
    "backend": "Settlement centre",
    "loop": "Loop test",
    "journal": "Journal",
}

STATES: dict[str, str] = {
    "ok": "well",
    "low": "running low",
    "out": "empty",
    "jammed": "jammed",
    "offline": "offline",
    "hung": "held by a call that never ends",
    "unknown": "not known yet",
    "not_fitted": "not fitted",
}

FUNCTIONS: dict[str, str] = {
    "pay": "Pay a bill",
    "register": "Register",
    "hold": "Pre-authorisation",
    "card": "Issue a health card",
    "cash": "Take banknotes",
    "booklet": "Booklets",
    "read_code": "Read codes",
    "read_id_card": "Read ID cards",
    "read_card": "Read health and social-security cards",
    "insurance_tap": "Tap to open the insurance code",
    "print_slip": "Print slips",
    "print_page": "Print pages",
    "cabinet": "Lights and doors",
}

ITEMS: dict[str, str] = {
    "receipt": "Receipts left on the roll",
    "card": "Blank cards",
    "booklet": "Booklets",
    "page": "Sheets of paper",
    "toner": "Pages left in the toner",
}

OUTCOMES: dict[str, str] = {
    "passed": "passed",
    "failed": "failed",
    "unsure": "please judge yourself",
}

VERDICTS: dict[str, str] = {"good": "good", "bad": "not good", "unsure": "cannot be measured"}

ALARMS: dict[str, str] = {
    "exchanged": "Another device answers than the accepted one",
    "scanner": "No code can be read at this place",
    "device": "Device is not well",
    "suspense": "Operations wait for a person",
    "low": "To be refilled soon",
    "cabinet": "Open or tampered with",
}

SITE: dict[str, str] = {
    "backend": "Settlement centre",
    "interface": "Network interface",
    "skew": "Clock compared with the settlement centre",
    "free": "Free disk space",
    "journal": "Size of the journal",
    "program": "Program files",
    "open_ports": "Ports open to the network",
    "usb_policy": "USB policy",
    "power_supply": "Power supply",
    "power": "Power (as written down)",
    "network": "Network outlet (as written down)",
    "safety": "Safety (as written down)",
    "camera": "Surveillance camera (as written down)",
}

CHECKS: dict[str, str] = {
    "line": "Does it answer",
    "sensors": "Sensors and counters",
    "card": "Issue, write, read and capture a test card",
    "dispense_write_read_capture": "Issue, write, read and capture a test card",
    "print_and_scan": "Print a code and scan it",
    "print_and_see": "Print a code and read it with the camera",
    "note": "Accept and return a note",
    "accept_and_return": "Accept and return a note",
    "box": "Cash box",
    "tap": "Tap the built-in tag",
    "tap_built_in_tag": "Tap the built-in tag",
    "page": "Print a test page",
    "test_page": "Print a test page",
    "cutter": "Cut the paper",
    "queue": "Printing queue",
    "reader_present": "Readers in place",
    "read_card": "Read a card",
    "read_code": "Read a code",
    "sam_id": "Security module",
    "light": "Light",
    "card_in_and_out": "Draw a card in and give it back",
    "slots": "Booklets in the slots",
    "door": "Door",
    "vend_booklet": "Give out a booklet",
    "inputs": "Doors and contacts",
    "frame_rate": "Pictures per second",
    "picture": "Sharpness and brightness",
    "ready": "Ready for payments",
    "last_transaction": "Last transaction",
    "open_holds": "Open pre-authorisations",
    "test_sentence": "Read a sentence aloud",
}

HANDS: dict[str, str] = {
    "show_receipt": "Hold the printed slip before the reader",
    "show_code": "Hold any code before the reader",
    "insert_note": "Insert a banknote; it will be given back",
    "insert_card": "Insert a card; it will be given back",
    "place_card": "Lay a card on the reader, or insert it",
    "place_id_card": "Lay an ID card on the reader",
    "look_at_paper": "Look at the paper and judge",
    "listen": "Listen whether the sentence is clear",
    "look_at_light": "Look whether the light goes on and off",
}

FACTS: dict[str, str] = {
    "error": "What the device said",
    "step": "Step",
    "reasons": "Reasons",
    "result": "Result",
    "state": "State",
    "seconds": "Seconds",
    "took_s": "Took (s)",
    "read_after_s": "Read after (s)",
    "printed_after_s": "Printed after (s)",
    "answer_ms": "Answer after (ms)",
    "read_ms": "Read after (ms)",
    "other_codes": "Other codes seen",
    "model": "Model",
    "firmware": "Firmware",
    "serial": "Serial number",
    "reader": "Reader",
    "engine": "Speech program",
    "player": "Program that plays sound",
    "clips": "Recorded sentences",
    "line": "Line",
    "card_kind": "Kind of card",
    "card_position": "Where the card is",
    "chip": "Chip",
    "uid": "Card or tag number",
    "uri": "Address on the tag",
    "layout": "Layout",
    "selection": "Application",
    "sensors": "Sensors",
    "captured": "Cards in the bin",
    "bin_full": "Bin full",
    "front_open": "Front open",
    "rear_open": "Rear open",
    "door": "Door",
    "light": "Light",
    "relay_after_on": "Contact after on",
    "relay_after_off": "Contact after off",
    "denomination_fen": "Note (fen)",
    "note_inside": "Note inside",
    "notes_stacked_ever": "Notes taken in all its life",
    "stacker": "Cash box",
    "characters": "Characters",
    "rare_characters": "Rare characters",
    "proof_of_print": "How we know it was printed",
    "takes_jobs": "Takes jobs",
    "waiting_jobs": "Waiting jobs",
    "frames_per_second": "Pictures per second",
    "picture_size": "Size of the picture",
    "brightness": "Brightness",
    "sharpness": "Sharpness",
    "decoder_deaths": "Restarts of the decoder",
    "held_threads": "Calls that never ended",
    "photo_bytes": "Size of the photo",
    "terminal_id": "Terminal number",
    "transaction": "Transaction",
    "has_reference": "Carries our reference",
    "open_hold": "Open pre-authorisation",
}

INPUTS: dict[str, str] = {
    "tamper": "Tamper contact",
    "cash_door": "Door of the cash box",
    "cabinet_door": "Cabinet door",
}

TROUBLES: dict[str, str] = {
    "offline": "It does not answer",
    "timeout": "It did not answer in time",
    "paper_out": "No paper",
    "cover_open": "The cover is open",
    "cutter_jam": "The cutter is stuck",
    "jam": "Something is stuck inside",
    "empty": "Empty",
    "bin_full": "The bin is full",
    "box_removed": "The cash box is not in",
    "hardware_error": "It reports a fault",
    "user_error": "It was not used as asked",
    "busy": "Something else is running on it",
    "failed": "It did not do what was asked",
    "crashed": "This program failed in the check",
    "deadline": "No end within the limit",
    "not_fitted": "Not fitted here",
    "starting": "Blocked while an earlier outcome is open",
    "backend_silent": "The settlement centre does not answer",
    "not_sealed": "This cash box is still in the machine",
    "counted_already": "This cash box has been counted",
    "bad_pin": "Card or PIN is wrong",
    "locked": "Too many wrong PINs",
    "no_staff_file": "No technicians are named for this machine",
    "same_person": "Another person must count",
    "journal_broken": "The journal cannot be read",
    "disk": "The file could not be written",
    "no_font": "The Chinese font is missing",
}
"""Reason codes as a technician reads them."""

ADVICE: dict[str, str] = {
    "offline": "Check power and cable, then run 'Does it answer'. If it stays silent,"
    " compare path and protocol with the settings.",
    "timeout": "Run it once more. If it is late again, switch the device off and on.",
    "paper_out": "Put in paper, close the cover, write down the refill, and print a test page.",
    "cover_open": "Close the cover until it clicks, then run the sensors again.",
    "cutter_jam": "Open the cover, take the loose paper out of the cutter, close it, and run"
    " 'Cut the paper'.",
    "jam": "Open the front, take out what is stuck, close it, and run the sensors again.",
    "card_dispenser.jam": "Open the front, remove the card from the transport, and run the"
    " sensors again.",
    "card_reader.jam": "Open the front, remove the card from the transport, and run the sensors"
    " again.",
    "cash.jam": "Open the acceptor, remove the note from its path, count it with the box, and"
    " run the sensors again.",
    "page_printer.jam": "Open the printer, pull the sheet out in the direction of travel, and"
    " look at the queue again.",
    "empty": "Refill it, write the refill down under Supplies, and run the sensors again.",
    "bin_full": "Empty the bin, count the cards with a second person, and run the sensors again.",
    "box_removed": "Push the cash box in until it locks, then run 'Cash box'.",
    "hardware_error": "Switch the device off and on. If the fault comes back, exchange it and"
    " note its serial number.",
    "user_error": "Do what the instruction says and run it once more.",
    "busy": "Wait until it has finished, then run it once more.",
    "deadline": "The device may be held by a call that never ends: take the card or paper out,"
    " or switch it off and on.",
    "bad_pin": "Type them again. Five wrong tries lock this machine for ten minutes.",
    "locked": "Wait ten minutes.",
    "no_staff_file": "Name the staff file in the settings, or work from a shell.",
    "same_person": "The second count belongs to somebody else.",
    "not_sealed": "Take the box out of the acceptor first.",
    "disk": "Look at the free space under Site.",
    "no_font": "Install the fonts named in the installation guide.",
    "journal_broken": "Take this machine out of service, make a support bundle, and call support.",
    "other": "Look at the facts and into the log, and report the problem.",
}
"""What a technician does now, by reason, or by device and reason where it differs."""

ALARM_ADVICE: dict[str, str] = {
    "exchanged": "If you exchanged it, accept it there. If not, somebody else did: report it.",
    "scanner": "Every place must read codes. Run the reader's checks, or fit one.",
    "device": "Run its checks; each failure says what to do.",
    "suspense": "Hand them to the cashier's office with their slips.",
    "low": "Refill soon and write it down.",
    "cabinet": "Close and lock it. If nobody opened it, report it.",
}


def word(table: Mapping[str, str], code: str, catalogue: Catalogue) -> str:
    """The code's words in the catalogue's language; the code itself when it has none."""
    return catalogue(table[code]) if code in table else code
