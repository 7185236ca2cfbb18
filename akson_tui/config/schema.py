"""What a settings file may say, checked by pydantic; a mistake is told with file, line and key.

Loaded only where a file changed since it was last found right: pydantic costs more than the rest of the start.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

Word = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s?#]+$", max_length=500)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class ConfigFile(_Strict):
    """`config.toml`: a user's own choices. Each has a flag or an AKSON_* variable that goes before it."""

    user: str = Field("", max_length=100)
    site: Word | Literal[""] = ""
    journal: Address | Literal[""] = ""
    lang: Literal["nb", "nn", "en"] = "nb"
    theme: Word = "terminal"
    mouse: bool = False
    insecure: bool = False
    token_env: str = Field("", pattern=r"^[A-Za-z_][A-Za-z0-9_]*$|^$")
    passphrase_file: str = ""


class SourceTable(_Strict):
    """`[[source]]`: one journal."""

    id: Word
    base: Address
    token_env: str = Field("", pattern=r"^[A-Za-z_][A-Za-z0-9_]*$|^$")
    name: str = Field("", max_length=40)
    get_search: bool = False
    notes: bool | None = None


class SiteFile(_Strict):
    """`sites/NAME.toml`: a site and its journals."""

    name: str = Field(min_length=1, max_length=60)
    environment: str = Field(min_length=1, max_length=20)
    source: list[SourceTable] = Field(min_length=1, max_length=16)


FORMS: dict[str, type[_Strict]] = {"config": ConfigFile, "site": SiteFile}


def mistakes(form: str, held: dict[str, object], text: str) -> list[tuple[int, str, str]]:
    """(line, key, what is wrong) of each mistake in a file of `form`; no value is repeated, it may be a secret."""
    try:
        FORMS[form].model_validate(held)
    except ValidationError as found:
        return [
            (line_of(text, error["loc"]), ".".join(str(part) for part in error["loc"]), error["msg"])
            for error in found.errors(include_input=False, include_url=False)
        ]
    return []


def line_of(text: str, key: tuple[int | str, ...]) -> int:
    """The line (from 1) of `key` in a TOML text: the key itself, else its table, else 1."""
    table: list[int | str] = []
    counts: dict[str, int] = {}
    best = 1
    for number, line in enumerate(text.splitlines(), 1):
        many, one = re.match(r"\s*\[\[\s*([\w.-]+)\s*\]\]", line), re.match(r"\s*\[\s*([\w.-]+)\s*\]", line)
        if many:
            name = many[1]
            counts[name] = counts.get(name, -1) + 1
            table = [name, counts[name]]
        elif one:
            table = list(one[1].split("."))
        if table and list(key[: len(table)]) == table:
            best = number if (many or one) else best
        pair = re.match(r"\s*([\w-]+)\s*=", line)
        if pair and [*table, pair[1]] == list(key[: len(table) + 1]):
            return number
    return best
