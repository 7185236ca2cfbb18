"""All text that a person reads passes here: gettext catalogues, one per language, bokmål being the text in the code.

The easy mistake: formatting before translating. Translate the template, then `.format(...)` it.
"""

from __future__ import annotations

import gettext
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("nb", "nn", "en")

_active: gettext.NullTranslations = gettext.NullTranslations()


def use(language: str) -> None:
    """Speak `language` (nb, nn or en) from now on; a catalogue that is missing falls back to bokmål."""
    global _active
    if language == "nb":
        _active = gettext.NullTranslations()
    else:
        _active = gettext.translation("akson", LOCALE, languages=[language], fallback=True)


def _(text: str) -> str:
    """`text` (bokmål) in the active language."""
    return _active.gettext(text)


def n_(one: str, many: str, n: int) -> str:
    """The form of `one` / `many` for the count `n`, in the active language; not formatted."""
    if isinstance(_active, gettext.GNUTranslations):
        return _active.ngettext(one, many, n)
    return one if n == 1 else many


def later(text: str) -> str:
    """Mark `text` for the catalogue where it is defined, to be translated with `_` where it is shown."""
    return text
