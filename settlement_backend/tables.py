"""Every table of the backend, so that one import knows them all (migrations, tests)."""

from __future__ import annotations

import importlib
from pathlib import Path

from settlement_backend.base.tables import Base

for _module in sorted(Path(__file__).parent.glob("*/tables.py")):
    importlib.import_module(f"settlement_backend.{_module.parent.name}.tables")

__all__ = ["Base"]
