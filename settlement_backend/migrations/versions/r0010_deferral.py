"""pay later"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_credit_word()
    _create_deferral_agreement()
    _alter_deferral_agreement()
    _create_deferral_bill_set()
    _alter_deferral_bill_set()
    _create_credit_suspension()
    _alter_credit_suspension()
    _create_deferred_bill()
    _alter_deferred_bill()
    _create_malicious_flag()
    _alter_malicious_flag()
    _create_repayment_debit()
    _alter_repayment_debit()


def _create_credit_word() -> None:
    op.create_table(
        "credit_word",
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("insured", sa.String(), nullable=False),
        sa.Column("insutype", sa.String(), nullable=False),
        sa.Column("local", sa.Boolean(), nullable=False),
        sa.Column("insured_at", sa.String(), nullable=False),
        sa.Column("credit", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("hospital", sa.String(), nullable=False),
        sa.Column("malicious", sa.Boolean(), nullable=False),
        sa.Column("credit_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id_number"),
    )


def _create_deferral_agreement() -> None:
    op.create_table(
        "deferral_agreement",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("signer_name", sa.String(), nullable=False),
        sa.Column("signer_id_number", sa.String(), nullable=False),
        sa.Column("signature_digest", sa.String(), nullable=False),
        sa.Column("repay_by_debit", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("signed_at", sa.String(), nullable=False),
        sa.Column("cancelled_at", sa.String(), nullable=False),
        sa.Column("cancelled_terminal", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_deferral_agreement() -> None:
    with op.batch_alter_table("deferral_agreement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deferral_agreement_id_number"), ["id_number"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_deferral_agreement_signed_at"), ["signed_at"], unique=False
        )
        batch_op.create_index(
            "one_deferral_agreement_per_number",
            ["id_number"],
            unique=True,
            sqlite_where=sa.text("state IN ('SIGNED', 'SUSPENDED', 'REPAIRED')"),
            postgresql_where=sa.text("state IN ('SIGNED', 'SUSPENDED', 'REPAIRED')"),
        )


def _create_deferral_bill_set() -> None:
    op.create_table(
        "deferral_bill_set",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("opened_at", sa.String(), nullable=False),
        sa.Column("started_at", sa.String(), nullable=False),
        sa.Column("due_at", sa.String(), nullable=False),
        sa.Column("suspends_at", sa.String(), nullable=False),
        sa.Column("paid_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["deferral_agreement.id"],
        ),
        sa.ForeignKeyConstraint(
            ["id"],
            ["registration.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_deferral_bill_set() -> None:
    with op.batch_alter_table("deferral_bill_set", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deferral_bill_set_id_number"), ["id_number"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_deferral_bill_set_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_deferral_bill_set_state"), ["state"], unique=False)


def _create_credit_suspension() -> None:
    op.create_table(
        "credit_suspension",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("set_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("next_at", sa.String(), nullable=False),
        sa.Column("decide_at", sa.String(), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.String(), nullable=False),
        sa.Column("repaired_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["deferral_bill_set.id"],
        ),
        sa.PrimaryKeyConstraint("reference"),
        sa.UniqueConstraint("set_id"),
    )


def _alter_credit_suspension() -> None:
    with op.batch_alter_table("credit_suspension", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_credit_suspension_id_number"), ["id_number"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_credit_suspension_state"), ["state"], unique=False)


def _create_deferred_bill() -> None:
    op.create_table(
        "deferred_bill",
        sa.Column("bill_id", sa.String(), nullable=False),
        sa.Column("set_id", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bill_id"],
            ["bill.id"],
        ),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["deferral_bill_set.id"],
        ),
        sa.PrimaryKeyConstraint("bill_id"),
    )


def _alter_deferred_bill() -> None:
    with op.batch_alter_table("deferred_bill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deferred_bill_set_id"), ["set_id"], unique=False)


def _create_malicious_flag() -> None:
    op.create_table(
        "malicious_flag",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("set_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("evidence_digest", sa.String(), nullable=False),
        sa.Column("flagged_by", sa.String(), nullable=False),
        sa.Column("second", sa.String(), nullable=False),
        sa.Column("flagged_at", sa.String(), nullable=False),
        sa.Column("withdrawn_by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.String(), nullable=False),
        sa.Column("withdrawn_because", sa.String(), nullable=False),
        sa.Column("to_report", sa.String(), nullable=False),
        sa.Column("next_at", sa.String(), nullable=False),
        sa.Column("decide_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["deferral_bill_set.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_malicious_flag() -> None:
    with op.batch_alter_table("malicious_flag", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_malicious_flag_id_number"), ["id_number"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_malicious_flag_to_report"), ["to_report"], unique=False
        )
        batch_op.create_index(
            "one_malicious_flag_per_set",
            ["set_id"],
            unique=True,
            sqlite_where=sa.text("state = 'FLAGGED'"),
            postgresql_where=sa.text("state = 'FLAGGED'"),
        )


def _create_repayment_debit() -> None:
    op.create_table(
        "repayment_debit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("set_id", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["deferral_bill_set.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_repayment_debit() -> None:
    with op.batch_alter_table("repayment_debit", schema=None) as batch_op:
        batch_op.create_index(
            "one_open_repayment_debit",
            ["set_id"],
            unique=True,
            sqlite_where=sa.text("state = 'ASKED'"),
            postgresql_where=sa.text("state = 'ASKED'"),
        )
