"""Whether the program on this machine is the one that was released: a manifest of hashes.

The installer writes the manifest (`python -m terminal.integrity write`); diagnostics compares.
What a reader would get wrong: added files count too, of any kind and also beside the packages,
since a planted module would be imported. Only what Python itself compiled is left out.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from core.upkeep.steps import SiteFact

ROOT = Path(__file__).resolve().parent.parent
_MANIFEST = Path("resources") / "manifest.sha256"
MANIFEST = ROOT / _MANIFEST
PACKAGES = (
    *("core", "devices", "backend_client", "terminal", "ui", "kiosk", "cashier", "diagnostics"),
    "resources",
)
_IMPORTED_BESIDE = ("*.py", "*.pyc", "*.so", "*/__init__.py")
_NAMED = 3


def hashes(root: Path) -> dict[str, str]:
    """SHA-256 of each file of the product, by its path below `root`."""
    return {
        str(file.relative_to(root)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(_files(root))
    }


def _files(root: Path) -> Iterator[Path]:
    for pattern in _IMPORTED_BESIDE:
        yield from root.glob(pattern)
    for package in PACKAGES:
        for file in (root / package).rglob("*"):
            below = file.relative_to(root)
            if file.is_file() and "__pycache__" not in below.parts and below != _MANIFEST:
                yield file


def write(root: Path, manifest: Path) -> int:
    """Write the manifest; the number of files in it."""
    found = hashes(root)
    lines = [f"{digest}  {name}\n" for name, digest in found.items()]
    manifest.write_text("".join(lines), encoding="utf-8")
    return len(found)


def compare(root: Path, manifest: Path) -> list[SiteFact]:
    """One fact: good when every file is as released."""
    try:
        lines = manifest.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return [SiteFact("protection", "program", "no manifest", "unsure")]
    released = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    found = hashes(root)
    changed = sorted(name for name in {*released, *found} if released.get(name) != found.get(name))
    if not changed:
        return [SiteFact("protection", "program", f"{len(found)} files as released", "good")]
    named = ", ".join(changed[:_NAMED])
    return [SiteFact("protection", "program", f"{len(changed)} changed: {named}", "bad")]


if __name__ == "__main__":
    if sys.argv[1:] != ["write"]:
        sys.exit("usage: python -m terminal.integrity write")
    sys.stdout.write(f"{write(ROOT, MANIFEST)} files\n")
