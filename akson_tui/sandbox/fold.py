"""Folds text for search as Norwegians expect: å is aa, ø and ö are oe, æ and ä are ae, other accents and case fall.

The fold of a beginning is a beginning of the fold, so that a name can be found while it is being typed.
"""

import re
import unicodedata

# Before decomposition, which would make å an a. Letters that Unicode does not decompose stand here, too.
_LETTERS = str.maketrans(
    {
        "å": "aa", "ø": "oe", "ö": "oe", "æ": "ae", "ä": "ae",
        "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "þ": "th", "ł": "l", "ß": "ss", "ı": "i", "œ": "oe",
        "'": None, "’": None, "ʼ": None, "`": None, "´": None,
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
MAX_WORD = 60


def fold(text: str) -> str:
    """The text in lower case, without accents, å ø æ written out."""
    lower = unicodedata.normalize("NFC", text).lower().translate(_LETTERS)
    if lower.isascii():
        return lower
    return "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c)).lower()


def words(text: str) -> list[str]:
    """The folded words; a hyphen parts words, an apostrophe does not. Each at most MAX_WORD characters."""
    return [word[:MAX_WORD] for word in _WORD.findall(fold(text))]
