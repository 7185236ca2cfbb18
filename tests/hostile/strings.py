"""Fifty strings that want to do something to a terminal, to markup, to a width or to whoever reads them.

Each holds `ORD`, so that it can be seen that it was shown. The easy mistake is a string that the program writes itself
as well: its bytes could not be told from the painter's own (see `wire`).
"""

from __future__ import annotations

SHORT: dict[str, str] = {
    "clear": "ORD\x1b[2Jklart",
    "home": "\x1b[1;1f\x1b[3JORD",
    "colour": "\x1b[38;2;1;2;3mORD\x1b[0;21m",
    "title": "\x1b]0;eid\x07ORD",
    "title-2": "\x1b]2;eid\x1b\\ORD",
    "clipboard": "\x1b]52;c;ZWlk\x07ORD",
    "link": "\x1b]8;;https://eksempel.invalid/\x1b\\ORD\x1b]8;;\x1b\\",
    "palette": "\x1b]4;1;rgb:00/00/00\x07ORD",
    "notify": "\x1b]9;ORD\x07\x1b]777;notify;a;b\x07",
    "reset": "ORD\x1bc",
    "charset": "\x1b(0ORD\x0e",
    "answerback": "\x1b[6n\x1b[c\x1b[>0cORD\x05",
    "mouse": "\x1b[?1000h\x1b[?1006hORD",
    "alternate": "\x1b[?1049lORD",
    "scroll-region": "\x1b[5;10rORD",
    "dcs": "\x1bP$q\"p\x1b\\ORD",
    "sixel": "\x1bPq#0;2;0;0;0#0~~\x1b\\ORD",
    "apc": "\x1b_Gf=100;AAAA\x1b\\ORD",
    "pm-sos": "\x1b^ORD\x1b\\\x1bXORD\x1b\\",
    "cut": "ORD\x1b[",
    "esc": "ORD\x1b",
    "paste-end": "\x1b[201~\x1b[200~ORD",
    "keyboard": "\x1b[>4;2m\x1b[=1;1uORD",
    "c1-csi": "\x9b2JORD\x9b31m",
    "c1-osc": "\x9d0;eid\x9cORD",
    "c1-dcs": "\x90qORD\x9c\x85\x84\x8d",
    "nul": "ORD\x00\x00x",
    "bell-backspace": "ORD\x07\x07\x08\x08\x08\x7f\x7f",
    "line-breaks": "ORD\r\nto\ntre\rfire\vfem\fseks",
    "separators": "ORD\u2028to\u2029tre\x85fire\x1c\x1d\x1e\x1f",
    "tabs": "ORD\t\tto\t",
    "closing": "[/x][/][/b]ORD",
    "click": "[@click=app.quit]xORD[/]",
    "styled": "[b red on white]ORD[/b red on white] [link=https://eksempel.invalid]x[/link]",
    "variables": "[$primary]ORD[/] $x {0} {name} %s %(x)s",
    "emoji-code": ":warning: ORD :skull:",
    "backslash": "\\[ORD\\] \\x1b[2J \\u001b",
    "bidi": "ORD\u202e8812 gm 05\u202c\u2066x\u2069\u2067y\u2069",
    "marks": "\u200f\u200e\u061cORD\u200f",
    "rtl": "ORD נשיכה שלום مرحبا بالعالم",
    "invisible": "O\u200bR\u2060D ORD\ufeff\u00ad\u180e\u034f",
    "tags": "ORD\U000e0041\U000e0042\U000e007f",
    "lone": "ORD\ud800\udfff\udc00\ud83d",
    "private": "ORD\ue000\U000f0000\U0010ffff\ufdd0\ufffe",
    "joined": "ORD👩‍👩‍👧‍👦🇳🇴🏴󠁧󠁢󠁳󠁣󠁴󠁿1️⃣☠️",
    "wide": "ORD漢字カタカナ한국어ｆｕｌｌ",
    "stacked": "ORDZ̷̧̡̛͔̤͈̝̼̗̪͇̊̃̉̌a̸̡̧̛͚̬͚l̵͔̈́̓g̴̱̓o̷̪͋",
}  # fmt: skip
LONG: dict[str, str] = {
    "combining": "ORDn" + "\u0301\u0323" * 2500 + "avn",
    "long-word": "ORD" + "x" * 20_000,
    "many-lines": "ORD" + "\nlinje" * 3_000,
}
STRINGS: dict[str, str] = {**SHORT, **LONG}


def grouped(size: int) -> list[str]:
    """All of them, short ones `size` to a text, each long one alone."""
    short = list(SHORT.values())
    return [" ".join(short[at : at + size]) for at in range(0, len(short), size)] + list(LONG.values())
