"""HTML as plain text: what a note or a narrative says, without its markup; blocks become lines.

The easy mistake is to hand html.parser what came: a text of unclosed tags or comments costs it quadratic time. So
markup that is not whole and short is turned into text first, and the parser sees only tags that end.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

MAX_HTML = 500_000
"""Characters read; longer documents are named, not shown."""

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_LOOSE = re.compile(r"<(?!/?[A-Za-z][^<>]{0,2000}>)")
_DROPPED = frozenset({"script", "style", "head", "template", "noscript", "iframe", "object", "svg"})
_LINES = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "pre", "section"})
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_EMPTY = re.compile(r"\n{3,}")


class _Text(HTMLParser):
    """Collects `parts`. A break is only noted, and written before the next text: so blocks in blocks break once."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._dropped = ""
        self._kept = 0
        self._breaks = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropped == "head" and tag == "body":
            self._dropped = ""
        if self._dropped:
            return
        if tag in _DROPPED:
            self._dropped = tag
        elif tag == "pre":
            self._kept += 1
        self._break(tag)
        if tag == "li":
            self._say("– ")
        elif tag == "img" and (said := dict(attrs).get("alt")):
            self._say(f"[{_BLANKS.sub(' ', said)}]")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._dropped:
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            if tag == self._dropped:
                self._dropped = ""
            return
        if tag == "pre":
            self._kept = max(0, self._kept - 1)
        if tag in ("td", "th") and self.parts and not self._breaks and not self.parts[-1].endswith("  "):
            self.parts[-1] = self.parts[-1].rstrip(" ") + "  "
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        if self._kept:
            self._say(data)
            return
        said = _BLANKS.sub(" ", data)
        if self._breaks or not self.parts or self.parts[-1][-1] in " \n":
            said = said.lstrip(" ")
        self._say(said)

    def _break(self, tag: str) -> None:
        if tag == "br":
            self._breaks = min(self._breaks + 1, 2)
        elif tag in _APART:
            self._breaks = 2
        elif tag in _LINES:
            self._breaks = max(self._breaks, 1)

    def _say(self, text: str) -> None:
        if not text:
            return
        if self._breaks and self.parts:
            self.parts.append("\n" * self._breaks)
        self._breaks = 0
        self.parts.append(text)


def _without(text: str, begin: str, end: str) -> str:
    """`text` without what stands between these marks; one that never ends is left as text."""
    kept: list[str] = []
    at = 0
    while (start := text.find(begin, at)) >= 0:
        stop = text.find(end, start + len(begin))
        if stop < 0:
            break
        kept.append(text[at:start])
        at = stop + len(end)
    kept.append(text[at:])
    return "".join(kept)


def to_text(markup: str) -> str:
    """The text of an HTML document or fragment; scripts and styles dropped. Linear in its length; never raises."""
    whole = _without(markup[:MAX_HTML].replace("\0", ""), "<!--", "-->")
    whole = _without(_without(whole, "<?", ">"), "<!", ">")
    parser = _Text()
    parser.feed(_LOOSE.sub("&lt;", whole))
    parser.close()
    lines = "\n".join(line.rstrip() for line in "".join(parser.parts).split("\n"))
    return _EMPTY.sub("\n\n", lines).strip()
