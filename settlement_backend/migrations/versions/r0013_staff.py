"""shifts and terminals"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_enrolment()
    _alter_enrolment()
    _create_idle_content()
    _create_terminal_certificate()
    _alter_terminal_certificate()
    _create_terminal_report()
    _create_terminal_settings()
    _create_terminal_ticket()
    _alter_terminal_ticket()
    _create_cash_box()
    _alter_cash_box()
    _create_enrolment_code()
    _alter_enrolment_code()
    _create_shift()
    _alter_shift()
    _create_cash_box_notes()
    _create_shift_taking()
    _alter_operator()
    _alter_operator_session()
    _alter_terminal()


def _create_enrolment() -> None:
    op.create_table(
        "enrolment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("csr", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("slip_key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.String(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_enrolment() -> None:
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_terminal_id"), ["terminal_id"], unique=False)


def _create_idle_content() -> None:
    op.create_table(
        "idle_content",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("campus", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("text_zh", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("withdrawn_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _create_terminal_certificate() -> None:
    op.create_table(
        "terminal_certificate",
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("not_after", sa.String(), nullable=False),
        sa.Column("issued_at", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("serial"),
        sa.UniqueConstraint("digest"),
    )


def _alter_terminal_certificate() -> None:
    with op.batch_alter_table("terminal_certificate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_terminal_certificate_terminal_id"), ["terminal_id"], unique=False
        )


def _create_terminal_report() -> None:
    op.create_table(
        "terminal_report",
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("devices", sa.String(), nullable=False),
        sa.Column("consumables", sa.String(), nullable=False),
        sa.Column("versions", sa.String(), nullable=False),
        sa.Column("settings_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("terminal_id"),
    )


def _create_terminal_settings() -> None:
    op.create_table(
        "terminal_settings",
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("terminal_id", "version"),
    )


def _create_terminal_ticket() -> None:
    op.create_table(
        "terminal_ticket",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("screen", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.Column("done_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_terminal_ticket() -> None:
    with op.batch_alter_table("terminal_ticket", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_terminal_ticket_terminal_id"), ["terminal_id"], unique=False
        )


def _create_cash_box() -> None:
    op.create_table(
        "cash_box",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("box_number", sa.String(), nullable=False),
        sa.Column("technician", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("counted_fen", sa.Integer(), nullable=False),
        sa.Column("journal_fen", sa.Integer(), nullable=False),
        sa.Column("booked_fen", sa.Integer(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["technician"],
            ["operator.number"],
        ),
        sa.ForeignKeyConstraint(
            ["terminal_id"],
            ["terminal.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_cash_box() -> None:
    with op.batch_alter_table("cash_box", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cash_box_terminal_id"), ["terminal_id"], unique=False)


def _create_enrolment_code() -> None:
    op.create_table(
        "enrolment_code",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("expires_at", sa.String(), nullable=False),
        sa.Column("used_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["terminal_id"],
            ["terminal.id"],
        ),
        sa.PrimaryKeyConstraint("code_hash"),
    )


def _alter_enrolment_code() -> None:
    with op.batch_alter_table("enrolment_code", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_enrolment_code_terminal_id"), ["terminal_id"], unique=False
        )


def _create_shift() -> None:
    op.create_table(
        "shift",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("campus", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("open_at", sa.String(), nullable=True),
        sa.Column("opened_at", sa.String(), nullable=False),
        sa.Column("float_fen", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.String(), nullable=False),
        sa.Column("counted_fen", sa.Integer(), nullable=False),
        sa.Column("expected_fen", sa.Integer(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("seen_by", sa.String(), nullable=False),
        sa.CheckConstraint("float_fen >= 0 and counted_fen >= 0"),
        sa.ForeignKeyConstraint(
            ["operator"],
            ["operator.number"],
        ),
        sa.ForeignKeyConstraint(
            ["terminal_id"],
            ["terminal.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("open_at"),
    )


def _alter_shift() -> None:
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shift_closed_at"), ["closed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_shift_terminal_id"), ["terminal_id"], unique=False)


def _create_cash_box_notes() -> None:
    op.create_table(
        "cash_box_notes",
        sa.Column("box_id", sa.String(), nullable=False),
        sa.Column("denomination_fen", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("in_journal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["box_id"],
            ["cash_box.id"],
        ),
        sa.PrimaryKeyConstraint("box_id", "denomination_fen"),
    )


def _create_shift_taking() -> None:
    op.create_table(
        "shift_taking",
        sa.Column("shift_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("taken_fen", sa.Integer(), nullable=False),
        sa.Column("given_fen", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shift_id"],
            ["shift.id"],
        ),
        sa.PrimaryKeyConstraint("shift_id", "kind"),
    )


def _alter_operator() -> None:
    with op.batch_alter_table("operator", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("password_at", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("old_hashes", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("must_change", sa.Boolean(), server_default=sa.text("false"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("disabled", sa.Boolean(), server_default=sa.text("false"), nullable=False)
        )
        batch_op.drop_column("salt")


def _alter_operator_session() -> None:
    with op.batch_alter_table("operator_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("last_at", sa.String(), server_default="", nullable=False))


def _alter_terminal() -> None:
    with op.batch_alter_table("terminal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("campus", sa.String(), server_default="MAIN", nullable=False))
        batch_op.add_column(sa.Column("model", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("type", sa.String(), server_default="MULTI_FUNCTION", nullable=False)
        )
        batch_op.add_column(sa.Column("functions", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("acquirer", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("merchant", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("power", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("network", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("safety", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("camera", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("enrolled", sa.Boolean(), server_default=sa.text("false"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("request_seq", sa.BigInteger(), server_default="0", nullable=False)
        )
