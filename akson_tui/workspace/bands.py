"""Reference bands from a TOML file: ours in `akson_tui/bands/`, or the site's own `bands.toml` in its home.

A file that cannot be read is told in a warning and nothing is judged by it: values are shown all the same.
"""

from __future__ import annotations

import logging
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path

from akson_tui.clinical.bands import BandRow
from akson_tui.model.health import Band

OURS = Path(__file__).parent.parent / "bands" / "adults.toml"
OWN = "bands.toml"
_log = logging.getLogger(__name__)


def load(home: Path | None = None) -> tuple[BandRow, ...]:
    """All rows, the site's own where it has a file of them."""
    own = home / OWN if home is not None else None
    file = own if own is not None and own.is_file() else OURS
    try:
        return tuple(_row(row) for row in tomllib.loads(file.read_text("utf-8")).get("band", ()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as trouble:
        _log.warning("bands of %s left out: %s", file.name, type(trouble).__name__)
        return ()


def _row(row: dict[str, object]) -> BandRow:
    low, high = (Decimal(str(row[name])) if name in row else None for name in ("low", "high"))
    ages = (int(str(row.get("from_age", 0))), int(str(row.get("to_age", 200))))
    scale = int(str(row.get("scale", 0)))
    return BandRow(str(row["code"]), Band(low, high, source=str(row.get("source", ""))), *ages, scale)
