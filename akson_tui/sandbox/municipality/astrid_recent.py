"""Astrid Bakken's last thirty days, told by hand in `texts/astrid_recent.toml`: forty entries."""

from .journals import Journal
from .texts import load
from .told import tell


def write_recent(journal: Journal) -> None:
    """The forty entries, oldest first."""
    tell(journal, load("astrid_recent")["entry"])
