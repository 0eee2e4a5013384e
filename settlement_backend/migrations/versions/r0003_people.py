"""media, relatives, consents"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_assistance()
    _alter_assistance()
    _create_consent()
    _alter_consent()
    _create_document_seen()
    _alter_document_seen()
    _create_face_check()
    _create_handover()
    _create_medium()
    _alter_medium()
    _create_relation()
    _alter_relation()
    _alter_card()
    _alter_person()


def _create_assistance() -> None:
    op.create_table(
        "assistance",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("consent_version", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("ended_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_assistance() -> None:
    with op.batch_alter_table("assistance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assistance_person_id"), ["person_id"], unique=False)


def _create_consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("accepted_at", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_consent() -> None:
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_person_id"), ["person_id"], unique=False)


def _create_document_seen() -> None:
    op.create_table(
        "document_seen",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_document_seen() -> None:
    with op.batch_alter_table("document_seen", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_seen_person_id"), ["person_id"], unique=False)


def _create_face_check() -> None:
    op.create_table(
        "face_check",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("consent_version", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _create_handover() -> None:
    op.create_table(
        "handover",
        sa.Column("from_id", sa.String(), nullable=False),
        sa.Column("to_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("bills", sa.Integer(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["to_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("from_id"),
    )


def _create_medium() -> None:
    op.create_table(
        "medium",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("linked_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("kind", "value"),
    )


def _alter_medium() -> None:
    with op.batch_alter_table("medium", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_medium_person_id"), ["person_id"], unique=False)


def _create_relation() -> None:
    op.create_table(
        "relation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("may_see", sa.Boolean(), nullable=False),
        sa.Column("may_pay", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("agreed_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_relation() -> None:
    with op.batch_alter_table("relation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relation_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "one_contact_per_person",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("state != 'ENDED' and kind = 'CONTACT'"),
            postgresql_where=sa.text("state != 'ENDED' and kind = 'CONTACT'"),
        )
        batch_op.create_index(
            "one_relation_between_two",
            ["person_id", "id_number"],
            unique=True,
            sqlite_where=sa.text("state != 'ENDED' and kind != 'CONTACT'"),
            postgresql_where=sa.text("state != 'ENDED' and kind != 'CONTACT'"),
        )


def _alter_card() -> None:
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("kind", sa.String(), server_default="HEALTH_CARD", nullable=False)
        )
        batch_op.add_column(sa.Column("replaces", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("to_publish", sa.String(), server_default="", nullable=False))
        batch_op.drop_index(
            batch_op.f("one_card_per_person"), sqlite_where=sa.text("state != 'VOID'")
        )
        batch_op.create_index(
            "card_to_publish",
            ["to_publish"],
            unique=False,
            sqlite_where=sa.text("to_publish != ''"),
            postgresql_where=sa.text("to_publish != ''"),
        )
        batch_op.create_index(
            "one_card_in_use_per_person",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("state in ('RESERVED', 'ACTIVE', 'OPEN', 'LOST')"),
            postgresql_where=sa.text("state in ('RESERVED', 'ACTIVE', 'OPEN', 'LOST')"),
        )


def _alter_person() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("deceased_on", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("merged_into", sa.String(), server_default="", nullable=False)
        )
