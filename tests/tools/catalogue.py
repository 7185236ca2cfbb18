"""The texts in the code against each language's catalogue: `python -m tests.tools.catalogue [--update]`.

Without a flag it says what each language lacks and ends with 1 where something is missing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "akson_tui"
KEYWORDS = {"_": None, "later": None, "n_": (1, 2)}


def texts() -> Catalog:
    """Every text that the code shows, with where it stands."""
    found = Catalog(fuzzy=False)
    rows = extract_from_dir(
        str(PACKAGE),
        method_map=[("sandbox/**", "ignore"), ("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=(),
    )
    for file, line, message, _comments, context in rows:
        found.add(message, locations=[(f"akson_tui/{file}", line)], context=context)
    return found


def catalogue(language: str) -> tuple[Path, Catalog]:
    """The file of `language` and what it holds."""
    path = PACKAGE / "locale" / language / "LC_MESSAGES" / "akson.po"
    if not path.exists():
        return path, Catalog(locale=language, fuzzy=False)
    with path.open("rb") as held:
        return path, read_po(held, locale=language)


def languages() -> list[str]:
    """Every language but bokmål, which is the text itself."""
    return sorted(path.name for path in (PACKAGE / "locale").iterdir() if path.is_dir())


def missing(language: str) -> list[str]:
    """Texts of the code that `language` does not say."""
    _path, held = catalogue(language)
    lacking = []
    for message in texts():
        if not message.id:
            continue
        known = held.get(message.id)
        said = known.string if known is not None else ""
        if not said or (isinstance(said, tuple) and not all(said)):
            lacking.append(message.id if isinstance(message.id, str) else message.id[0])
    return lacking


def update(language: str) -> None:
    """Add new texts to the language's file and take out those that the code no longer has."""
    path, held = catalogue(language)
    held.update(texts(), no_fuzzy_matching=True)
    held.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        write_po(out, held, sort_output=True, omit_header=False, no_location=True, width=0)


def main() -> None:
    """The command line."""
    lacking = 0
    for language in languages():
        if "--update" in sys.argv:
            update(language)
        for text in (found := missing(language)):
            print(f"{language}: {text}")
        lacking += len(found)
    sys.exit(1 if lacking else 0)


if __name__ == "__main__":
    main()
