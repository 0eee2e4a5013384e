"""The plain daily file of cards, credit lines and transfers.

Talks to nothing. What a reader would get wrong: amounts are fen and always positive; the kind says
which way the money went.
"""

import csv
import io

from sandbox.platforms.acquirer.statement import Statement

_HEADER = (
    "time",
    "kind",
    "number",
    "original_number",
    "transaction_no",
    "auth_code",
    "terminal_id",
    "account",
    "amount_fen",
)


def plain_file(statement: Statement) -> bytes:
    """UTF-8 CSV with a header."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADER)
    for row in statement.rows:
        movement = row.movement
        writer.writerow(
            (
                row.at.isoformat(" "),
                movement.kind,
                movement.number,
                movement.original_number,
                movement.transaction_no,
                movement.auth_code,
                movement.terminal_id,
                movement.account,
                movement.amount_fen,
            )
        )
    return text.getvalue().encode()
