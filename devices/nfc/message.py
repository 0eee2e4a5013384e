"""NDEF messages: what we offer, and what a tag says (docs/protocols/nfc.md). No I/O.

What a reader would get wrong: the URI must stand first. The other way round Android only opens
the application, and an iPhone reads the first URI record alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

import ndef

from devices.nfc.settings import VISIT

_ANDROID_APPLICATION = "urn:nfc:ext:android.com:pkg"


def offer_message(uri_template: str, visit: str, android_package: str) -> bytes:
    """One URI record with the visit id in it, and the application record if there is a package."""
    records = [ndef.UriRecord(uri_template.replace(VISIT, quote(visit, safe="")))]
    if android_package:
        records.append(ndef.Record(_ANDROID_APPLICATION, "", android_package.encode("ascii")))
    return b"".join(ndef.message_encoder(records))


def first_text(records: Iterable[object]) -> str:
    """The first URI, else the first text, else ""."""
    kept = list(records)
    for kind, field in ((ndef.UriRecord, "iri"), (ndef.TextRecord, "text")):
        for record in kept:
            if isinstance(record, kind):
                return str(getattr(record, field))
    return ""
