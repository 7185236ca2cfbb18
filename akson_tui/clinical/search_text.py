"""Text as it is sought: one form for all spellings that a Norwegian takes for the same. Used on both sides of a search.

The easy mistake is to strip accents first: å, ø and æ are letters with two-letter spellings of their own (aa, oe, ae).
"""

from __future__ import annotations

import re
import unicodedata

# What decomposing does not give, and the letters with a spelling of their own once they are decomposed.
_LETTERS = str.maketrans(
    {
        "ø": "oe",
        "æ": "ae",
        "œ": "oe",
        "đ": "d",
        "ð": "d",
        "ŋ": "n",
        "ŧ": "t",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "ı": "i",
    }
)
_MARKED = (("a\u030a", "aa"), ("o\u0308", "oe"), ("a\u0308", "ae"))
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_WORDS = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """`text` for comparing: case, accents and Sámi letters' marks gone; å is aa, ø and ö are oe, æ and ä are ae.

    What stands between words stays. Folding twice changes nothing.
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    for letter, spelling in _MARKED:
        plain = plain.replace(letter, spelling)
    folded = _MARKS.sub("", plain.translate(_LETTERS))
    return folded.lower() if folded.isascii() else "".join(c for c in folded if not unicodedata.combining(c))


def words(text: str) -> tuple[str, ...]:
    """The folded words of `text`, in their order: `Anne-Marie Ås` → anne, marie, aas."""
    return tuple(_WORDS.findall(fold(text)))
