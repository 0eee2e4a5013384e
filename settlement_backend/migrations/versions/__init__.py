"""Schema revisions, run at every start (Alembic)."""
