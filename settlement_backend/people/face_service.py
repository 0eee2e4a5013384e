"""A face service behind the port of faces (docs/platforms/face.md).

Talks to it through `outside`. What a reader would get wrong: the token of a look is the SHA-256 of
a picture that only terminal and service ever have; a token of another form is nobody's look.
"""

from __future__ import annotations

import re

from settlement_backend.base.outside import NotFound, Outside, Silent
from settlement_backend.people.faces import Compared, FaceFound

CONNECT_S, READ_S = 2.0, 3.0
_SHA256 = re.compile(r"[0-9a-f]{64}")


class HttpFaces:
    """A face service over HTTP: the port of `faces`."""

    def __init__(self, url: str, connect_s: float = CONNECT_S, read_s: float = READ_S) -> None:
        self._outside = Outside(url, connect_s, read_s)

    def who(self, token: str) -> FaceFound | NotFound | Silent:
        """The service's own number of whoever looks like this."""
        if not _SHA256.fullmatch(token):
            return NotFound()
        match self._outside.ask("/search", {"picture_sha256": token}):
            case {"result": "FOUND", "reference": str(reference)} if reference:
                return FaceFound(reference)
            case {"result": "UNKNOWN"}:
                return NotFound()
        return Silent()

    def verify(self, check_no: str, id_number: str, token: str) -> Compared | NotFound | Silent:
        """Once for each `check_no`: the service's word, and nothing of its score, is believed."""
        if not _SHA256.fullmatch(token):
            return NotFound()
        body = {"check_no": check_no, "id_number": id_number, "picture_sha256": token}
        match self._outside.ask("/verify", body):
            case {"result": "SAME"}:
                return Compared(same=True)
            case {"result": "OTHER"}:
                return Compared(same=False)
            case {"result": "UNKNOWN"}:
                return NotFound()
        return Silent()
