"""Old balances: the queue, one word for several, paying out, the stock and its ledger."""

from __future__ import annotations

from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.requests.window_books import csv_rows
from backend_client.shapes import reader
from core.steps.files import Csv
from core.steps.window_prefund import (
    ConfirmCleanOut,
    EnterLedger,
    FetchCleanOutFile,
    FetchCleanOutsIn,
    FetchIdle,
    FetchLedger,
    FetchLedgerTable,
    FetchStock,
    JudgeCleanOuts,
)
from core.window_prepay import CleanOutFile, CleanOutFiles, Holders, Ledger, Stock


def clean_outs_in(backend: Exchange, step: FetchCleanOutsIn) -> Told[CleanOutFiles]:
    """The oldest first, at most 200."""
    return backend.get(reader(CleanOutFiles), "/v1/prepay/clean-outs?state={}", step.state)


def clean_out(backend: Exchange, step: FetchCleanOutFile) -> Told[CleanOutFile]:
    """As it stands."""
    read = reader(CleanOutFile, clean_out_id=step.clean_out_id)
    return backend.get(read, "/v1/prepay/clean-outs/{}", step.clean_out_id)


def judge(backend: Exchange, step: JudgeCleanOuts) -> Told[CleanOutFiles]:
    """The reviewer proves it with the own password."""
    body = {
        "clean_out_ids": list(step.clean_out_ids),
        "operator": step.operator,
        "password": step.password,
        "approve": step.approve,
        "reason": step.reason,
    }
    path = "/v1/prepay/clean-outs/review"
    return backend.post(reader(CleanOutFiles), path, body=body, key=fresh_key())


def confirm(backend: Exchange, step: ConfirmCleanOut) -> Told[CleanOutFile]:
    """Once under the operation's id, however often it is told."""
    return backend.post(
        reader(CleanOutFile, clean_out_id=step.clean_out_id),
        "/v1/prepay/clean-outs/{}/confirm",
        step.clean_out_id,
        body={},
        key=f"{step.operation_id}/confirm",
    )


def stock(backend: Exchange, _step: FetchStock) -> Told[Stock]:
    """Of the whole hospital."""
    return backend.get(reader(Stock), "/v1/prepay/stock")


def idle(backend: Exchange, _step: FetchIdle) -> Told[Holders]:
    """By the profile's days."""
    return backend.get(reader(Holders), "/v1/prepay/idle")


def ledger(backend: Exchange, _step: FetchLedger) -> Told[Ledger]:
    """The whole list."""
    return backend.get(reader(Ledger), "/v1/prepay/ledgered")


def ledger_table(backend: Exchange, _step: FetchLedgerTable) -> Told[Csv]:
    """As the authority wants it."""
    return backend.get(csv_rows, "/v1/prepay/ledgered.csv")


def enter(backend: Exchange, step: EnterLedger) -> Told[Ledger]:
    """Refused `before_deadline`."""
    body = {"reason": step.reason}
    return backend.post(reader(Ledger), "/v1/prepay/ledgered", body=body, key=fresh_key())


REQUESTS: Requests = {
    FetchCleanOutsIn: clean_outs_in,
    FetchCleanOutFile: clean_out,
    JudgeCleanOuts: judge,
    ConfirmCleanOut: confirm,
    FetchStock: stock,
    FetchIdle: idle,
    FetchLedger: ledger,
    FetchLedgerTable: ledger_table,
    EnterLedger: enter,
}
