"""A UnionPay bank card: it says that it is one, and nothing else (contactless, T=1).

Talks to nothing. A terminal of ours only selects; whatever else it sends is refused and stays in
the slot's list of commands, so that a test can insist that the card number was never asked for.
"""

from sandbox.units.pcsc_files import DONE, NO_COMMAND, NOT_ALLOWED, NOT_FOUND, WRONG_LENGTH

ATR = bytes.fromhex("3B80800101")
DIRECTORY_NAME = b"2PAY.SYS.DDF01"
APPLICATION = bytes.fromhex("A000000333010101")
SHORTEST_PARTIAL_NAME = 5
LABEL = bytes.fromhex("500A50424F43204445424954870101")  # "PBOC DEBIT", priority 1
DIRECTORY = bytes.fromhex("6F30840E") + DIRECTORY_NAME
DIRECTORY += bytes.fromhex("A51EBF0C1B61194F08") + APPLICATION + LABEL
CONTROL_INFORMATION = bytes.fromhex("6F1B8408") + APPLICATION + b"\xa5\x0f" + LABEL


class BankCard:
    """One powered card; ``uid`` is the number of its contactless chip."""

    atr = ATR

    def __init__(self, uid: str) -> None:
        self._uid = bytes.fromhex(uid)
        self._selected = False

    def power_off(self) -> None:
        """Field lost: no application is selected."""
        self._selected = False

    def answer(self, apdu: bytes) -> bytes:
        """Answer data and status word of one command."""
        if len(apdu) < 4:
            return WRONG_LENGTH
        if apdu[:4] == bytes.fromhex("FFCA0000"):
            return self._uid + DONE
        match apdu[1]:
            case 0xA4 if apdu[2] == 0x04 and len(apdu) > 5:
                return self._select(apdu[5 : 5 + apdu[4]])
            case 0xA4:
                return NOT_FOUND
            case _:
                return NOT_ALLOWED if self._selected else NO_COMMAND

    def _select(self, name: bytes) -> bytes:
        self._selected = False
        if name == DIRECTORY_NAME:
            return DIRECTORY + DONE
        if len(name) >= SHORTEST_PARTIAL_NAME and APPLICATION.startswith(name):
            self._selected = True
            return CONTROL_INFORMATION + DONE
        return NOT_FOUND
