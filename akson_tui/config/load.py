"""Settings put together: flags, AKSON_* variables, the user's `config.toml`, the site's in /etc, what is usual.

A file is checked by pydantic once for each of its contents; after that its digest is enough.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from akson_tui.config.paths import folder_name, places, private_folder
from akson_tui.config.settings import Places, Settings, Site, SourceSettings
from akson_tui.i18n import LANGUAGES, _


class SettingsWrong(Exception):
    """A setting that cannot be used; the text says where and what, in the user's language, and holds no secret."""


@dataclass(frozen=True, slots=True)
class Flags:
    """What was said on the command line; None and '' where nothing was said."""

    home: str = ""
    site: str = ""
    journal: str = ""
    user: str = ""
    language: str = ""
    theme: str = ""
    mouse: bool = False
    insecure: bool = False
    token_env: str = ""
    passphrase_file: str = ""
    now: str = ""


TRUE = frozenset({"1", "true", "yes", "ja", "on"})


def load(flags: Flags, environ: Mapping[str, str]) -> Settings:
    """The settings in force. Raises SettingsWrong."""
    where = places(flags.home or environ.get("AKSON_HOME", ""))
    file = _file(where.config / "config.toml", "config", where)
    if where.shared is not None:
        file = {**_file(where.shared / "config.toml", "config", where), **file}

    def said(flag: str, name: str) -> str:
        return flag or environ.get(f"AKSON_{name.upper()}", "") or str(file.get(name, ""))

    def switched(flag: bool, name: str) -> bool:
        return flag or environ.get(f"AKSON_{name.upper()}", "").lower() in TRUE or bool(file.get(name, False))

    language = said(flags.language, "lang") or "nb"
    if language not in LANGUAGES:
        raise SettingsWrong(_("Språket må være ett av: {languages}").format(languages=", ".join(LANGUAGES)))
    insecure = switched(flags.insecure, "insecure")
    journal = said(flags.journal, "journal") if flags.journal or not flags.site else ""
    site = _site(where, said(flags.site, "site"), journal, said(flags.token_env, "token_env"), insecure)
    return Settings(
        places=where,
        site=site,
        user=said(flags.user, "user"),
        language=language,
        theme=said(flags.theme, "theme") or "terminal",
        mouse=switched(flags.mouse, "mouse"),
        passphrase_file=said(flags.passphrase_file, "passphrase_file"),
        fixed_now=fixed_time(flags.now),
        insecure=insecure and any(not is_loopback(one.base) and one.base.startswith("http:") for one in site.sources),
    )


def fixed_time(text: str) -> datetime | None:
    """`--now TIME` as an instant: ISO 8601, Oslo where no offset is given. Raises SettingsWrong."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise SettingsWrong(_("--now må være et tidspunkt som 2026-11-24T09:30")) from None
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo("Europe/Oslo"))


def _site(where: Places, name: str, journal: str, token_env: str, insecure: bool) -> Site:
    if journal:
        base = journal.rstrip("/")
        address = urlsplit(base)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise SettingsWrong(_("Adressen til journalen må begynne med http:// eller https://"))
        source = SourceSettings(_journal_name(base), base, token_env, insecure=insecure)
        site = Site(source.id, source.id, (source,), unnamed=True)
    elif name:
        site = _site_from_file(where, name, insecure)
    else:
        raise SettingsWrong(
            _("Ingen journal er valgt. Prøv «akson-tui demo», eller gi --journal URL eller --site NAVN.")
        )
    for source in site.sources:
        if source.base.startswith("http:") and not is_loopback(source.base) and not insecure:
            raise SettingsWrong(
                _(
                    "Journalen {journal} har ukryptert adresse (http). "
                    "Bruk https, eller --insecure hvis du vet hva du gjør."
                ).format(journal=source.id)
            )
    return site


def _site_from_file(where: Places, name: str, insecure: bool) -> Site:
    path = where.sites / f"{folder_name(name)}.toml"
    if not path.is_file() and where.shared is not None:
        path = where.shared / "sites" / path.name
    if not path.is_file():
        raise SettingsWrong(_("Fant ikke stedet {site}: ingen fil {file}").format(site=name, file=path))
    held = _file(path, "site", where)
    sources = tuple(
        SourceSettings(
            id=source["id"],
            base=source["base"].rstrip("/"),
            token_env=source.get("token_env", ""),
            get_search=source.get("get_search", False),
            notes=source.get("notes"),
            name=source.get("name", ""),
            insecure=insecure,
        )
        for source in held["source"]
    )
    return Site(folder_name(name), held["environment"], sources)


def _journal_name(base: str) -> str:
    address = urlsplit(base)
    port = address.port or (443 if address.scheme == "https" else 80)
    return folder_name(f"{address.hostname}_{port}")


def is_loopback(base: str) -> bool:
    """True where the address is this machine's own."""
    host = urlsplit(base).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _file(path: Path, form: str, where: Places) -> dict[str, Any]:
    """A TOML file of `form`, checked; empty where there is none. Raises SettingsWrong with file, line and key."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as trouble:
        raise SettingsWrong(_("{file} kan ikke leses: {why}").format(file=path, why=trouble.strerror)) from None
    try:
        text = raw.decode("utf-8")
        held = tomllib.loads(text)
    except UnicodeDecodeError:
        raise SettingsWrong(_("{file} er ikke UTF-8-tekst").format(file=path)) from None
    except tomllib.TOMLDecodeError as trouble:
        raise SettingsWrong(_("{file} kan ikke leses: {why}").format(file=path, why=trouble)) from None
    mark = where.run / f"checked-{form}-{sha256(raw).hexdigest()[:32]}"
    if mark.exists():
        return held
    from akson_tui.config.schema import mistakes

    found = mistakes(form, held, text)
    if found:
        raise SettingsWrong("\n".join(f"{path}:{line}: {key}: {what}" for line, key, what in found))
    private_folder(where.run)
    mark.touch(mode=0o600)
    return held
