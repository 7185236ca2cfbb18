"""What was configured, as frozen values: no I/O and no pydantic here, since the first screen loads this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """One journal: `base` is its FHIR base address without a slash at the end.

    `token_env` names the environment variable that holds a bearer token, '' for none. `get_search` is the site's leave
    to put search words in an address where the server lacks POST `_search`. `insecure` allows plain http beyond this
    machine.
    `notes`: the site's word on whether notes may be sent; None asks the CapabilityStatement.
    `name`: what it is called on screens; '' where it has no other name than its id.
    """

    id: str
    base: str
    token_env: str = ""
    get_search: bool = False
    insecure: bool = False
    notes: bool | None = None
    name: str = ""

    @property
    def called(self) -> str:
        """How it is named on a screen."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class Site:
    """One site: the journal's name stands on every screen (`environment`, e.g. DEMO, TEST or the site's own name)."""

    name: str
    environment: str
    sources: tuple[SourceSettings, ...]
    unnamed: bool = False
    """Made from `--journal` alone: shown as DEMO once the journal says that it is our sandbox."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything lies: all of it under `--home`, or in the platform's folders.

    `shared` is a site's own folder with `config.toml`, `sites/` and `templates/`, over which a user's go; None with
    `--home`, which holds everything.
    """

    config: Path
    sites: Path
    templates: Path
    data: Path
    run: Path
    themes: Path
    shared: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings in force. `user` as in `--as`; `fixed_now` is the clock that tests and bench fix."""

    places: Places
    site: Site
    user: str = ""
    language: str = "nb"
    theme: str = "terminal"
    mouse: bool = False
    passphrase_file: str = ""
    fixed_now: datetime | None = None
    memory_key: bool = False
    """Keep the data key in memory only (`demo` without `--home`)."""
    ask_nothing: bool = False
    """Synthetic data (`demo --home`): a key of its own without a passphrase, told on screen."""
    clean: Path | None = None
    """A temporary home that goes with this run (`demo` without `--home`)."""
    insecure: bool = False
