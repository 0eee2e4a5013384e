"""The migrations make exactly the tables of the models, once, also on a database in use."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from service_bench import LI_ID, House
from sqlalchemy import inspect

from settlement_backend.base.database import MIGRATIONS, NEWEST, Database, migrate
from settlement_backend.tables import Base

pytestmark = pytest.mark.both_databases


def test_migrated_tables_equal_the_models(db: Database) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": not db.is_sqlite}
        )

        assert compare_metadata(context, Base.metadata) == []


def test_every_foreign_key_is_found_by_an_index(db: Database) -> None:
    """Else a bill among a million costs a look at each of them."""
    without = []
    for table in Base.metadata.sorted_tables:
        keys = [table.primary_key.columns.keys(), *(i.columns.keys() for i in table.indexes)]
        looked = inspect(db.engine).get_unique_constraints(table.name)
        first = {key[0] for key in keys if key} | {u["column_names"][0] for u in looked}
        without += [
            f"{table}.{c.name}" for c in table.columns if c.foreign_keys and c.name not in first
        ]
    assert without == []


def test_checks_and_unique_keys_are_in_the_database(db: Database) -> None:
    looked = inspect(db.engine)

    checks = {check["sqltext"] for check in looked.get_check_constraints("schedule")}
    assert checks == {"taken <= capacity"}
    assert ["operation_id"] in [
        u["column_names"] for u in looked.get_unique_constraints("open_case")
    ]
    one_card = next(
        i for i in looked.get_indexes("card") if i["name"] == "one_card_in_use_per_person"
    )
    assert one_card["unique"]


def test_revisions_are_one_line(db: Database) -> None:
    script = ScriptDirectory(str(MIGRATIONS))

    assert len(script.get_heads()) == 1
    with db.engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
    assert [at] == script.get_heads() == [NEWEST]


def test_migrating_a_database_in_use_changes_nothing(house: House) -> None:
    patient = house.person(LI_ID)
    before = house.get(f"/v1/patients/{patient}/bills")

    migrate(house.service.db.engine)

    assert house.get(f"/v1/patients/{patient}/bills") == before


def test_disk_is_told_to_be_sure(db: Database) -> None:
    asked = "pragma {}" if db.is_sqlite else "show {}"
    names = (
        ("journal_mode", "synchronous", "foreign_keys")
        if db.is_sqlite
        else ("fsync", "synchronous_commit", "full_page_writes")
    )
    with db.engine.connect() as connection:
        told = [connection.exec_driver_sql(asked.format(name)).scalar() for name in names]

    assert told == (["wal", 3, 1] if db.is_sqlite else ["on", "on", "on"])


def test_two_looks_of_one_reading_see_the_same(house: House) -> None:
    patient = house.person(LI_ID)
    with house.service.db.read() as session:
        connection = session.connection()
        count = "select count(*) from bill"
        before = connection.exec_driver_sql(count).scalar()
        with house.service.db.write() as writing:
            writing.connection().exec_driver_sql("update bill set version = version + 1")
        house.register_wang()
        versions = connection.exec_driver_sql("select max(version) from bill").scalar()
        assert (connection.exec_driver_sql(count).scalar(), versions) == (before, 1)

    assert house.get(f"/v1/patients/{patient}/bills")["bills"][0]["version"] == 2
